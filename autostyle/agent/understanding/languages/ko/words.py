"""Korean words found in a text: stems, and long ones with one letter wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autostyle.agent.understanding.languages.ko.stems import Stems
from autostyle.agent.understanding.typing_errors import begins

LETTERS = 7
"Letters from which on a stem is recognised with one of them wrong; in shorter ones that is another word."
_HANGUL = re.compile("[가-힣]{2,}")


@dataclass(frozen=True)
class Korean:
    """The Korean words of all concepts.

    Args:
        stems: of all of them.
        letters: long stems, letter by letter, and their concepts.
    """

    stems: Stems
    letters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Korean:
        """What ``words.yaml`` says: ``concepts``."""
        concepts: Mapping[str, list[str]] = words["concepts"]
        return cls(Stems(concepts), tuple(_letters(concepts)))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each concept in ``text`` (lower case, NFC) and the stretch that says it."""
        understood = bytearray(len(text))
        for concept, start, end in self.stems.find(text):
            understood[start:end] = b"x" * (end - start)
            yield concept, start, end
        for match in _HANGUL.finditer(text):
            if not any(understood[match.start() : match.end()]):
                for concept in self._slipped(match.group()):
                    yield concept, match.start(), match.end()

    def _slipped(self, word: str) -> Iterator[str]:
        """The concepts of stems that ``word`` begins with, but for one letter."""
        letters = unicodedata.normalize("NFD", word)
        for stem, concept in self.letters:
            if stem[0] == letters[0] and begins(letters, stem):
                yield concept


def _letters(concepts: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for concept, words in concepts.items():
        for stem in words:
            letters = unicodedata.normalize("NFD", stem)
            if len(letters) >= LETTERS and _HANGUL.fullmatch(stem):
                yield letters, concept
