"""Scenes in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.brains.rules.request import asked
from autostyle.agent.understanding.merge import questions
from autostyle.agent.understanding.read import understand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("make my splat scene look like this painting", "Which scene should be styled"),
        ("이 3D 장면을 유화처럼", "어떤 장면을 바꿀까요"),
        ("가우시안 스플랫을 유화처럼", "어떤 장면을 바꿀까요"),
    ],
)
def test_a_scene_without_a_file_is_asked_for_as_one(text: str, said: str, tmp_path: Path) -> None:
    understood = understand(text, tmp_path)
    assert understood.medium == "scene"
    assert said in asked(understood.language, questions(understood)[0], understood.medium)


@pytest.mark.parametrize("name", ["room.ply", "garden.splat", "yard.spz"])
def test_a_file_of_splats_is_a_scene(name: str, tmp_path: Path) -> None:
    (tmp_path / "painting.jpg").touch()
    (tmp_path / name).touch()
    understood = understand(f"make {name} look like painting.jpg", tmp_path)
    assert understood.medium == "scene" and [file.name for file in understood.content] == [name]
