"""A study as the screen knows it: folded together from its events, or read from its record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.report.text import one_line
from autostyle.tuning import events

if TYPE_CHECKING:
    from autostyle.tuning.record import StudyRecord

MOST_AT_WORK = 2
"""Running trials that the status line names."""
ENDS = {"trials": "all there were to be", "minutes": "the time is up", "stopped": "stopped"}
"""Why a search ended, for people."""


@dataclass
class Trial:
    """One trial; scores are empty unless it is complete, ``progress`` is 0..1, ``image`` absolute."""

    number: int
    method: str
    state: str = "running"
    scores: Mapping[str, float] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    progress: float = 0.0
    image: Path | None = None


@dataclass
class StudyState:
    """What is known so far.

    Args:
        name, folder: of the study; an empty name means that there is none yet.
        done, total: trials.
        left: seconds to the end, estimated; None while unknown.
        trials: by number.
        best: the recommended trial's number.
        standing: numbers of the front's trials, by rising style, as the study tells them.
        preview: the latest picture of a running trial.
        doing: what is going on besides trials, in a few words (``final render 40%``).
        running: whether the search is at it.
        weights: what paints and what judges, once known.
    """

    name: str = ""
    folder: Path = Path()
    done: int = 0
    total: int = 0
    left: float | None = None
    trials: dict[int, Trial] = field(default_factory=dict)
    best: int | None = None
    standing: tuple[int, ...] = ()
    hypervolume: float = 0.0
    preview: Path | None = None
    doing: str = ""
    running: bool = False
    weights: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> dict[int, tuple[float, float]]:
        """(style, content) of every complete trial."""
        return {
            trial.number: (trial.scores["style"], trial.scores["content"])
            for trial in self.trials.values()
            if {"style", "content"} <= trial.scores.keys()
        }

    @property
    def front(self) -> tuple[int, ...]:
        """Numbers of the front's trials that are known here, by rising style."""
        known = self.points
        return tuple(number for number in self.standing if number in known)

    def apply(self, event: events.Event) -> str:
        """Take in ``event``; returns the line it is worth in the log, often none."""
        match event:
            case events.Opened():
                if self.name != event.study:
                    self.__init__(event.study, Path(event.folder))  # type: ignore[misc]
                self.done, self.total, self.running = event.done, event.total, True
                self.doing = "starting" if event.done < event.total else ""
                return f"{event.study}: {event.done}/{event.total} trials done" if event.resumed else event.study
            case events.Note():
                return event.text
            case events.Revised():
                self.total = event.total
                self.best = self.best if event.best is None else event.best
                return one_line(f"{event.why}: {'; '.join(event.what)}", 200)
            case events.TrialStarted():
                self.trials[event.number] = Trial(event.number, event.method, params=event.params)
                self.doing = self._at_work()
            case events.Progress():
                trial = self.trials.setdefault(event.number, Trial(event.number, event.method))
                trial.progress = event.step / max(event.steps, 1)
                self.left = event.left if event.left is not None else self.left
                self.doing = self._at_work()
                if event.preview:
                    self.preview = self.folder / event.preview
            case events.TrialFinished():
                return self._finished(event)
            case events.Rendering():
                self.left = None
                share = f"{event.step * 100 // event.steps}%"
                self.doing = f"rendering trial {event.number} at {event.size} {event.unit}, {share}"
            case events.Ended():
                self.end()
                return f"{event.done}/{event.total} trials: {ENDS.get(event.reason, event.reason)}"
        return ""

    def recommended_by(self, data: Mapping[str, Any]) -> bool:
        """Take over the recommended trial that a tool's data tells of; says whether that is news."""
        told = data.get("recommended", (data.get("best") or {}).get("number"))
        if data.get("study", self.name) != self.name or told not in self.trials or told == self.best:
            return False
        self.best = told
        return True

    def _at_work(self) -> str:
        """The trials that run: ``trial 3, 40%``."""
        running = [trial for trial in self.trials.values() if trial.state == "running"]
        few = [f"trial {trial.number}, {trial.progress:.0%}" for trial in running[:MOST_AT_WORK]]
        return "; ".join(few) + (" …" if len(running) > MOST_AT_WORK else "")

    def end(self) -> None:
        """The search is over, well or not."""
        self.running, self.left, self.doing, self.preview = False, None, "", None
        for trial in self.trials.values():
            if trial.state == "running":
                trial.state = "stopped"

    def _finished(self, event: events.TrialFinished) -> str:
        trial = self.trials.setdefault(event.number, Trial(event.number, event.method))
        trial.state, trial.scores, trial.seconds, trial.progress = event.state, event.scores, event.seconds, 1.0
        trial.image = self.folder / event.image if event.image else None
        self.done, self.total, self.left = event.done, event.total, event.left
        self.hypervolume, self.standing = event.hypervolume, tuple(event.front)
        self.doing = self._at_work()
        news = event.best is not None and event.best != self.best
        self.best = event.best if event.best is not None else self.best
        if event.error:
            return f"trial {event.number} {event.state}: {one_line(event.error)}"
        return f"trial {event.number} is the best so far" if news and event.best == event.number else ""


def from_record(record: StudyRecord) -> StudyState:
    """The state of a study that nobody runs now."""
    return StudyState(
        name=record.plan.study,
        folder=record.folder,
        done=record.done,
        total=record.total,
        trials={
            trial.number: Trial(
                trial.number,
                trial.method,
                trial.state,
                {name: value for name, value in trial.scores.items() if math.isfinite(value)},
                trial.params,
                trial.seconds,
                1.0,
                record.folder / trial.image if trial.image else None,
            )
            for trial in record.trials
        },
        best=record.best,
        standing=record.front,
        hypervolume=record.hypervolume,
        weights=record.weights,
    )
