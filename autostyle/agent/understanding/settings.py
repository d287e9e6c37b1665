"""Values of a method's parameters in a text: "alpha around .6", "style_scale = 1.2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.languages import spoken
from autostyle.methods import registry

NumberRange = tuple[float, float]

NEAR = 0.1
"""Of the declared range to each side: what "around" a value is; up to twice and half of it where they span decades."""
DECADES = 100.0


@dataclass(frozen=True)
class _Numbers:
    """Every number that a built method takes.

    Args:
        ranges: the widest that is declared of each.
        everyday: those whose names are everyday words, too: only ``name = value`` sets them.
        spoken: what each is called, run together, and which it is.
        said: finds one and its value.
    """

    ranges: Mapping[str, NumberRange]
    everyday: frozenset[str]
    spoken: Mapping[str, str]
    said: re.Pattern[str]


@lru_cache(maxsize=2)
def _numbers(methods: tuple[str, ...], said: Grammar) -> _Numbers:
    """The numbers of these methods, as they declare them."""
    words = said.settings
    specs = [registry.METHODS[name] for name in methods if name in registry.METHODS]
    infos = [info for spec in specs if spec.params is not None for info in spec.params.info().values()]
    ranges: dict[str, NumberRange] = {}
    for info in infos:
        if info.low is not None and info.top is not None:
            low, top = ranges.get(info.name, (info.low, info.top))
            ranges[info.name] = (min(low, info.low), max(top, info.top))
    ways = [(alias, info.name) for info in infos for alias in info.aliases] + [(name, name) for name in ranges]
    longest = sorted({way for way, _ in ways}, key=lambda way: (-len(way), way))
    names = "|".join("[ _-]?".join(map(re.escape, re.split("[ _]", way))) for way in longest)
    return _Numbers(
        ranges,
        frozenset(info.name for info in infos if info.everyday),
        {_run_together(way): name for way, name in ways},
        re.compile(
            rf"(?<![a-z0-9_])(?P<name>{names})\s*{words.value}?\s*(?P<set>=|:|{words.set.source})?\s*"
            rf"(?P<about>~|≈|{words.about.source})?\s*(?P<number>\d*\.?\d+)(?![\d%]|\s*(?:%|{words.counted.source}))\s*"
            rf"(?P<near>{words.or_so.source})?"
        ),
    )


def _run_together(name: str) -> str:
    return re.sub("[ _-]", "", name)


def find(text: str) -> dict[str, NumberRange]:
    """The parameters named in ``text`` (lower case), each with the range it is to be in: [x, x] is a value."""
    return {name: ends for name, ends, _ in _found(text)}


def _found(text: str) -> Iterator[tuple[str, NumberRange, tuple[int, int]]]:
    numbers = _numbers(registry.names(), spoken())
    for match in numbers.said.finditer(text):
        name = numbers.spoken[_run_together(match["name"])]
        if name in numbers.everyday and match["set"] not in ("=", ":"):
            continue
        low, top = numbers.ranges[name]
        number = float(match["number"])
        if not low <= number <= top:
            continue
        yield name, _near(number, low, top) if match["about"] or match["near"] else (number, number), match.span()


def _near(number: float, low: float, top: float) -> NumberRange:
    if low > 0 and top / low > DECADES:
        return max(low, number / 2), min(top, number * 2)
    reach = NEAR * (top - low)
    return max(low, round(number - reach, 4)), min(top, round(number + reach, 4))


def spans(text: str) -> list[tuple[int, int]]:
    """Where parameters and their values stand."""
    return [span for _, _, span in _found(text)]
