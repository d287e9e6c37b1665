"""One trial as plain data: what a study's record holds, what an event tells of, what the app shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from autostyle.methods.params import Value
from autostyle.sentences import Sentence

State = Literal["complete", "pruned", "failed", "running", "waiting"]


@dataclass(frozen=True)
class TrialRecord:
    """One trial.

    Args:
        number: its number within the whole study (methods share one count), from 0.
        method: which method ran.
        run: number of its run, which is that of the run's first point: its own where a run is one trial.
        path: values of the ratio that its run painted before, in order: with them the picture can be made again.
        params: the full parameter set, defaults included.
        scores: of each objective, anchored (unclamped); empty unless complete.
        raw: unanchored figures (ssim, ms_ssim, gram_mse, color_distance, leakage ...).
        over: raw figure -> by how much it is over the limit of the method; such a trial is not recommended while
            others are within their limits.
        held_out: the metric no loss or objective shares anything with.
        image: the trial's picture (WebP), relative to the study's folder.
        full_image: the full-size PNG, or the clip, for trials of the front.
        origin: ``preset``, ``warm start``, ``startup``, ``sampler`` or ``retry``.
        sampler: which sampler its method's trials came from when it ran: ``tpe``, ``gp`` or ``random``.
        error: one line, for pruned and failed trials.
        seconds: wall time; ``seconds_by`` splits it into propose, prepare, run, score and save, beside what a method
            tells of its run.
    """

    number: int
    method: str
    state: State
    params: dict[str, Value] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    raw: dict[str, float] = field(default_factory=dict)
    over: dict[str, float] = field(default_factory=dict)
    held_out: dict[str, float] = field(default_factory=dict)
    image: Path | None = None
    full_image: Path | None = None
    origin: str = "sampler"
    sampler: str = ""
    error: Sentence | str | None = None
    seed: int = 0
    seconds: float = 0.0
    seconds_by: dict[str, float] = field(default_factory=dict)
    run: int = -1
    path: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.run < 0:
            object.__setattr__(self, "run", self.number)

    @property
    def leads(self) -> bool:
        """Whether it stands for its run."""
        return self.run == self.number

    @property
    def complete(self) -> bool:
        return self.state == "complete"


class Timed(Protocol):
    """A trial: its method and run, and what it took."""

    @property
    def method(self) -> str: ...

    @property
    def run(self) -> int: ...

    @property
    def leads(self) -> bool: ...

    @property
    def complete(self) -> bool: ...

    @property
    def seconds(self) -> float: ...


def typical_seconds(trials: Iterable[Timed], method: str | None = None) -> float:
    """Median time of the complete runs, each with all its points, of one method or of all; 0 before there is one."""
    mine = [trial for trial in trials if method in (None, trial.method)]
    spent = {trial.run: 0.0 for trial in mine if trial.leads and trial.complete}
    for trial in mine:
        if trial.run in spent:
            spent[trial.run] += trial.seconds
    times = sorted(spent.values())
    return times[len(times) // 2] if times else 0.0
