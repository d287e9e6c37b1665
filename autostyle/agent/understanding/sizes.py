"""How large: the long side of the result, and that of the search, in pixels; paper and screens have sizes, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages import number_of, spoken
from autostyle.mediums.sides import Side

SIZES = range(64, 4097)
"""Of a search."""
FINAL_SIZES = range(64, 8193)
"""Of a result, as a plan has it."""
SMALL = 768
"""Pixels up to which a size that is said of neither is that of the search, too."""
PRINTED = 300.0
"Dots per inch where a paper is named without them."
INCH = 25.4
PAPERS = {"a0": 1189, "a1": 841, "a2": 594, "a3": 420, "a4": 297, "a5": 210, "a6": 148}
"""Long sides in mm: ISO 216."""
SCREENS = {"8k": 7680, "5k": 5120, "4k": 3840, "uhd": 3840, "2160p": 3840, "qhd": 2560, "1440p": 2560, "fhd": 1920}
SCREENS |= {"1080p": 1920, "720p": 1280, "hd": 1920}
UNITS = {"mm": 1.0, "cm": 10.0}
_DPI = re.compile(r"(\d{2,4})\s*(?:dpi|ppi)")
Way = Literal["printed", "box", "paper", "screen", "pixels", "side"]


@dataclass(frozen=True, eq=False)
class _Words:
    """What the languages say of sizes, ready to be looked for.

    Args:
        ways: how a size is said, the plainest first.
        units: of paper, in mm.
        screens: in pixels.
        part: where another part of a sentence begins.
    """

    ways: tuple[tuple[Way, Pattern], ...]
    units: Mapping[str, float]
    screens: Mapping[str, int]
    part: Pattern


@lru_cache(maxsize=2)
def _words(said: Grammar) -> _Words:
    words = said.sizes
    units, screens = {**UNITS, **words.units}, {**SCREENS, **words.screens}
    by = rf"\s?(?:x|×|\*|{words.by.source})\s?"
    number = rf"({words.number.source})"
    none = rf"dpi|ppi|%|x|×|{words.counted.source}"
    ways: tuple[tuple[Way, str], ...] = (
        ("printed", rf"(?<![\w.])(\d+(?:\.\d+)?){by}(\d+(?:\.\d+)?)\s*({'|'.join(units)})(?![a-z])"),
        ("box", rf"(?<![\w.])(\d{{2,5}}){by}(\d{{2,5}})(?![\d.])(?:\s*(?:px|{words.pixels.source}))?"),
        ("paper", r"(?<![\w.])(a[0-6])(?![a-z0-9_.])"),
        ("screen", rf"(?<![\w.])({'|'.join(sorted(screens, key=len, reverse=True))})(?![a-z0-9])"),
        ("pixels", rf"(?<![\w.]){number}\s*(?:px|{words.pixels.source})(?![a-z])"),
        ("pixels", rf"{words.size_word}\s*(?:=|:|{words.is_.source})?\s*{number}(?!\s*[x.%\d])"),
    )
    beside = (
        # A number without a unit, next to what it is the size of.
        rf"{words.search_is}\s*{words.search_size}?\s*{words.search_of}?\s*(?:(?:=|:|{words.search_at.source})\s*){{0,3}}"
        rf"(\d{{3,4}})(?![\d.:]|\s*(?:{none}))"
    )
    return _Words(
        (
            *((way, Pattern(source)) for way, source in ways),
            *(("side", pattern) for pattern in (*words.sides, Pattern(beside), *words.said)),
        ),
        units,
        screens,
        Pattern(rf"[,;.\n]|{words.but.source}"),
    )


BESIDE = 12
"""Letters around a size in which a word tells which side it is of."""
_NEAR = 28
"Letters around a size in which a word tells what it is of."


@dataclass(frozen=True)
class Size:
    """Pixels that were said, and where.

    Args:
        of: the search, the result, or neither was said.
        side: which it is of; of a width and a height (``shape``) only the longer one can be kept.
    """

    pixels: int
    of: str | None
    start: int
    end: int
    side: Side = "long"
    shape: bool = False


@dataclass(frozen=True)
class Sizes:
    """The long side of the search, and that or another ``side`` of the result; None where nothing was said. ``spans``
    say them."""

    search: int | None = None
    final: int | None = None
    side: Side = "long"
    shape: bool = False
    spans: tuple[tuple[int, int], ...] = ()


def find(text: str) -> Sizes:
    """The sizes in ``text`` (lower case, files cut out); of several for one purpose the last."""
    return _sizes(text, _words(spoken()))


def own(text: str) -> bool:
    """Whether the result is to be as large as the photograph."""
    return spoken().sizes.own.search(text) is not None


@lru_cache(maxsize=8)  # every clause of one message, and all of it, is asked for
def _sizes(text: str, words: _Words) -> Sizes:
    search = final = None
    side: Side = "long"
    shape = False
    found = sorted(_found(text, words), key=lambda size: size.start)
    for size in found:
        if size.of == "search" and size.pixels in SIZES:
            search = size.pixels
        elif size.pixels >= FINAL_SIZES.start and size.of != "search":
            final, side, shape = size.pixels, size.side, size.shape
            if size.of is None and size.pixels <= SMALL:
                search = size.pixels
    spans = tuple((size.start, size.end) for size in found)
    return Sizes(search, final, side, shape, spans + tuple(match.span() for match in _DPI.finditer(text)))


def _found(text: str, words: _Words) -> Iterator[Size]:
    taken: list[tuple[int, int]] = []
    for way, pattern in words.ways:
        for match in pattern.finditer(text):
            pixels = _pixels(words, way, match, text)
            if pixels is None or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            named = way not in ("pixels", "side")
            start = match.start(1) if way == "side" else match.start()
            of = _of(text, start, match.end()) or ("result" if named else None)
            shape = way in ("box", "printed")
            side = _side(text, *match.span()) if way in ("pixels", "side") else "long"
            yield Size(pixels, of, *match.span(), side, shape)


def _side(text: str, start: int, end: int) -> Side:
    """Which side is meant, by the words at a size; the long one where they do not tell, or tell of both."""
    words, part = spoken().sizes, _words(spoken()).part
    near = (
        part.split(text[max(0, start - BESIDE) : start])[-1] + text[start:end] + part.split(text[end : end + BESIDE])[0]
    )
    wide, high = words.width.search(near) is not None, words.height.search(near) is not None
    return "long" if wide == high else "width" if wide else "height"


def _pixels(words: _Words, way: Way, match: re.Match[str], text: str) -> int | None:
    dots = _DPI.search(text)
    density = float(dots.group(1)) if dots else PRINTED
    match way:
        case "printed":
            return round(
                max(float(match.group(1)), float(match.group(2))) * words.units[match.group(3)] / INCH * density
            )
        case "box":
            return max(int(match.group(1)), int(match.group(2)))
        case "paper":
            if not (dots or spoken().sizes.on_paper.search(text)):
                return None
            return round(PAPERS[match.group(1)] / INCH * density)
        case "side":
            return int(match.group(1))
        case "screen":
            return words.screens[match.group(1)]
        case _:
            number = number_of(match.group(1))
            return None if number is None or match.group(1) in spoken().budget.articles else round(number)


def _of(text: str, start: int, end: int) -> str | None:
    """Whose size it is, by the words nearest to it in its own part of the sentence."""
    words, part = spoken().sizes, _words(spoken()).part
    before = part.split(text[max(0, start - _NEAR) : start])[-1]
    after = part.split(text[end : end + _NEAR])[0]
    for near, nearest in ((before, -1), (after, 0)):
        ways = {"search": list(words.search.finditer(near)), "result": list(words.result.finditer(near))}
        if said := {of: abs(nearest * len(near) + found[nearest].start()) for of, found in ways.items() if found}:
            return min(said, key=lambda of: said[of])
    return None
