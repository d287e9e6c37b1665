"""What the embedded brain says, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from autostyle.agent.brains.replies import en, ko, translation
from autostyle.agent.brains.replies.korean import Noun
from autostyle.agent.grants import PICTURES_TO
from autostyle.agent.tools.contract import Detail
from autostyle.agent.understanding.model import Language

MOST_OF_A_KIND = 4
"""Paths of one kind that a question names; of more it says how many."""
WORDS: dict[Language, dict[str, str]] = {"en": en.WORDS, "ko": ko.WORDS}


def say(language: Language, key: str, **values: object) -> str:
    """The sentence ``key`` with its values; in Korean every word can ask for its particle."""
    if language == "ko":
        values = {name: Noun(value) if isinstance(value, str) else value for name, value in values.items()}
    return WORDS[language][key].format_map(values)


def translated(language: Language, sentence: str) -> str:
    """An error or a hint of a tool in the language of the request; one that nobody has translated stays English."""
    return translation.sentence(sentence) if language == "ko" else sentence


def noted(language: Language, note: str) -> str:
    """What a tool says on its way of a file or its progress, in the language of the request."""
    return translation.note(note) if language == "ko" else note


def titled(language: Language, title: str) -> str:
    """The title of a call, or the question whether it may run, in the language of the request."""
    return translation.title(title) if language == "ko" else title


def detailed(language: Language, details: Iterable[Detail]) -> Iterator[tuple[str, str]]:
    """What a question is about, as rows of a name and a text; of many things of one kind the first few."""
    for kind, several in groupby(details, key=lambda detail: detail.kind):
        texts = [titled(language, one.text) if kind in ("time", "risk") else one.text for one in several]
        for text in texts[:MOST_OF_A_KIND]:
            yield say(language, f"may:{kind}"), text
        if (more := len(texts) - MOST_OF_A_KIND) > 0:
            yield "", say(language, "may:more", n=more)


def permitted(language: Language, key: str) -> str:
    """What is meant by the name of a yes that lasts: of a tool, or ``pictures to HOST``."""
    host = key.removeprefix(PICTURES_TO)
    if host != key:
        return say(language, "permit:pictures", host=host)
    return say(language, f"permit:{key}") if f"permit:{key}" in WORDS[language] else key


def listed(language: Language, names: Sequence[str]) -> str:
    """``a, b and c``."""
    *others, last = names or ("",)
    return say(language, "and", others=", ".join(others), last=last) if others else last


def minutes(language: Language, seconds: float) -> str:
    """A length of time, rounded to what a person would say."""
    if seconds < 90:
        return say(language, "seconds", n=max(1, round(seconds)))
    return say(language, "minutes", n=f"{seconds / 60:.0f}")
