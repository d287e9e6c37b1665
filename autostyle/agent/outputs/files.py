"""What is written: copies, other pictures in a look, reports, LoRAs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from autostyle.agent.outputs.base import FinalOutput, OutputPart, SentenceText, ToolOutput, TrialOutput
from autostyle.methods.params import Value


class AppliedImage(OutputPart):
    """A result of a recipe: of what, where it is and what lies beside it, and whether it was there before."""

    input: str = ""
    image: str
    companions: tuple[str, ...] = ()
    kept: bool = False


class Left(OutputPart):
    """A work of which nothing was made, and why."""

    input: str
    error: SentenceText
    hint: SentenceText = ""
    exit_code: int = 2


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
    """A trial as a file of its own: which one, its width and height, or in words what it measures, and whether it was
    painted for this."""

    tool = "save_best"
    image: str
    companions: tuple[str, ...] = ()
    number: int | None = None
    pending: bool = False
    size: tuple[int, int] | None = None
    told: str = ""
    painted: bool = False

    @property
    def measure(self) -> str:
        """What it measures, in words; empty where that is not known."""
        return self.told or ("{} × {} px".format(*self.size) if self.size else "")


class Counts(OutputPart):
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


class Steps(OutputPart):
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


class TaughtNet(ToolOutput):
    """A fast net: its file, None where nothing was learnt yet, its name, and the styles that it paints."""

    tool = "train_fast"
    version: Annotated[int, Field(alias="schema")] = 1
    net: str | None
    name: str
    styles: tuple[str, ...]
    photos: dict[str, Any] = {}
    steps: Steps
    ended_early: bool = False
    held_out: dict[str, Any] = {}
    evaluations: tuple[dict[str, Any], ...] = ()
    settings: dict[str, Any] = {}
    seconds: float | None = None
