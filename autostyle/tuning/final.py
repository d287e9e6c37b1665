"""The final render: the recommended trial once more, at full size."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autostyle.plan import OWN_SIZE_UP_TO, Plan
from autostyle.tuning import ledger, pareto
from autostyle.tuning.handle import FINAL, Handle


@dataclass(frozen=True)
class Final:
    """The final render as it is written down.

    Args:
        number, size: which trial at which long side.
        file: the picture, relative to the study's folder; None where the device's memory did not suffice.
        scores: of this picture, by the study's scorer.
        seconds: what it took.
    """

    number: int
    size: int
    file: str | None = None
    scores: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def final_size(plan: Plan, own: int) -> int:
    """The long side of the final render, in pixels; ``own`` is the content's."""
    return plan.final_size or min(own, OWN_SIZE_UP_TO)


def rendered(handle: Handle) -> Final | None:
    """The last final render, if its picture is still there."""
    data = handle.get(FINAL)
    final = Final(**data) if data else None
    gone = final is not None and final.file is not None and not Path(handle.folder, final.file).is_file()
    return None if gone else final


def is_due(handle: Handle, plan: Plan, size: int) -> ledger.Slot | None:
    """The trial to render now; None while trials still run, where nothing is complete, or where it was done."""
    slots = handle.slots()
    best = pareto.recommend(ledger.points(slots), plan.prefer)
    if best is None or any(slot.started and not slot.finished for slot in slots):
        return None
    last = rendered(handle)
    return None if last is not None and (last.number, last.size) == (best, size) else slots[best]
