"""Values of parameters, as people say them."""

from __future__ import annotations

import pytest

from autostyle.agent.understanding.settings import NumberRange, around, find, find_within, spans


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
    ("text", "name", "low", "high"),
    [
        ("style_weight between 0.1 and 0.5", "style_weight", 0.1, 0.5),
        ("keep style weight from .5 to .1 please", "style_weight", 0.1, 0.5),
        ("style_weight 0.1~0.5", "style_weight", 0.1, 0.5),
        ("style_weight below 0.3", "style_weight", None, 0.3),
        ("at least 0.5 content", "content", 0.5, None),
        ("content score of at least 50%", "content", 0.5, None),
        ("no more than 0.8 style", "style", None, 0.8),
        ("content 0.5 or more", "content", 0.5, None),
        ("스타일 가중치를 0.1에서 0.5 사이로", "style_weight", 0.1, 0.5),
        ("style_weight 0.3 이하로", "style_weight", None, 0.3),
        ("원본 유지 0.5 이상인 걸로", "content", 0.5, None),
        ("내용은 최소 0.5", "content", 0.5, None),
        ("스타일 점수 0.8 넘게", "style", 0.8, None),
    ],
)
def test_bounds_of_parameters_and_scores_are_read(text: str, name: str, low: float | None, high: float | None) -> None:
    assert find_within(text) == {name: (low, high)} and len(spans(text)) == 1


@pytest.mark.parametrize(
    "text", ["70% style and 30% photo", "style at least as strong", "more than 3 styles", "alpha 0.5"]
)
def test_what_bounds_nothing_is_no_bound(text: str) -> None:
    assert find_within(text) == {}


@pytest.mark.parametrize(("name", "value", "near"), [("style_weight", 0.4, (0.32, 0.5)), ("alpha", 1.0, (0.9375, 1.0))])
def test_near_a_value_is_what_looks_the_same(name: str, value: float, near: NumberRange) -> None:
    assert around(name, value) == pytest.approx(near)


@pytest.mark.parametrize(
    "text", ["alpha 1.5", "alpha 60%", "100 steps", "detail 5 pictures", "alphabet 3", "gamma more"]
)
def test_what_is_no_value_of_a_parameter_is_left_to_be_named(text: str) -> None:
    assert find(text) == {} and spans(text) == []
