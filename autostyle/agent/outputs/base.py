"""What every answer is made of: trials, pictures, figures, and a failure."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from autostyle.methods.params import Value
from autostyle.sentences import Sentence

SentenceText = Sentence | str
"""Text for people, which keeps its template."""
ScoreValues = dict[str, float | None]


class OutputPart(BaseModel):
    # Most are made rarely, and the app paints before any.
    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class TrialOutput(OutputPart):
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


class FinalOutput(OutputPart):
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


class MetricOutput(OutputPart):
    """A metric: what it is called, and what its 0 and 1 are."""

    name: str
    title: str = ""
    kind: str
    how: str = ""
    zero: str = ""
    one: str = ""


class RangeEnd(OutputPart):
    """The end of a search range that a front leans on, as
    :func:`autostyle.use_cases.bounds.find_touched_bounds` finds it."""

    method: str
    parameter: str
    side: str
    bound: float
    trials: tuple[int, ...] = ()


class ToolOutput(OutputPart):
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


class Work(OutputPart):
    """A file that was looked at, in words; its figures are those of its medium."""

    path: str
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    fps: float | None = None
    told: str = ""
    notes: tuple[SentenceText, ...] = ()


def _listed(value: Any) -> Any:
    """``value`` with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, list | tuple) else value
