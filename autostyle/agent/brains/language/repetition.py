"""A reply that says the same over and over: small models do, until their context is full."""

from __future__ import annotations

LONGEST = 100_000
"""Characters of a reply, reasoning included."""
_LOOK_EVERY = 200
_UNITS = range(8, 401)
"""Lengths of what may be repeated, in characters."""
_TIMES = 8
_LEAST = 320
"""Characters that the repetitions fill together."""


class RepetitionDetector:
    """Watches one reply as it comes."""

    def __init__(self) -> None:
        self._tail = ""
        self._new = 0
        self._length = 0

    def hears(self, piece: str) -> bool:
        """Whether the reply, with ``piece`` at its end, goes nowhere any more."""
        self._length += len(piece)
        self._new += len(piece)
        self._tail = (self._tail + piece)[-2 * _UNITS[-1] * _TIMES :]
        if self._length > LONGEST:
            return True
        if self._new < _LOOK_EVERY:
            return False
        self._new = 0
        return _repeats(" ".join(self._tail.split()))


def _repeats(text: str) -> bool:
    """Whether ``text`` ends with the same words again and again; a ruled line is none."""
    for unit in _UNITS:
        span = unit * max(_TIMES, -(-_LEAST // unit))
        end = text[-span:]
        if len(end) == span and end[unit:] == end[:-unit]:
            return len({letter for letter in end[:unit] if letter.isalnum()}) >= 4
    return False
