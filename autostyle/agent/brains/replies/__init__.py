"""What people are told, in their language: the embedded brain's answers by name, what the program says by its template.

A language is a file, or a folder, of its name beside this one, with ``WORDS`` and ``SENTENCES``; nothing else names it.
What it lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from autostyle.agent.brains.replies.translation import tongue
from autostyle.agent.brains.replies.translation import translate as translate
from autostyle.agent.grants import PICTURES_TO
from autostyle.agent.tool import Detail

MOST_OF_A_KIND = 4
"""Paths of one kind that a question names; of more it says how many."""


def words(language: str) -> Mapping[str, str]:
    """What the embedded brain says, by name."""
    return tongue(language).words


def say(language: str, key: str, **values: object) -> str:
    """The sentence ``key`` with its values; in Korean every word can ask for its particle."""
    there = tongue(language)
    texts = {name: there.noun(value) if isinstance(value, str) else value for name, value in values.items()}
    return there.words[key].format_map(texts)


def detail_rows(language: str, details: Iterable[Detail]) -> Iterator[tuple[str, str]]:
    """What a question is about, as rows of a name and a text; of many things of one kind the first few."""
    for kind, several in groupby(details, key=lambda detail: detail.kind):
        texts = [translate(language, one.text) if kind in ("time", "risk") else one.text for one in several]
        for text in texts[:MOST_OF_A_KIND]:
            yield say(language, f"may:{kind}"), text
        if (more := len(texts) - MOST_OF_A_KIND) > 0:
            yield "", say(language, "may:more", n=more)


def permission_title(language: str, key: str) -> str:
    """What is meant by the name of a yes that lasts: of a tool, or ``pictures to HOST``."""
    host = key.removeprefix(PICTURES_TO)
    if host != key:
        return say(language, "permit:pictures", host=host)
    return say(language, f"permit:{key}") if f"permit:{key}" in words(language) else key


def join_words(language: str, names: Sequence[str]) -> str:
    """``a, b and c``."""
    *others, last = names or ("",)
    return say(language, "and", others=", ".join(others), last=last) if others else last


def score_title(language: str, name: str) -> str:
    """What the score ``name`` is called."""
    return words(language).get(f"score:{name}", name)


def minutes(language: str, seconds: float) -> str:
    """A length of time, rounded to what a person would say."""
    if seconds < 90:
        return say(language, "seconds", n=max(1, round(seconds)))
    return say(language, "minutes", n=f"{seconds / 60:.0f}")
