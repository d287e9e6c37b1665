"""Photographs with their cameras are named by their file, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.paths import find


@pytest.mark.parametrize("text", ["make transforms.json look like {}", "transforms.json을 {} 화풍으로"])
def test_the_file_of_the_cameras_is_a_work_and_other_json_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "transforms.json").write_text('{"camera_angle_x": 0.7, "frames": []}')
    (tmp_path / "recipe.json").write_text("{}")
    (named,) = find(text.format("the recipe.json there"), tmp_path)
    assert (named.path, named.medium) == (Path("transforms.json"), "scene")
