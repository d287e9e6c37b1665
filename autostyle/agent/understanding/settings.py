"""Values of a method's parameters in a text: "alpha around .6", "style_scale = 1.2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from autostyle.errors import AutostyleError
from autostyle.methods import registry

Range = tuple[float, float]

NEAR = 0.1
"""Of the declared range to each side: what "around" a value is; up to twice and half of it where they span decades."""
DECADES = 100.0
EVERYDAY = frozenset((
    "strength", "steps", "detail", "coarse", "edges", "guidance", "hold", "frames", "stride", "fps", "pixels",
))  # fmt: skip
"""Parameters that are everyday words, too: only ``name = value`` sets them."""
HANGUL = {
    "알파": "alpha",
    "스타일 스케일": "style_scale",
    "스타일 가중치": "style_weight",
    "스타일 비중": "style_weight",
}
"""Parameters as they are said in Korean."""
_ABOUT = r"(?:around|about|near(?:ly)?|roughly|approx\w*|some|ca\.?|~|≈|close to|약|대략)"
_NEAR_AFTER = r"(?:쯤|정도|근처|안팎|or\s+so|ish)"


@lru_cache(maxsize=1)
def ranges() -> dict[str, Range]:
    """The widest declared range of every number that a built method takes."""
    found: dict[str, Range] = {}
    for name in registry.METHODS:
        try:
            infos = registry.params(name).info()
        except AutostyleError:  # planned
            continue
        for parameter, info in infos.items():
            if info.low is not None and info.top is not None:
                low, top = found.get(parameter, (info.low, info.top))
                found[parameter] = (min(low, info.low), max(top, info.top))
    return found


@lru_cache(maxsize=1)
def _expression() -> re.Pattern[str]:
    said = (*ranges(), *HANGUL)
    names = "|".join(re.sub("[ _]", "[ _-]?", name) for name in sorted(said, key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z0-9_])(?P<name>{names})\s*(?:는|은|를|을|값)?\s*(?P<set>=|:|of|at|to|is|be)?\s*(?P<about>{_ABOUT})?\s*"
        rf"(?P<number>\d*\.?\d+)(?![\d%]|\s*(?:%|more|trials?|tries|번))\s*(?P<near>{_NEAR_AFTER})?"
    )


def find(text: str) -> dict[str, Range]:
    """The parameters named in ``text`` (lower case), each with the range it is to be in: [x, x] is a value."""
    return {name: ends for name, ends, _ in _found(text)}


def _found(text: str) -> Iterator[tuple[str, Range, tuple[int, int]]]:
    for match in _expression().finditer(text):
        hangul = next(
            (name for said, name in HANGUL.items() if said.replace(" ", "") == match["name"].replace(" ", "")), None
        )
        name = hangul or re.sub(r"[ -]", "_", match["name"])
        name = name if name in ranges() else next((n for n in ranges() if n.replace("_", "") == name), name)
        if name in EVERYDAY and match["set"] not in ("=", ":"):
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
