"""A mask of parts of a picture, and the picture that shows it before anything is painted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import load_image, save_image
from autostyle.codecs.masks import read_mask
from autostyle.config import Config
from autostyle.errors import BadInput, Missing
from autostyle.jobs.find_region import find
from autostyle.jobs.reporter import Reporter
from autostyle.use_cases import regions
from tests.jobs.line import Line

REPORTER = Reporter(Line())  # type: ignore[arg-type]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    save_image(tmp_path / "a photo.png", np.full((64, 96, 3), 0.5, np.float32))
    return tmp_path / "a photo.png"


def test_what_is_kept_is_black_in_the_mask_and_what_is_painted_is_tinted(picture: Path, tmp_path: Path) -> None:
    request = regions.find(Config(home=tmp_path), picture, ["left half"], ["her"], box="0,0,20,64")
    with pytest.raises(Missing, match="leaves nothing"):
        find(request, REPORTER)  # one box is all that is named
    request = regions.find(Config(home=tmp_path), picture, ["left half"], ["top half"])
    found = find(request, REPORTER)
    mask, preview = read_mask(Path(found["mask"])), load_image(found["preview"]).pixels
    assert Path(found["mask"]).parent == tmp_path / "masks"
    assert mask.places[0, 40, 20] == 1 and mask.places[1, 10, 20] == mask.places[1, 40, 80] == 1
    assert found["share"] == pytest.approx(0.25)
    assert [(one["what"], one["by"]) for one in found["found"]] == [("left half", "place"), ("top half", "place")]
    assert preview[40, 20, 0] > 0.6 > preview[40, 20, 1] and preview[10, 20] == pytest.approx(0.5, abs=0.01)


def test_a_long_name_has_a_mask_too(tmp_path: Path) -> None:
    save_image(picture := tmp_path / f"{'long' * 60}.png", np.full((64, 96, 3), 0.5, np.float32))
    found = find(regions.find(Config(home=tmp_path), picture, ["left half"], []), REPORTER)
    assert Path(found["mask"]).name.startswith("long") and Path(found["preview"]).is_file()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"only": (), "keep": ()}, "no part of the picture is named"),
        ({"box": "1,2,3"}, "four numbers"),
        ({"box": "1,2,nan,4"}, "four numbers"),
        ({"which": "middle"}, "none of several"),
        ({"grow": 3.0}, "out of range"),
    ],
)
def test_what_cannot_be_meant_is_refused(asked: dict[str, object], words: str, picture: Path) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        regions.find(Config(), picture, **{"only": ("sky",), "keep": (), **asked})  # type: ignore[arg-type]
    assert caught.value.hint
