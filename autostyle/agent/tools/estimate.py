"""How long a search may take: from the trials already run in this conversation, else from what was measured.

The figures are those of `benchmarks/overhead.py` on two CPU cores; a GPU is faster.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from autostyle.endings import medium
from autostyle.plan import OWN_SIZE_UP_TO, Plan

MEASURED_AT = 384
TRIAL = {"gatys": 7.0, "adain": 0.25}
"""Seconds a trial takes at :data:`MEASURED_AT` pixels; of other methods nothing is known before they have run here."""
START_UP = 6.0
"""Seconds from the call to the first trial."""


def search(plan: Plan, pace: Mapping[str, float], trials: int | None = None) -> float:
    """Seconds that ``trials`` of ``plan``, by default all, and its final render take at most.

    What takes as long as a clip is long, nobody knows beforehand: inf.

    Args:
        pace: as in Workspace.
    """
    if medium(plan.content) != "image":
        return math.inf
    trials = plan.budget.trials if trials is None else trials
    first, *others = (method.name for method in plan.methods)
    # How a study shares its trials: half at most go to the others, evenly.
    each = trials // 2 // len(others) if others else 0
    counts = {first: trials - each * len(others), **dict.fromkeys(others, each)}
    work = START_UP + sum(count * _trial(name, plan.size, pace) for name, count in counts.items() if count)
    if plan.budget.minutes is not None:
        work = min(work, plan.budget.minutes * 60)
    return work + _trial(first, plan.final_size or OWN_SIZE_UP_TO, pace)


def _trial(method: str, size: int, pace: Mapping[str, float]) -> float:
    if method in pace:
        return pace[method] * size**2
    return TRIAL.get(method, math.inf) * (size / MEASURED_AT) ** 2
