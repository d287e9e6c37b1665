"""Where a front leans on the end of a range."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle.methods import registry
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases.bounds import find_touched_bounds


def plan(**fields: Any) -> Plan:
    return Plan(
        study="s",
        content=Path("c.png"),
        styles=(Path("s.png"),),
        methods=(MethodPlan(name="gatys", **fields),),
        choice=Choice(method="gatys"),
    )


def front(*weights: float) -> list[TrialRecord]:
    middle = {"recolor": 0.5, "pixels": 1.0, "relu3_1": 1.0, "relu4_1": 1.0, "style_scale": 0.9}
    defaults = registry.params("gatys")().model_dump() | middle
    return [TrialRecord(n, "gatys", "complete", {**defaults, "style_weight": w}) for n, w in enumerate(weights)]


def test_half_of_the_front_at_an_end_is_told_on_the_scale_that_is_searched() -> None:
    (end,) = find_touched_bounds(plan(), front(95.0, 100.0, 1.0))
    assert end == {"method": "gatys", "parameter": "style_weight", "side": "high", "bound": 100.0, "trials": [0, 1]}


def test_one_trial_proves_nothing() -> None:
    assert find_touched_bounds(plan(), front(100.0)) == []


def test_the_ends_are_those_of_the_plan() -> None:
    (end,) = find_touched_bounds(plan(bounds={"style_weight": (0.5, 2.0)}), front(2.0, 2.0))
    assert end["bound"] == 2.0


def test_what_is_held_has_no_ends() -> None:
    assert find_touched_bounds(plan(fixed={"style_weight": 100.0}), front(100.0, 100.0)) == []
