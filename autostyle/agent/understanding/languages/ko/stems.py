"""Korean stems, found in a text without an expression for them: two thousand of those take seconds to compile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

EXPRESSION = "re:"
"""What a word of the lexicon that is a regular expression begins with."""
Place = tuple[int, int, int]
"""Where a word stands, which of a concept's it is, and where it ends."""


class Stems:
    """The Korean words of all concepts.

    Spaces within a word do not matter where the word begins one of the text; a word of one syllable must begin one.

    Args:
        concepts: their words, the ones that count first standing first.

    Raises:
        re.error: one that begins with ``re:`` is no regular expression.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        self._concepts = {concept: place for place, concept in enumerate(concepts)}
        self._by_first: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        self._expressions: list[tuple[str, int, re.Pattern[str]]] = []
        for concept, words in concepts.items():
            for order, word in enumerate(words):
                if word.startswith(EXPRESSION):
                    source = word.removeprefix(EXPRESSION)
                    # The text is in lower case; to compile a range of syllables in both cases takes a millisecond.
                    capitals = re.IGNORECASE if source != source.lower() else 0
                    self._expressions.append((concept, order, re.compile(source, capitals)))
                elif letters := "".join(word.lower().split()):
                    self._by_first[letters[0]].append((concept, order, letters))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each concept in ``text`` (lower case, NFC) and the stretch that says it. The stretches of one concept do not
        overlap: the first counts, and of those that begin together the word that stands first in the lexicon."""
        found: dict[str, list[Place]] = defaultdict(list)
        for concept, place in self._words(text):
            found[concept].append(place)
        for concept, order, expression in self._expressions:
            found[concept] += ((match.start(), order, match.end()) for match in _everywhere(expression, text))
        for concept in sorted(found, key=self._concepts.__getitem__):
            last = 0
            for start, _, end in sorted(found[concept]):
                if start >= last:
                    yield concept, start, end
                    last = end

    def _words(self, text: str) -> Iterator[tuple[str, Place]]:
        ends = [at + 1 for at, letter in enumerate(text) if not letter.isspace()]
        run_together = "".join(text.split())
        place = count()
        for start, first in enumerate(text):
            if first.isspace():
                continue
            at = next(place)
            begins = start == 0 or not "가" <= text[start - 1] <= "힣"
            for concept, order, letters in self._by_first.get(first, ()):
                if begins and run_together.startswith(letters, at):
                    yield concept, (start, order, ends[at + len(letters) - 1])
                elif len(letters) > 1 and text.startswith(letters, start):
                    yield concept, (start, order, start + len(letters))


def _everywhere(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also those that overlap."""
    match = expression.search(text)
    while match is not None:
        yield match
        match = expression.search(text, match.start() + 1)
