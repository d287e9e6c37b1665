"""Which characters stand for a font, and in what words it is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

EXCERPT = 60
"""Glyphs that a search looks at, at most."""
SYLLABLES = range(0xAC00, 0xD7A4)
"""The 11,172 syllables of Hangul."""
PANGRAM = "Sphinx of black quartz, judge my vow"
CAPITALS = "HAMBURGEFONTSIV 0123456789 & ?"
KOREAN = ("다람쥐 헌 쳇바퀴에 타고파", "키스의 고유조건은 입술끼리 만나야 하고")
_LINES = {True: (PANGRAM, *KOREAN, "글꼴 RAGE 0123"), False: (PANGRAM, CAPITALS)}


def common_syllables() -> list[str]:
    """The 2,350 syllables of KS X 1001, which nearly all Korean text is written in."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xC9) for low in range(0xA1, 0xFF))
    return [row.decode("euc_kr") for row in rows]


def specimen(known: Collection[int]) -> tuple[str, ...]:
    """Lines to show a font of these code points in: English and Korean where it can set them, else what there is."""
    able = tuple(line for line in _LINES[_can_set("".join(KOREAN), known)] if _can_set(line, known))
    if able:
        return able
    letters = [chr(code) for code in sorted(known) if code > 0x20 and _is_drawn(chr(code))]
    text = "".join(_evenly(letters, EXCERPT))
    return tuple(text[at : at + 20] for at in range(0, len(text), 20))


def excerpt(known: Collection[int]) -> str:
    """The characters that stand for a font of these code points: those it is shown in."""
    return "".join(dict.fromkeys("".join(specimen(known)).replace(" ", "")))


def _can_set(line: str, known: Collection[int]) -> bool:
    return all(ord(one) in known for one in line if one != " ")


def _is_drawn(one: str) -> bool:
    """Whether it may have a shape of its own; icons are characters of private use."""
    return one.isprintable() or unicodedata.category(one) == "Co"


def _evenly(given: list[str], count: int) -> Iterable[str]:
    return given[:: max(1, -(-len(given) // count))]
