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

    @property
    def complete(self) -> bool:
        return self.state == "complete"


class Timed(Protocol):
    """A trial: its method, and what it took."""

    @property
    def method(self) -> str: ...

    @property
    def complete(self) -> bool: ...

    @property
    def seconds(self) -> float: ...


def typical_seconds(trials: Iterable[Timed], method: str | None = None) -> float:
    """Median time of the complete ones, of one method or of all; 0 before there is one."""
    times = sorted(trial.seconds for trial in trials if trial.complete and method in (None, trial.method))
    return times[len(times) // 2] if times else 0.0
