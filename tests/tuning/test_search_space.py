"""What a study searches, from the spec and the plan."""

from __future__ import annotations

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution

from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.plan import MethodPlan
from autostyle.tuning import search_space
from autostyle.tuning.handle import space_of

GATYS = registry.find_built("gatys")


def starts(plan: MethodPlan) -> list[search_space.Start]:
    return list(search_space.starts(registry.find_built(plan.name), plan, space_of(plan)))


def test_the_spec_says_range_scale_and_choices() -> None:
    searched = space_of(MethodPlan(name="gatys")).searched
    info = registry.params("gatys").info()
    weight = info["style_weight"]
    assert searched["style_weight"] == FloatDistribution(weight.low, weight.high, log=True)
    assert searched["content_layers"] == CategoricalDistribution(info["content_layers"].choices)


def test_what_is_not_tuned_is_held_at_its_default_until_a_plan_gives_it_bounds() -> None:
    default = space_of(MethodPlan(name="gatys"))
    assert "tv_weight" not in default.searched
    assert default.held["tv_weight"] == registry.params("gatys").info()["tv_weight"].default
    assert "tv_weight" in space_of(MethodPlan(name="gatys", bounds={"tv_weight": (0, 1)})).searched


def test_a_fixed_parameter_is_held_and_nothing_overrides_it() -> None:
    fixed = space_of(MethodPlan(name="adain", fixed={"alpha": 0.3}))
    assert "alpha" not in fixed.searched
    values = fixed.full({"detail": 0.1, "recolor": 1.0, "style_scale": 1.0}, {"alpha": 0.9, "color_mode": "match"})
    assert values["alpha"] == 0.3
    assert values["color_mode"] == "match"  # a start may set what is merely not tuned


def test_bounds_move_numbers_only_choices_stay_those_of_the_spec() -> None:
    plan = MethodPlan(name="gatys", bounds={"style_weight": (1, 10)})
    assert space_of(plan).searched["style_weight"] == FloatDistribution(1, 10, log=True)
    assert space_of(plan).searched["style_loss"] == space_of(MethodPlan(name="gatys")).searched["style_loss"]


@pytest.mark.parametrize(("name", "place"), [("adain", 0), ("gatys", 1)])
def test_defaults_come_first_or_where_the_presets_say_at_least_three_different_starts(name: str, place: int) -> None:
    found = starts(MethodPlan(name=name))
    assert found[place].params == registry.params(name)().model_dump() | space_of(MethodPlan(name=name)).begin
    assert len(found) >= 3
    assert len({str(sorted(start.params.items())) for start in found}) == len(found)


def test_a_run_along_its_ratio_begins_at_its_low_end_and_comes_to_what_a_start_asks_for() -> None:
    plan = MethodPlan(
        name="gatys", bounds={"style_weight": (0.01, 10)}, warm_starts=({"style_weight": 5, "pixels": 1},)
    )
    assert space_of(plan).begin == {"style_weight": 0.01}
    assert space_of(MethodPlan(name="gatys")).begin == {"style_weight": GATYS.begin}
    first, *_, last = starts(plan)
    assert (first.params["style_weight"], first.through) == (0.01, GATYS.params().style_weight)  # type: ignore[union-attr]
    assert (last.params["style_weight"], last.through) == (0.01, 5)
    walk = space_of(plan).walk([last.through])
    assert walk is not None and walk.through == (5.0,)


@pytest.mark.parametrize("plan", [MethodPlan(name="gatys", fixed={"style_weight": 2.0}), MethodPlan(name="ip_adapter")])
def test_a_run_is_one_value_where_that_is_held_or_the_method_has_no_path(plan: MethodPlan) -> None:
    assert space_of(plan).begin == {} and space_of(plan).walk() is None
    assert all(start.through is None for start in starts(plan))


def test_a_run_on_part_of_the_range_paints_as_many_fewer_values() -> None:
    def values(*bounds: float) -> int:
        return space_of(MethodPlan(name="gatys", bounds={"style_weight": bounds})).path  # type: ignore[dict-item]

    assert values(0.001, 100) == space_of(MethodPlan(name="gatys")).path == GATYS.path
    assert GATYS.path > 2 * values(0.1, 10) - 2 > values(1, 1.5) == search_space.LEAST


def test_presets_are_brought_inside_the_bounds() -> None:
    for start in starts(MethodPlan(name="adain", bounds={"alpha": (0.2, 0.5)})):
        assert start.params["alpha"] == 0.5  # every preset asks for more


def test_a_warm_start_comes_after_the_presets_with_the_defaults_for_what_it_does_not_say() -> None:
    last = starts(MethodPlan(name="adain", warm_starts=({"alpha": 0.25},)))[-1]
    assert last.origin == "warm start"
    assert last.params["alpha"] == 0.25
    assert last.params["detail"] == registry.params("adain").info()["detail"].default


def test_a_warm_start_outside_the_bounds_is_refused_because_optuna_would_use_it() -> None:
    plan = MethodPlan(name="adain", bounds={"alpha": (0.2, 0.5)}, warm_starts=({"alpha": 0.9},))
    with pytest.raises(BadInput) as caught:
        starts(plan)
    assert "alpha=0.9" in caught.value.message and "0.2 to 0.5" in caught.value.hint


def test_a_warm_start_with_a_layer_set_of_ones_own_must_be_fixed_instead() -> None:
    with pytest.raises(BadInput, match="content_layers"):
        starts(MethodPlan(name="gatys", warm_starts=({"content_layers": "relu1_1+relu2_1"},)))


def test_the_share_of_choices() -> None:
    assert space_of(MethodPlan(name="adain")).share_of_choices() == 0
    everything_fixed = {name: info.default for name, info in registry.params("adain").info().items()}
    assert space_of(MethodPlan(name="adain", fixed=everything_fixed)).share_of_choices() == 1


def test_a_space_of_another_kind_cannot_take_over_a_study() -> None:
    study = optuna.create_study()
    study.ask({"alpha": CategoricalDistribution((0.1, 0.9))})
    with pytest.raises(BadInput, match="'alpha' is another one"):
        space_of(MethodPlan(name="adain")).check_against(study.trials)
    moved = optuna.create_study()
    moved.ask({"alpha": FloatDistribution(0.3, 0.4)})
    space_of(MethodPlan(name="adain")).check_against(moved.trials)  # bounds may
