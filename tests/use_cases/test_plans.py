"""A new plan, and what wishes mean to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.brief import Wishes
from autostyle.errors import BadInput
from autostyle.plan import Choice, Plan
from autostyle.use_cases import plans

CHOICE = Choice(method="gatys", alternatives=("adain",))


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    for name in ("photo.png", "paint.png"):
        (tmp_path / name).write_bytes(name.encode())
    return plans.new(tmp_path / "photo.png", [tmp_path / "paint.png"], CHOICE, tmp_path / "studies")


def test_a_new_plan_names_its_study_after_its_pictures(plan: Plan) -> None:
    assert plan.study.startswith("photo-paint-")
    assert plan.content.is_absolute()


def test_content_and_style_are_two_pictures(tmp_path: Path) -> None:
    photo, copy = tmp_path / "photo.png", tmp_path / "copy.png"
    photo.write_bytes(b"the same")
    copy.write_bytes(b"the same")

    with pytest.raises(BadInput, match="the same picture"):
        plans.new(photo, [copy], CHOICE, tmp_path / "studies")


@pytest.mark.parametrize(
    ("wishes", "prefer"),
    [
        (Wishes(), 0.5),
        (Wishes(strength=1), 0.75),
        (Wishes(strength=-1), 0.25),
        (Wishes(photorealistic=True), 0.25),
        (Wishes(photorealistic=True, strength=1), 0.25),
    ],
)
def test_strength_leans_along_the_front_and_a_photograph_stays_one(plan: Plan, wishes: Wishes, prefer: float) -> None:
    assert plans.apply_wishes(plan, wishes).prefer == prefer


def test_kept_colours_hold_the_colour_mode_of_every_method(plan: Plan) -> None:
    kept = plans.apply_wishes(plan, Wishes(keep_color=True))
    assert [method.fixed for method in kept.methods] == [{"color_mode": "luminance"}] * 2


def test_words_go_into_the_prompt(plan: Plan) -> None:
    assert plans.apply_wishes(plan, Wishes(prompt="snow")).prompt == "snow"


def test_a_field_out_of_range_is_refused_by_name(plan: Plan) -> None:
    with pytest.raises(BadInput, match="size"), plans.refusing("64 to 4096"):
        Plan.model_validate(plan.model_dump() | {"size": 7})
