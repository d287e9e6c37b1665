"""A finished or running study as plain data: what the front ends and the report read. No Optuna, no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from autostyle.plan import Plan
from autostyle.scoring.scores import OBJECTIVES, STYLE, Metric, MetricKind
from autostyle.tuning.pareto import Point
from autostyle.tuning.trial_record import State, TrialRecord, typical_seconds

SHORT = (
    "the recommended trial is no nearer to the style than the untouched content: the search has failed so far; "
    "more trials, another method or a style picture with plainer marks may help"
)


def falls_short(scores: Mapping[str, float | None]) -> bool:
    """Whether a picture with these scores looks no more like the style than the untouched content does."""
    style = scores.get(STYLE.name)
    return style is not None and STYLE.of_content is not None and style <= STYLE.of_content


@dataclass(frozen=True)
class StudySummary:
    """One study of a HOME.

    Args:
        done, total: finished and planned trials; 0 for a study whose storage is elsewhere or cannot be read.
        methods: that it searches.
        size: bytes on disk: its folder.
        changed: when something was last written there, ISO 8601 in UTC; empty where it is gone.
        elsewhere: files and folders elsewhere that it is made from, and has no copy of.
        note: what is wrong with it: its trials or its folder are gone, or it was made elsewhere; empty otherwise.
        missing: its folder is gone, and its trials are all that is left.
    """

    name: str
    folder: Path
    done: int
    total: int
    methods: tuple[str, ...]
    size: int
    changed: str
    note: str = ""
    elsewhere: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class StudyRecord:
    """One study over all its methods: the report, the agent, the app, the commands and every JSON read this.

    Args:
        plan: the latest revision.
        folder: HOME/NAME.
        trials: every trial, by number.
        metrics: what the scorer gives, explained; its objectives in the order of the points.
        points: number -> scores of the trials that count: within their limits, or all where none is.
        front: numbers of the non-dominated ones of these, by rising first score (style).
        best: the recommended trial's number, or None while nothing is complete.
        limits: method -> raw figure -> the most of it that a trial may have.
        rule: how ``best`` was picked, in words.
        hypervolume: of the front, reference (0, 0), scores clipped to 0..1.
        hypervolume_history: after each complete trial.
        importances: method -> objective -> parameter -> share (sums to 1).
        weights: what made the pictures and the scores: ``{"encoder": ..., "style": ...}``.
        scorer: the frozen scorer: id, version, weights hash, anchors.
        held_out: name and value of the held-out metric for the best trial, and for content and style themselves.
        seconds: wall time spent over all sessions.
        time_is_up: whether the minutes of the budget are spent, or too few are left for another trial.
        notes: stand-ins used and anything else to be said aloud.
        revisions: changes of the plan, oldest first: when, what, why.
        answers: pairs of trials that a person was asked about, oldest first: better, worse.
        skipped: pairs of which they could not or would not say which is better, oldest first.
        final_image: ``best.<ext>``, which shows the recommended trial, relative to the folder.
        final_size: the long side in pixels at which it is, or is to be, rendered.
        final_pending: it is the trial's picture at the search's size, until it is rendered.
        final_scores: those of that picture; empty unless it was rendered.
        samplers: method -> which sampler proposes its trials, and why.
        split: how the methods share the budget, in words; empty for one method.
        command: the command line that reproduces the study, in its folder.
        aids: the files of the plan's aids by name, in order: ``file`` (the copy), ``name`` where the person keeps it,
            and ``sha256``.
        elsewhere: what it is made from and is too large to be copied: ``file`` (the link in the folder), ``name`` where
            the person keeps it, ``sha256`` and ``bytes``.
        sources: names of the content's and the styles' files where the person keeps them; the plan names the copies.
    """

    plan: Plan
    folder: Path
    trials: tuple[TrialRecord, ...]
    front: tuple[int, ...]
    best: int | None
    rule: str
    hypervolume: float
    hypervolume_history: tuple[float, ...]
    importances: dict[str, dict[str, dict[str, float]]]
    weights: dict[str, str]
    scorer: dict[str, Any]
    held_out: dict[str, Any]
    seconds: float
    metrics: tuple[Metric, ...] = OBJECTIVES
    points: dict[int, Point] = field(default_factory=dict)
    limits: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    revisions: tuple[dict[str, Any], ...] = ()
    answers: tuple[dict[str, Any], ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()
    time_is_up: bool = False
    final_image: Path | None = None
    final_size: int | None = None
    final_pending: bool = False
    final_scores: dict[str, float] = field(default_factory=dict)
    samplers: dict[str, str] = field(default_factory=dict)
    split: str = ""
    command: str = ""
    sources: tuple[str, ...] = ()
    elsewhere: tuple[dict[str, str | int], ...] = ()
    aids: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)

    @property
    def objectives(self) -> tuple[Metric, ...]:
        """What is searched for, the first one first."""
        return self.explained("objective")

    def explained(self, kind: MetricKind) -> tuple[Metric, ...]:
        """The metrics of a kind."""
        return tuple(metric for metric in self.metrics if metric.kind == kind)

    @property
    def result(self) -> Path | None:
        """The best picture there is of the recommended trial, relative to the folder."""
        if self.best is None:
            return None
        best = self.trial(self.best)
        return self.final_image or best.full_image or best.image

    def trial(self, number: int) -> TrialRecord:
        return next(t for t in self.trials if t.number == number)

    def count(self, state: State) -> int:
        """Runs in a state, which is that of their first point."""
        return sum(t.leads and t.state == state for t in self.trials)

    @property
    def pictures(self) -> int:
        """Complete trials: a run along its ratio makes several."""
        return sum(t.complete for t in self.trials)

    @property
    def goes_along(self) -> bool:
        """Whether its runs make several pictures each."""
        return any(t.path for t in self.trials)

    @property
    def done(self) -> int:
        """Runs that will paint nothing any more."""
        going_on = {t.run for t in self.trials if t.state in ("running", "waiting")}
        return sum(t.leads and t.run not in going_on for t in self.trials)

    @property
    def total(self) -> int:
        """Runs there are to be: those of the budget, and never fewer than are done."""
        return self.plan.budget.total(self.done)

    @property
    def typical_seconds(self) -> float:
        return typical_seconds(self.trials)

    @property
    def unfinished(self) -> bool:
        """Whether runs of the budget are to come for which there is time."""
        return self.done < self.total and not self.time_is_up

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON data for another process; what people and scripts read is autostyle.report.payload's."""
        data: dict[str, Any] = _adapter().dump_python(self, mode="json")
        for told, trial in zip(data["trials"], self.trials, strict=True):
            told["error"] = trial.error  # a sentence stays one, as far as it goes
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> StudyRecord:
        """The record that :meth:`as_json` wrote; raises pydantic's ValidationError if it is none."""
        return _adapter().validate_python(data)


@cache
def _adapter() -> TypeAdapter[StudyRecord]:
    return TypeAdapter(StudyRecord)
