"""From a training to a search of its short form: which photographs judge, and which are learnt on."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image, save_image
from autostyle.errors import BadInput
from autostyle.testing.inputs import scene
from autostyle.use_cases import training
from autostyle.use_cases.tune import TuneOptions, build


@pytest.fixture
def style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A style picture, beside a folder of nine photographs, each of one grey."""
    monkeypatch.setattr(training, "user_cache_path", lambda _: tmp_path / "cache")
    (tmp_path / "photos").mkdir()
    for number in range(9):
        save_image(tmp_path / "photos" / f"{number}.png", np.full((48, 64, 3), number / 10, np.float32))
    save_image(tmp_path / "paint.png", scene(64, 64, 1))
    return tmp_path / "paint.png"


def greys(picture: Pixels) -> set[int]:
    return {round(10 * float(value)) for value in picture.mean(2).ravel()}


def test_what_judges_is_not_learnt_on_and_the_style_is_neither(style: Path) -> None:
    shutil.copy(style, style.parent / "photos" / "0-copy.png")
    found = training.search(TuneOptions(content=style, size=96), [style.parent / "photos"])
    assert found.content is not None
    sheet = load_image(found.content).pixels
    assert sheet.shape == (512, 512, 3)
    judging, learnt = greys(sheet), {int(Path(path).stem) for path in found.aids["photos"]}
    assert len(judging) == 4 and len(learnt) == 5
    assert not judging & learnt
    assert found.params == {"sheet": "four"}
    assert (found.method, found.trials, found.style, found.final_size) == ("fast_training", 12, (style,), 96)


def test_the_same_request_goes_on_with_its_study(style: Path, tmp_path: Path) -> None:
    first, again = (training.search(TuneOptions(content=style), [style.parent / "photos"]) for _ in range(2))
    plan = build(first, None, tmp_path / "studies")
    assert plan == build(again, None, tmp_path / "studies")
    assert plan.study.startswith("training-paint-"), "the sheet of photographs is no name for people"
    assert [method.name for method in plan.methods] == ["fast_training"]
    named = TuneOptions(study="there", trials=20)
    assert training.search(named, ()) == named


def test_what_makes_no_search_is_told(style: Path) -> None:
    for asked, photos, said in (
        (TuneOptions(content=style, style=(style,)), (), "2 style pictures"),
        (TuneOptions(), (), "0 style pictures"),
        (TuneOptions(content=style, method="gatys"), (), "--train and --method"),
        (TuneOptions(content=style), (style.parent / "photos" / "1.png",) * 2, "one photograph"),
    ):
        with pytest.raises(BadInput, match=said) as told:
            training.search(asked, photos)
        assert told.value.hint
