"""What the program says, in the language of whoever it is said to: looked up by its template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from string import Formatter
from typing import NamedTuple

from autostyle.agent.brains.replies import en
from autostyle.sentences import Sentence, SentenceValue

_SPEC = re.compile(r",|(\.\d)?[a-z%]?")
"""How a template writes a number; one of another process may say anything."""


class Tongue(NamedTuple):
    """A language.

    Args:
        words: what the embedded brain says, by name; English where it has nothing.
        sentences: what the program says, by its English template.
        noun: what a value becomes before it is put in, so that a sentence can ask for its particle.
    """

    words: Mapping[str, str]
    sentences: Mapping[str, str]
    noun: Callable[[str], str] = str


ENGLISH = Tongue(en.WORDS, {})


@cache
def tongue(language: str) -> Tongue:
    """The module or folder beside this one that has the language's name; English where there is none."""
    name = f"{__package__}.{language}"
    if language == "en" or not language.isidentifier():
        return ENGLISH
    try:
        found = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return ENGLISH
    return Tongue({**en.WORDS, **found.WORDS}, found.SENTENCES, getattr(found, "Noun", str))


def translate(language: str, sentence: str) -> str:
    """An error, a hint, a note or a title in a language, the sentences within it too; English where that lacks it.

    A text that is no :class:`~autostyle.sentences.Sentence` is one without values.
    """
    there = tongue(language)
    return _said(sentence, there) if there.sentences else sentence


def _said(sentence: str, there: Tongue) -> str:
    if not isinstance(sentence, Sentence):
        return there.sentences.get(sentence, sentence)
    texts = {}
    for _, name, spec, _ in Formatter().parse(sentence.template) if sentence.values else ():
        if name:
            texts[name] = there.noun(_text(sentence.values.get(name), spec or "", there))
    told = there.sentences.get(sentence.template)
    if told is not None:
        return told.format_map(texts) if texts else told
    if not any(isinstance(value, Sentence) for value in sentence.values.values()):
        return sentence
    parts = Formatter().parse(sentence.template)
    return "".join(literal + (texts[name] if name else "") for literal, name, _, _ in parts)


def _text(value: SentenceValue, spec: str, there: Tongue) -> str:
    """A value as English writes it, without quotes."""
    if isinstance(value, str):
        return _said(value, there) if isinstance(value, Sentence) else value
    return format(value, spec) if isinstance(value, int | float) and _SPEC.fullmatch(spec) else str(value)
