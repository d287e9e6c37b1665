"""The languages that are understood: a folder and one line in ``LANGUAGES`` each.

A message is read in all of them at once (:func:`spoken`), for people mix them; :func:`language` says which it is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, reduce

from autostyle.agent.understanding.grammar.language import Grammar, together
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages import en, ko

LANGUAGES: dict[str, Grammar] = {
    "en": en.GRAMMAR,
    "ko": ko.GRAMMAR,
}


def spoken() -> Grammar:
    """All languages side by side."""
    return _together(tuple(LANGUAGES.values()))


@lru_cache(maxsize=2)
def _together(grammars: tuple[Grammar, ...]) -> Grammar:
    return reduce(together, grammars)


def compose_pattern(source: Callable[[Grammar], str]) -> Callable[[], Pattern]:
    """A pattern that a topic makes of the words of all languages; made anew where there is another language."""

    @lru_cache(maxsize=2)
    def made(said: Grammar) -> Pattern:
        return Pattern(source(said))

    return lambda: made(spoken())


def language(text: str, before: str = "en") -> str:
    """The language of ``text`` (lower case, files cut out): one that nothing else can be, else one whose letters it
    has, else as before."""
    for name, grammar in LANGUAGES.items():
        if grammar.unmistakable.search(text):
            return name
    return next((name for name, grammar in LANGUAGES.items() if grammar.letters.search(text)), before)


def number_of(text: str) -> float | None:
    """The number that ``text`` is, or None: ``12``, ``1.5``, ``twenty five``, ``a dozen``, ``스무``, ``삼십``."""
    bare = " ".join(text.split())
    if re.fullmatch(r"\d+(\.\d+)?", bare):
        return float(bare)
    numbers = (read(bare) for read in spoken().number)
    return next((found for found in numbers if found is not None), None)
