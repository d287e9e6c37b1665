"""States of a search, drawn: trials whose scores follow a known rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from autostyle.agent.advice.state import AdviceState
from autostyle.brief import Budget
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.pareto import Point, front, hypervolume
from autostyle.tuning.trial_record import TrialRecord

Rule = Callable[[Mapping[str, Any]], Point]


def plan(*methods: MethodPlan, trials: int = 32) -> Plan:
    """A plan of ``methods``, gatys by default."""
    return Plan(
        study="s",
        content=Path("c.png"),
        styles=(Path("s.png"),),
        methods=methods or (MethodPlan(name="gatys"),),
        choice=Choice(method="gatys"),
        budget=Budget(trials=trials),
    )


def tried(number: int, scores: Rule | Point, method: str = "gatys", **params: Value) -> TrialRecord:
    """A trial at the defaults but for ``params``, with given scores or those of a rule."""
    values = {**registry.params(method)().model_dump(), **params}
    style, content = scores(values) if callable(scores) else scores
    return TrialRecord(number, method, "complete", values, {"style": style, "content": content})


def tradeoff(count: int, method: str = "gatys", **params: Value) -> list[TrialRecord]:
    """Trials with ``params`` that all lie on the front."""
    return [tried(n, (0.5 + n / 100, 0.5 - n / 100), method, **params) for n in range(count)]


def state(of: Plan, trials: Sequence[TrialRecord], **more: Any) -> AdviceState:
    """The state after ``trials``."""
    points = {trial.number: tuple(trial.scores.values()) for trial in trials}
    history = tuple(hypervolume(list(points.values())[: n + 1]) for n in range(len(points)))
    return AdviceState(of, tuple(trials), front(points), history=history, **more)
