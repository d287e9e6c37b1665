"""How long a search may take: from the trials already run in this conversation, else from what was measured.

The figures are those of `benchmarks/overhead.py` on two CPU cores; a GPU is faster.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from PIL import Image

from autostyle.agent.workspace import Workspace
from autostyle.endings import medium
from autostyle.plan import OWN_SIZE_UP_TO, Plan

MEASURED_AT = 384
TRIAL = {"gatys": 7.0, "adain": 0.25}
"""Seconds a trial takes at :data:`MEASURED_AT` pixels; of other methods nothing is known before they have run here."""
START_UP = 6.0
"""Seconds from the call to the first trial."""


def search(plan: Plan, workspace: Workspace) -> float:
    """Seconds that the trials ``plan`` still has to run, and its final render, take at most.

    What takes as long as a clip is long, nobody knows beforehand: inf.
    """
    if medium(plan.content) != "image":
        return math.inf
    done, spent = _before(workspace.config.home / plan.study)
    work = START_UP + trials(plan, max(0, plan.budget.trials - done), workspace)
    if plan.budget.minutes is not None:
        work = min(work, max(0.0, plan.budget.minutes * 60 - spent))
    return work + _trial(plan.methods[0].name, plan.final_size or _own_size(plan.content), workspace)


def trials(plan: Plan, count: int, workspace: Workspace) -> float:
    """Seconds that ``count`` trials of ``plan`` take at most."""
    first, *others = (method.name for method in plan.methods)
    # How a study shares its trials: half at most go to the others, evenly.
    each = count // 2 // len(others) if others else 0
    counts = {first: count - each * len(others), **dict.fromkeys(others, each)}
    return sum(n * _trial(name, plan.size, workspace) for name, n in counts.items() if n)


def _own_size(content: Path) -> int:
    """The long side of a final render at the content's own size, in pixels; the most where that cannot be read."""
    try:
        with Image.open(content) as picture:
            return min(max(picture.size), OWN_SIZE_UP_TO)
    except (OSError, Image.DecompressionBombError):
        return OWN_SIZE_UP_TO


def _before(folder: Path) -> tuple[int, float]:
    """How many trials of a study are over, and the seconds they took, as its last report says; nothing without one."""
    try:
        report = json.loads((folder / "report.json").read_text("utf-8"))
        return sum(report["trials"][state] for state in ("complete", "pruned", "failed")), float(report["seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0.0


def _trial(method: str, size: int, workspace: Workspace) -> float:
    if method in workspace.pace:
        return workspace.pace[method] * size**2
    return TRIAL.get(method, math.inf) * (size / MEASURED_AT) ** 2
