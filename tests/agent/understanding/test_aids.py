"""Files that a method works with beside content and style, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.read import understand
from autostyle.methods.cameras import CAMERAS

NAMES = ("me.png", "portrait.png", "heads.safetensors", "ffhq.pkl", "age.safetensors", "room.ply", "cameras.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "make my face me.png look like portrait.png with this network: heads.safetensors",
        "make me.png look like portrait.png with the network heads.safetensors",
        "use stylegan with heads.safetensors on me.png and portrait.png",
        "heads.safetensors 네트워크로 me.png 얼굴을 portrait.png처럼 바꿔줘",
    ],
)
def test_a_network_is_no_picture_and_says_which_method(text: str, folder: Path) -> None:
    understood = understand(text, folder)
    assert understood.method == "stylegan" and understood.aids == {"network": (Path("heads.safetensors"),)}
    assert [path.name for path in (*understood.content, *understood.styles)] == ["me.png", "portrait.png"]
    assert not understood.unheard and not understood.problems


@pytest.mark.parametrize("text", ["{}/ffhq.pkl", "'{}/ffhq.pkl'", "network {}/ffhq.pkl."])
def test_a_network_with_its_folder_is_no_picture_either(text: str, folder: Path) -> None:
    understood = understand(f"make me.png look like portrait.png with {text.format(folder)}", folder)
    assert understood.method == "stylegan" and understood.aids == {"network": (folder / "ffhq.pkl",)}
    assert [path.name for path in (*understood.content, *understood.styles)] == ["me.png", "portrait.png"]


def test_an_ending_that_is_one_aids_alone_tells_what_it_is(folder: Path) -> None:
    understood = understand("mix me.png and portrait.png with ffhq.pkl, directions age.safetensors", folder)
    assert understood.aids == {"network": (Path("ffhq.pkl"),), "directions": (Path("age.safetensors"),)}


def test_cameras_are_those_of_a_scene_and_choose_no_method(folder: Path) -> None:
    understood = understand("make room.ply look like portrait.png, cameras in cameras.json", folder)
    assert understood.aids == {"cameras": (Path("cameras.json"),)} and understood.method is None
    assert [path.name for path in understood.content] == ["room.ply"]


@pytest.mark.parametrize("text", ["{}, cameras in transforms.json", "{}, 카메라는 transforms.json"])
def test_cameras_of_photographs_are_those_of_a_scene_that_is_there(text: str, folder: Path) -> None:
    (folder / "transforms.json").write_text('{"camera_angle_x": 0.7, "frames": []}')
    understood = understand(text.format("make room.ply look like portrait.png"), folder)
    assert understood.aids == {"cameras": (Path("transforms.json"),)}
    assert [path.name for path in understood.content] == ["room.ply"]


@pytest.mark.parametrize(
    "text",
    [
        "make room.ply look like portrait.png, the cameras are in colmap/sparse/0",
        "room.ply를 portrait.png처럼, 카메라는 colmap/sparse/0에 있어",
        "카메라는 colmap 폴더에 있고 room.ply를 portrait.png처럼",
    ],
)
def test_a_folder_of_cameras_is_its_files(text: str, folder: Path) -> None:
    inside = Path("colmap/sparse/0")
    (folder / inside).mkdir(parents=True)
    for name in ("cameras.bin", "images.bin", "points3D.bin"):
        (folder / inside / name).touch()
    understood = understand(text, folder)
    assert understood.aids == {"cameras": (inside / "cameras.bin", inside / "images.bin")}
    assert [path.name for path in (*understood.content, *understood.styles)] == ["room.ply", "portrait.png"]
    assert not understood.unheard and not understood.problems
    assert CAMERAS.given([str(folder / "colmap")]).files == tuple(folder / path for path in understood.aids["cameras"])
    assert not understand("make room.ply look like portrait.png in colmap", folder).aids
    (folder / "shots").mkdir()
    without = understand("make room.ply look like portrait.png, the cameras are in the folder shots", folder)
    assert not without.aids and [path.name for path in without.content] == ["room.ply"]


@pytest.mark.parametrize(
    "text",
    [
        "make me.png look like portrait.png with the LoRA brand.safetensors",
        "paint me.png like portrait.png, lora: brand",
        "me.png를 portrait.png처럼, brand 로라를 써서 바꿔줘",
        "brand.safetensors 로라로 me.png를 portrait.png처럼 그려줘",
    ],
)
def test_a_lora_is_named_by_its_word_with_or_without_its_ending(text: str, folder: Path) -> None:
    (folder / "brand.safetensors").touch()
    understood = understand(text, folder)
    assert understood.method == "style_lora" and understood.aids == {"lora": (Path("brand.safetensors"),)}
    assert [path.name for path in (*understood.content, *understood.styles)] == ["me.png", "portrait.png"]
    assert not understood.unheard and not understood.problems


@pytest.mark.parametrize(
    "text", ["{} with the network drawn-heads", "{} with drawn-heads", "drawn-heads 네트워크로 {}"]
)
def test_a_network_that_comes_with_it_says_which_method(text: str, folder: Path) -> None:
    understood = understand(text.format("make me.png look like portrait.png"), folder)
    assert understood.method == "stylegan" and understood.aids == {"network": (Path("drawn-heads"),)}
    assert not understood.unheard and not understood.problems
    assert understand("make me.png look like portrait.png, like drawn heads", folder).method is None


def test_what_nothing_tells_is_said_not_to_be_understood(folder: Path) -> None:
    understood = understand("make me.png look like portrait.png, age.safetensors", folder)
    assert not understood.aids and "age" in understood.unheard
