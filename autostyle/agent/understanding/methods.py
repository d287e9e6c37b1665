"""A method named by the person: by its name here or as people spell it; and tools that are none of ours."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern, said
from autostyle.agent.understanding.languages import spoken
from autostyle.agent.understanding.model import Clarification
from autostyle.agent.understanding.typing_errors import nearest
from autostyle.methods import registry
from autostyle.methods.spec import MethodSpec

APART = 40
"""Characters that may stand where an alias has ``…``."""


@dataclass(frozen=True)
class Methods:
    """Methods of the registry that are wanted, those that are not, and names nobody here knows."""

    wanted: tuple[str, ...]
    rejected: tuple[str, ...]
    unknown: tuple[str, ...]


def find(text: str) -> Methods:
    """Every method named in ``text`` (lower case, files and quotations cut out)."""
    language = spoken().methods
    mentions = sorted(find_mentions(text))
    wanted = dict.fromkeys(
        name
        for _, name, start, end in mentions
        if not (language.rejected_before.search(text[:start]) or language.rejected_after.search(text[end:]))
    )
    mentioned = dict.fromkeys(name for _, name, _, _ in mentions)
    return Methods((*wanted,), tuple(name for name in mentioned if name not in wanted), _unknown(text, mentioned))


def which(unknown: str) -> Clarification:
    """The question which method is meant, with the one whose name is near."""
    near = registry.nearest(unknown)
    return Clarification("method", (unknown, near) if near else (unknown,))


def find_mentions(text: str) -> list[tuple[int, str, int, int]]:
    """Every method that is named, wanted or not: where, which, from where to where."""
    found: list[tuple[int, str, int, int]] = []
    taken: list[tuple[int, int]] = []
    for begins, spelled, name in _spelled(registry.names(), spoken()):
        if begins not in text:
            continue  # its pattern need not be compiled
        for match in spelled.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), name, *match.span()))
    return found


@lru_cache(maxsize=8)
def _spelled(names: tuple[str, ...], said: Grammar) -> list[tuple[str, Pattern, str]]:
    """What each of these methods may be called, and how that begins, the longest first; one that does not load has its
    name alone."""
    specs, letter = registry.METHODS, said.unheard.letter
    ways = [(way, name) for name in names for way in (_ways(specs[name]) if name in specs else (name,))]
    longest = sorted(ways, key=lambda way: -len(way[0]))
    parted = [(re.split(r"[\s_-]+", alias), name) for alias, name in longest]
    spelled = [(parts[0], r"[\s_-]?".join(map(_word, parts)), name) for parts, name in parted]
    return [
        (begins, Pattern(rf"(?<!{letter})(?<![0-9_-]){alias}(?![a-z0-9_])"), name) for begins, alias, name in spelled
    ]


def _word(part: str) -> str:
    return rf".{{0,{APART}}}?" if part == "…" else re.escape(part)


def _ways(spec: MethodSpec) -> tuple[str, ...]:
    """What a method may be called in a request."""
    return spec.aliases if spec.everyday else (spec.name, *spec.aliases)


@lru_cache(maxsize=2)
def _foreign(said: Grammar) -> tuple[tuple[str, Pattern], ...]:
    """Every tool that is none of ours, and how it is said that it is to be used."""
    words = said.methods
    return tuple(
        (name, Pattern(rf"{words.using}{re.escape(name)}(?![a-z0-9])|{re.escape(name)}{words.used}"))
        for name in words.foreign
    )


def _unknown(text: str, mentioned: Collection[str]) -> tuple[str, ...]:
    ours = {way for spec in registry.METHODS.values() for way in _ways(spec)}
    found = [name for name, used in _foreign(spoken()) if name not in ours and name in text and used.search(text)]
    if not found and not mentioned:
        language = spoken().methods
        words = [said(match) for match in language.unknown.finditer(text)]
        words = words or [said(match) for match in _used(spoken()).finditer(text) if nearest(said(match), ours)]
        found = [word for word in words if word not in language.ordinary]
    return tuple(found)


@lru_cache(maxsize=2)
def _used(language: Grammar) -> Pattern:
    """A word of Latin letters that is said to be used."""
    words, word = language.methods, r"([a-z][a-z0-9_-]{3,})"
    return Pattern(rf"{words.using}{word}(?![\w.])|(?<![\w./-]){word}{words.used}")
