"""JSON that others wrote: nested so deeply that nothing could walk through it, it is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

DEEPEST = 100
"""Lists and objects within each other; what autostyle and model servers write has about ten."""

_DECODER = json.JSONDecoder()
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|([\[{])|([\]}])', re.DOTALL)


class TooDeep(ValueError):
    """It is nested more than :data:`DEEPEST` deep."""

    def __init__(self) -> None:
        super().__init__("nested too deeply")


def loads(text: str | bytes) -> Any:
    """``json.loads``; raises ValueError for whatever is wrong with ``text``, :class:`TooDeep` among them."""
    if not isinstance(text, str):
        text = text.decode(json.detect_encoding(text), "surrogatepass")
    refuse_too_deep(text)
    try:
        return json.loads(text)
    except RecursionError:
        raise TooDeep from None


def raw_decode(text: str, at: int = 0) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends; raises as :func:`loads` does."""
    refuse_too_deep(text, at)
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError:
        raise TooDeep from None


def objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects somewhere in what a model says, outer ones before those inside them."""
    for start in (match.start() for match in re.finditer(r"\{", text)):
        try:
            yield raw_decode(text, start)[0]
        except ValueError:
            continue


def refuse_too_deep(text: str, at: int = 0) -> None:
    """Raises :class:`TooDeep` where the value that begins at ``at`` is, before anything parses it.

    Where a parser is close to the limit of the stack, what the garbage collector ends just then fails, too.
    """
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token[1]:
            depth += 1
            if depth > DEEPEST:
                raise TooDeep
        elif token[2]:
            depth -= 1
            if depth <= 0:
                return
