"""One trial: parameters -> picture -> scores -> told."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from autostyle.atomic import atomic_write_bytes
from autostyle.codecs.image import webp_thumbnail
from autostyle.errors import BadInput, Missing, OutOfMemory
from autostyle.mediums.contract import Medium, Scorer
from autostyle.mediums.writing import remove
from autostyle.methods import registry
from autostyle.methods.contract import AnyResult
from autostyle.processes.protocol import one_line
from autostyle.sentences import Sentence, reason
from autostyle.tuning import claims, ledger, pareto
from autostyle.tuning.artifacts import upload_artifact
from autostyle.tuning.claims import Claim
from autostyle.tuning.handle import Handle
from autostyle.tuning.ledger import NOTHING
from autostyle.tuning.result import MOST_NOTES, TrialResult
from autostyle.tuning.storage import artifact_folder, artifacts

T = TypeVar("T")
log = logging.getLogger(__name__)
THUMBNAIL = 512
"""Long side of a trial's picture, in pixels."""


@dataclass(frozen=True)
class Outcome:
    """What became of a run: its result, as far as the run itself knows it, and what it made.

    Args:
        made: the picture or clip of a complete run.
        interrupted: it was told to stop, and nothing of it counts.
    """

    result: TrialResult
    made: Any = None
    interrupted: bool = False


def attempt(paint: Callable[[], AnyResult], scorer: Scorer) -> Outcome:
    """Paint and score; whatever the method or the scorer raises becomes an outcome: ``pruned`` where these parameters
    cannot work here (out of memory, a combination the method refuses), ``failed`` where something went wrong."""
    seconds: dict[str, float] = {}
    try:
        result = _timed(seconds, "run", paint)
        seconds |= result.seconds
        if result.stopped:
            return Outcome(NOTHING, interrupted=True)
        scores = _timed(seconds, "score", lambda: scorer.score(result.made))
        if not scores.finite:
            return Outcome(TrialResult(state="failed", error=Sentence("the scores are no numbers"), seconds_by=seconds))
        reached = TrialResult(
            state="complete",
            scores=scores.objectives,
            raw=scores.raw,
            held_out=scores.held_out,
            notes=list(result.notes[:MOST_NOTES]),
            seconds_by=seconds,
        )
        return Outcome(reached, result.made)
    except (OutOfMemory, MemoryError):
        return refused(Sentence("out of memory"), seconds)
    except BadInput as error:
        return refused(one_line(error), seconds)
    except Exception as error:
        log.exception("a trial failed")
        return Outcome(TrialResult(state="failed", error=one_line(error), seconds_by=seconds))


def refused(error: str, seconds: dict[str, float] | None = None) -> Outcome:
    """That these parameters cannot work here."""
    return Outcome(TrialResult(state="pruned", error=error, seconds_by=seconds or {}))


def excess(method: str, result: TrialResult) -> dict[str, float]:
    """Raw figure -> by how much a result is over the limit of its method."""
    limits = registry.find_built(method).limits
    # What a scorer of another medium does not measure is over no limit.
    return {name: result.raw[name] - most for name, most in limits.items() if result.raw.get(name, most) > most}


def _over(name: str, raw: float, limit: float) -> Sentence:
    if name == "leakage":
        return Sentence(
            "objects of the style picture show: leakage {raw:.2f} is over the limit of {limit:g}", raw=raw, limit=limit
        )
    return Sentence("{name} {raw:.2f} is over the limit of {limit:g}", name=name, raw=raw, limit=limit)


def settle(
    handle: Handle,
    medium: Medium[Any, Any, Any],
    claim: Claim,
    outcome: Outcome,
    *,
    seed: int,
    began: float,
    proposed: float,
) -> bool:
    """Keep the pictures of a finished trial and tell its result; False if it was taken away.

    The thumbnail is the trial's artifact too, so that optuna-dashboard shows it. A picture on the front is also kept
    unscaled, and those that it pushes off the front are deleted.

    Args:
        began: ``time.perf_counter()`` when the trial was asked for.
        proposed: seconds from then until it was there.

    Raises:
        Missing, BadInput: the picture cannot be written; the trial is still open.
    """
    result = outcome.result
    over, notes = {}, list(result.notes)
    saving = time.perf_counter()
    if result.scores is not None:
        limits, over = registry.find_built(claim.method).limits, excess(claim.method, result)
        notes += [_over(name, result.raw[name], limits[name]) for name in over]
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
        _keep_front(handle, medium, claim, outcome.made, result.scores, within=not over)
    now = time.perf_counter()
    told = {
        "origin": claim.origin,
        "params": claim.values,
        "seed": seed,
        "error": result.error,
        "over": over,
        "notes": notes[:MOST_NOTES],
        "sampler": list(claim.by),
        "stem": claim.stem,
        "seconds": now - began,
        "seconds_by": {"propose": proposed, **result.seconds_by, "save": now - saving},
    }
    return claims.tell(handle, claim, result.model_copy(update=told))


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
