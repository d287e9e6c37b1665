"""A result: its picture, its file, and how it shows itself."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle import Result, Results
from autostyle.api import notebook
from autostyle.codecs.image import save_image
from autostyle.codecs.recipe import read_recipe
from autostyle.errors import BadInput
from autostyle.testing.inputs import panning
from tests.clips import written

RECIPE = {"schema": 1, "method": "adain"}


@pytest.fixture
def result(alone: Path) -> Result:
    pixels = np.random.default_rng(0).random((40, 600, 3), np.float32)
    save_image(alone / "made.png", pixels, recipe=RECIPE)
    return Result(alone / "made.png", "adain", scores={"style": 0.5, "content": 0.25}, trial=3)


def test_its_image_is_an_array_that_pillow_and_matplotlib_take(result: Result) -> None:
    assert (result.image.shape, result.image.dtype) == ((40, 600, 3), np.uint8)
    with Image.open(result.path) as file:
        assert np.array_equal(result.image, np.asarray(file))


def test_a_transparent_one_has_four_channels(alone: Path) -> None:
    save_image(alone / "t.png", np.zeros((40, 40, 3), np.float32), alpha=np.full((40, 40), 0.5, np.float32))
    assert Result(alone / "t.png", "adain").image[0, 0].tolist() == [0, 0, 0, 128]


def test_it_is_saved_in_the_format_of_the_ending_and_a_png_keeps_its_recipe(result: Result) -> None:
    assert read_recipe(result.save("copy.png")) == RECIPE
    with Image.open(result.save("copy.jpg")) as saved:
        assert (saved.format, saved.size) == ("JPEG", (600, 40))


def test_what_is_of_no_study_has_the_size_it_has(result: Result) -> None:
    with pytest.raises(BadInput, match="only a result of a study"):
        result.save("wide.tiff", width=3000)
    with pytest.raises(BadInput, match="do not go together"):
        result.save("wide.tiff", width=3000, size="own")
    with pytest.raises(BadInput, match="'huge' is no size"):
        result.save("wide.tiff", size="huge")  # type: ignore[arg-type]


def test_nothing_is_overwritten_unasked(result: Result, alone: Path) -> None:
    (alone / "there.jpg").write_text("mine")
    with pytest.raises(BadInput, match=r"there\.jpg exists") as refused:
        result.save("there.jpg")
    assert (alone / "there.jpg").read_text() == "mine"
    assert refused.value.__notes__ == ["hint: overwrite=True replaces it"]

    result.save("there.jpg", overwrite=True)
    with Image.open("there.jpg") as saved:
        assert saved.size == (600, 40)


@pytest.mark.parametrize("name", ["made.png", "none.xyz", "."])
def test_a_place_that_cannot_be_is_refused(result: Result, name: str) -> None:
    with pytest.raises(BadInput):
        result.save(name, overwrite=True)
    assert read_recipe(result.path) == RECIPE


def test_a_notebook_shows_it_small_with_its_scores(result: Result) -> None:
    assert repr(result) == "<Result: trial 3, adain, style 0.50, content 0.25>"
    with Image.open(io.BytesIO(result._repr_png_())) as shown:
        assert shown.size == (512, 34)
    html = result._repr_html_()
    assert 'src="data:image/webp;base64,' in html and "trial 3, adain: style 0.50, content 0.25" in html


def test_a_small_clip_plays_in_a_notebook_and_of_others_a_frame_is_shown(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(alone / "made.mp4", panning(frames=4))
    clip = Result(alone / "made.mp4", "flow_microast")
    assert '<video controls loop muted playsinline style="max-width:512px" src="data:video/mp4' in clip._repr_html_()
    monkeypatch.setattr(notebook, "SHOWN", 1000)
    assert '<img alt=""' in clip._repr_html_() and "<video" not in clip._repr_html_()


def test_what_others_wrote_is_words_in_a_notebook_and_no_markup(result: Result) -> None:
    foreign = Result(result.path, "<script>alert(1)</script>", scores={"<u>": 1.0})
    html = foreign._repr_html_() + Results([foreign], [(Path("<b>.png"), BadInput("<i>"))])._repr_html_()
    assert "&lt;script&gt;" in html
    assert not any(markup in html for markup in ("<script", "<b>", "<i>", "<u>"))


def test_several_results_are_a_sequence(result: Result) -> None:
    several = Results([result, result])
    assert (len(several), several[0], len(several[1:])) == (2, result, 1)
    assert several._repr_html_().count("<figure") == 2
