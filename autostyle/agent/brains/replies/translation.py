"""A sentence of the program in Korean: found in the tables by its pattern, with what stands in it carried over."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from autostyle.agent.brains.replies.ko_errors import SENTENCES
from autostyle.agent.brains.replies.korean import Noun


def korean(sentence: str) -> str:
    """The translation of ``sentence``, its parts translated where they can be; itself where there is none."""
    for pattern, translation in _patterns():
        if found := pattern.fullmatch(sentence):
            return translation.format_map({name: Noun(korean(value)) for name, value in found.groupdict().items()})
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_pattern(english), re.DOTALL), translation) for english, translation in SENTENCES.items())


def _pattern(english: str) -> str:
    """The regular expression of a sentence with ``{name}`` in it; ``{name!r}`` stands in quotes of either kind."""
    parts = []
    for literal, name, _, conversion in Formatter().parse(english):
        quote = "['\"]" if conversion == "r" else ""
        parts += [re.escape(literal), f"{quote}(?P<{name}>.+?){quote}" if name else ""]
    return "".join(parts)
