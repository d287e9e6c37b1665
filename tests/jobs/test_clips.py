"""Jobs on clips, on the tuner's fake runtime: red is the strength that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.codecs.clip_reader import frames, probe
from autostyle.codecs.image import load_image
from autostyle.jobs import requests, studio
from autostyle.jobs.apply import apply
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.stylize import stylize
from autostyle.report import recipe as recipes
from autostyle.testing.inputs import panning
from tests.clips import written
from tests.jobs.line import Line
from tests.tuning import fake_runtime


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "real", fake_runtime.make)


@pytest.fixture
def clip(folder: Path) -> Path:
    return written(folder / "clip.mp4", panning(frames=30)).path


def asked(folder: Path, **fields: object) -> requests.StylizeRequest:
    data = {"content": folder / "clip.mp4", "styles": [folder / "paint.png"], "out": folder / "out.mp4"}
    return requests.StylizeRequest.model_validate({**data, "method": "adain", "params": {"alpha": 0.6}, **fields})


def redness(path: Path) -> list[float]:
    return [float(frame[..., 0].mean()) / 255 for frame in frames(path)]


def test_stylize_makes_a_clip_and_scores_it(clip: Path, folder: Path, reporter: Reporter) -> None:
    made = stylize(asked(folder), reporter)
    assert (made["size"], made["stopped"], made["image"]) == ([64, 48], False, str(folder / "out.mp4"))
    assert made["scores"]["style"] == pytest.approx(0.6, abs=0.01)
    assert redness(folder / "out.mp4") == pytest.approx([0.6] * 30, abs=0.02)


def test_a_stop_writes_no_half_clip_and_the_same_command_goes_on(
    clip: Path, folder: Path, reporter: Reporter, line: Line
) -> None:
    line.stop.set()
    made = stylize(asked(folder), reporter)
    assert made["stopped"] and made["image"] is None and made["scores"] == {}
    assert not (folder / "out.mp4").exists()
    assert any("the same command goes on" in message.get("text", "") for message in line.sent)
    line.stop.clear()
    assert not stylize(asked(folder), reporter)["stopped"]
    assert probe(folder / "out.mp4").frames == 30


@pytest.fixture
def made(folder: Path, reporter: Reporter) -> Path:
    """A recipe from a picture."""
    stylize(asked(folder, content=folder / "photo.png", out=folder / "out.png", size=64), reporter)
    return folder / "out.png"


def test_a_recipe_of_a_picture_is_applied_to_pictures_and_clips(
    made: Path, clip: Path, folder: Path, reporter: Reporter
) -> None:
    (folder / "broken.mp4").write_bytes(b"no clip")
    sources = (folder / "broken.mp4", clip, folder / "other.png")
    targets = tuple(folder / "styled" / source.name for source in sources)
    done = apply(requests.ApplyRequest(recipe=made, inputs=sources, outputs=targets), reporter)
    assert [image["image"] for image in done["images"]] == [str(targets[1]), str(targets[2])]
    assert [failure["input"] for failure in done["failed"]] == [str(sources[0])]
    assert np.mean(redness(targets[1])) == pytest.approx(0.6, abs=0.02)
    assert load_image(targets[2]).pixels[..., 0].mean() == pytest.approx(0.6, abs=0.01)


class PaintsAsAdain(fake_runtime.FakeRuntime):
    """Whatever method is asked for."""

    def method(self, name: str, medium: Any) -> Any:
        return super().method("adain", medium)


def test_what_the_method_takes_no_such_of_is_set_aside_and_the_others_go_on(
    made: Path, clip: Path, folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "real", lambda **_: PaintsAsAdain())
    recipe = made.with_suffix(".json")
    recipe.write_text(recipes.load(made).model_copy(update={"method": "flow_microast", "params": {}}).to_json())
    sources = (folder / "other.png", clip)
    targets = tuple(folder / "styled" / source.name for source in sources)
    done = apply(requests.ApplyRequest(recipe=recipe, inputs=sources, outputs=targets), reporter)
    assert [image["image"] for image in done["images"]] == [str(targets[1])]
    assert [failure["error"] for failure in done["failed"]] == ["flow_microast takes clips, and other.png is image"]
    assert not targets[0].exists()
