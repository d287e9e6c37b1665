"""What happens in a study, as data; the front ends draw it, ``log.jsonl`` keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autostyle import events
from autostyle.methods.params import Value
from autostyle.scoring.scores import NAMES
from autostyle.tuning.trial_record import State, TrialRecord


class StudyEvent(events.Event):
    """Something that happened in a study. Paths are relative to the study's folder."""


def run_of(event: TrialStarted | Progress | TrialFinished) -> int:
    """Number of the run that a trial belongs to."""
    return event.run if event.run >= 0 else event.number


@dataclass(frozen=True)
class Opened(StudyEvent):
    """The study is open; ``done`` of ``total`` runs were finished before this session, and made so many ``pictures``.
    ``objectives`` names what it searches for."""

    kind = "opened"
    study: str
    folder: str
    done: int
    total: int
    resumed: bool
    objectives: tuple[str, ...] = NAMES
    pictures: int = 0


@dataclass(frozen=True)
class Note(StudyEvent):
    """Something to be said aloud: a stand-in used, a worker restarted."""

    kind = "note"
    text: str


@dataclass(frozen=True)
class Revised(StudyEvent):
    """Another plan is in force for the trials to come: ``what`` changed, one line a field, and ``why``; ``best`` is the
    trial recommended by it."""

    kind = "revised"
    what: tuple[str, ...]
    why: str
    total: int
    best: int | None = None


@dataclass(frozen=True)
class TrialStarted(StudyEvent):
    """A worker took up a trial; ``origin`` and ``run`` as in TrialRecord; a ``run`` below 0 is the trial's own."""

    kind = "started"
    number: int
    method: str
    origin: str
    worker: int
    params: dict[str, Value] = field(default_factory=dict)
    run: int = -1

    @property
    def trial(self) -> TrialRecord:
        """What is known of it."""
        return TrialRecord(self.number, self.method, "running", self.params, origin=self.origin, run=self.run)


@dataclass(frozen=True)
class Progress(StudyEvent):
    """A step of a running trial, at most four a second a worker; ``preview`` is a WebP that is replaced in place, and
    ``left`` as in TrialFinished. ``share`` of its whole run is done, 0..1; None where that is this trial alone."""

    kind = "progress"
    number: int
    method: str
    worker: int
    step: int
    steps: int
    loss: float | None = None
    preview: str | None = None
    left: float | None = None
    run: int = -1
    share: float | None = None

    @property
    def far(self) -> float:
        """How far its run is, 0..1."""
        return self.step / max(self.steps, 1) if self.share is None else self.share


@dataclass(frozen=True)
class TrialFinished(StudyEvent):
    """A trial is told; ``best``, ``front`` and ``hypervolume`` are those of the whole study with it.

    Args:
        done, total: runs, where a run makes several trials.
        run: as in TrialRecord; ``run_seconds`` is what all its trials took, 0 while it goes on.
        pictures: complete trials.
        over: as in TrialRecord.
        state: ``complete``, ``pruned`` or ``failed``.
        left: seconds to the end of the search, estimated; None before anything is known.
    """

    kind = "finished"
    number: int
    method: str
    worker: int
    state: State
    done: int
    total: int
    seconds: float
    scores: dict[str, float] = field(default_factory=dict)
    error: str | None = None
    image: str | None = None
    best: int | None = None
    best_scores: dict[str, float] = field(default_factory=dict)
    over: dict[str, float] = field(default_factory=dict)
    front: tuple[int, ...] = ()
    hypervolume: float = 0.0
    left: float | None = None
    run: int = -1
    run_seconds: float = 0.0
    pictures: int = 0

    @property
    def trial(self) -> TrialRecord:
        """What is told of it; the rest is in the study's record."""
        return TrialRecord(
            self.number,
            self.method,
            self.state,
            scores=self.scores,
            over=self.over,
            image=Path(self.image) if self.image else None,
            error=self.error,
            seconds=self.seconds,
            run=self.run,
        )


@dataclass(frozen=True)
class Rendering(StudyEvent):
    """A step of the final render of trial ``number`` at ``size``, counted in ``unit``."""

    kind = "rendering"
    number: int
    size: int
    step: int
    steps: int
    unit: str = "px"


@dataclass(frozen=True)
class Ended(StudyEvent):
    """The session is over: ``reason`` is ``trials``, ``minutes`` or ``stopped``; ``pictures`` as in TrialFinished."""

    kind = "ended"
    reason: str
    done: int
    total: int
    pictures: int = 0


OnEvent = Callable[[StudyEvent], None]
"""Told everything that happens in a study."""
_KINDS: dict[str, type[StudyEvent]] = {
    cls.kind: cls for cls in (Opened, Note, Revised, TrialStarted, Progress, TrialFinished, Rendering, Ended)
}


def parse(data: dict[str, Any]) -> StudyEvent:
    """The event that :meth:`StudyEvent.as_json` wrote; raises KeyError or TypeError if it is none."""
    fields = dict(data)
    return _KINDS[fields.pop("event")](**fields)
