"""Words of taste move a plan the way they mean."""

from __future__ import annotations

from pathlib import Path

from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning import pareto
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases.aspects import leaning

PLAN = Plan(
    study="s",
    content=Path("c.png"),
    styles=(Path("s.png"),),
    methods=(MethodPlan(name="gatys"), MethodPlan(name="adain")),
    choice=Choice(method="gatys"),
)


def best(number: int = 0, **params: float) -> TrialRecord:
    return TrialRecord(number, "gatys", "complete", params or {"style_weight": 1.0, "style_scale": 1.0})


BEST = best()


def test_less_style_searches_below_what_the_best_has_and_leans_to_the_content() -> None:
    plan = leaning(PLAN, {"style": -1}, BEST)
    gatys, adain = plan.methods
    assert gatys.bounds == {"style_weight": (0.001, 1.0)}
    assert adain.bounds == {"alpha": (0.0, 0.5)}  # of adain nothing is known: half of its range
    assert plan.prefer == 0.25
    plan.checked()


def test_another_trial_of_the_front_is_recommended_at_once() -> None:
    points = {0: (0.2, 0.9), 1: (0.5, 0.7), 2: (0.9, 0.2)}
    recommended = pareto.recommend(points, PLAN.prefer)
    assert recommended is not None
    less = leaning(PLAN, {"style": -1}, best(recommended), points)
    assert pareto.recommend(points, less.prefer) == recommended - 1
    assert leaning(PLAN, {"color": -1}, best(recommended), points).prefer == PLAN.prefer


def test_runs_that_paint_both_sides_of_the_best_go_on_doing_so() -> None:
    points = {0: (0.2, 0.9), 1: (0.5, 0.7), 2: (0.9, 0.2)}
    gatys, adain = leaning(PLAN, {"style": 1}, best(1, style_weight=1.0), points).methods
    assert gatys.bounds == {}
    assert adain.bounds == {"alpha": (0.5, 1.0)}
    at_the_end = leaning(PLAN, {"style": 1}, best(2, style_weight=1.0), points).methods[0]
    assert at_the_end.bounds == {"style_weight": (1.0, 100.0)}, "nothing painted has more"


def test_from_a_liked_trial_beside_the_front_the_way_begins_at_what_the_scores_recommend() -> None:
    points = {0: (0.2, 0.9), 1: (0.5, 0.7), 2: (0.9, 0.2), 3: (0.3, 0.3)}
    recommended = pareto.recommend(points, PLAN.prefer)
    less = leaning(PLAN, {"style": -1}, best(3), points)
    assert less == leaning(PLAN, {"style": -1}, best(recommended or 0), points)


def test_more_of_the_content_is_less_style() -> None:
    assert leaning(PLAN, {"content": 1}, BEST) == leaning(PLAN, {"style": -1}, BEST)


def test_smaller_marks_search_smaller_ones() -> None:
    gatys, _ = leaning(PLAN, {"marks": -1}, BEST).methods
    assert gatys.bounds == {"style_scale": (0.4, 1.0)}


def test_held_shapes_keep_more_detail() -> None:
    _, adain = leaning(PLAN, {"structure": 1}, None).methods
    assert adain.bounds["detail"] == (0.5, 1.0) and adain.bounds["alpha"] == (0.0, 0.5)


def test_where_more_of_the_ratio_means_more_content_it_moves_the_other_way() -> None:
    by_attention = PLAN.model_copy(update={"methods": (MethodPlan(name="style_id"),)})
    bounds = leaning(by_attention, {"style": 1}, None).methods[0].bounds
    assert bounds == {"gamma": (0.0, 0.5), "gamma_end": (0.0, 0.5)}


def test_colours_are_held_at_the_photographs_or_the_style_pictures() -> None:
    assert {m.fixed["color_mode"] for m in leaning(PLAN, {"color": -1}, None).methods} == {"luminance"}
    assert {m.fixed["color_mode"] for m in leaning(PLAN, {"color": 0.5}, None).methods} == {"style"}


def test_steps_in_one_direction_go_on_and_always_leave_a_range_to_search() -> None:
    plan = PLAN
    for _ in range(9):
        plan = leaning(plan, {"style": 1}, best(style_weight=100.0))
        plan.checked()
    assert plan.prefer == 1.0
    low, high = plan.methods[0].bounds["style_weight"]
    assert low < high == 100.0


def test_what_a_plan_holds_is_not_searched_again() -> None:
    held = PLAN.model_copy(update={"methods": (MethodPlan(name="gatys", fixed={"style_scale": 1.0}),)})
    assert leaning(held, {"marks": 1}, BEST).methods[0].bounds == {}
