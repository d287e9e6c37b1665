"""Values of a method's parameters in a text: "alpha around .6", "style_scale = 1.2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from autostyle.methods import registry
from autostyle.methods.params import ParamInfo

Range = tuple[float, float]

NEAR = 0.1
"""Of the declared range to each side: what "around" a value is; up to twice and half of it where they span decades."""
DECADES = 100.0
_ABOUT = r"(?:around|about|near(?:ly)?|roughly|approx\w*|some|ca\.?|~|≈|close to|약|대략)"
_NEAR_AFTER = r"(?:쯤|정도|근처|안팎|or\s+so|ish)"


def _declared() -> Iterator[ParamInfo]:
    """Every number that a built method takes, as each method declares it."""
    for spec in registry.METHODS.values():
        if spec.params is not None:
            yield from (info for info in spec.params.info().values() if info.low is not None)


@lru_cache(maxsize=1)
def ranges() -> dict[str, Range]:
    """The widest declared range of every number that a built method takes."""
    found: dict[str, Range] = {}
    for info in _declared():
        assert info.low is not None and info.top is not None
        low, top = found.get(info.name, (info.low, info.top))
        found[info.name] = (min(low, info.low), max(top, info.top))
    return found


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    """What each number is called, run together, and which it is."""
    ways = [(alias, info.name) for info in _declared() for alias in info.aliases]
    return {re.sub("[ _-]", "", way): name for way, name in (*ways, *((name, name) for name in ranges()))}


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Those whose names are everyday words, too: only ``name = value`` sets them."""
    return frozenset(info.name for info in _declared() if info.everyday)


@lru_cache(maxsize=1)
def _expression() -> re.Pattern[str]:
    said = sorted((*ranges(), *(alias for info in _declared() for alias in info.aliases)), key=len, reverse=True)
    names = "|".join("[ _-]?".join(map(re.escape, re.split("[ _]", name))) for name in dict.fromkeys(said))
    return re.compile(
        rf"(?<![a-z0-9_])(?P<name>{names})\s*(?:는|은|를|을|값)?\s*(?P<set>=|:|of|at|to|is|be)?\s*(?P<about>{_ABOUT})?\s*"
        rf"(?P<number>\d*\.?\d+)(?![\d%]|\s*(?:%|more|trials?|tries|번))\s*(?P<near>{_NEAR_AFTER})?"
    )


def find(text: str) -> dict[str, Range]:
    """The parameters named in ``text`` (lower case), each with the range it is to be in: [x, x] is a value."""
    return {name: ends for name, ends, _ in _found(text)}


def _found(text: str) -> Iterator[tuple[str, Range, tuple[int, int]]]:
    for match in _expression().finditer(text):
        name = _spoken()[re.sub(r"[ _-]", "", match["name"])]
        if name in _everyday() and match["set"] not in ("=", ":"):
            continue
        low, top = ranges()[name]
        number = float(match["number"])
        if not low <= number <= top:
            continue
        yield name, _near(number, low, top) if match["about"] or match["near"] else (number, number), match.span()


def _near(number: float, low: float, top: float) -> Range:
    if low > 0 and top / low > DECADES:
        return max(low, number / 2), min(top, number * 2)
    reach = NEAR * (top - low)
    return max(low, round(number - reach, 4)), min(top, round(number + reach, 4))


def spans(text: str) -> list[tuple[int, int]]:
    """Where parameters and their values stand."""
    return [span for _, _, span in _found(text)]
