"""JSON that others wrote: nested so deeply that nothing could walk through it, it is none."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 100
"""Lists and objects within each other; what autostyle and model servers write has about ten."""

_DECODER = json.JSONDecoder()


class TooDeep(ValueError):
    """It is nested more than :data:`DEEPEST` deep."""

    def __init__(self) -> None:
        super().__init__("nested too deeply")


def loads(text: str | bytes) -> Any:
    """``json.loads``; raises ValueError for whatever is wrong with ``text``, :class:`TooDeep` among them."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise TooDeep from None
    return checked(value)


def raw_decode(text: str, at: int = 0) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends; raises as :func:`loads` does."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except RecursionError:
        raise TooDeep from None
    return checked(value), end


def checked(value: Any) -> Any:
    """``value``, plain data, as it is; raises :class:`TooDeep`."""
    level = [value]
    for _ in range(DEEPEST + 1):
        within = [item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list)]
        if not within:
            return value
        level = [item for items in within for item in items]
    raise TooDeep
