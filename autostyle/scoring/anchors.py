"""Two ends that make raw scores of different pairs comparable."""

from __future__ import annotations

from dataclasses import dataclass

from autostyle.errors import BadInput
from autostyle.sentences import Sentence


@dataclass(frozen=True)
class Anchors:
    """The raw values that count as 0 and as 1. A lower raw value may be the better one.

    Args:
        zero: the raw value of the worse end.
        one: the raw value of the better end.
    """

    zero: float
    one: float

    def place(self, raw: float) -> float:
        """``raw`` between the ends, unclamped: past either end it leaves 0..1."""
        return (raw - self.zero) / (self.one - self.zero)


def apart(zero: float, one: float, least: float, what: str) -> Anchors:
    """Anchors at least ``least`` apart in the right direction; raises BadInput where they nearly meet."""
    if one - zero < least:
        raise BadInput(
            "content and style are too alike to score {what}",
            "choose a style picture that looks unlike the content",
            what=Sentence(what),
        )
    return Anchors(zero, one)
