"""Parameter sets as points, there and back."""

from __future__ import annotations

import numpy as np
import pytest
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

from autostyle.methods.params import Value
from autostyle.tuning.gaussian.places import Places

SPACE: dict[str, BaseDistribution] = {
    "weight": FloatDistribution(0.01, 100.0, log=True),
    "layer": CategoricalDistribution(("a", "b", "c")),
    "share": FloatDistribution(-1.0, 1.0),
    "steps": IntDistribution(1, 9),
    "width": IntDistribution(1, 64, log=True),
}
PLACES = Places(SPACE)
SET: dict[str, Value] = {"weight": 1.0, "layer": "b", "share": 0.5, "steps": 3, "width": 8}


def test_a_number_lies_where_the_searched_scale_puts_it_and_a_choice_has_a_column_each() -> None:
    assert PLACES.of([SET])[0] == pytest.approx([0.5, 0, 1, 0, 0.75, 0.25, 0.5])


def test_a_place_is_a_parameter_set_again() -> None:
    again = PLACES.params(PLACES.of([SET])[0])
    assert again["layer"] == "b"
    assert [again[name] for name in ("weight", "share", "steps", "width")] == pytest.approx([1.0, 0.5, 3, 8])
    assert isinstance(again["steps"], int) and isinstance(again["width"], int)


def test_what_lies_outside_the_bounds_of_today_has_its_place_and_comes_back_inside() -> None:
    (place,) = PLACES.of([SET | {"weight": 1000.0, "share": -2.0}])
    assert place[0] == pytest.approx(1.25) and place[4] == pytest.approx(-0.5)
    assert PLACES.params(place)["weight"] == 100.0 and PLACES.params(place)["share"] == -1.0


@pytest.mark.parametrize("near", [True, False])
def test_every_place_drawn_is_the_place_of_a_valid_set(near: bool) -> None:
    rng = np.random.default_rng(0)
    centres = np.repeat(PLACES.of([SET]), 200, axis=0)
    drawn = PLACES.around(centres, rng, step=0.3, redrawn=0.5) if near else PLACES.anywhere(200, rng)
    sets = [PLACES.params(place) for place in drawn]
    for params in sets:
        assert all(d._contains(d.to_internal_repr(params[name])) for name, d in SPACE.items())
    assert PLACES.of(sets) == pytest.approx(drawn), "whole numbers and choices stand where a set can be"
    assert {params["layer"] for params in sets} == {"a", "b", "c"}


def test_nearby_places_are_near_and_keep_their_choices_unless_drawn_anew() -> None:
    centres = np.repeat(PLACES.of([SET]), 400, axis=0)
    drawn = PLACES.around(centres, np.random.default_rng(0), step=0.05, redrawn=0.0)
    assert (drawn[:, 1:4] == [0, 1, 0]).all()
    assert drawn[:, 0].std() == pytest.approx(0.05, rel=0.15)
    assert (centres == PLACES.of([SET])).all(), "the centres are left as they are"
