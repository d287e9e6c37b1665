"""Which characters stand for a font, and in what words it is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

EXCERPT = 60
"""Glyphs that a search looks at, about."""
SYLLABLES = range(0xAC00, 0xD7A4)
"""The 11,172 syllables of Hangul."""
PANGRAM = "Sphinx of black quartz, judge my vow"
CAPITALS = "HAMBURGEFONTSIV 0123456789 & ?"
KOREAN = ("다람쥐 헌 쳇바퀴에 타고파", "키스의 고유조건은 입술끼리 만나야 하고")
OTHERS = ("永天地日月山水人風花", "いろはにほへとちりぬる", "Съешь же ещё этих", "Ξεσκεπάζω ψυχή")
"""Han, kana, Cyrillic, Greek."""
_SHARE = 0.1
"""Of the letters of a font, from which on a script that none of these lines is in has a line of its own."""


def common_syllables() -> list[str]:
    """The 2,350 syllables of KS X 1001, which nearly all Korean text is written in."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xC9) for low in range(0xA1, 0xFF))
    return [row.decode("euc_kr") for row in rows]


def specimen(known: Collection[int]) -> tuple[str, ...]:
    """Lines to show a font of these code points in: English and Korean where it can set them, else what there is."""
    others = [line for line in OTHERS if _can_set(line, known)]
    if others or _can_set(PANGRAM, known):
        others += _rare(known)
    korean = _can_set("".join(KOREAN), known)
    ours = [*KOREAN, "글꼴 RAGE 0123"] if korean else [CAPITALS]
    if others:
        ours = [KOREAN[0]] if korean else []
    able = [line for line in (PANGRAM, *ours, *others) if _can_set(line, known)]
    while others and len(_distinct(able)) > EXCERPT:
        able.pop()
    if able:
        return tuple(able)
    letters = [chr(code) for code in sorted(known) if code > 0x20 and _is_drawn(chr(code))]
    text = "".join(_evenly(letters, EXCERPT))
    return tuple(text[at : at + 20] for at in range(0, len(text), 20))


def excerpt(known: Collection[int]) -> str:
    """The characters that stand for a font of these code points: those it is shown in."""
    return _distinct(specimen(known))


def _distinct(lines: Iterable[str]) -> str:
    return "".join(dict.fromkeys("".join(lines).replace(" ", "")))


def _rare(known: Collection[int]) -> list[str]:
    """A line of letters of each script that much of a font is in and that none of our lines shows."""
    scripts: dict[str, list[str]] = {}
    for code in sorted(known):
        if (one := chr(code)).isalpha():
            scripts.setdefault(_script(one), []).append(one)
    shown = {_script(one) for line in (PANGRAM, *KOREAN, *OTHERS) for one in line if one.isalpha()}
    most = sum(map(len, scripts.values())) * _SHARE
    found = [letters for script, letters in scripts.items() if script not in shown and len(letters) > most]
    return ["".join(_evenly(letters, 20)) for letters in sorted(found, key=len, reverse=True)]


def _script(letter: str) -> str:
    """The first word of its name: HANGUL, CJK, DEVANAGARI."""
    return unicodedata.name(letter, "?").split()[0]


def _can_set(line: str, known: Collection[int]) -> bool:
    return all(ord(one) in known for one in line if one != " ")


def _is_drawn(one: str) -> bool:
    """Whether it may have a shape of its own; icons are characters of private use."""
    return one.isprintable() or unicodedata.category(one) == "Co"


def _evenly(given: list[str], count: int) -> Iterable[str]:
    return given[:: max(1, -(-len(given) // count))]
