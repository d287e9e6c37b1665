"""What a plan searches: each wish about a parameter reaches the methods that have it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.brief import Brief, Wishes
from autostyle.errors import BadInput, Missing, NotBuilt
from autostyle.methods import registry
from autostyle.plan import Choice, MethodPlan
from autostyle.use_cases import methods
from autostyle.vision.registry import REGISTER
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

BOTH = (MethodPlan(name="gatys"), MethodPlan(name="adain"))


def test_the_table_chooses_unless_a_method_is_named() -> None:
    assert methods.choose(Brief()).row == "one_off"
    assert methods.choose(Brief(wishes=Wishes(realtime=True))).row == "realtime"
    assert methods.choose(Brief(wishes=Wishes(realtime=True)), "gatys").method == "gatys"


def test_a_method_that_is_planned_or_of_another_medium_is_never_replaced_in_silence() -> None:
    with pytest.raises(NotBuilt):
        methods.choose(Brief(), PLANNED)
    with pytest.raises(BadInput, match="not for audio"):
        methods.choose(Brief(medium="audio"), "gatys")
    with pytest.raises(Missing, match="weights get"):
        methods.choose(Brief(), "ip_adapter")


def test_a_method_of_clips_may_take_a_picture_if_it_makes_a_clip_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in registry.find_built("animatediff").weights[0]:
        (tmp_path / REGISTER[name].file).mkdir()  # as far as a glance tells, it is here
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path))
    assert "makes a clip of the picture" in methods.choose(Brief(), "animatediff").reason
    with pytest.raises(BadInput, match="flow_microast is for videos, not for image"):
        methods.choose(Brief(), "flow_microast")


def test_a_study_searches_the_method_and_its_first_alternative() -> None:
    choice = Choice(method="gatys", alternatives=("adain", PLANNED))
    assert [plan.name for plan in methods.plan_methods(choice)] == ["gatys", "adain"]


def test_a_parameter_goes_to_the_methods_that_have_it() -> None:
    gatys, adain = methods.fixing(BOTH, {"color_mode": "luminance", "alpha": "0.5"})
    assert (gatys.fixed, adain.fixed) == ({"color_mode": "luminance"}, {"color_mode": "luminance", "alpha": 0.5})
    gatys, adain = methods.bounding(BOTH, {"style_scale": (0.5, 1.0), "style_weight": (0.1, 1.0)})
    assert gatys.bounds == {"style_scale": (0.5, 1.0), "style_weight": (0.1, 1.0)}
    assert adain.bounds == {"style_scale": (0.5, 1.0)}


def test_what_was_held_or_bounded_can_be_searched_again() -> None:
    held = methods.bounding(methods.fixing(BOTH, {"color_mode": "luminance"}), {"style_scale": (0.5, 1.0)})
    assert methods.releasing(held, ["color_mode", "style_scale"]) == BOTH


def test_a_warm_start_goes_to_the_method_that_has_all_of_it() -> None:
    gatys, adain = methods.warming(BOTH, [{"alpha": 0.5, "detail": 0.2}, {"style_weight": 3}])
    assert gatys.warm_starts == ({"style_weight": 3.0},)
    assert adain.warm_starts == ({"alpha": 0.5, "detail": 0.2},)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: methods.fixing(BOTH, {"colour": 1}),
        lambda: methods.bounding(BOTH, {"colour": (0, 1)}),
        lambda: methods.releasing(BOTH, ["colour"]),
        lambda: methods.warming(BOTH, [{"alpha": 0.5, "style_weight": 1}]),
        lambda: methods.warming(BOTH, [{"alpha": 7}]),
    ],
)
def test_an_unknown_parameter_or_a_value_out_of_range_is_refused(attempt) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput):
        attempt()


def test_warm_starts_that_bounds_have_moved_away_from_are_not_tried() -> None:
    (warm,) = methods.warming((MethodPlan(name="adain"),), [{"alpha": 1.0}, {"alpha": 0.4}, {"style_scale": 1.0}])
    (moved,) = methods.fitting(methods.bounding((warm,), {"alpha": (0.0, 0.5)}))
    assert moved.warm_starts == ({"alpha": 0.4}, {"style_scale": 1.0})
