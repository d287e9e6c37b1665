"""The training of any course: steps; every so often a checkpoint, a preview picture and a score."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.sentences import Sentence
from autostyle.train import checkpoint
from autostyle.train.checkpoint import Evaluation, TrainingRecord
from autostyle.train.contract import TrainingCourse, Watcher
from autostyle.train.folder import TrainingFolder
from autostyle.train.settings import TrainingSettings
from autostyle.vision.tensors import to_pixels

Open = Callable[[], TrainingCourse]
"""Makes the course, once it is known that there is something to learn."""


def train(
    open_course: Open,
    settings: TrainingSettings,
    identity: Mapping[str, Any],
    folder: TrainingFolder,
    watcher: Watcher,
    force: bool,
    finish: Callable[[TrainingRecord], dict[str, Any]],
) -> dict[str, Any]:
    """Train into ``folder``, or go on where an earlier training stopped.

    Args:
        identity: tells this training from others: one entry for each thing that a person chose.
        force: begin anew where another training is.
        finish: leaves what lies beside the model, and says what was made.

    Raises:
        BadInput: another training, or something else, is in the folder.
    """
    began = time.perf_counter()
    record = folder.begun(identity, force)
    with folder.held(anew=not record.step):
        if record.step:
            watcher.note(Sentence("going on after step {step}", step=record.step))
        if record.step < settings.steps and not record.overdue(settings.patience):
            record = _run(open_course(), settings, identity, folder, watcher, record)
        return {**finish(record), "seconds": time.perf_counter() - began}


def _run(
    course: TrainingCourse,
    settings: TrainingSettings,
    identity: Mapping[str, Any],
    folder: TrainingFolder,
    watcher: Watcher,
    record: TrainingRecord,
) -> TrainingRecord:
    """Go on from ``record`` until the steps are done, nothing gets better, or the watcher stops it."""
    best: dict[str, Tensor] = {}
    if record.step:
        best, further = checkpoint.restore(folder.checkpoint, record.step, course.weights, course.optimizer)
        course.restore(further)

    def save() -> None:
        """The checkpoint, and the file as it would be if this were the end."""
        checkpoint.save(folder.checkpoint, record, identity, course.weights, course.optimizer, best, course.state())
        course.write(folder.model, best if record.best else course.model(), identity)

    while record.step < settings.steps and not record.overdue(settings.patience) and not watcher.stopped:
        record.losses.append(take_step(course, record.step + 1))
        record.step += 1
        watcher.step(record.step, settings.steps, f"loss {record.losses[-1]:.4f}")
        if record.step % settings.every == 0 or record.step == settings.steps:
            record.evaluations.append(_evaluate(course, record, folder, watcher))
            record.losses.clear()
            if record.best is None or record.best.step == record.step:
                best = course.model()
            save()
    if record.losses:
        save()
    return record


def take_step(course: TrainingCourse, number: int) -> float:
    """The loss of step ``number``, from 1, after which the weights are new; raises BadInput where it is no number."""
    loss = course.loss(number)
    if not bool(loss.isfinite()):
        raise BadInput(
            "at step {number} the loss is no number any more", "begin anew with a smaller --rate", number=number
        )
    course.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    slope = torch.nn.utils.clip_grad_norm_(course.weights.values(), 1.0)
    if bool(slope.isfinite()):  # once in 600 steps of half precision it was not; all weights would be lost for it
        course.optimizer.step()
    course.stepped(number)
    return float(loss.detach())


def _evaluate(course: TrainingCourse, record: TrainingRecord, folder: TrainingFolder, watcher: Watcher) -> Evaluation:
    painted = course.paint()
    folder.previews.mkdir(exist_ok=True)
    preview = folder.previews / f"step-{record.step:05d}.png"
    save_image(preview, to_pixels(course.preview(painted)), overwrite=True)
    score = course.score(painted)
    loss = sum(record.losses) / len(record.losses)
    told = {"step": record.step, "loss": loss, "preview": preview}
    if score is None:
        watcher.note(Sentence("step {step}: loss {loss:.4f}, {preview}", **told))
    else:
        watcher.note(
            Sentence("step {step}: loss {loss:.4f}, held-out style {score:.3f}, {preview}", score=score, **told)
        )
    return Evaluation(step=record.step, loss=loss, score=score, preview=preview.name)
