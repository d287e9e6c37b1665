"""A study of a clip on the fake runtime: the same study, with a clip in the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.codecs.clip_reader import probe
from autostyle.codecs.image import load_image
from autostyle.report import recipe as recipes
from autostyle.report.export import export
from autostyle.testing.inputs import panning
from autostyle.tuning.record import StudyRecord
from tests.codecs.test_clip import with_sound

Run = Callable[..., StudyRecord]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "Holiday 1.mp4"
    with_sound(path, panning(frames=30))
    return path


@pytest.mark.slow
def test_a_clip_is_tuned_rendered_whole_and_reported(run: Run, home: Path, clip: Path) -> None:
    bare = clip.rename(clip.with_name("Holiday"))  # its copy ends as its kind does: names stand for a study's files
    record = run(content=bare, trials=4)
    folder = home / "s"
    assert (folder / "inputs/content.mp4").read_bytes() == bare.read_bytes()
    assert [trial.state for trial in record.trials] == ["complete"] * 4
    for trial in record.trials:
        assert trial.image is not None and load_image(folder / trial.image).pixels.shape == (48, 64, 3)
        assert (trial.full_image is not None) == (trial.number in record.front)
    kept = record.trial(record.front[0]).full_image
    assert kept is not None and probe(folder / kept).frames == 12  # what a trial saw
    assert record.final_image == Path("best.mp4")
    best = probe(folder / "best.mp4")
    assert (best.frames, best.width, best.height, best.sounds) == (30, 96, 72, ("aac",))
    assert load_image(folder / "best.preview.png").pixels.shape == (72, 96, 3)
    assert not list(folder.glob(".best*"))  # no parts are left
    shows_pictures_links_the_clip_and_carries_the_recipe(export(record), folder)


def shows_pictures_links_the_clip_and_carries_the_recipe(summary: dict[str, Any], folder: Path) -> None:
    """The report does."""
    assert summary["best"]["image"] == str(folder / "best.mp4")
    page = (folder / "report.html").read_text()
    assert "./best.mp4" in page and "Holiday" in page and "no longer there" not in page
    assert "[![result](<./best.preview.png>)](<./best.mp4>)" in (folder / "report.md").read_text()
    files = {entry["path"] for entry in json.loads((folder / "manifest.json").read_text())["files"]}
    assert {"best.mp4", "best.preview.png", "inputs/content.mp4", "recipe.json"} <= files
    carried, whole = recipes.load(folder / "best.preview.png"), recipes.load(folder / "recipe.json")
    assert (carried.trial, carried.params) == (whole.trial, whole.params)  # its style picture is smaller
    assert (carried.content.name, carried.size, carried.final_size) == ("content.mp4", 64, 96)


@pytest.mark.slow
def test_a_report_elsewhere_brings_the_clip_and_its_picture(run: Run, tmp_path: Path, clip: Path) -> None:
    export(run(content=clip, trials=1), tmp_path / "elsewhere")
    brought = {path.name for path in (tmp_path / "elsewhere").rglob("*")}
    assert {"best.mp4", "best.preview.png", "content.mp4", "content.preview.png"} <= brought


@pytest.mark.slow
def test_it_resumes_with_the_same_clip_and_no_other(run: Run, clip: Path, tmp_path: Path) -> None:
    run(content=clip, trials=1)
    clip.rename(tmp_path / "gone.mp4")  # the study has its copy
    assert run(content=clip, trials=2).count("complete") == 2
    shutil.copy(tmp_path / "gone.mp4", clip)
    clip.write_bytes(clip.read_bytes() + b"\0")
    with pytest.raises(Exception, match="content picture differs"):
        run(content=clip, trials=3)
