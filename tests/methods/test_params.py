"""Parameters are declared once; everything else is derived from the declaration."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest

from autostyle.errors import BadInput
from autostyle.methods.params import Choices, Params, Range, check


class Example(Params):
    weight: Annotated[float, Range(0.1, 10.0, log=True)] = 1.0
    """Strength of
    the effect."""
    steps: Annotated[int, Range(1, 50, tune=False)] = 10
    "Iterations."
    loss: Literal["gram", "sliced"] = "gram"
    "Which loss."
    layer: Annotated[str, Choices(("relu3_1", "relu4_1"), tune=False, free=True)] = "relu4_1"
    "Which layer."
    smooth: bool = False
    "Whether to smooth."


def test_a_declaration_carries_type_range_default_and_help() -> None:
    info = Example.info()

    assert list(info) == ["weight", "steps", "loss", "layer", "smooth"]
    assert info["weight"].as_json() == {
        "type": "float",
        "default": 1.0,
        "low": 0.1,
        "high": 10.0,
        "limit": 10.0,
        "log": True,
        "choices": None,
        "tune": True,
        "help": "Strength of the effect.",
    }
    assert (info["steps"].type, info["steps"].tune) == ("int", False)
    assert (info["loss"].type, info["loss"].choices) == ("choice", ("gram", "sliced"))
    assert (info["layer"].choices, info["layer"].tune, info["layer"].free) == (("relu3_1", "relu4_1"), False, True)
    assert (info["smooth"].type, info["smooth"].choices, info["smooth"].tune) == ("bool", (False, True), True)


def test_a_person_may_go_further_than_a_study() -> None:
    class Bounded(Params):
        scale: Annotated[float, Range(0.0, 0.9, limit=1.5)] = 0.7
        "Strength of the effect."

    assert Bounded.info()["scale"].as_json()["limit"] == 1.5
    assert Bounded.parse({"scale": 1.2}).model_dump() == {"scale": 1.2}
    with pytest.raises(BadInput, match="out of range") as caught:
        Bounded.parse({"scale": 1.6})
    assert "0 to 1.5" in caught.value.hint


def test_a_parameter_without_a_range_is_a_mistake_of_the_method() -> None:
    class Bare(Params):
        weight: float = 1.0

    with pytest.raises(TypeError, match="'weight' declares neither Range nor Choices"):
        Bare.info()


def test_words_from_a_command_line_become_values() -> None:
    words = {"weight": "0.5", "steps": "20", "loss": "sliced", "layer": "relu2_1+relu3_1", "smooth": "yes"}

    assert Example.parse(words) == Example(weight=0.5, steps=20, loss="sliced", layer="relu2_1+relu3_1", smooth=True)


def test_a_whole_number_may_come_as_any_number_does() -> None:
    steps = check(Example.info()["steps"], 20.0)
    assert steps == 20 and isinstance(steps, int)


def test_what_is_not_named_keeps_its_default() -> None:
    assert Example.parse({}) == Example()


@pytest.mark.parametrize("end", [0.1, 10.0])
def test_the_ends_of_a_range_belong_to_it(end: float) -> None:
    assert check(Example.info()["weight"], end) == end


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({"wieght": 1}, "unknown parameter 'wieght'", "parameters: weight, steps, loss, layer, smooth"),
        ({"weight": 10.5}, "weight=10.5 is out of range", "range: 0.1 to 10"),
        ({"weight": "heavy"}, "weight='heavy' is no float", "range: 0.1 to 10"),
        ({"weight": "nan"}, "weight=nan is out of range", "range: 0.1 to 10"),
        ({"weight": "inf"}, "weight=inf is out of range", "range: 0.1 to 10"),
        ({"steps": "2.5"}, "steps='2.5' is no int", "range: 1 to 50"),
        ({"steps": 0}, "steps=0 is out of range", "range: 1 to 50"),
        ({"loss": "moments"}, "loss='moments' is unknown", "choices: gram, sliced"),
        ({"smooth": "maybe"}, "smooth='maybe' is no yes or no", "try smooth=true or smooth=false"),
    ],
)
def test_a_bad_value_names_the_parameter_and_what_would_do(given: dict[str, object], message: str, hint: str) -> None:
    with pytest.raises(BadInput) as caught:
        Example.parse(given)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_parameters_never_change_once_made() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Example().weight = 2.0
