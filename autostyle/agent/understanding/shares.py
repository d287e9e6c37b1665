"""Proportions of several style pictures: "70% a and 30% b", "2:1", "mostly a with a hint of b", 첫번째를 더 많이."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.grammar.amounts import Part
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES, Pattern
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import NamedFile

MORE = 3.0
"""Share of what there should be more of, where 1 is that of each other style."""

_F = f"[{FILES}]"


@compose_pattern
def _percent(said: Grammar) -> str:
    return rf"(\d{{1,3}}(?:\.\d+)?)\s*(?:%|{said.shares.percent.source})"


@compose_pattern
def _fraction(said: Grammar) -> str:
    return rf"([1-9])\s*/\s*([2-9])(?=\s*(?:{said.shares.fraction_of.source}|\s[{FILES}]))"


@compose_pattern
def _ratio(said: Grammar) -> str:
    to = rf"\s*(?::|/|{said.shares.to.source})\s*"
    return rf"(?<![\d.:/x])(\d{{1,3}}){to}(\d{{1,3}})(?:{to}(\d{{1,3}}))?(?![\d:/%]|\s*{said.shares.no_ratio})"


@compose_pattern
def _strength(said: Grammar) -> str:
    """Before a number that is no share."""
    return rf"{said.shares.strength}\s*(?:=|:|{said.shares.is_.source})?\s*$"


WHOLES = (1.0, 10.0, 100.0)
"""What shares add up to."""
_NUMBER = re.compile(r"\s*[(:=]?\s*(\d{1,3}(?:\.\d+)?)(?=[\s,)]|$)")
"""Behind each style, where the words say that it is its share."""


@dataclass(frozen=True)
class Shares:
    """The share of each style, in their order; empty where all weigh the same or nothing was said (``said`` tells)."""

    weights: tuple[float, ...] = ()
    said: bool = False


def find(text: Text, styles: Sequence[NamedFile]) -> Shares:
    """What ``text`` says of the shares of ``styles``; nothing where there is one only."""
    if len(styles) < 2:
        return Shares()
    places = [_places(text, style) for style in styles]
    return (
        _counted(text.whole, places)
        or _weighed(text.whole, places)
        or Shares(said=bool(spoken().shares.equal.search(text.whole)))
    )


def spans(whole: str) -> list[tuple[int, int]]:
    """Where shares may stand in numbers."""
    after = (match for at in re.finditer(_F, whole) if (match := _NUMBER.match(whole, at.end())))
    return [match.span() for match in (*_ratio().finditer(whole), *after)] + [
        (start, end) for start, end, _ in _parts(whole)
    ]


def _places(text: Text, style: NamedFile) -> list[int]:
    signs = {chr(FILE + i) for i, file in enumerate(text.files) if file.path == style.path}
    return [at for at, letter in enumerate(text.whole) if letter in signs]


def alone(text: Text) -> tuple[float, ...]:
    """Shares in a message without files, of styles that were named before: "70% the first, 30% the second"."""
    if text.files:
        return ()
    if ratio := _ratio().search(text.whole):
        return _of([float(number) for number in ratio.groups() if number]).weights
    parts = [part for _, _, part in _parts(text.whole)]
    if len(parts) > 1 and min(parts) > 0:
        return _of(parts).weights
    found = _weighed(text.whole, ((), ()))
    return found.weights if found else ()


def _counted(whole: str, places: Sequence[Sequence[int]]) -> Shares | None:
    """Percent, parts and ratios."""
    n = len(places)
    for ratio in _ratio().finditer(whole):
        numbers = [float(number) for number in ratio.groups() if number]
        if len(numbers) == n and min(numbers) > 0:
            return _of(numbers)
    numbers = [next((float(m[1]) for at in spots if (m := _NUMBER.match(whole, at + 1))), 0.0) for spots in places]
    if min(numbers) > 0 and (spoken().shares.numbered.search(whole) or sum(numbers) in WHOLES):
        return _of(numbers)
    parts = [
        (start, end, part) for start, end, part in _parts(whole) if part > 0 and not _strength().search(whole[:start])
    ]
    if len(parts) == n:
        return _of([part for _, _, part in parts])
    if len(parts) == 1 and n == 2 and 0 < parts[0][2] < 1:
        start, end, part = parts[0]
        mine = min(range(n), key=lambda i: min((_apart(whole, start, end, at) for at in places[i]), default=1e9))
        return _of([part if i == mine else 1 - part for i in range(n)])
    return None


def _apart(whole: str, start: int, end: int, at: int) -> float:
    """Letters between a number and a file; what stands in brackets behind a file is its own."""
    between = whole[end:at] if at >= end else whole[at + 1 : start]
    return len(between) + (100 if re.search(_F, between) else 0) - (2 if "(" in between and at < start else 0)


def _parts(whole: str) -> list[tuple[int, int, float]]:
    """Shares of one style each, as they are said: from where to where, and how much of the whole."""
    ways: tuple[Part, ...] = (
        (_percent(), lambda match: float(match.group(1)) / 100),
        (_fraction(), lambda match: float(match.group(1)) / float(match.group(2))),
        *spoken().shares.parts,
    )
    found: list[tuple[int, int, float]] = []
    for pattern, part in ways:
        for match in pattern.finditer(whole):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), part(match)))
    return sorted(found)


@lru_cache(maxsize=2)
def _ordinals(said: Grammar) -> dict[int, tuple[Pattern, Pattern]]:
    """More, and less, of the first, the second and so on."""

    def of(frames: Sequence[str], ordinal: Pattern) -> Pattern:
        return Pattern("|".join(frame.replace("ORDINAL", ordinal.source) for frame in frames))

    words = said.shares
    return {
        rank: (of(words.much_ordinal, ordinal), of(words.little_ordinal, ordinal))
        for rank, ordinal in words.ordinals.items()
    }


def _weighed(whole: str, places: Sequence[Sequence[int]]) -> Shares | None:
    """More of this, a hint of that."""
    language = spoken().shares
    n = len(places)
    much, little = [False] * n, [False] * n
    for i, spots in enumerate(places):
        for at in spots:
            before, after = re.split(_F, whole[:at])[-1], re.split(_F, whole[at + 1 :])[0]
            much[i] |= bool(language.much_before.search(before) or language.much_after.match(after))
            little[i] |= bool(language.little_before.search(before) or language.little_after.match(after))
    bare = re.sub(_F, " ", whole)
    for rank, (more, less) in _ordinals(spoken()).items():
        if rank < n and -n <= rank:
            much[rank] |= bool(more.search(bare))
            little[rank] |= bool(less.search(bare))
    if not any(much) and (not any(little) or all(little)):
        return None
    weights = [MORE if much[i] else 1.0 if little[i] or any(much) else MORE for i in range(n)]
    return None if len(set(weights)) == 1 else _of(weights)


def _of(weights: Sequence[float]) -> Shares:
    total = sum(weights)
    if all(abs(a - b) < 1e-9 for a, b in pairwise(weights)):
        return Shares(said=True)
    return Shares(tuple(round(weight / total, 4) for weight in weights), said=True)
