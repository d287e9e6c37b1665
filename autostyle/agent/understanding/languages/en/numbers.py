"""Numbers in English words."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: float(n) for n, word in enumerate(_ONES)} | {word: float(n) for word, n in _TENS.items()}
_PHRASES = {
    **dict.fromkeys(("a couple of", "a couple", "couple of"), 2.0),
    **dict.fromkeys(("a few", "few"), 3.0),
    "half a dozen": 6.0,
    **dict.fromkeys(("a dozen", "dozen"), 12.0),
    **dict.fromkeys(("a hundred", "hundred"), 100.0),
}
_ARTICLES = {"a": 1.0, "an": 1.0}

_DIGITS = r"(?<!\d)\d{1,9}"
"""From their first on: looked for from every one of them, a long row of digits would take its length squared."""
_TENS_WORD = rf"(?:{'|'.join(_TENS)})(?:[\s-]?(?:{'|'.join(_ONES[1:10])}))?"
NUMBER = (
    rf"(?:(?:{_DIGITS}|{'|'.join(_ONES[2:10])})\s+dozen"
    rf"|{_DIGITS}(?:\.\d+)?|{'|'.join(sorted(_PHRASES, key=len, reverse=True))}|{_TENS_WORD}"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))}|an?(?=\s))"
)

ORDINALS = ("first|1st|former", "second|2nd|latter", "third|3rd", "fourth|4th", "fifth|5th")
"""The words for the first, the second and so on of several."""


def number(said: str) -> float | None:
    """``twenty five``, ``a dozen``, ``a``, ``3 dozen``."""
    if said in _PHRASES or said in _ARTICLES:
        return (_PHRASES | _ARTICLES)[said]
    if said.endswith(" dozen"):
        many = said.removesuffix(" dozen")
        return 12 * ((float(many) if re.fullmatch(r"\d+(\.\d+)?", many) else number(many)) or 1.0)
    if said and all(word in _WORDS for word in re.split(r"[\s-]", said)):
        return sum(_WORDS[word] for word in re.split(r"[\s-]", said))
    joined = re.match(rf"({'|'.join(_TENS)})({'|'.join(_ONES[1:10])})$", said)
    return _WORDS[joined.group(1)] + _WORDS[joined.group(2)] if joined else None
