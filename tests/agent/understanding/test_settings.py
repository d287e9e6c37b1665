"""Values of parameters, as people say them."""

from __future__ import annotations

import pytest

from autostyle.agent.understanding.settings import find, spans


@pytest.mark.parametrize(
    ("text", "name", "low", "high"),
    [
        ("alpha 0.6", "alpha", 0.6, 0.6),
        ("alpha around .6", "alpha", 0.5, 0.7),
        ("alpha=1", "alpha", 1.0, 1.0),
        ("알파 0.6쯤", "alpha", 0.5, 0.7),
        ("style weight of about 20", "style_weight", 10.0, 40.0),
        ("style_scale: 1.2", "style_scale", 1.2, 1.2),
        ("guidance: 7", "guidance", 7.0, 7.0),
    ],
)
def test_values_are_read(text: str, name: str, low: float, high: float) -> None:
    assert find(text) == {name: pytest.approx((low, high))}


@pytest.mark.parametrize(
    "text", ["alpha 1.5", "alpha 60%", "100 steps", "detail 5 pictures", "alphabet 3", "gamma more"]
)
def test_what_is_no_value_of_a_parameter_is_left_to_be_named(text: str) -> None:
    assert find(text) == {} and spans(text) == []
