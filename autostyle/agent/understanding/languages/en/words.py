"""English words found in a text, inflected and mistyped as they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autostyle.agent.understanding.typing_errors import nearest

LONGEST = 6
"Words of the longest phrase."
_WORD = re.compile(r"[a-zà-öø-ÿ]+(?:['’][a-z]+)*|\d+%?|%")


@dataclass(frozen=True)
class English:
    """The English words of all concepts.

    Args:
        phrases: by their stems run together.
        prefixes: the beginnings of words that end in a star.
        known: every word that occurs, which is thus no typing error.
    """

    phrases: Mapping[str, frozenset[str]]
    prefixes: tuple[tuple[str, str], ...]
    known: frozenset[str]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> English:
        """What ``words.yaml`` says: ``concepts``, and ``plain`` words that are close to one of theirs."""
        phrases: dict[str, set[str]] = defaultdict(set)
        prefixes: list[tuple[str, str]] = []
        known = {stem(word) for word in words.get("plain", ())}
        for concept, said in words["concepts"].items():
            for phrase in said:
                stems = [stem(match.group()) for match in _WORD.finditer(phrase.lower())]
                if phrase.startswith("="):
                    phrases[phrase].add(concept)
                elif re.fullmatch(r"\w+\*", phrase):
                    prefixes.append((phrase[:-1], concept))
                    known.add(phrase[:-1])
                else:
                    phrases["".join(stems)].add(concept)
                    known.update(stems)
        return cls({phrase: frozenset(names) for phrase, names in phrases.items()}, tuple(prefixes), frozenset(known))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each concept in ``text`` (lower case, NFC) and the stretch that says it."""
        words = [(self._stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
        for first, (stem, start, end) in enumerate(words):
            for prefix, concept in self.prefixes:
                if stem.startswith(prefix) or text.startswith(prefix, start, end):
                    yield concept, start, end
            for concept in self.phrases.get("=" + text[start:end].removesuffix("'s"), ()):
                yield concept, start, end
            joined = ""
            for following, _, last in words[first : first + LONGEST]:
                joined += following
                for concept in self.phrases.get(joined, ()):
                    yield concept, start, last

    def _stem(self, word: str) -> str:
        found = stem(word)
        if len(found) < 4 or found in self.known or any(word.startswith(prefix) for prefix, _ in self.prefixes):
            return found
        return nearest(found, self.known) or found


def stem(word: str) -> str:
    """A word without its inflection: ``colours`` and ``coloured`` are ``colour``, ``keeping`` is ``keep``."""
    bare = re.sub(r"['’]s$", "", word).replace("'", "").replace("’", "")
    for ending in ("ing", "ed", "es", "s"):
        rest = bare.removesuffix(ending)
        if rest != bare and len(rest) >= 3 and not (ending == "s" and rest[-1] in "su"):
            bare = rest[:-1] if ending in ("ing", "ed") and rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if len(bare) > 3:
        bare = bare.removesuffix("e")
    return bare[:-1] + "i" if len(bare) > 3 and bare[-1] == "y" else bare
