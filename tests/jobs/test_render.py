"""What jobs make, on the tuner's fake runtime: red is the strength that was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from autostyle.errors import BadInput
from autostyle.jobs import render, requests
from autostyle.jobs.reporter import Reporter
from autostyle.media.image import load_image, save_image
from autostyle.methods.contract import ImageInputs
from autostyle.report import recipe as recipes
from tests.jobs.line import Line
from tests.tuning import fake_runtime


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "real", fake_runtime.make)


def asked(folder: Path, out: str = "out.png", **fields: object) -> requests.Stylize:
    data = {"content": folder / "photo.png", "styles": [folder / "paint.png"], "method": "adain", "out": folder / out}
    return requests.Stylize.model_validate({**data, "params": {"alpha": 0.6}, "size": 64, **fields})


def test_stylize_says_what_it_made(folder: Path, reporter: Reporter, line: Line) -> None:
    made = render.stylize(asked(folder), reporter)
    assert (made["method"], made["size"], made["stopped"]) == ("adain", [64, 48], False)
    assert made["params"]["alpha"] == 0.6 and "detail" in made["params"]
    assert made["weights"] == {"encoder": "none", "style": "fake"}
    assert made["scores"]["style"] == pytest.approx(0.6)
    assert {"type": "note", "text": "scored by a stand-in"} in line.sent
    assert [message["step"] for message in line.sent if message["type"] == "progress"] == [1]


def test_alpha_and_16_bits_are_carried(folder: Path, reporter: Reporter) -> None:
    render.stylize(asked(folder), reporter)
    before, after = load_image(folder / "photo.png"), load_image(folder / "out.png")
    assert after.bit_depth == 16
    assert before.alpha is not None and after.alpha is not None
    assert abs(after.alpha - before.alpha).max() < 1e-4


def test_without_a_size_the_picture_s_own_is_taken(folder: Path, reporter: Reporter) -> None:
    assert render.stylize(asked(folder, size=None), reporter)["size"] == [64, 48]


def test_the_recipe_travels_in_the_png(folder: Path, reporter: Reporter) -> None:
    render.stylize(asked(folder), reporter)
    recipe = recipes.load(folder / "out.png")
    assert (recipe.method, recipe.params["alpha"], recipe.size) == ("adain", 0.6, 64)
    assert recipe.scores["style"] == pytest.approx(0.6)


def test_a_stop_keeps_the_best_so_far(folder: Path, reporter: Reporter, line: Line) -> None:
    line.stop.set()
    assert render.stylize(asked(folder), reporter)["stopped"]
    assert (folder / "out.png").is_file()


def test_a_picture_that_cannot_be_scored_is_still_written(
    folder: Path, reporter: Reporter, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_alike(*_: object) -> None:
        raise BadInput("content and style are too alike", "choose another")

    monkeypatch.setattr(fake_runtime.FakeRuntime, "scorer", too_alike)
    assert render.stylize(asked(folder), reporter)["scores"] == {}
    assert (folder / "out.png").is_file()
    assert {"type": "note", "text": "not scored: content and style are too alike"} in line.sent


@pytest.fixture
def made(folder: Path, reporter: Reporter) -> Path:
    """A PNG with a recipe."""
    render.stylize(asked(folder), reporter)
    return folder / "out.png"


def test_apply_goes_on_past_a_bad_picture(made: Path, folder: Path, reporter: Reporter) -> None:
    (folder / "bad.jpg").write_bytes(b"no picture")
    sources = (folder / "bad.jpg", folder / "other.png")
    targets = (folder / "styled" / "bad.jpg", folder / "styled" / "other.png")
    done = render.apply(requests.Apply(recipe=made, inputs=sources, outputs=targets), reporter)
    assert [image["image"] for image in done["images"]] == [str(targets[1])]
    assert [failure["input"] for failure in done["failed"]] == [str(sources[0])]
    assert load_image(targets[1]).pixels[..., 0].mean() == pytest.approx(0.6, abs=0.01)


def test_reproduce_wants_the_recipe_s_own_content(made: Path, folder: Path, reporter: Reporter) -> None:
    with pytest.raises(BadInput, match=r"photo\.png is not beside"):
        render.reproduce(requests.Reproduce(recipe=made, pictures=(folder / "other.png",)), reporter)


def test_reproduce_knows_the_pictures_by_their_bytes(made: Path, folder: Path, reporter: Reporter) -> None:
    renamed = folder / "renamed.png"
    shutil.copy(folder / "photo.png", renamed)
    request = requests.Reproduce(recipe=made, pictures=(folder / "paint.png", renamed), out=folder / "again.png")
    done = render.reproduce(request, reporter)
    assert done["difference"] == {"style": pytest.approx(0), "content": pytest.approx(0)}
    assert (load_image(folder / "again.png").pixels == load_image(made).pixels).all()


def test_reproduce_finds_pictures_beside_the_recipe(made: Path, folder: Path, reporter: Reporter, line: Line) -> None:
    (folder / "inputs").mkdir()
    for name in ("photo.png", "paint.png"):
        shutil.copy(folder / name, folder / "inputs" / name)
    line.sent.clear()
    assert render.reproduce(requests.Reproduce(recipe=made), reporter)["recorded"]["style"] == pytest.approx(0.6)
    assert not [message for message in line.sent if "copy" in message.get("text", "")]


def test_weights_that_are_not_here_are_told(made: Path, folder: Path, reporter: Reporter, line: Line) -> None:
    request = requests.Apply(recipe=made, inputs=(folder / "other.png",), outputs=(folder / "styled.png",))
    render.apply(request, reporter)
    assert any("encoder weights none, which are not here" in message.get("text", "") for message in line.sent)


def test_what_transparent_places_hide_reaches_neither_method_nor_scorer(
    folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ImageInputs] = []
    monkeypatch.setattr(fake_runtime.FakeMethod, "prepare", lambda _, inputs, size: seen.append(inputs) or (48, 64))
    score = fake_runtime.FakeScorer()
    monkeypatch.setattr(fake_runtime.FakeRuntime, "scorer", lambda _, inputs, model: seen.append(inputs) or score)
    left = np.arange(64)[None].repeat(48, axis=0) < 30
    for hidden in (0.0, 1.0):
        for name in ("photo.png", "paint.png"):
            pixels = load_image(folder / "other.png").pixels.copy()
            pixels[left] = hidden
            save_image(folder / name, pixels, alpha=1 - left.astype(np.float32), overwrite=True)
        render.stylize(asked(folder, force=True), reporter)
    first, *others = seen
    assert len(others) == 3
    assert first.content.shape == (48, 64, 3) and first.styles[0].shape == (48, 34, 3)
    for inputs in others:
        assert np.array_equal(inputs.content, first.content)
        assert np.array_equal(inputs.styles[0], first.styles[0])
