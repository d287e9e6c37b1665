"""Korean particles, which follow the last sound of the word before them: ``사진을``, ``3을``, ``a.png를``."""

from __future__ import annotations

import re

FINALS = 28
"Finals a Hangul syllable may have, none among them; a code point of the block modulo this is its final."
RIEUL = 8
NONE, SOME = 0, 1

# The final sounds of names as they are read aloud; whatever is not listed ends in a vowel.
DIGITS = {"0": SOME, "1": RIEUL, "3": SOME, "6": SOME, "7": RIEUL, "8": RIEUL}
LETTERS = {"l": RIEUL, "m": SOME, "n": SOME, "r": RIEUL}  # spelled out: 엘, 엠, 엔, 알
WORD_ENDS = {"l": RIEUL, "m": SOME, "n": SOME, "ng": SOME, "b": SOME, "c": SOME, "k": SOME, "p": SOME, "t": SOME}


class Noun(str):
    """A word whose particle a template asks for: ``f"{Noun('그림'):을/를}"`` is ``그림을``."""

    def __format__(self, spec: str) -> str:
        return with_particle(self, *spec.split("/")) if spec else str(self)


def with_particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """The word and the particle that fits it; before ``으로/로`` a final ㄹ counts as a vowel."""
    final = _final(word)
    vowel = final == NONE or (final == RIEUL and after_consonant == "으로")
    return word + (after_vowel if vowel else after_consonant)


def _final(word: str) -> int:
    spoken = re.sub(r"\s*\([^()]*\)\W*$", "", word)
    if spoken.endswith("%"):  # 퍼센트
        return NONE
    spoken = re.sub(r"[\W_]+$", "", spoken).lower()
    if not spoken:
        return NONE
    last = spoken[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % FINALS
    if last.isdigit():
        return DIGITS.get(last, NONE)
    spelled_out = re.search(r"\.\w{2,4}$", spoken) or re.search(r"[A-Z]{2,}\W*$", word)
    if spelled_out:
        return LETTERS.get(last, NONE)
    return WORD_ENDS.get(spoken[-2:], WORD_ENDS.get(last, NONE))
