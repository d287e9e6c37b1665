"""A trial of a study as a file of its own, at the size that was asked for."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.jobs.recipes import linked_beside, look_through, recipe_order, recipe_studio, recipe_style
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import SaveRequest
from autostyle.jobs.studio import SCHEMA, companions_of, make_room, report_notes, write_finished
from autostyle.mediums import registry as mediums
from autostyle.mediums.contract import Medium
from autostyle.mediums.files import medium as medium_of
from autostyle.mediums.memory import refuse_beyond_memory
from autostyle.mediums.sides import long_side
from autostyle.mediums.unasked import said_size
from autostyle.mediums.writing import copy, refuse_taken_by
from autostyle.report import recipe as recipes
from autostyle.report import recording
from autostyle.sentences import Sentence
from autostyle.tuning import trust
from autostyle.tuning.final import final_size
from autostyle.tuning.handle import Handle
from autostyle.tuning.load import of
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.storage import explain_errors
from autostyle.tuning.study_lock import is_held
from autostyle.tuning.trial_record import TrialRecord


def save(request: SaveRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle save --json`` prints.

    A file of that size that the study has is copied, with what belongs to it; any other is painted by the recipe of the
    trial. While the study is searched and no size was asked for, what it has is copied: it is ``pending``.
    """
    began = time.perf_counter()
    if os.path.lexists(request.out) and not request.force:
        raise BadInput("{path} exists", "--force overwrites it", path=request.out)
    with explain_errors(request.storage):
        handle = Handle.find(request.home, request.study, request.storage)
        found = of(handle)
    trial = _trial(found, request.number)
    told = {"schema": SCHEMA, "study": request.study, "number": trial.number, "method": trial.method}
    kept, size = _kept(found, trial)
    full = found.final_size if trial.number == found.best else None
    whole = kept is not None and size is not None and (full or _full(handle, found)) <= size
    running = is_held(handle.folder)
    if kept is not None and request.size is None and (whole or running):
        make_room(request.out)
        copy(kept, request.out, overwrite=request.force)
        return {**told, **_written(request.out), "painted": False, "pending": not whole, **_ended(False, began)}
    return {**told, **_painted(request, reporter, handle, found, trial, kept, size), **_ended(reporter.stopped, began)}


def _trial(found: StudyRecord, number: int | None) -> TrialRecord:
    """The trial that is meant; raises BadInput where there is none, or it is not complete."""
    if number is None and found.best is None:
        raise BadInput("{study} has no complete trial yet", "wait for one", study=found.plan.study)
    wanted = found.best if number is None else number
    trial = next((trial for trial in found.trials if trial.number == wanted), None)
    if trial is None or not trial.complete:
        front = ", ".join(map(str, found.front))
        raise BadInput(
            "{study} has no picture of a trial {number}", "the front: {numbers}", study=found.plan.study, number=wanted,
            numbers=front or "-",
        )  # fmt: skip
    return trial


def _kept(found: StudyRecord, trial: TrialRecord) -> tuple[Path | None, int | None]:
    """The largest whole file that the study has of ``trial``, and its size; None where it has but a small picture."""
    if trial.number == found.best and found.final_image is not None and (found.folder / found.final_image).is_file():
        return found.folder / found.final_image, found.plan.size if found.final_pending else found.final_size
    file = None if trial.full_image is None else found.folder / trial.full_image
    return (file, found.plan.size) if file is not None and file.is_file() else (None, None)


def _full(handle: Handle, found: StudyRecord) -> int:
    """The size of a final render."""
    if found.plan.final_size is not None:
        return found.plan.final_size
    content = handle.folder / found.plan.content
    medium = recording.medium_of(found)
    return final_size(found.plan, medium.size_of(content))


def _painted(
    request: SaveRequest,
    reporter: Reporter,
    handle: Handle,
    found: StudyRecord,
    trial: TrialRecord,
    kept: Path | None,
    kept_size: int | None,
) -> dict[str, Any]:
    """Paint the trial at the size that was asked for, unless the study has it so; write it, and say what was."""
    with explain_errors(request.storage):
        trust.require(handle, request.storage)
        content_file = handle.input(found.plan.content)
    medium = recording.medium_of(found)
    content = report_notes(medium.load(content_file), content_file, reporter)
    height, width = medium.preview(content).shape[:2]
    own = medium.size(content)
    said = request.size
    if isinstance(said, int):
        said = long_side(height, width, said, request.side)
    size = final_size(found.plan, own) if said is None else said_size(medium.spec.name, said, own)
    if kept is not None and size == kept_size:
        make_room(request.out)
        copy(kept, request.out, overwrite=request.force)
        return {**_written(request.out), "painted": False, "pending": False}
    if not request.force:
        refuse_taken_by(trial.method, request.out)
    recipe = recording.of_trial(
        found, trial, styles=recording.styles_of(found), final_size=size, finished=trial.number == found.best
    )
    beside = handle.folder / "recipe.json"
    known = linked_beside(beside)
    aids = recipes.aids(recipe, beside, known=known)
    refuse_beyond_memory(recipe.method, (height, width), size, request.device, aids)
    look_through(recipe, aids)
    make_room(request.out)
    studio = recipe_studio(recipe, medium, request, reporter, scores=False)
    style = recipe_style(recipe, beside, known, medium, reporter)
    order = recipe_order(recipe, style, size, aids)
    drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
    done = drawn.finished and not drawn.stopped
    lost = write_finished(drawn, request.out, recipe.for_png(medium), request.force) if done else ()
    for note in (*drawn.notes, *lost):
        reporter.note(Sentence("{name}: {note}", name=request.out.name, note=note))
    return {**_written(request.out if done else None), "painted": done, "pending": False}


def _written(out: Path | None) -> dict[str, Any]:
    """Where it is, what belongs to it, its width and height or those of the picture that stands for it; of what is no
    picture, what it measures in words."""
    if out is None:
        return {"image": None, "companions": [], "size": None, "told": ""}
    kind = medium_of(out)
    medium: Medium[Any, Any, Any] = mediums.create(kind, kind)
    made = medium.load(out)
    height, width = medium.preview(made).shape[:2]
    told = "" if mediums.find(kind).shows_itself else str(medium.describe(made)["told"])
    size = [int(width), int(height)]
    return {"image": str(out), "companions": companions_of(out), "size": size, "told": told}


def _ended(stopped: bool, began: float) -> dict[str, Any]:
    return {"stopped": stopped, "seconds": time.perf_counter() - began}
