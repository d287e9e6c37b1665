"""Numbers in digits and words, English and Korean."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ENGLISH = {word: float(n) for n, word in enumerate(_ONES)} | {word: float(n) for word, n in _TENS.items()}
_PHRASES = {
    **dict.fromkeys(("a couple of", "a couple", "couple of"), 2.0),
    **dict.fromkeys(("a few", "few"), 3.0),
    "half a dozen": 6.0,
    **dict.fromkeys(("a dozen", "dozen"), 12.0),
    **dict.fromkeys(("a hundred", "hundred"), 100.0),
}
_ARTICLE = {"a": 1.0, "an": 1.0}

_NATIVE = {
    "한": 1,
    "하나": 1,
    "두": 2,
    "둘": 2,
    "세": 3,
    "셋": 3,
    "석": 3,
    "네": 4,
    "넷": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
_NATIVE_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_SINO = dict(zip("영일이삼사오육칠팔구", range(10), strict=True))
_SINO_PLACES = {"십": 10, "백": 100, "천": 1000}

_DIGITS = r"(?<!\d)\d{1,9}"
"""From their first on: looked for from every one of them, a long row of digits would take its length squared."""
_TENS_WORD = rf"(?:{'|'.join(_TENS)})(?:[\s-]?(?:{'|'.join(_ONES[1:10])}))?"
ENGLISH = (
    rf"(?:(?:{_DIGITS}|{'|'.join(_ONES[2:10])})\s+dozen"
    rf"|{_DIGITS}(?:\.\d+)?|{'|'.join(sorted(_PHRASES, key=len, reverse=True))}|{_TENS_WORD}"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))}|an?(?=\s))"
)
_NATIVE_WORD = rf"(?:(?:{'|'.join(_NATIVE_TENS)})\s*(?:{'|'.join(_NATIVE)})?|{'|'.join(_NATIVE)})"
_SINO_WORD = r"[일이삼사오육칠팔구]?[십백천][일이삼사오육칠팔구십백]*"
KOREAN = rf"(?:{_DIGITS}(?:\.\d+)?|(?<![가-힣])(?:{_SINO_WORD}|{_NATIVE_WORD}))"
SINO_DIGIT = r"(?<![가-힣])[일삼사오육칠팔구]"


def value(text: str) -> float | None:
    """The number that ``text`` is, or None: ``12``, ``1.5``, ``twenty five``, ``a dozen``, ``스무``, ``삼십``."""
    bare = " ".join(text.split())
    if re.fullmatch(r"\d+(\.\d+)?", bare):
        return float(bare)
    if bare in _PHRASES or bare in _ARTICLE:
        return (_PHRASES | _ARTICLE)[bare]
    if bare.endswith(" dozen"):
        return 12 * (value(bare.removesuffix(" dozen")) or 1.0)
    if bare and all(word in _ENGLISH for word in re.split(r"[\s-]", bare)):
        return sum(_ENGLISH[word] for word in re.split(r"[\s-]", bare))
    joined = re.match(rf"({'|'.join(_TENS)})({'|'.join(_ONES[1:10])})$", bare)
    if joined:
        return _ENGLISH[joined.group(1)] + _ENGLISH[joined.group(2)]
    return _korean(bare.replace(" ", ""))


def _korean(word: str) -> float | None:
    for tens, ten in {**_NATIVE_TENS, "": 0}.items():
        rest = word.removeprefix(tens)
        if word.startswith(tens) and (rest in _NATIVE or (tens and not rest)):
            return float(ten + _NATIVE.get(rest, 0))
    total, digit = 0, 0
    for letter in word:
        if letter in _SINO_PLACES:
            total += max(digit, 1) * _SINO_PLACES[letter]
            digit = 0
        elif letter in _SINO:
            digit = _SINO[letter]
        else:
            return None
    return float(total + digit) if word else None
