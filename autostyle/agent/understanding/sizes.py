"""How large: the long side of the result, and that of the search, in pixels; paper and screens have sizes, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from autostyle.agent.understanding.numbers import ENGLISH, value

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
SCREENS |= {"full hd": 1920, "fullhd": 1920, "풀hd": 1920, "1080p": 1920, "720p": 1280, "hd": 1920}
_MM = {"mm": 1.0, "cm": 10.0, "in": INCH, "inch": INCH, "inches": INCH, "센치": 10.0, "센티": 10.0, "인치": INCH}

_BY = r"\s?(?:x|×|\*|by)\s?"
_SIZE_WORD = r"(?:size|resolution|long side|width|크기|사이즈|해상도|픽셀)"
_DPI = re.compile(r"(\d{2,4})\s*(?:dpi|ppi)")
_WAYS = (
    ("printed", re.compile(rf"(?<![\w.])(\d+(?:\.\d+)?){_BY}(\d+(?:\.\d+)?)\s*({'|'.join(_MM)})(?![a-z])")),
    ("box", re.compile(rf"(?<![\w.])(\d{{2,5}}){_BY}(\d{{2,5}})(?![\d.])(?:\s*(?:px|pixels?|픽셀))?")),
    ("paper", re.compile(r"(?<![\w.])(a[0-6])(?![a-z0-9_.])")),
    ("screen", re.compile(rf"(?<![\w.])({'|'.join(SCREENS)})(?![a-z0-9])")),
    ("pixels", re.compile(rf"(?<![\w.])({ENGLISH})\s*(?:px|pixels?|pix|픽셀|화소)(?![a-z])")),
    ("pixels", re.compile(rf"{_SIZE_WORD}\s*(?:of|is|=|:|at|to|는|은|를|을|로)?\s*({ENGLISH})(?!\s*[x.%\d])")),
)
_SIDES = (
    ("side", re.compile(r"(?<![\w.])(\d{3,4})\s*(?:wide|tall|high|across|on the long side)\b")),
    ("side", re.compile(r"(?:가로|세로|긴\s?변|폭|너비)\s*(?:는|은|를|을|이)?\s*(\d{3,4})(?!\d)")),
    ("side", re.compile(r"\b(?:make it|render it|output it)\s+(?:at\s+)?(\d{3,4})(?=\s*(?:$|[,.;!?]))")),
)
_SEARCH = re.compile(
    r"\b(?:search\w*|tun(?:e|ing)|trials?|tries|preview\w*|while|explor\w+)\b|탐색|찾을|찾는|찾아|찾고|시도|미리보기|실험"
)
_RESULT = re.compile(
    r"\b(?:final\w*|result\w*|output|print\w*|wallpaper|poster|export\w*|end)\b|결과|최종|마지막|완성|인쇄|출력|배경화면|뽑"
)
_ON_PAPER = re.compile(r"\b(?:print\w*|paper|poster|sheet|size)\b|인쇄|용지|크기|사이즈|출력|포스터")
_UNITS = r"dpi|ppi|%|x|×|trials?|tries|times|more|min|sec|hours?|번|분|초|회|개|장|시간"
_SAID = (
    (
        "side",
        re.compile(
            r"(?:\b(?:search\w*|final\w*|result\w*|output|export)\b|(?:탐색|찾을\s*때|찾는\s*건|최종|결과물?|완성본))\s*"
            r"(?:크기|사이즈|해상도|size|resolution)?\s*(?:을|를|은|는|이|가|할\s*때는?)?\s*(?:(?:is|at|in|on|to|=|:|small,?)\s*){0,3}"
            rf"(\d{{3,4}})(?![\d.:]|\s*(?:{_UNITS}))"
        ),
    ),
    ("side", re.compile(r"(?<![\d.])(\d{3,4})(?=\s*(?:으로|로)\s*(?:먼저\s*)?(?:찾아|찾고|탐색))")),
)
"""A number without a unit, next to what it is the size of."""
_NEAR = 28
"Letters around a size in which a word tells what it is of."


@dataclass(frozen=True)
class Size:
    """Pixels that were said, and where.

    Args:
        of: the search, the result, or neither was said.
        shape: it names a width and a height; only the longer one can be kept.
    """

    pixels: int
    of: str | None
    start: int
    end: int
    shape: bool = False


@dataclass(frozen=True)
class Sizes:
    """Long sides of the search and of the result; None where nothing was said. ``spans`` say them."""

    search: int | None = None
    final: int | None = None
    shape: bool = False
    spans: tuple[tuple[int, int], ...] = ()


def find(text: str) -> Sizes:
    """The sizes in ``text`` (lower case, files cut out); of several for one purpose the last."""
    search = final = None
    shape = False
    found = sorted(_found(text), key=lambda size: size.start)
    for size in found:
        if size.of == "search" and size.pixels in SIZES:
            search = size.pixels
        elif size.pixels >= FINAL_SIZES.start and size.of != "search":
            final, shape = size.pixels, size.shape
            if size.of is None and size.pixels <= SMALL:
                search = size.pixels
    spans = tuple((size.start, size.end) for size in found)
    return Sizes(search, final, shape, spans + tuple(match.span() for match in _DPI.finditer(text)))


def _found(text: str) -> Iterator[Size]:
    taken: list[tuple[int, int]] = []
    for way, pattern in (*_WAYS, *_SIDES, *_SAID):
        for match in pattern.finditer(text):
            pixels = _pixels(way, match, text)
            if pixels is None or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            named = way not in ("pixels", "side")
            start = match.start(1) if way == "side" else match.start()
            of = _of(text, start, match.end()) or ("result" if named else None)
            yield Size(pixels, of, *match.span(), shape=way in ("box", "printed"))


def _pixels(way: str, match: re.Match[str], text: str) -> int | None:
    dots = _DPI.search(text)
    density = float(dots.group(1)) if dots else PRINTED
    match way:
        case "printed":
            return round(max(float(match.group(1)), float(match.group(2))) * _MM[match.group(3)] / INCH * density)
        case "box":
            return max(int(match.group(1)), int(match.group(2)))
        case "paper":
            if not (dots or _ON_PAPER.search(text)):
                return None
            return round(PAPERS[match.group(1)] / INCH * density)
        case "side":
            return int(match.group(1))
        case "screen":
            return SCREENS[match.group(1)]
        case _:
            number = value(match.group(1))
            return None if number is None or match.group(1) in ("a", "an") else round(number)


def _of(text: str, start: int, end: int) -> str | None:
    """Whose size it is, by the words nearest to it in its own part of the sentence."""
    before = re.split(r"[,;.\n]|\bbut\b|\band\b", text[max(0, start - _NEAR) : start])[-1]
    after = re.split(r"[,;.\n]|\bbut\b|\band\b", text[end : end + _NEAR])[0]
    for near, nearest in ((before, -1), (after, 0)):
        ways = {"search": list(_SEARCH.finditer(near)), "result": list(_RESULT.finditer(near))}
        if said := {of: abs(nearest * len(near) + found[nearest].start()) for of, found in ways.items() if found}:
            return min(said, key=lambda of: said[of])
    return None
