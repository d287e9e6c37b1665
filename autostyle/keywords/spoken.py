"""A measured description in words: three to eight keywords, in English for prompts and in Korean for people.

The limits were set by looking at some forty paintings and photographs; each says what a person would agree with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from autostyle.keywords import names
from autostyle.keywords.measured import Description

KeywordLanguage = Literal["en", "ko"]
MOST = 8


class _Term(NamedTuple):
    en: str
    ko: str
    holds: Callable[[Description], bool]


def _brushed(d: Description) -> bool:
    """Marks that share a direction with their neighbours, all over the picture: smooth photographs have those too,
    but not everywhere."""
    return d.busyness > 0.9 and d.alignment > 0.43


def _one_way(d: Description) -> bool:
    return _brushed(d) and d.oneness >= 0.3


_TERMS: tuple[tuple[_Term, ...], ...] = (
    # Of a group the first that holds is said.
    (
        _Term("monochrome", "단색조", lambda d: d.chroma < 5),
        _Term("shades of one hue", "한 색조의 농담", lambda d: d.one_hue > 0.97 and d.chroma < 30),
        _Term("vivid colour", "선명한 색", lambda d: d.chroma > 25.5),
        _Term("muted colour", "차분한 색", lambda d: d.chroma < 13),
    ),
    (
        _Term("warm tones", "따뜻한 색조", lambda d: d.warmth > 0.5 and d.chroma >= 10),
        _Term("cool tones", "차가운 색조", lambda d: d.warmth < -0.3 and d.chroma >= 10),
    ),
    (
        _Term("high contrast", "강한 명암 대비", lambda d: d.contrast > 75),
        _Term("low contrast", "약한 명암 대비", lambda d: d.contrast < 48),
    ),
    (
        _Term("dark", "어두움", lambda d: d.lightness < 32),
        _Term("light", "밝음", lambda d: d.lightness > 72),
    ),
    (
        _Term("horizontal strokes", "가로 붓질", lambda d: _one_way(d) and _near(d.direction, 0)),
        _Term("vertical strokes", "세로 붓질", lambda d: _one_way(d) and _near(d.direction, 90)),
        _Term("diagonal strokes", "비스듬한 붓질", _one_way),
        _Term("curving strokes", "휘어지는 붓질", lambda d: _brushed(d) and d.flow > 0.28),
        _Term("directional strokes", "방향이 뚜렷한 붓질", _brushed),
        _Term("short broken marks", "짧게 끊어진 점과 획", lambda d: d.busyness > 0.95 and d.alignment < 0.38),
    ),
    (
        _Term("dark outlines", "어두운 윤곽선", lambda d: d.outlines > 0.1 and d.alignment >= 0.5),
        _Term("smooth surfaces", "매끈한 면", lambda d: d.busyness < 0.65 and d.softness > 0.85),
    ),
    (_Term("repeating marks", "반복되는 무늬", lambda d: d.regularity > 0.45 and d.busyness > 0.65),),
    (
        _Term("fine marks", "가는 획", lambda d: 0 < d.mark < 0.009),
        _Term("broad marks", "굵은 획", lambda d: d.mark > 0.0165 and d.busyness > 0.85),
    ),
    (
        _Term("crisp edges", "또렷한 가장자리", lambda d: d.softness < 0.75),
        _Term("soft edges", "부드러운 가장자리", lambda d: d.softness > 1.3),
    ),
)


def keywords(description: Description, language: KeywordLanguage = "en") -> tuple[str, ...]:
    """Three to eight words or pairs of words, the colours first."""
    pair = description.pair if language == "en" else tuple(map(names.korean, description.pair))
    colors = (" and " if language == "en" else ", ").join(pair)
    said = [next((term for term in group if term.holds(description)), None) for group in _TERMS]
    words = (colors, *(getattr(term, language) for term in said if term is not None))
    # A picture of middling everything is described by its largest colours alone.
    others = (name if language == "en" else names.korean(name) for name, _ in description.palette)
    for other in others:
        if len(words) >= 3:
            break
        if other not in pair:
            words = (*words, other)
    return words[:MOST]


def translate_keyword(word: str, language: str) -> str:
    """What is said of a picture in English, in Korean for people who speak it; empty where it is no such word."""
    if language != "ko":
        return ""
    terms = {term.en: term.ko for group in _TERMS for term in group}
    colors = word.split(" and ")
    known = all(names.is_known(name) for name in colors)
    return terms.get(word) or (", ".join(map(names.korean, colors)) if known else "")


def _near(direction: float, wanted: float) -> bool:
    """Whether two directions, in degrees, lie within 25 of each other; 180 is 0 again."""
    return abs((direction - wanted + 90) % 180 - 90) <= 25
