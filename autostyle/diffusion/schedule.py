"""How strongly something acts at each step: the published gains come from when as much as from how much."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

ScheduleShape = Literal["constant", "falling", "rising", "cosine"]


@dataclass(frozen=True)
class Schedule:
    """A weight over a run.

    Args:
        start, end: shares of the run, 0..1, between which it acts.
        shape: ``constant``; ``falling`` and ``rising`` go straight between 1 and 0; ``cosine`` falls gently at both
            ends.
    """

    start: float = 0.0
    end: float = 1.0
    shape: ScheduleShape = "constant"

    def weights(self, steps: int) -> tuple[float, ...]:
        """One weight for each of ``steps``, 0..1; the step in whose middle it would begin acts."""
        return tuple(self._at((step + 0.5) / steps) for step in range(steps))

    def _at(self, moment: float) -> float:
        if not self.start <= moment <= self.end:
            return 0.0
        passed = (moment - self.start) / max(self.end - self.start, 1e-6)
        shapes = {
            "constant": 1.0,
            "falling": 1 - passed,
            "rising": passed,
            "cosine": (1 + math.cos(math.pi * passed)) / 2,
        }
        return shapes[self.shape]


ALWAYS = Schedule()
