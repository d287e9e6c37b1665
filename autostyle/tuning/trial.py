"""One trial: parameters -> picture -> scores -> told."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from autostyle.atomic import atomic_write_bytes
from autostyle.errors import BadInput, Missing, OutOfMemory
from autostyle.media.image import webp_thumbnail
from autostyle.mediums.contract import Medium, Scorer
from autostyle.mediums.writing import remove
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, OnFrame
from autostyle.methods.params import Params
from autostyle.processes.protocol import one_line
from autostyle.scoring.scores import Scores
from autostyle.sentences import Sentence, reason
from autostyle.tuning import claims, ledger, pareto
from autostyle.tuning.artifacts import upload_artifact
from autostyle.tuning.claims import Claim
from autostyle.tuning.handle import Handle
from autostyle.tuning.storage import artifact_folder, artifacts

T = TypeVar("T")
log = logging.getLogger(__name__)
THUMBNAIL = 512
"""Long side of a trial's picture, in pixels."""


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Args:
        state: ``infeasible`` where these parameters cannot work here (out of memory, a combination the method
            refuses), ``failed`` where something went wrong, ``interrupted`` where it was told to stop.
        made, scores: the picture or clip of a complete run, and what it reached.
        error: one line, for people.
        notes: what the run wants said.
        seconds: by part: run, score, and the parts of the run that the method tells.
    """

    state: Literal["complete", "infeasible", "failed", "interrupted"]
    made: Any = None
    scores: Scores | None = None
    error: str | None = None
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


def attempt(
    method: AnyMethod, prepared: Any, params: Params, scorer: Scorer, *, seed: int, on_frame: OnFrame
) -> Outcome:
    """Run and score; whatever the method or the scorer raises becomes an outcome."""
    seconds: dict[str, float] = {}
    try:
        result = _timed(seconds, "run", lambda: method.run(prepared, params, seed=seed, on_frame=on_frame))
        seconds |= result.seconds
        if result.stopped:
            return Outcome("interrupted", seconds=seconds)
        scores = _timed(seconds, "score", lambda: scorer.score(result.made))
    except (OutOfMemory, MemoryError):
        return Outcome("infeasible", error="out of memory", seconds=seconds)
    except BadInput as error:
        return Outcome("infeasible", error=one_line(error), seconds=seconds)
    except Exception as error:
        log.exception("a trial failed")
        return Outcome("failed", error=one_line(error), seconds=seconds)
    if not scores.finite:
        return Outcome("failed", error=Sentence("the scores are no numbers"), seconds=seconds)
    return Outcome("complete", result.made, scores, notes=result.notes, seconds=seconds)


def settle(
    handle: Handle,
    medium: Medium[Any, Any, Any],
    claim: Claim,
    outcome: Outcome,
    *,
    seed: int,
    began: float,
    proposed: float,
) -> dict[str, Any] | None:
    """Keep the pictures of a finished trial and tell its result; returns the record, None if it was taken away.

    The thumbnail is the trial's artifact too, so that optuna-dashboard shows it. A picture on the front is also kept
    unscaled, and those that it pushes off the front are deleted.

    Args:
        began: ``time.perf_counter()`` when the trial was asked for.
        proposed: seconds from then until it was there.

    Raises:
        Missing, BadInput: the picture cannot be written; the trial is still open.
    """
    record: dict[str, Any] = {
        "state": {"infeasible": "pruned"}.get(outcome.state, outcome.state),
        "origin": claim.origin,
        "params": claim.values,
        "seed": seed,
        "error": outcome.error,
        "notes": list(outcome.notes),
        "sampler": list(claim.by),
        ledger.STEM: claim.stem,
    }
    saving = time.perf_counter()
    if outcome.scores is not None and outcome.made is not None:
        scores = outcome.scores
        record |= {"scores": scores.objectives, "raw": scores.raw, "held_out": scores.held_out}
        limits = registry.built(claim.method).limits
        over = {name: scores.raw[name] - most for name, most in limits.items() if scores.raw[name] > most}
        record[ledger.OVER] = over
        record["notes"] += [f"{name} {scores.raw[name]:.2f} is over the limit of {limits[name]:g}" for name in over]
        thumbnail = handle.file("trials", f"{claim.stem}.webp")
        atomic_write_bytes(thumbnail, webp_thumbnail(medium.still(outcome.made), THUMBNAIL))
        try:
            upload_artifact(study_or_trial=claim.trial, file_path=str(thumbnail), artifact_store=artifacts(handle.home))
        except OSError as error:
            raise Missing(
                "{folder} cannot be written: {why}",
                "free some space, or check the permissions; the same command goes on from here",
                folder=artifact_folder(handle.home),
                why=reason(error),
            ) from error
        _keep_front(handle, medium, claim, outcome.made, scores.objectives, within=not over)
    now = time.perf_counter()
    record["seconds"] = now - began
    record["seconds_by"] = {"propose": proposed, **outcome.seconds, "save": now - saving}
    told = claims.tell(handle, claim, record, infeasible=outcome.state == "infeasible")
    return record if told else None


def _keep_front(
    handle: Handle, medium: Medium[Any, Any, Any], claim: Claim, made: Any, scores: dict[str, float], *, within: bool
) -> None:
    slots = handle.slots()
    comparable = [slot for slot in slots if slot.within == within]
    if not within and any(slot.within for slot in slots):
        return
    point = tuple(scores[name] for name in handle.objectives)
    front = pareto.front({**ledger.points(comparable), claim.number: point})
    if claim.number in front:
        medium.keep(handle.file("front", f"{claim.stem}{medium.spec.kept}"), made)
    for slot in slots:
        if slot.complete and slot.number not in front:
            remove(handle.file("front", f"{slot.stem}{medium.spec.kept}"))


def _timed(seconds: dict[str, float], part: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    try:
        return work()
    finally:
        seconds[part] = time.perf_counter() - began
