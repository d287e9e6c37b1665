"""How a study stands, what changes it, and which of its trials are looked at."""

from __future__ import annotations

from typing import Any, Literal

from autostyle.agent.outputs.base import (
    FinalOutput,
    MetricOutput,
    OutputPart,
    RangeEnd,
    SentenceText,
    ToolOutput,
    TrialOutput,
)
from autostyle.methods.params import Value


class StatusOutput(ToolOutput):
    """A study as it stands; fields that are not of the search are those of the report."""

    tool = "study_status"
    study: str
    best: TrialOutput | None
    final: FinalOutput | None = None
    importances: dict[str, dict[str, dict[str, float]]] = {}
    hypervolume: float | None = None
    held_out: dict[str, Any] = {}
    rule: str = ""
    metrics: tuple[MetricOutput, ...] = ()
    done: int
    total: int
    unfinished: bool = False
    folder: str
    running: bool
    elsewhere: bool = False
    rendering: int | None = None
    left: float | None = None
    front: tuple[TrialOutput, ...]
    bounds_touched: tuple[RangeEnd, ...] = ()
    picture: str | None = None
    failures: tuple[TrialOutput, ...] = ()
    report: str

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return (*self.front, *filter(None, (self.best,)))


class Outlook(ToolOutput):
    """What comes of a change of a plan.

    Args:
        running: whether a search runs; None where nobody wrote it down.
        rendering: the trial whose final render is under way.
        left: trials to come.
        recommended: the trial, by the new plan, and ``picked`` all of it, where that is known.
        pending: its full render is still to be made, and nothing that runs will.
    """

    running: bool | None = None
    rendering: int | None = None
    left: int | None = None
    recommended: int | None = None
    picked: TrialOutput | None = None
    pending: bool = False


class _Revised(ToolOutput):
    what: tuple[SentenceText, ...]
    plan: dict[str, Any]
    study: str


class Steered(Outlook, _Revised):
    """What a revision of the plan changed, one line a field, and what comes of it.

    Args:
        moved: whether another trial is recommended than before; None where nobody wrote it down.
        fits: whether that one has what the plan's ``within`` asks for.
        answer: that was taken back: which trial was liked better than which.
        neither: whether it was that none of them is better.
    """

    tool = "steer_study"
    moved: bool | None = None
    fits: bool = True
    answer: tuple[int, int] | None = None
    neither: bool = False


class Stopped(ToolOutput):
    """A search that was ended."""

    tool = "steer_study"
    study: str
    what: tuple[SentenceText, ...] = ()


class Compared(ToolOutput):
    """Trials side by side, and parameter -> trial -> value where they differ."""

    tool = "compare_trials"
    study: str = ""
    trials: tuple[TrialOutput, ...]
    differences: dict[str, dict[str, Value]] = {}
    best: TrialOutput | None = None

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return (*self.trials, *filter(None, (self.best,)))


class PictureShown(ToolOutput):
    """A trial's picture, and how the person sees it: on all of their screen, in their viewer, or by its path."""

    tool = "show_picture"
    study: str = ""
    number: int
    image: str
    shown: Literal["screen", "viewer", "path"] = "path"


class Pair(ToolOutput):
    """Two trials of which the person is asked to like one better, and how many answers are to come at most."""

    tool = "ask_preference"
    study: str = ""
    pair: tuple[int, int]
    trials: tuple[TrialOutput, ...]
    questions: int = 1

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return self.trials


class _Liked(ToolOutput):
    study: str = ""
    pair: tuple[int, int]
    neither: bool = False
    prefer: float | None = None
    next: tuple[int, int] | None = None


class Preferred(Outlook, _Liked):
    """What follows from an answer: the new preference, the next pair that tells most, and what comes of it."""

    tool = "ask_preference"


class Rendered(ToolOutput):
    """The recommended trial's full render: where it is, at which size, or that it is still to come."""

    tool = "render_best"
    study: str = ""
    recommended: int | None
    best: TrialOutput | None = None
    pending: bool
    size: int | None = None
    unit: str = "px"
    picture: str | None = None

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return tuple(filter(None, (self.best,)))


class Listed(OutputPart):
    """A study of the home, as :class:`autostyle.tuning.record.StudySummary` tells of it."""

    name: str
    folder: str = ""
    done: int
    total: int
    methods: tuple[str, ...] = ()
    size: int = 0
    changed: str = ""
    note: SentenceText = ""
    elsewhere: tuple[str, ...] = ()
    missing: bool = False


class Studies(ToolOutput):
    """The studies of the home, the last changed first."""

    tool = "list_studies"
    studies: tuple[Listed, ...]
