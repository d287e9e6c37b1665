"""A text cut into clauses, each with what it speaks of, or where it was taken back. Names of files and quoted words are
data: they are cut out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from autostyle.agent.understanding import lexicon, paths
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES, QUOTE
from autostyle.agent.understanding.languages import compose_pattern
from autostyle.agent.understanding.lexicon import Hit
from autostyle.agent.understanding.model import NamedFile
from autostyle.filenames import legible

MAX_CHARACTERS = 2000
"""What is said beyond is not read; no request needs it."""


@compose_pattern
def _cut(said: Grammar) -> str:
    return rf"[;!?\n…]+|,(?!\d)|\.(?!\d)|\s[-–—]\s|{said.talk.cut.source}"


@dataclass(frozen=True)
class Clause:
    """A stretch of the masked text and the concepts in it."""

    start: int
    end: int
    text: str
    hits: tuple[Hit, ...]

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(hit.concept for hit in self.hits)

    @property
    def files(self) -> tuple[int, ...]:
        """The places of the files named in it."""
        return tuple(ord(letter) - FILE for letter in self.text if FILE <= ord(letter) < QUOTE)

    def said(self, hit: Hit) -> str:
        """The words of a hit."""
        return self.text[hit.start - self.start : hit.end - self.start]

    def says(self, meaning: str) -> bool:
        """Whether it means this, by the frames of the lexicon."""
        return lexicon.load().says(meaning, self.concepts)


@dataclass(frozen=True, eq=False)  # told apart by identity: every clause asks what is cached for its text
class Text:
    """What a person typed, taken apart.

    Args:
        whole: NFC, lower case, each file and quotation one private character.
        files, quotes: what these stand for.
        clauses: in order.
        as_typed: like ``whole`` in the person's own capitals, for what is quoted from it.
    """

    whole: str
    as_typed: str
    files: tuple[NamedFile, ...]
    quotes: tuple[str, ...]
    clauses: tuple[Clause, ...]


def take_apart(text: str, found: Sequence[NamedFile]) -> Text:
    """``text`` (NFC) without the files ``found`` in it."""
    masked, quotes = _masked(text, found)
    lower = _lower(masked)
    return Text(lower, masked, tuple(found), quotes, tuple(_clauses(lower)))


def words(text: str, found: Sequence[NamedFile]) -> str:
    """The words of ``text`` (NFC) without the files ``found`` in it, in lower case."""
    return _lower(_masked(text, found)[0])


def _lower(masked: str) -> str:
    lower = masked.lower()
    return lower if len(lower) == len(masked) else masked


def _masked(text: str, found: Sequence[NamedFile]) -> tuple[str, tuple[str, ...]]:
    """A text with a sign in the place of each file and quotation, and the quotations."""
    quotes = [span for span in paths.quotes(text) if not any(f.start < span[1] and span[0] < f.end for f in found)]
    quotes = [span for span in quotes if span[1] - span[0] > 3]
    spans = [(f.start, f.end, chr(FILE + i)) for i, f in enumerate(found[:0x100])]
    spans += [(start, end, chr(QUOTE + i)) for i, (start, end) in enumerate(quotes[:0x100])]
    masked, position = "", 0
    for start, end, sign in sorted(spans):
        masked += text[position:start] + sign
        position = end
    masked += text[position:]
    return masked, tuple(text[start + 1 : end - 1].strip() for start, end in quotes)


def normal(text: str) -> str:
    """The text in NFC and legible, apostrophes alike, without control characters and what is invisible, at most
    MAX_CHARACTERS."""
    composed = unicodedata.normalize("NFC", legible(text[:MAX_CHARACTERS])).replace("’", "'")
    kinds = ((letter, unicodedata.category(letter)) for letter in composed)
    plain = (" " if kind in ("Cc", "Co") and letter != "\n" else letter for letter, kind in kinds if kind != "Cf")
    return "".join(plain)


def _clauses(text: str) -> list[Clause]:
    hits = lexicon.load().find(text)
    files = [Hit(lexicon.FILE, match.start(), match.end()) for match in re.finditer(f"[{FILES}]", text)]
    cuts = [0, *(match.end() for match in _cut().finditer(text)), len(text)]
    clauses: list[Clause] = []
    for start, end in pairwise(cuts):
        if text[start:end].strip(" \t\n.,;") or (text[start:end].strip() and not clauses and end == len(text)):
            inside = tuple(hit for hit in (*hits, *files) if start <= hit.start and hit.end <= end)
            clauses.append(Clause(start, end, text[start:end], inside))
    return clauses


@compose_pattern
def _taken_back(said: Grammar) -> str:
    return f"(?i:{said.talk.taken_back.source})"


def halves(text: str, names: Sequence[tuple[int, int]]) -> tuple[str, str] | None:
    """What was said before and after the last time it was taken back; None where nothing was.

    Args:
        names: stretches of file names and quotations, in which words mean nothing.
    """
    for match in reversed(list(_taken_back().finditer(text))):
        before, after = text[: match.start()], text[match.end() :]
        inside = any(start < match.end() and match.start() < end for start, end in names)
        if not inside and re.search(r"\w", before):
            return before, after
    return None
