"""A font made in code: letters, digits and Korean syllables of straight strokes, as small or as large as a test wants.

Also the font of ``studies/examples``; it is our own and free for any use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

import numpy as np
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from autostyle.typography.characters import excerpt
from autostyle.typography.font import Font

EM, WIDE = 1000, 84
"""Units of an em, and of a stroke's width."""
LETTERS = {
    "A": "002640|1333", "B": "00063645443303|334241300100", "C": "45361605011041", "D": "00062645412000",
    "E": "40000646|0333", "F": "000646|0333", "G": "45361605011030414323", "H": "0006|4046|0343", "I": "2026",
    "J": "4641301001", "K": "0006|4603|0340", "L": "060040", "M": "0006234640", "N": "00064046",
    "O": "100105163645413010", "P": "00063645443303", "Q": "100105163645413010|2140", "R": "00063645443303|2340",
    "S": "453616050413334241301001", "T": "0646|2620", "U": "060110304146", "V": "062046", "W": "0610233046",
    "X": "0046|0640", "Y": "062346|2320", "Z": "06460040",
    "0": "100105163645413010|1135", "1": "152620|1030", "2": "051636450040", "3": "0646234241301001", "4": "30360242",
    "5": "4606033342413000", "6": "46160501103041423303", "7": "064610",
    "8": "100102130405163645443342413010|1333", "9": "0030414536160504133343",
    ",": "2110", ".": "2021", "?": "05163645442322|2021", "&": "400506262401001042", "!": "2622|2021", "-": "0343",
}  # fmt: skip
"""Polylines of a grid of 4 by 6, two digits a point, the baseline at 0."""
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FINALS = (
    *("", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ"),
    *("ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"),
)
CONSONANTS = {
    "ㄱ": "044440",
    "ㄴ": "040040",
    "ㄷ": "44040040",
    "ㄹ": "044442020040",
    "ㅁ": "0004444000",
    "ㅂ": "04004044|0242",
    "ㅅ": "002440",
    "ㅇ": "100103143443413010",
    "ㅈ": "0444|002440",
    "ㅊ": "2524|0444|002440",
    "ㅋ": "044440|0242",
    "ㅌ": "44040040|0242",
    "ㅍ": "0444|0040|1410|3430",
    "ㅎ": "2524|0444|100112323010",
}
UPRIGHT = {0: "r", 1: "rr", 2: "R", 3: "RR", 4: "l", 5: "ll", 6: "L", 7: "LL", 20: "|"}
"""Vowels beside the initial, by number; r and R have one or two arms to the right, doubled ones two stems."""
FLAT = {8: 1, 12: 2, 13: -1, 17: -2, 18: 0}
"""Vowels below it, by how many arms they have and whether up or down."""
BOTH = {9: (1, "r"), 10: (1, "rr"), 11: (1, "|"), 14: (-1, "l"), 15: (-1, "ll"), 16: (-1, "|"), 19: (0, "|")}
Points = list[tuple[float, float]]
LetterBox = tuple[float, float, float, float]


def lines_of(strokes: str, box: LetterBox, across: float = 4, up: float = 6) -> Iterator[Points]:
    """The polylines of a shape, within a box (left, bottom, right, top) of font units."""
    left, bottom, right, top = box
    for part in strokes.split("|"):
        digits = part[: len(part) // 2 * 2]
        places = [(int(digits[at]), int(digits[at + 1])) for at in range(0, len(digits), 2)]
        yield [(left + x / across * (right - left), bottom + y / up * (top - bottom)) for x, y in places]


def _consonants(shapes: str, box: LetterBox) -> Iterator[Points]:
    left, bottom, right, top = box
    doubled = {"ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ"}
    every = "".join(doubled.get(shape, shape) for shape in shapes)
    step = (right - left) / len(every)
    for number, shape in enumerate(every):
        own = (left + number * step, bottom, left + (number + 1) * step - (len(every) > 1) * 0.25 * step, top)
        yield from lines_of(CONSONANTS[shape], own, 4, 4)


def _upright(kind: str, box: LetterBox) -> Iterator[Points]:
    left, bottom, right, top = box
    stem = (left + right) / 2 if kind[0] in "rR" else right - 0.2 * (right - left)
    height = top - bottom
    yield [(stem, bottom), (stem, top)]
    arms = (0.5,) if kind[0].islower() else (0.38, 0.62)
    if kind != "|":
        far = right if kind[0] in "rR" else left
        yield from ([(stem, bottom + share * height), (far, bottom + share * height)] for share in arms)
    if len(kind) == 2:
        yield [(right + 60, bottom), (right + 60, top)]


def _flat(arms: int, box: LetterBox) -> Iterator[Points]:
    left, bottom, right, top = box
    middle = (bottom + top) / 2 if arms == 0 else (bottom if arms > 0 else top)
    yield [(left, middle), (right, middle)]
    for number in range(abs(arms)):
        x = left + (number + 1) / (abs(arms) + 1) * (right - left)
        yield [(x, middle), (x, top if arms > 0 else bottom)]


def syllable(one: str) -> Iterator[Points]:
    """The polylines of a Korean syllable, in a square of an em."""
    code = ord(one) - 0xAC00
    initial, vowel, final = INITIALS[code // 588], code // 28 % 21, FINALS[code % 28]
    floor = 250.0 if final else -60.0
    if vowel in FLAT:
        yield from _consonants(initial, (200, floor + 250, 720, 740))
        yield from _flat(FLAT[vowel], (80, floor + 10, 840, floor + 160))
    else:
        arms, kind = BOTH.get(vowel, (None, UPRIGHT.get(vowel, "|")))
        yield from _consonants(initial, (90, floor + (60 if arms is None else 270), 480, 740))
        yield from _upright(kind, (590, floor - 10 * (not final), 760, 780))
        if arms is not None:
            yield from _flat(arms, (70, floor + 20, 540, floor + 160))
    if final:
        yield from _consonants(final, (180, -80, 740, 130))


def drawn_letter(one: str) -> tuple[list[Points], int]:
    """The polylines of a character, and its advance width."""
    if "가" <= one <= "힣":
        return list(syllable(one)), 920
    small = one.islower()
    wide = 60 if one in ",.!I1i" else 420 if not small else 330
    tall = 700 if not small else 500
    lines = list(lines_of(LETTERS[one.upper()], (90, 0, 90 + (420 if not small else 330), tall)))
    if one in ",.!Ii":
        lines = [[(x - (165 if small else 170), y) for x, y in line] for line in lines]
    return lines, wide + 90 + 90 + 40


def _outlined(lines: Sequence[Points], width: float) -> TTGlyphPen:
    """Each segment as a bar with blunt ends."""
    pen, half = TTGlyphPen(None), width / 2
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            way = np.array([x1 - x0, y1 - y0], float)
            way *= half / max(float(np.hypot(*way)), 1e-9)
            side = np.array([-way[1], way[0]])
            a, b = np.array([x0, y0]) - way, np.array([x1, y1]) + way
            corners = [a + side, b + side, b - side, a - side]
            pen.moveTo(tuple(np.round(corners[0])))
            for corner in corners[1:]:
                pen.lineTo(tuple(np.round(corner)))
            pen.closePath()
    return pen


def made_font(
    text: str | None = None,
    *,
    width: float = WIDE,
    embedding: int = 0,
    licence: str = "Free for any use.",
    name: str = "Stroke",
) -> bytes:
    """A TrueType font of these characters; by default those that fonts are shown in, with a kerned pair of A and V.

    Args:
        width: of strokes, in thousandths of an em.
        embedding: the bits of fsType.
        licence: its licence text.
        name: of its family.
    """
    able = {*map(ord, LETTERS), *(ord(one.lower()) for one in LETTERS), *range(0xAC00, 0xD7A4)}
    shown = dict.fromkeys(excerpt(able) if text is None else text.replace(" ", ""))
    names = {one: f"u{ord(one):04X}" for one in shown}
    pens = {names[one]: (_outlined(lines, width), advance) for one in shown for lines, advance in [drawn_letter(one)]}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", *pens])
    builder.setupCharacterMap({0x20: "space", **{ord(one): called for one, called in names.items()}})
    empty = _outlined([[(100, 0), (100, 600), (400, 600), (400, 0), (100, 0)]], 40).glyph()
    glyphs = {".notdef": empty, "space": TTGlyphPen(None).glyph()}
    glyphs |= {called: pen.glyph() for called, (pen, _) in pens.items()}
    builder.setupGlyf(glyphs)
    glyf = builder.font["glyf"]
    widths = {".notdef": 500, "space": 300} | {called: advance for called, (_, advance) in pens.items()}
    builder.setupHorizontalMetrics({called: (widths[called], getattr(glyf[called], "xMin", 0)) for called in glyphs})
    builder.setupHorizontalHeader(ascent=880, descent=-220)
    builder.setupNameTable(
        {
            "copyright": "Drawn by a script of autostyle", "familyName": name, "styleName": "Regular",
            "uniqueFontIdentifier": f"{name} 1", "fullName": name, "psName": name.replace(" ", ""),
            "version": "Version 1.0",
            "licenseDescription": licence,
        }
    )  # fmt: skip
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-220, usWinAscent=980, usWinDescent=280, fsType=embedding)
    builder.setupPost()
    if {"A", "V"} <= {*shown}:
        builder.addOpenTypeFeatures(f"feature kern {{ pos {names['A']} {names['V']} -80; }} kern;")
    file = BytesIO()
    builder.font["head"].created = builder.font["head"].modified = 3_800_000_000
    builder.font.recalcTimestamp = False
    builder.font.save(file)
    return file.getvalue()


def small_font(text: str = "AVO가", width: float = WIDE) -> Font:
    """A font of few glyphs."""
    return Font(made_font(text, width=width), "".join(dict.fromkeys(text)))
