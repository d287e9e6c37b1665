"""One run of a worker: a trial, or the points of a path one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from autostyle.methods import registry
from autostyle.tuning import trial
from autostyle.tuning.claims import Claim
from autostyle.tuning.result import TrialResult

FIRST = 0.3
"""Share of a run along its ratio that its first point takes."""


@dataclass
class RunUnderWay:
    """How far a run is.

    Args:
        claim: its point now.
    """

    claim: Claim
    _ahead: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ahead.append(self._value)

    def values(self) -> Iterator[float]:
        """The values of the ratio that it paints; each is there once the one before was scored."""
        while self._ahead:
            yield self._ahead.pop()

    def onward(self, result: TrialResult) -> float | None:
        """The next value, now that its point has come to ``result``; None where the run ends there."""
        walk = self.claim.walk
        if walk is None or result.scores is None:
            return None
        within = not trial.excess(self.claim.method, result)
        value = walk.onward(self._value, tuple(result.scores.values()), within=within)
        if value is not None:
            self._ahead.append(value)
        return value

    def share(self, done: float) -> float:
        """How much of the run is done, 0..1, where ``done`` of its point is."""
        walk = self.claim.walk
        if walk is None:
            return done
        if not self.claim.path:
            return FIRST * done
        before, there = walk.share(self.claim.path[-1]), walk.share(self._value)
        return FIRST + (1 - FIRST) * (before + done * (there - before))

    @property
    def _value(self) -> float:
        return float(self.claim.values[registry.find_built(self.claim.method).ratio])
