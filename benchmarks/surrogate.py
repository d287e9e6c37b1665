"""What a real trial would have scored, in microseconds: a Gaussian process over a table of trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autostyle.methods.params import Value
from autostyle.tuning.gaussian.places import Places
from autostyle.tuning.gaussian.process import Process
from autostyle.tuning.pareto import Point
from benchmarks import tables

NOISE = 0.1
"""As a share of the spread: the score of one setting is taken to be smooth, and a painted one is not quite."""


@dataclass(frozen=True)
class Surrogate:
    """Both scores of one pair of pictures."""

    places: Places
    style: Process
    content: Process

    @classmethod
    def of(cls, rows: Sequence[tables.Row]) -> Surrogate:
        """Fitted to the rows of one pair."""
        places = Places(tables.searched().searched)
        there = places.of(row.params for row in rows)
        scores = np.array([(row.style, row.content) for row in rows])
        return cls(places, *(Process.fit(there, values, NOISE) for values in scores.T))

    def __call__(self, params: Mapping[str, Value]) -> Point:
        there = self.places.of([params])
        return float(self.style(there)[0][0]), float(self.content(there)[0][0])

    def errors(self) -> dict[str, float]:
        """Root mean square error of leaving each row out in turn, in the unit of the scores (Rasmussen & Williams,
        "Gaussian Processes for Machine Learning", 2006, section 5.4.2)."""
        return {"style": _error(self.style), "content": _error(self.content)}


def _error(process: Process) -> float:
    half = np.linalg.inv(process.factor)
    left_out = process.spread * process.weights / (half**2).sum(0)
    return float(np.sqrt(np.mean(left_out**2)))
