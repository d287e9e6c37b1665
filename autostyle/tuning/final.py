"""``best.<ext>``: the recommended trial, rendered once more at full size, or until then as the search made it."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from filelock import Timeout

from autostyle.codecs.image import load_image, save_image
from autostyle.mediums.contract import Medium
from autostyle.mediums.files import shown
from autostyle.mediums.serving import open_medium
from autostyle.mediums.unasked import unasked_size
from autostyle.mediums.writing import remove, remove_companions, replace
from autostyle.plan import Plan
from autostyle.tuning import ledger
from autostyle.tuning.folder import RENDERING, lock
from autostyle.tuning.handle import FINAL, Handle


@dataclass(frozen=True)
class FinalRender:
    """What ``best.<ext>`` shows, as it is written down.

    Args:
        number, size: which trial, and the long side in pixels at which it is, or is to be, rendered.
        file: the picture, relative to the study's folder; None where there is none.
        scores: of this picture, by the study's scorer; empty unless it was rendered.
        seconds: what the render took.
        state: ``rendered``; ``pending``, where the trial's picture at the search's size stands in; ``memory``, where it
            does because the device's memory did not suffice.
    """

    number: int
    size: int
    file: str | None = None
    scores: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    state: Literal["rendered", "pending", "memory"] = "rendered"

    @classmethod
    def of(cls, data: dict[str, Any]) -> FinalRender:
        """What :meth:`as_json` wrote; earlier versions gave no state."""
        return cls(**{"state": "rendered" if data.get("file") else "memory", **data})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def final_size(plan: Plan, own: int) -> int:
    """The size of the final render, in the unit of the medium's scale; ``own`` is the content's."""
    return plan.final_size or unasked_size(plan.medium, plan.finishing(plan.methods[0].name), own)


def read_final_render(handle: Handle) -> FinalRender | None:
    """What ``best.<ext>`` shows, if it is still there."""
    data = handle.get(FINAL)
    final = FinalRender.of(data) if data else None
    gone = final is not None and final.file is not None and not Path(handle.folder, final.file).is_file()
    return None if gone else final


def is_due(handle: Handle, plan: Plan, size: int) -> ledger.Slot | None:
    """The trial to render now; None while trials still run, where nothing is complete, or where it was done."""
    slots = handle.slots()
    best = handle.standing(slots, plan).best
    if best is None or any(slot.started and not slot.finished for slot in slots):
        return None
    last = read_final_render(handle)
    if last is not None and last.state != "pending" and (last.number, last.size) == (best, size):
        return None
    return next(slot for slot in slots if slot.number == best)


def show_best(handle: Handle) -> FinalRender | None:
    """Let ``best.<ext>`` show the recommended trial: where another one was rendered, as the search made it.

    A worker that renders at this moment is left alone; it ends with a picture of its own.

    Returns:
        What ``best.<ext>`` shows now; None where there is none.
    """
    with contextlib.suppress(Timeout), lock(handle.file(RENDERING), timeout=0):
        slots = handle.slots()
        recommended = handle.standing(slots).best
        best = next((slot for slot in slots if slot.number == recommended), None)
        last = read_final_render(handle)
        if best is not None and (last is None or last.number != best.number or last.file is None):
            plan = handle.plan
            medium = open_medium(handle.input(plan.content), plan.methods[0].name)
            file = _stand_in(handle, medium, best)
            if last is not None and last.number == best.number:
                now = dataclasses.replace(last, file=file)  # its memory did not suffice, and would not now
            else:
                own = medium.size(medium.load(handle.input(plan.content)))
                size = final_size(plan, own)
                now = FinalRender(best.number, size, file, state="pending")
                as_searched = size == plan.size and plan.finishing(best.method) == best.method
                if as_searched and _kept(handle, medium, best).is_file():
                    now = dataclasses.replace(now, scores=best.scores, state="rendered")  # it is that picture
            if now != last:
                handle.put(FINAL, now.as_json())
    return read_final_render(handle)


def _kept(handle: Handle, medium: Medium[Any, Any, Any], slot: ledger.Slot) -> Path:
    """Where the search keeps what it made of a trial of the front, whole."""
    return handle.file("front", f"{slot.stem}{medium.spec.kept}")


def _stand_in(handle: Handle, medium: Medium[Any, Any, Any], slot: ledger.Slot) -> str | None:
    """Put the picture that the search made of a trial in the place of ``best.<ext>``; a clip that was not kept leaves
    only its preview there. Returns the file, None where there is none."""
    place = handle.file(medium.spec.best)
    kept = _kept(handle, medium, slot)
    small = handle.file("trials", f"{slot.stem}.webp")
    if kept.is_file():
        replace(kept, place)
    elif shown(place) == place and small.is_file():
        remove_companions(place)
        save_image(place, load_image(small).pixels, overwrite=True)
    else:
        remove(place)
    if shown(place) != place:
        picture = next((p for p in (shown(kept), small) if p.is_file()), None)
        shown(place).unlink(missing_ok=True)
        if picture is not None:
            save_image(shown(place), load_image(picture).pixels, overwrite=True)
    return place.name if place.is_file() else None
