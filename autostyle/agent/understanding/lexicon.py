"""Words and what they mean: ``prompts/lexicon.yaml``, and finding its concepts in a text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from autostyle import resources
from autostyle.agent.understanding.slips import begins, nearest
from autostyle.agent.understanding.stems import Stems
from autostyle.errors import BadInput

NAME = "lexicon.yaml"
FILE = "file"
"""A concept that no word stands for: a file that is named."""
LONGEST = 6
"Words of the longest English phrase."
LETTERS = 7
"Letters from which on a Korean stem is recognised with one of them wrong; in shorter ones that is another word."
_HANGUL = re.compile("[가-힣]{2,}")
_WORD = re.compile(r"[a-zà-öø-ÿ]+(?:['’][a-z]+)*|\d+%?|%")


@dataclass(frozen=True)
class Hit:
    """A concept found in a text, and the stretch that says it."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class Frame:
    """What a clause must say and must not say to mean something."""

    wanted: frozenset[str]
    unwanted: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Frame:
        words = text.split()
        unwanted = frozenset(word[1:] for word in words if word[0] == "-")
        return cls(frozenset(word for word in words if word[0] != "-"), unwanted)

    def holds(self, concepts: frozenset[str]) -> bool:
        return self.wanted <= concepts and not self.unwanted & concepts


@dataclass(frozen=True)
class Lexicon:
    """All concepts, ready to be looked for.

    Args:
        phrases: English, by their stems run together.
        prefixes: the beginnings of English words that end in a star.
        korean: the stems of all concepts.
        letters: long Korean stems, letter by letter, and their concepts.
        known: every English word that occurs, which is thus no typing error.
        frames: by what they mean.
        ordinary: English words that every request has.
    """

    phrases: Mapping[str, frozenset[str]]
    prefixes: tuple[tuple[str, str], ...]
    korean: Stems
    letters: tuple[tuple[str, str], ...]
    known: frozenset[str]
    frames: Mapping[str, tuple[Frame, ...]]
    ordinary: frozenset[str]

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every concept that ``text`` (lower case, NFC) speaks of."""
        return (*self._english(text), *self._korean(text))

    def says(self, meaning: str, concepts: frozenset[str]) -> bool:
        """Whether a clause with these concepts means this."""
        return any(frame.holds(concepts) for frame in self.frames[meaning])

    def _english(self, text: str) -> Iterator[Hit]:
        words = [(self._stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
        for first, (stem, start, end) in enumerate(words):
            for prefix, concept in self.prefixes:
                if stem.startswith(prefix) or text.startswith(prefix, start, end):
                    yield Hit(concept, start, end)
            for concept in self.phrases.get("=" + text[start:end].removesuffix("'s"), ()):
                yield Hit(concept, start, end)
            joined = ""
            for following, _, last in words[first : first + LONGEST]:
                joined += following
                for concept in self.phrases.get(joined, ()):
                    yield Hit(concept, start, last)

    def _korean(self, text: str) -> Iterator[Hit]:
        understood = bytearray(len(text))
        for concept, start, end in self.korean.find(text):
            understood[start:end] = b"x" * (end - start)
            yield Hit(concept, start, end)
        for match in _HANGUL.finditer(text):
            if not any(understood[match.start() : match.end()]):
                for concept in self._slipped(match.group()):
                    yield Hit(concept, match.start(), match.end())

    def _slipped(self, word: str) -> Iterator[str]:
        """The concepts of stems that ``word`` begins with, but for one letter."""
        letters = unicodedata.normalize("NFD", word)
        for stem, concept in self.letters:
            if stem[0] == letters[0] and begins(letters, stem):
                yield concept

    def _stem(self, word: str) -> str:
        found = stem(word)
        if len(found) < 4 or found in self.known or any(word.startswith(prefix) for prefix, _ in self.prefixes):
            return found
        return nearest(found, self.known) or found


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon in force; raises BadInput if a person's own is broken."""
    source = resources.read(NAME)
    try:
        data: dict[str, Any] = resources.parse(source)
        return _lexicon(data["concepts"], data["frames"], data["plain"], data.get("ordinary", ()))
    except (yaml.YAMLError, re.error, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise BadInput(
            "cannot read {name}: {why}", "mend {path}, or move it away", name=NAME, why=why, path=source.path
        ) from error


def _frames(concepts: dict[str, dict[str, list[str]]], texts: list[str]) -> tuple[Frame, ...]:
    frames = tuple(Frame.of(text) for text in texts)
    for frame in frames:
        if unknown := (frame.wanted | frame.unwanted) - {*concepts, FILE}:
            raise KeyError(f"a frame names the unknown concept {min(unknown)}")
    return frames


def _lexicon(
    concepts: dict[str, dict[str, list[str]]], frames: dict[str, list[str]], plain: list[str], ordinary: Iterable[str]
) -> Lexicon:
    phrases: dict[str, set[str]] = defaultdict(set)
    prefixes: list[tuple[str, str]] = []
    known = {stem(word) for word in plain}
    for concept, words in concepts.items():
        for phrase in words["en"]:
            stems = [stem(match.group()) for match in _WORD.finditer(phrase.lower())]
            if phrase.startswith("="):
                phrases[phrase].add(concept)
            elif re.fullmatch(r"\w+\*", phrase):
                prefixes.append((phrase[:-1], concept))
                known.add(phrase[:-1])
            else:
                phrases["".join(stems)].add(concept)
                known.update(stems)
    return Lexicon(
        {phrase: frozenset(names) for phrase, names in phrases.items()},
        tuple(prefixes),
        Stems({concept: words["ko"] for concept, words in concepts.items()}),
        tuple(_letters(concepts)),
        frozenset(known),
        {meaning: _frames(concepts, texts) for meaning, texts in frames.items()},
        frozenset(ordinary),
    )


def _letters(concepts: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for concept, words in concepts.items():
        for stem in words["ko"]:
            letters = unicodedata.normalize("NFD", stem)
            if len(letters) >= LETTERS and _HANGUL.fullmatch(stem):
                yield letters, concept


def stem(word: str) -> str:
    """An English word without its inflection: ``colours`` and ``coloured`` are ``colour``, ``keeping`` is ``keep``."""
    bare = re.sub(r"['’]s$", "", word).replace("'", "").replace("’", "")
    for ending in ("ing", "ed", "es", "s"):
        rest = bare.removesuffix(ending)
        if rest != bare and len(rest) >= 3 and not (ending == "s" and rest[-1] in "su"):
            bare = rest[:-1] if ending in ("ing", "ed") and rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if len(bare) > 3:
        bare = bare.removesuffix("e")
    return bare[:-1] + "i" if len(bare) > 3 and bare[-1] == "y" else bare
