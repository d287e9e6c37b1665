"""Advice by rules: what each looks at, and when it keeps silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from autostyle.agent.advice.rules import FREEZE_AFTER, Advice, advise
from autostyle.agent.advice.state import AdviceState
from autostyle.agent.tools.steer_study import SteerStudy
from autostyle.plan import MethodPlan
from autostyle.tuning.pareto import Point
from tests.agent.advice.searching import plan, state, tradeoff, tried

NARROW = MethodPlan(name="gatys", bounds={"style_scale": (0.8, 1.0)})


def line(params: Mapping[str, Any]) -> Point:
    """Larger marks paint more and keep less."""
    return params["style_scale"] / 2, 1 - params["style_scale"] / 2.5


def kinds(advice: Advice) -> list[str]:
    return [reason.kind for reason in advice.reasons]


def after(count: int, of: Any = None, **more: Any) -> AdviceState:
    """``count`` trials, all on the front, none at an end of a range."""
    return state(of or plan(), [tried(n, line, style_scale=0.5 + n / 100) for n in range(count)], **more)


def test_nothing_is_concluded_from_few_trials() -> None:
    assert not advise(after(7))


def test_nothing_is_changed_once_the_budget_is_spent() -> None:
    assert not advise(after(32))


def test_a_bound_the_front_leans_on_is_widened_within_the_declared_range() -> None:
    advice = advise(state(plan(NARROW), tradeoff(10, style_scale=1.0)))

    low, high = advice.bounds["style_scale"]
    assert low == 0.8
    assert 1.0 < high <= 2.0
    assert "widen" in kinds(advice)


def test_the_whole_range_is_not_widened() -> None:
    assert not advise(state(plan(), tradeoff(10, style_scale=2.0))).bounds


def test_what_moves_no_score_is_held_once_much_is_known() -> None:
    shares = {"style_weight": 0.01, "pixels": 0.01, "recolor": 0.98}
    importances = {"gatys": {"style": shares, "content": shares}}

    early = advise(after(FREEZE_AFTER - 1, plan(trials=200), importances=importances))
    late = advise(after(FREEZE_AFTER, plan(trials=200), importances=importances))

    assert not early.fixed
    assert late.fixed == {"pixels": 0.5}, "the balance of style and content is never held"


def test_a_front_that_has_not_moved_for_half_of_the_trials_ends_the_search() -> None:
    moved, still = tradeoff(8), [tried(n, (0.01, 0.01)) for n in range(8, 24)]

    assert advise(state(plan(), [*moved, *still])).stop
    assert not advise(state(plan(), [*moved, *still[:-1]])).stop


def test_a_method_that_fails_leaves_its_trials_to_the_other() -> None:
    both = plan(MethodPlan(name="gatys"), MethodPlan(name="adain"))
    trials = [tried(n, (0.5, 0.5), "adain") for n in range(3)]

    advice = advise(state(both, trials, failed={"gatys": 4}))

    assert advice.method == "adain"
    assert "4 trials of gatys failed" in advice.why


def test_a_method_that_never_reaches_the_front_leaves_its_trials_to_the_other() -> None:
    both = plan(MethodPlan(name="gatys"), MethodPlan(name="adain"))
    good, poor = tradeoff(8), [tried(n, (0.1, 0.1), "adain") for n in range(8, 16)]

    assert advise(state(both, [*good, *poor])).method == "gatys"
    assert advise(state(both, [*good, *poor[:-1]])).method is None


def test_advice_is_in_the_words_of_steer_study() -> None:
    arguments = advise(state(plan(NARROW), tradeoff(10, style_scale=1.0))).arguments()

    assert SteerStudy.model_validate(arguments).why == arguments["why"]
    assert set(arguments) == {"bounds", "why"}


def test_where_all_is_well_nothing_is_said() -> None:
    assert not advise(after(10))


@pytest.mark.parametrize("count", [8, 16, 24])
def test_the_same_state_gets_the_same_advice(count: int) -> None:
    of = plan(NARROW)
    assert advise(after(count, of)) == advise(after(count, of))
