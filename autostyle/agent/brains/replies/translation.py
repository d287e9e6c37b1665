"""What the program says in English, in Korean: found in the tables by its pattern, what stands in it carried over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from autostyle.agent.brains.replies.ko_errors import SENTENCES
from autostyle.agent.brains.replies.ko_titles import TITLES
from autostyle.agent.brains.replies.korean import Noun
from autostyle.sentences import Sentence

Patterns = tuple[tuple[re.Pattern[str], str], ...]


def sentence(english: str) -> str:
    """The translation of an error or a hint, its parts translated where they can be; itself where there is none."""
    return _translated(english, _sentences())


def note(english: str) -> str:
    """The translation of what is to be known of a file, which may stand before it: ``a.gif: animated: …``."""
    if (told := sentence(english)) != english:
        return told
    file, colon, rest = english.partition(": ")
    return f"{file}: {note(rest)}" if colon else english


def title(english: str) -> str:
    """The translation of a call's title; what is said behind a comma (``, about 40 s``) is translated by itself."""
    head, comma, tail = english.rpartition(", ")
    if comma and (told := _translated(tail, _titles())) != tail:
        return f"{title(head)}, {told}"
    return _translated(english, _titles())


def _translated(english: str, patterns: Patterns) -> str:
    template = english.template if isinstance(english, Sentence) else english
    if (korean := (SENTENCES | TITLES).get(template)) is not None:
        return korean.format_map(_values(english, patterns)) if isinstance(english, Sentence) else korean
    for pattern, korean in patterns:
        if found := pattern.fullmatch(english):
            parts = {name: Noun(_translated(part, patterns)) for name, part in found.groupdict().items()}
            return korean.format_map(parts)
    return english


def _values(sentence: Sentence, patterns: Patterns) -> dict[str, Noun]:
    values = {}
    for _, name, spec, _ in Formatter().parse(sentence.template) if sentence.values else ():
        if name:
            value = sentence.values[name]
            values[name] = Noun(_translated(value, patterns) if isinstance(value, str) else format(value, spec or ""))
    return values


@cache
def _sentences() -> Patterns:
    return _patterns(SENTENCES)


@cache
def _titles() -> Patterns:
    return _patterns(TITLES)


def _patterns(table: Mapping[str, str]) -> Patterns:
    return tuple((re.compile(_pattern(english), re.DOTALL), korean) for english, korean in table.items())


def _pattern(english: str) -> str:
    """The regular expression of a sentence with ``{name}`` in it; ``{name!r}`` stands in quotes of either kind."""
    parts = []
    for literal, name, _, conversion in Formatter().parse(english):
        quote = "['\"]" if conversion == "r" else ""
        parts += [re.escape(literal), f"{quote}(?P<{name}>.+?){quote}" if name else ""]
    return "".join(parts)
