"""From words to a plan: pictures in the workspace, a method by the table, a plan that keeps to experience."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.agent.allowed_files import hear
from autostyle.agent.workspace import Workspace
from autostyle.codecs.clip_writer import clip_writer
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput, Missing, NotBuilt
from autostyle.keywords.words import StyleKeywords
from tests.agent.tools.conftest import Call
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

TWO = {"content": ["photo.png"], "styles": ["paint.png"]}


def test_looking_opens_the_pictures_and_puts_them_in_the_workspace(call: Call, workspace: Workspace) -> None:
    data = call("look_at_images", **TWO).data
    assert (data["content"][0]["width"], data["content"][0]["height"]) == (64, 48)
    assert [path.name for path in (*workspace.brief.content, *workspace.brief.styles)] == ["photo.png", "paint.png"]


def test_the_style_is_put_into_words_that_go_into_the_plan(call: Call, workspace: Workspace) -> None:
    data = call("look_at_images", **TWO).data
    assert data["by"] == workspace.keywords_by == "measured"
    assert 3 <= len(data["keywords"]) <= 8 and data["description"]["palette"]
    call("plan_study")
    assert workspace.plan is not None and list(workspace.plan.keywords) == data["keywords"]


class Seeing:
    """A vision model that says what they are given, or raise it."""

    name = "seeing"

    def __init__(self, answer: StyleKeywords | Exception | None) -> None:
        self._answer = answer

    async def look(self, pictures: Sequence[Path], question: str, answer: type[Any]) -> Any:
        assert [path.name for path in pictures] == ["paint.png"] and "imitate" in question
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def test_a_model_that_sees_says_it_better(call: Call, workspace: Workspace) -> None:
    workspace.vision_model = Seeing(
        StyleKeywords(keywords=("impasto", "swirling strokes", "night"), palette=("cobalt", "gold"))
    )
    data = call("look_at_images", **TWO).data
    assert data["keywords"] == ["impasto", "swirling strokes", "night", "cobalt and gold"]
    assert workspace.keywords_by == "model:seeing" and data["description"]["palette"]


@pytest.mark.parametrize("answer", [None, Missing("seeing looked, but gave no keywords")])
def test_where_it_sees_nothing_what_was_measured_stands_in(call: Call, workspace: Workspace, answer: Any) -> None:
    workspace.vision_model = Seeing(answer)
    assert call("look_at_images", **TWO).data["by"] == "measured"


def test_a_picture_that_was_not_named_is_not_looked_at(call: Call) -> None:
    with pytest.raises(BadInput, match="has not named"):
        call("look_at_images", content=["secret.png"])


def test_a_file_that_is_no_picture_is_refused(call: Call, workspace: Workspace) -> None:
    Path("paint.png").write_bytes(b"no picture")
    with pytest.raises(BadInput):
        call("look_at_images", **TWO)
    assert workspace.brief.content == ()


def test_the_method_comes_from_the_table_with_its_reason(call: Call, workspace: Workspace) -> None:
    chosen = call("choose_method", realtime=True)
    assert (chosen.data["method"], chosen.data["row"]) == ("microast", "realtime")
    assert workspace.brief.wishes.realtime and chosen.data["reason"] in chosen.text


def test_a_method_that_the_person_names_overrules_the_table(call: Call) -> None:
    assert call("choose_method", realtime=True, method="gatys").data["method"] == "gatys"


@pytest.mark.parametrize("wish", [{"method": PLANNED}])
def test_what_is_not_built_is_a_plain_no_and_never_another_method(
    call: Call, workspace: Workspace, wish: dict[str, Any]
) -> None:
    with pytest.raises(NotBuilt):
        call("choose_method", **wish)
    assert workspace.choice is None


def test_a_plan_lies_on_the_table_and_nothing_runs(call: Call, workspace: Workspace) -> None:
    call("choose_method", keep_color=True, strength=1)
    planned = call("plan_study", **TWO, trials=10, minutes=5, size=256)
    assert planned.data["methods"] == ["gatys", "microast"]
    assert (planned.data["trials"], planned.data["minutes"], planned.data["resumes"]) == (10, 5, False)
    assert 0 < planned.data["seconds_estimate"] <= 5 * 60 + 60
    plan = workspace.plan
    assert plan is not None and plan.prefer == 0.75
    assert all(method.fixed == {"color_mode": "luminance"} for method in plan.methods)
    assert not Path("studies").exists()


def test_with_the_best_quality_the_trials_fill_the_time(call: Call) -> None:
    call("choose_method", quality=True)
    filled = call("plan_study", **TWO, minutes=60).data
    counted = call("plan_study", minutes=60, trials=12).data

    assert filled["trials"] > 32 and 50 * 60 < filled["seconds_estimate"] <= 72 * 60
    assert counted["trials"] == 12


def test_a_time_alone_fills_nothing(call: Call) -> None:
    found = call("plan_study", **TWO, minutes=5)
    assert (found.data["trials"], found.data["pictures"]) == (8, 16) and "8 runs of gatys" in found.text


def test_a_run_of_one_picture_is_tried_more_often(call: Call) -> None:
    assert call("plan_study", **TWO).data["trials"] == 8
    call("choose_method", method="adain")
    assert call("plan_study").data["trials"] == 32, "nobody said 8"
    assert call("plan_study", trials=12).data["trials"] == 12


def test_pictures_that_were_looked_at_need_not_be_named_again(call: Call) -> None:
    call("look_at_images", **TWO)
    assert call("plan_study", trials=4).data["study"].startswith("photo-paint-")


def test_what_was_searched_by_other_methods_or_with_other_values_held_is_another_study(
    call: Call, workspace: Workspace
) -> None:
    """Its trials answer another wish: the recommended one would not keep the colours that were asked for."""

    def planned(**wishes: Any) -> str:
        call("choose_method", **wishes)
        study = str(call("plan_study", **TWO).data["study"])
        assert workspace.plan is not None
        folder = Path("studies", study)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.yaml").write_text(workspace.plan.to_yaml())
        return study

    first = planned()
    assert planned(keep_color=True) == f"{first}-2"
    assert planned(keep_color=False, method="adain") == f"{first}-3"
    assert planned(keep_color=True, method=None) == f"{first}-2"


def test_at_another_size_the_same_pictures_make_another_study(call: Call, workspace: Workspace) -> None:
    def planned(**arguments: Any) -> str:
        study = str(call("plan_study", **TWO, **arguments).data["study"])
        assert workspace.plan is not None
        folder = Path("studies", study)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.yaml").write_text(workspace.plan.to_yaml())
        return study

    first = planned(size=96)
    assert planned(size=384) == f"{first}-2"
    assert planned(size=96, trials=50) == first  # more trials are no other study
    assert planned(size=384, prompt="in thick oil") == f"{first}-3"


@pytest.mark.parametrize("missing", ["content", "styles"])
def test_without_a_picture_there_is_no_plan(call: Call, workspace: Workspace, missing: str) -> None:
    with pytest.raises(BadInput, match="missing"):
        call("plan_study", **{role: names for role, names in TWO.items() if role != missing})
    assert workspace.plan is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"fixed": {"style_weight": 3}}, "always searched"),
        ({"fixed": {"colour": 1}}, "unknown parameter"),
        ({"fixed": {"content_layers": "layer7"}}, "VGG-19 has no layer"),
        ({"bounds": {"style_scale": [0.1, 9]}}, "out of range"),
        ({"bounds": {"style_scale": [1, 0.5]}}, "out of range"),
        ({"trials": 4, "warm_starts": [{"alpha": 0.5}]}, "too many"),
        ({"style_weights": [1, 2]}, "2 style weights for 1"),
    ],
)
def test_a_plan_against_experience_is_refused(
    call: Call, workspace: Workspace, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        call("plan_study", **TWO, **arguments)
    assert workspace.plan is None


def test_what_only_a_person_can_fill_in_is_asked_for_before_anything_runs(
    call: Call, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models" / "sd15").mkdir(parents=True)  # as far as a glance tells, a base model
    (tmp_path / "models" / "sd15" / "model_index.json").touch()
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path / "models"))
    call("choose_method", method="style_lora")
    with pytest.raises(BadInput, match="style_lora needs --with lora=") as caught:
        call("plan_study", **TWO)
    assert "The LoRA file" in caught.value.hint and workspace.plan is None

    (tmp_path / "brand.safetensors").touch()
    with pytest.raises(BadInput, match="the person has not named"):
        call("plan_study", **TWO, aids={"lora": "brand.safetensors"})
    hear(workspace, "with brand.safetensors, please")
    for said in ({"aids": {"lora": ["brand.safetensors@0.5"]}}, {"fixed": {"lora": "brand.safetensors@0.5"}}):
        plan = call("plan_study", **TWO, **said).data["plan"]
        assert plan["aids"] == {"lora": [str(Path("brand.safetensors").absolute())]}
        assert plan["methods"][0]["fixed"] == {"lora_weights": "0.5"}
    with pytest.raises(BadInput, match="unknown aid 'mask'"):
        call("plan_study", **TWO, aids={"mask": "brand.safetensors"})


def test_the_person_may_fix_what_they_name(call: Call, workspace: Workspace) -> None:
    hear(workspace, "with style weight 3")
    assert call("plan_study", **TWO, fixed={"style_weight": 3}).data["plan"]["methods"][0]["fixed"] == {
        "style_weight": 3
    }


@pytest.fixture
def clip(workspace: Workspace) -> Path:
    """clip.mp4, six frames, named by the person."""
    with clip_writer(Path("clip.mp4"), Fraction(12)) as writer:
        for step in range(6):
            writer.add(np.full((48, 64, 3), 40 * step, np.uint8))
    hear(workspace, "now clip.mp4")
    return Path("clip.mp4").absolute()


def test_a_clip_gets_a_method_for_clips_even_if_a_brain_says_it_is_a_picture(
    call: Call, workspace: Workspace, clip: Path
) -> None:
    looked = call("look_at_images", content=["clip.mp4"], styles=["paint.png"])
    assert looked.data["content"][0]["frames"] == 6 and clip not in looked.pictures
    call("choose_method")
    planned = call("plan_study", trials=4)
    assert planned.data["methods"][0] == "flow_microast" and planned.data["seconds_estimate"] > 0
    assert workspace.brief.medium == "video" and workspace.choice is not None and workspace.choice.row == "video"


def test_the_first_frame_of_a_clip_is_a_picture_from_then_on(call: Call, workspace: Workspace, clip: Path) -> None:
    (found,) = call("look_at_images", content=["clip.mp4"], styles=["paint.png"], first_frame=True).data["content"]
    frame = Path(found["path"])
    assert frame.parent == workspace.config.home.absolute() / "stills" and frame.name.startswith("clip-first-frame-")
    assert load_image(frame).pixels.shape == (48, 64, 3) and load_image(frame).pixels.max() < 0.05
    planned = call("plan_study", content=[str(frame)], trials=4)
    assert (planned.data["methods"][0], workspace.brief.medium) == ("gatys", "image")


def test_a_clip_is_no_style(call: Call, clip: Path) -> None:
    with pytest.raises(NotBuilt):
        call("plan_study", content=["photo.png"], styles=["clip.mp4"])
