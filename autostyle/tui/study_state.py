"""A study as the screen knows it: folded together from its events, or read from its record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.scoring.scores import NAMES
from autostyle.sentences import Sentence
from autostyle.tuning import events
from autostyle.tuning.following import Following
from autostyle.tuning.trial_record import TrialRecord

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput
    from autostyle.tuning.record import StudyRecord

ENDS = {
    "trials": Sentence("all there were to be"),
    "minutes": Sentence("the time is up"),
    "stopped": Sentence("stopped"),
}
"""Why a search ended, for people."""


@dataclass(eq=False)
class StudyState(Following):
    """What is known so far.

    Args:
        name, folder: of the study; an empty name means that there is none yet.
        objectives: names of what it searches for.
        trials: by number; paths are relative to the folder.
        preview: the latest picture of a running trial.
        doing: what is going on besides trials, in a few words (``final render 40%``).
        running: whether the search is at it.
        weights: what paints and what judges, once known.
    """

    name: str = ""
    folder: Path = Path()
    objectives: tuple[str, ...] = NAMES
    trials: dict[int, TrialRecord] = field(default_factory=dict)
    preview: Path | None = None
    doing: str = ""
    running: bool = False
    weights: Mapping[str, str] = field(default_factory=dict)

    @property
    def along(self) -> bool:
        """Whether a run makes several trials."""
        return any(not trial.leads for trial in self.trials.values())

    @property
    def points(self) -> dict[int, tuple[float, ...]]:
        """The scores of every complete trial, in the order of the objectives."""
        return {
            trial.number: tuple(trial.scores[name] for name in self.objectives)
            for trial in self.trials.values()
            if all(math.isfinite(trial.scores.get(name, math.nan)) for name in self.objectives)
        }

    @property
    def front(self) -> tuple[int, ...]:
        """Numbers of the front's trials that are known here, by rising first score (style)."""
        known = self.points
        return tuple(number for number in self.standing if number in known)

    def image(self, trial: TrialRecord) -> Path | None:
        """Where the small picture of a trial is."""
        return self.folder / trial.image if trial.image else None

    def picture(self, trial: TrialRecord) -> Path:
        """The largest picture there is of a complete trial: the final render, what is kept of the front, else the small
        one; of a clip, the picture that stands for it."""
        from autostyle.mediums import registry
        from autostyle.mediums.files import shown

        image = self.folder / trial.image if trial.image is not None else self.folder
        media = registry.built()
        rendered = trial.number == self.best and not self.running
        finals = [self.folder / medium.best for medium in media] if rendered else []
        kept = [self.folder / "front" / f"{image.stem}{medium.kept}" for medium in media]
        return next((found for file in (*finals, *kept) if (found := shown(file)).is_file()), image)

    def told(self, trial: TrialRecord) -> str:
        """How far a trial is: its state, a share while it runs, nothing once it is complete."""
        if trial.state == "running":
            return f"{self.under_way[trial.number]:.0%}" if trial.number in self.under_way else Sentence("stopped")
        return "" if trial.complete else Sentence(trial.state)

    def of(self, event: events.Opened) -> StudyState:
        """The state of the study that is opened: this one where it goes on, else one that begins afresh."""
        if self.name == event.study:
            return self
        return StudyState(name=event.study, folder=Path(event.folder), objectives=tuple(event.objectives))

    def apply(self, event: events.StudyEvent) -> str:
        """Take in ``event`` of this study; returns the line it is worth in the log, often none."""
        before = self.best
        self.follow(event)
        match event:
            case events.Opened():
                self.running = True
                self.doing = Sentence("starting") if event.done < event.total else ""
                if not event.resumed:
                    return event.study
                counts = {"study": event.study, "done": event.done, "total": event.total}
                return Sentence("{study}: {done}/{total} trials done", **counts)
            case events.Note():
                return event.text
            case events.TrialStarted():
                self.trials[event.number] = event.trial
                self.doing = self.at_work
            case events.Progress():
                self.trials.setdefault(event.number, TrialRecord(event.number, event.method, "running"))
                self.doing = self.at_work
                if event.preview:
                    self.preview = self.folder / event.preview
            case events.TrialFinished():
                known = self.trials.get(event.number)
                self.trials[event.number] = replace(event.trial, params=known.params if known else {})
                self.doing = self.at_work
                if event.error:
                    told = {"number": event.number, "state": Sentence(event.state), "error": event.error}
                    return Sentence("trial {number} {state}: {error}", **told)
                if before != self.best == event.number:
                    return Sentence("trial {number} is the best so far", number=event.number)
            case events.Rendering():
                self.doing = Sentence(
                    "rendering trial {number} at {size} {unit}, {share}%",
                    number=event.number,
                    size=event.size,
                    unit=event.unit,
                    share=event.step * 100 // event.steps,
                )
            case events.Ended():
                self.end()
                why = ENDS.get(event.reason, event.reason)
                counts = {"done": event.done, "total": event.total}
                if self.along:
                    return Sentence("{done}/{total} runs, {n} pictures: {why}", n=event.pictures, why=why, **counts)
                return Sentence("{done}/{total} trials: {why}", why=why, **counts)
        return ""

    def recommended_by(self, output: ToolOutput | None) -> bool:
        """Take over the recommended trial that a tool tells of; says whether that is news."""
        from autostyle.agent.outputs import Compared, Exported, Preferred, Rendered, StatusOutput, Steered

        match output:
            case Steered() | Preferred() | Rendered():
                told = output.recommended
            case Compared() | Exported() | StatusOutput():
                told = None if output.best is None else output.best.number
            case _:
                return False
        if (output.study or self.name) != self.name or told not in self.trials or told == self.best:
            return False
        self.best = told
        return True

    def end(self) -> None:
        """The search is over, well or not."""
        self.running, self.left, self.doing, self.preview = False, None, "", None
        self.under_way.clear()


def from_record(record: StudyRecord) -> StudyState:
    """The state of a study that nobody runs now."""
    return StudyState(
        done=record.done,
        total=record.total,
        pictures=record.pictures,
        best=record.best,
        standing=record.front,
        hypervolume=record.hypervolume,
        name=record.plan.study,
        folder=record.folder,
        objectives=tuple(metric.name for metric in record.objectives),
        trials={trial.number: trial for trial in record.trials},
        weights=record.weights,
    )
