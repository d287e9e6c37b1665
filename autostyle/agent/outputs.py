"""What tools answer, and what a study says by itself: one type each, and the JSON that conversations keep of it.

Fields stand in the order of that JSON. One that an earlier version did not write has a default, and what a later one
adds is kept, so that :func:`restore_output` reads every conversation there is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autostyle.methods.params import Value
from autostyle.sentences import Sentence

SentenceText = Sentence | str
"""Text for people, which keeps its template."""
ScoreValues = dict[str, float | None]


class _Part(BaseModel):
    # Most are made rarely, and the app paints before any.
    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class TrialOutput(_Part):
    """One trial, as far as it is told; as in :class:`autostyle.tuning.trial_record.TrialRecord`, but ``image`` is the
    path of its best picture."""

    number: int
    method: str
    state: str = "complete"
    origin: str = ""
    sampler: str = ""
    seed: int = 0
    params: dict[str, Value] = {}
    scores: ScoreValues = {}
    raw: ScoreValues = {}
    over: ScoreValues = {}
    held_out: ScoreValues = {}
    image: str | None = None
    full_image: str | None = None
    error: SentenceText | None = None
    seconds: float | None = 0.0
    seconds_by: ScoreValues = {}


class FinalOutput(_Part):
    """What the study's best picture shows: which trial, at which size, and whether its full render is to come."""

    file: str = ""
    companions: tuple[str, ...] = ()
    trial: int = 0
    method: str = ""
    params: dict[str, Value] = {}
    size: int | None = None
    unit: str = "px"
    pending: bool = False
    scores: ScoreValues = {}


class MetricOutput(_Part):
    """A metric: what it is called, and what its 0 and 1 are."""

    name: str
    title: str = ""
    kind: str
    how: str = ""
    zero: str = ""
    one: str = ""


class RangeEnd(_Part):
    """The end of a search range that a front leans on, as
    :func:`autostyle.use_cases.bounds.find_touched_bounds` finds it."""

    method: str
    parameter: str
    side: str
    bound: float
    trials: tuple[int, ...] = ()


class ToolOutput(_Part):
    """Base of what a tool answers; itself what is of no type that is known here."""

    tool: ClassVar[str] = ""
    "Whose answer it is."

    @property
    def data(self) -> dict[str, Any]:
        """As JSON data, what was left out left out; sentences keep their templates."""
        return {name: _listed(value) for name, value in self.model_dump(exclude_unset=True, by_alias=True).items()}

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        """The trials that it tells of with their pictures, the recommended one last."""
        return ()


NOTHING = ToolOutput()


class ToolFailure(ToolOutput):
    """Why a call was not answered: an error's two lines and its exit code."""

    error: SentenceText
    hint: SentenceText = ""
    exit_code: int = 1


class Work(_Part):
    """A file that was looked at, in words; its figures are those of its medium."""

    path: str
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    fps: float | None = None
    told: str = ""
    notes: tuple[SentenceText, ...] = ()


