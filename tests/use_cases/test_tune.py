"""From what a search was asked for to its plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.plan import Plan
from autostyle.use_cases.tune import TuneOptions, build

PICTURES = {"content": Path("photo.png"), "style": (Path("paint.png"),)}


def plan(file: str | None = None, **flags: object) -> Plan:
    return build(TuneOptions(**flags), Path(file) if file else None, Path("home"))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the test's own, with two pictures in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("photo.png", "paint.png"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


@pytest.fixture
def written(alone: Path) -> str:
    """A plan file in a folder beside the pictures, which it names relative to itself."""
    text = plan(**PICTURES, trials=9, size=128, method="gatys", params={"steps": "10"}).to_yaml()
    (alone / "plans").mkdir()
    file = alone / "plans" / "mine.yaml"
    file.write_text(text.replace(str(alone), ".."))
    return str(file)


def test_pictures_alone_get_the_table_s_method_its_alternative_and_the_defaults() -> None:
    made = plan(**PICTURES)
    assert [method.name for method in made.methods] == [made.choice.method, made.choice.alternatives[0]]
    assert (made.budget.trials, made.size, made.prefer, made.seed, made.final_size) == (8, 384, 0.5, 0, None)
    assert made.study.startswith("photo-paint-")


def test_there_are_fewer_runs_where_each_is_a_path_and_as_many_as_are_said() -> None:
    def trials(**said: object) -> int:
        return plan(**PICTURES, **said).budget.trials

    assert trials(method="gatys") == 8
    assert trials(method="adain") == trials(method="gatys", params={"style_weight": "2"}) == 32
    assert trials(method="gatys", trials=20) == 20


def test_a_method_asked_for_is_searched_alone() -> None:
    assert [method.name for method in plan(**PICTURES, method="adain").methods] == ["adain"]


def test_a_fixed_parameter_goes_to_every_method_that_has_it() -> None:
    made = plan(**PICTURES, params={"color_mode": "luminance", "alpha": "0.4"})
    fixed = {method.name: method.fixed for method in made.methods}
    assert fixed == {"gatys": {"color_mode": "luminance"}, "microast": {"color_mode": "luminance", "alpha": 0.4}}


def test_without_a_name_other_methods_or_other_values_held_make_another_study(alone: Path) -> None:
    """What is there was found without them: its best would be told as what was asked for."""

    def begun(**flags: object) -> str:
        made = plan(**PICTURES, **flags)
        (alone / "home" / made.study).mkdir(parents=True, exist_ok=True)
        (alone / "home" / made.study / "plan.yaml").write_text(made.to_yaml())
        return made.study

    first = begun(trials=8)
    assert begun(params={"color_mode": "luminance"}) == f"{first}-2"
    assert begun(method="adain") == f"{first}-3"
    assert begun(trials=50, prefer="style") == first
    assert begun(params={"color_mode": "luminance"}, trials=50) == f"{first}-2"
    assert begun(study=first, method="adain") == first, "by its name it goes on"


def test_a_prompt_reaches_the_table_and_the_plan() -> None:
    made = plan(**PICTURES, prompt="a rainy night")
    assert (made.prompt, made.choice.preferred) == ("a rainy night", ("ip_adapter",))
    assert "stands in" in made.choice.reason


@pytest.mark.parametrize(("word", "value"), [("style", 0.75), ("content", 0.25), ("0.9", 0.9)])
def test_preferences_are_words_or_numbers(word: str, value: float) -> None:
    assert plan(**PICTURES, prefer=word).prefer == value


def test_the_paths_of_a_plan_are_relative_to_its_file(written: str, alone: Path) -> None:
    made = plan(written)
    assert made.content.resolve() == alone / "photo.png"
    assert (made.budget.trials, made.size, made.methods[0].fixed) == (9, 128, {"steps": 10})


def test_what_is_said_beside_a_plan_overrides_it_and_the_rest_stays(written: str) -> None:
    made = plan(written, trials=20, params={"tv_weight": "1"}, study="other")
    assert (made.budget.trials, made.size, made.study) == (20, 128, "other")
    assert made.methods[0].fixed == {"steps": 10, "tv_weight": 1.0}


def test_other_pictures_beside_a_plan_make_another_study(written: str) -> None:
    made = plan(written, content=Path("paint.png"), style=(Path("photo.png"),))
    assert made.study.startswith("paint-photo-") and made.size == 128


def test_consent_in_a_plan_is_to_its_own_voices(alone: Path, written: str) -> None:
    Path(written).write_text(f"{Path(written).read_text()}\nconsent: true\n".replace("\nconsent: false", ""))
    other = (alone / "photo.png",)
    assert plan(written).consent
    assert not plan(written, content=alone / "paint.png", style=other).consent
    assert plan(written, content=alone / "paint.png", style=other, consent=True).consent


def test_a_study_named_alone_brings_its_own_plan(alone: Path) -> None:
    made = plan(**PICTURES, trials=5, study="mine")
    (alone / "home" / "mine").mkdir(parents=True)
    (alone / "home" / "mine" / "plan.yaml").write_text(made.to_yaml())
    assert plan(study="mine", trials=7) == made.model_copy(
        update={"budget": made.budget.model_copy(update={"trials": 7})}
    )


def test_more_styles_than_weights_are_refused() -> None:
    with pytest.raises(BadInput, match="2 style weights for 1"):
        plan(**PICTURES, style_weight=(1.0, 2.0))


def test_what_acts_only_with_a_mask_is_searched_with_one(tmp_path: Path) -> None:
    for name in ("photo", "paint", "mask"):
        save_image(
            tmp_path / f"{name}.png", np.full((48, 64, 3), 0.0 if name == "paint" else 1.0, np.float32), overwrite=True
        )
    asked = TuneOptions(content=tmp_path / "photo.png", style=(tmp_path / "paint.png",), method="gatys")
    with_mask = replace(asked, aids={"content_mask": (str(tmp_path / "mask.png"),)})
    assert "protect" not in build(asked, None, tmp_path).methods[0].bounds
    assert build(with_mask, None, tmp_path).methods[0].bounds["protect"] == (0, 20)
    held = build(replace(with_mask, params={"protect": 3.0}), None, tmp_path).methods[0]
    assert held.fixed["protect"] == 3 and "protect" not in held.bounds
