"""What a person asks the recommended trial to have: scores and parameters within bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from autostyle.plan import Within


class WithinTrial(Protocol):
    """A trial: its full parameter set, and its scores by the names of the objectives."""

    @property
    def params(self) -> Mapping[str, Any]: ...

    @property
    def scores(self) -> Mapping[str, float | None]: ...


def fits(trial: WithinTrial, within: Mapping[str, Within]) -> bool:
    """Whether ``trial`` has what a plan's ``within`` asks for; what it does not have lies in no range."""
    return miss(trial, within) == 0


def miss(trial: WithinTrial, within: Mapping[str, Within]) -> float:
    """By how much ``trial`` lacks what ``within`` asks for: 0 where it has it all; of scores their difference, of
    parameters the share of the value or of the end, whichever is larger."""
    return sum(_beside(trial, name, *ends) for name, ends in within.items())


def _beside(trial: WithinTrial, name: str, low: float | None, high: float | None) -> float:
    scored = name in trial.scores
    value = trial.scores[name] if scored else trial.params.get(name)
    if not isinstance(value, int | float):
        return math.inf
    end = low if low is not None and value < low else high if high is not None and value > high else value
    return abs(value - end) / (1 if scored else max(abs(value), abs(end)) or 1)


def tell(within: Mapping[str, Within], *, found: bool) -> str:
    """The end of the rule by which a trial was recommended; ``found`` is whether any fits."""
    told = ", ".join(" ".join((name, *_ends(*ends))) for name, ends in within.items())
    return f", of the trials with {told}" if found else f"; no trial has {told}, and of those the nearest are looked at"


def _ends(low: float | None, high: float | None) -> Iterator[str]:
    if low is not None:
        yield f"from {low:.3g}"
    if high is not None:
        yield f"to {high:.3g}"