class Looked(ToolOutput):
    """The files of the request, and the style in words: by whom, in which languages, and as it was measured."""

    tool = "look_at_images"
    content: tuple[Work, ...] = ()
    styles: tuple[Work, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_ko: tuple[str, ...] = ()
    by: str = ""
    description: dict[str, Any] = {}


class RegionPart(_Part):
    """A part of a picture that was found: by ``segmenter``, ``faces``, ``guess``, ``place`` or ``box``; how large a
    share of the picture it is, and of how many it is one."""

    what: str
    by: str
    share: float = 0.0
    things: int = 1


class RegionFound(ToolOutput):
    """A mask of what alone is to be painted and what is to be left as it is, and the picture that shows it."""

    tool = "find_region"
    only: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    mask: str
    preview: str
    found: tuple[RegionPart, ...] = ()
    share: float = 1.0


class Chosen(ToolOutput):
    """The decision table's answer, an :class:`autostyle.plan.Choice`."""

    tool = "choose_method"
    method: str
    preferred: tuple[str, ...]
    row: str
    reason: str
    alternatives: tuple[str, ...]


class Planned(ToolOutput):
    """What is going to be searched: the whole plan, and what a person reads of it; of its ``trials``, which are runs,
    each paints about so many ``pictures``."""

    tool = "plan_study"
    plan: dict[str, Any]
    study: str
    methods: tuple[str, ...]
    trials: int
    pictures: int = 1
    minutes: float | None
    size: str = ""
    seconds_estimate: float | None = None
    resumes: bool = False


class Started(ToolOutput):
    """A search that has begun, or is ``queued`` at a place behind the one that runs: trials there are to be, and those
    that were done before."""

    tool = "start_study"
    queued: int | None = None
    study: str
    folder: str = ""
    total: int
    done: int = 0


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


class AppliedImage(_Part):
    """A result of a recipe: of what, where it is and what lies beside it, and whether it was there before."""

    input: str = ""
    image: str
    companions: tuple[str, ...] = ()
    kept: bool = False


class Left(_Part):
    """A work of which nothing was made, and why."""

    input: str
    error: SentenceText
    hint: SentenceText = ""
    exit_code: int = 2


class QueuedRequest(_Part):
    """A request that waits for its turn, or runs."""

    id: str
    study: str
    state: str
    said: str = ""
    content: str = ""
    style: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    trials: int = 0
    minutes: float | None = None
    added: str = ""
    ended: str = ""


class QueueListed(ToolOutput):
    """What is to come, in its order: the one that runs, then those that wait."""

    tool = "manage_queue"
    entries: tuple[QueuedRequest, ...] = ()


class Applied(ToolOutput):
    """The look on other works: what was made in which folder, what was left out, how many were there before."""

    tool = "apply_best"
    version: Annotated[int, Field(alias="schema")] = 1
    method: str = ""
    params: dict[str, Value] = {}
    images: tuple[AppliedImage, ...]
    failed: tuple[Left, ...] = ()
    stopped: bool = False
    folder: str
    kept: int = 0
    notes: tuple[SentenceText, ...] = ()


class Saved(ToolOutput):
    """A trial as a file of its own: which one, its width and height, and whether it was painted for this."""

    tool = "save_best"
    image: str
    companions: tuple[str, ...] = ()
    number: int | None = None
    pending: bool = False
    size: tuple[int, int] | None = None
    painted: bool = False


class Counts(_Part):
    """Runs of a study by how they ended, and the pictures that they made."""

    total: int
    complete: int
    pruned: int = 0
    failed: int = 0
    pictures: int = 0


class Summary(ToolOutput):
    """What a study found: the object that ``autostyle report --json`` ends with, and the notice of its end."""

    version: Annotated[int, Field(alias="schema")] = 1
    study: str = ""
    method: str = ""
    row: str = ""
    reason: str = ""
    profile: str = "art"
    weights: dict[str, str] = {}
    trials: Counts
    best: TrialOutput | None
    front: tuple[TrialOutput, ...]
    final: FinalOutput | None = None
    held_out: dict[str, Any] = {}
    hypervolume: float | None = None
    seconds: float | None = None
    report: str | None = None

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return (*self.front, *filter(None, (self.best,)))


class Exported(Summary):
    """The report that was written, and the names of its files."""

    tool = "export_report"
    report: str
    files: tuple[str, ...] = ()


class Listed(_Part):
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


class StyleAtHand(_Part):
    """A style that comes with autostyle, as :class:`autostyle.named_styles.NamedStyle` tells of it."""

    name: str
    title: SentenceText
    about: SentenceText = ""
    path: str


class StylesAtHand(ToolOutput):
    """The styles that come with autostyle, in the order in which they are shown, and the picture that one is for."""

    tool = "list_styles"
    styles: tuple[StyleAtHand, ...]
    content: str | None = None


class Steps(_Part):
    """Of a training: done, and to be done."""

    done: int
    total: int


class Trained(ToolOutput):
    """A LoRA: its file, None where nothing was learnt yet, and the words that call its style."""

    tool = "train_lora"
    version: Annotated[int, Field(alias="schema")] = 1
    lora: str | None
    base: dict[str, Any] = {}
    steps: Steps
    ended_early: bool = False
    held_out: dict[str, Any] = {}
    evaluations: tuple[dict[str, Any], ...] = ()
    captions: dict[str, str] = {}
    settings: dict[str, Any] = {}
    seconds: float | None = None
    words: tuple[str, ...] = ()


class Round(ToolOutput):
    """A search between two rounds: its front, and the changes that the rules of advice would make, with reasons."""

    tool = "round"
    study: str
    done: int
    total: int
    best: TrialOutput | None
    front: tuple[TrialOutput, ...] = ()
    advice: dict[str, Any] = {}
    reasons: tuple[dict[str, Value], ...] = ()

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return (*self.front, *filter(None, (self.best,)))


class SearchEnded(Summary):
    """What a search had found at its end.

    Args:
        said: the words it was asked for with, where it waited in the queue.
    """

    tool = "ended"
    said: str = ""


class _OfStudy(ToolOutput):
    study: str = ""


class SearchFailed(ToolFailure, _OfStudy):
    """Why a search ended before its time."""

    tool = "failed"


_KINDS: tuple[type[ToolOutput], ...] = (
    *(Looked, RegionFound, Chosen, Planned, Started, StatusOutput, Steered, Stopped, Compared, PictureShown, Pair),
    *(Preferred, Rendered, Applied, Saved, Exported, Studies, StylesAtHand, QueueListed, Trained, Round),
    *(SearchEnded, SearchFailed),
)


def restore_output(name: str, data: Mapping[str, Any], ok: bool = True) -> ToolOutput:
    """What the tool ``name`` answered, or a notice of that kind told, from its JSON; a plain :class:`ToolOutput`
    of what is none of a type known here."""
    for kind in [kind for kind in _KINDS if kind.tool == name] if ok else [ToolFailure]:
        with contextlib.suppress(ValidationError):
            return kind.model_validate(data)
    return ToolOutput.model_validate(data)


def _listed(value: Any) -> Any:
    """``value`` with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, list | tuple) else value
