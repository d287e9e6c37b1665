"""A plan is a YAML file that a person can read and edit; what is wrong in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.errors import BadInput, NotBuilt
from autostyle.plan import MAX_BYTES, Choice, MethodPlan, Plan
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

PLAN = Plan(
    study="demo",
    content=Path("inputs/content.png"),
    styles=(Path("inputs/style 한국.png"),),
    methods=(
        MethodPlan(
            name="gatys",
            fixed={"steps": 20, "color_mode": "luminance"},
            bounds={"style_weight": (0.5, 20.0)},
            warm_starts=({"style_weight": 2.0},),
        ),
    ),
    choice=Choice(method="gatys", preferred=("gatys",), row="one_off", reason="Nothing special was asked for."),
)


def test_a_plan_survives_the_way_through_yaml() -> None:
    assert Plan.from_yaml(PLAN.to_yaml()) == PLAN


def test_the_yaml_is_plain() -> None:
    text = PLAN.to_yaml()

    assert "!!" not in text
    assert "한국" in text


def test_what_is_left_out_has_a_default() -> None:
    plan = Plan.from_yaml(
        "study: s\ncontent: c.png\nstyles: [s.png]\nmethods: [{name: adain}]\nchoice: {method: adain}"
    )

    assert (plan.size, plan.prefer, plan.seed, plan.budget.trials, plan.final_size) == (384, 0.5, 0, 32, None)


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("study: demo", "study: ../demo", "plan: study: "),
        ("study: demo", "study: Demo", "plan: study: "),
        ("size: 384", "size: 63", "plan: size 63 is out of range: 64 to 4096 px"),
        ("prefer: 0.5", "prefer: 1.5", "plan: prefer: "),
        ("seed: 0", "sede: 0", "plan: sede: "),
        ("trials: 32", "trials: 0", "plan: budget.trials: "),
        ("schema_version: 1", "schema_version: 2", "this plan is of a newer autostyle (schema 2)"),
        ("steps: 20", "steps: 501", "steps=501 is out of range"),
        ("steps: 20", "stpes: 20", "unknown parameter 'stpes'"),
        ("- style_weight: 2.0", "- style_weight: 2000.0", "style_weight=2000.0 is out of range"),
        ("- 20.0", "- 2000.0", "gatys: bounds 0.5..2000 of style_weight are out of range"),
        ("- 20.0", "- 0.1", "gatys: bounds 0.5..0.1 of style_weight are out of range"),
        ("    style_weight:\n    - 0.5", "    style_loss:\n    - 0.5", "gatys: 'style_loss' takes no bounds"),
        ("name: gatys", "name: gatsy", "unknown method 'gatsy'"),
        ("name: gatys", "name: style_lora", "style_lora needs --with lora="),
    ],
)
def test_what_is_wrong_is_named(was: str, now: str, message: str) -> None:
    text = PLAN.to_yaml()
    assert was in text

    with pytest.raises(BadInput) as caught:
        Plan.from_yaml(text.replace(was, now))

    assert caught.value.message.startswith(message)
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_planned_method_cannot_yet() -> None:
    with pytest.raises(NotBuilt, match="cannot yet"):
        Plan.from_yaml(PLAN.to_yaml().replace("name: gatys", f"name: {PLANNED}"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this plan is empty or no mapping"),
        ("- a\n- b", "this plan is empty or no mapping"),
        ("study: [", "this plan is no YAML"),
        ("study: !!python/object/apply:os.system [true]", "this plan is no YAML"),
        ("#" * (MAX_BYTES + 1), "this plan is too large"),
    ],
)
def test_what_is_no_plan_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        Plan.from_yaml(text)

    assert caught.value.message == message
