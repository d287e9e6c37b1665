"""What words mean: the ``words.yaml`` of every language, and ``prompts/meanings.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from autostyle import resources
from autostyle.agent.understanding.grammar.language import Finder, Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages import LANGUAGES
from autostyle.errors import BadInput

NAME = "meanings.yaml"
FILE = "file"
"""A concept that no word stands for: a file that is named."""


@dataclass(frozen=True)
class Hit:
    """A concept found in a text, and the stretch that says it."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class Condition:
    """What a clause must say and must not say to mean something."""

    wanted: frozenset[str]
    unwanted: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Condition:
        words = text.split()
        unwanted = frozenset(word[1:] for word in words if word[0] == "-")
        return cls(frozenset(word for word in words if word[0] != "-"), unwanted)

    def holds(self, concepts: frozenset[str]) -> bool:
        return self.wanted <= concepts and not self.unwanted & concepts


@dataclass(frozen=True)
class Ordinary:
    """Words of a language that every request has: a ``word`` of ``words``, or one that begins with a ``beginning``."""

    word: Pattern
    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, word: Pattern, said: list[str]) -> Ordinary:
        """Of words; a star at the end of one covers whatever follows."""
        words = frozenset(word for word in said if not word.endswith("*"))
        return cls(word, words, tuple(word[:-1] for word in said if word.endswith("*")))

    def others(self, text: str) -> Iterator[str]:
        """The words of ``text`` that are none of these."""
        for match in self.word.finditer(text):
            if match.group() not in self.words and not match.group().startswith(self.beginnings):
                yield match.group()


@dataclass(frozen=True)
class Lexicon:
    """All words and what clauses mean.

    Args:
        finders: of each language.
        frames: by what they mean.
        ordinary: of each language.
    """

    finders: tuple[Finder, ...]
    frames: Mapping[str, tuple[Condition, ...]]
    ordinary: tuple[Ordinary, ...]

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every concept that ``text`` (lower case, NFC) speaks of."""
        return tuple(Hit(*found) for finder in self.finders for found in finder.find(text))

    def says(self, meaning: str, concepts: frozenset[str]) -> bool:
        """Whether a clause with these concepts means this."""
        return any(frame.holds(concepts) for frame in self.frames[meaning])

    def own_words(self, text: str) -> int:
        """How many words there are beside those that every request has."""
        return sum(1 for ordinary in self.ordinary for _ in ordinary.others(text))


def load() -> Lexicon:
    """The lexicon in force; raises BadInput if a person's own is broken."""
    return _load(tuple(LANGUAGES.items()))


@lru_cache(maxsize=2)
def _load(languages: tuple[tuple[str, Grammar], ...]) -> Lexicon:
    concepts: set[str] = {FILE}
    finders: list[Finder] = []
    ordinary: list[Ordinary] = []
    for name, grammar in languages:
        source = resources.read(f"words.{name}.yaml", grammar.words)
        with _mending(source):
            data: dict[str, Any] = resources.parse(source)
            finders.append(grammar.finder(data))
            concepts.update(data["concepts"])
            ordinary.append(Ordinary.of(grammar.unheard.word, data.get("ordinary", [])))
    source = resources.read(NAME)
    with _mending(source):
        frames = {meaning: _frames(concepts, texts) for meaning, texts in resources.parse(source)["frames"].items()}
    return Lexicon(tuple(finders), frames, tuple(ordinary))


def _frames(concepts: set[str], texts: list[str]) -> tuple[Condition, ...]:
    frames = tuple(Condition.of(text) for text in texts)
    for frame in frames:
        if unknown := (frame.wanted | frame.unwanted) - concepts:
            raise KeyError(f"a frame names the unknown concept {min(unknown)}")
    return frames


@contextmanager
def _mending(source: resources.Resource) -> Iterator[None]:
    """Errors in a file of words as one line that says where to mend it."""
    try:
        yield
    except (yaml.YAMLError, re.error, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise BadInput(
            "cannot read {name}: {why}", "mend {path}, or move it away", name=source.name, why=why, path=source.path
        ) from error
