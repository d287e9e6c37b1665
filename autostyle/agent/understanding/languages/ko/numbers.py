"""Numbers in Korean words, native and Sino-Korean."""

from __future__ import annotations

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
_TENS = {
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
_PLACES = {"십": 10, "백": 100, "천": 1000}

_NATIVE_WORD = rf"(?:(?:{'|'.join(_TENS)})\s*(?:{'|'.join(_NATIVE)})?|{'|'.join(_NATIVE)})"
_SINO_WORD = r"[일이삼사오육칠팔구]?[십백천][일이삼사오육칠팔구십백]*"
NUMBER = rf"(?:(?<!\d)\d{{1,9}}(?:\.\d+)?|(?<![가-힣])(?:{_SINO_WORD}|{_NATIVE_WORD}))"
SINO_DIGIT = r"(?<![가-힣])[일삼사오육칠팔구]"


def number(said: str) -> float | None:
    """``스무``, ``삼십``, ``열다섯``."""
    word = said.replace(" ", "")
    for tens, ten in {**_TENS, "": 0}.items():
        rest = word.removeprefix(tens)
        if word.startswith(tens) and (rest in _NATIVE or (tens and not rest)):
            return float(ten + _NATIVE.get(rest, 0))
    total, digit = 0, 0
    for letter in word:
        if letter in _PLACES:
            total += max(digit, 1) * _PLACES[letter]
            digit = 0
        elif letter in _SINO:
            digit = _SINO[letter]
        else:
            return None
    return float(total + digit) if word else None
