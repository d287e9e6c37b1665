"""A pattern of words, and the characters that stand for files and quotations in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

FILE, QUOTE = 0xE000, 0xE100
"""Private characters that stand for the nth file and the nth quotation."""
FILES = f"{chr(FILE)}-{chr(FILE + 0xFF)}"
QUOTES = f"{chr(QUOTE)}-{chr(QUOTE + 0xFF)}"

Find = Callable[..., "re.Match[str] | None"]


class Pattern:
    """A regular expression, compiled when it is first used."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __or__(self, other: Pattern) -> Pattern:
        if NOTHING in (self, other):
            return other if self is NOTHING else self
        return Pattern(f"{self.source}|{other.source}")

    def __str__(self) -> str:
        return f"(?:{self.source})"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def search(self) -> Find:
        return self.compiled.search

    @cached_property
    def match(self) -> Find:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Find:
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.compiled.finditer

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        return self.compiled.split

    def sub(self, by: str, text: str) -> str:
        return self.compiled.sub(by, text)


NOTHING = Pattern("(?!)")
"""What a language does not say."""


def said(match: re.Match[str]) -> str:
    """The one group of an alternative that took part in a match."""
    return next(group for group in match.groups() if group)
