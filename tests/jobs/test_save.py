"""A trial as a file of its own: copied where the study has it so, painted where it has not; red is the strength."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]
import pytest
from PIL import Image

from autostyle.brief import Budget
from autostyle.codecs.image import load_image, save_image
from autostyle.errors import BadInput
from autostyle.jobs import requests, save, studio
from autostyle.jobs.reporter import Reporter
from autostyle.mediums.memory import refuse_beyond_memory
from autostyle.methods import registry
from autostyle.report import recipe as recipes
from tests.jobs.line import Line
from tests.searched import search, small_plan
from tests.tuning import fake_runtime


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished study of a tall photograph, whose search was at 64 px and final render at 96."""
    folder = tmp_path_factory.mktemp("searched")
    noise = np.random.default_rng(0).random((200, 150, 3), np.float32)
    for name, pixels in (("photo", noise), ("paint", 1 - noise)):
        save_image(folder / f"{name}.png", pixels)
    search(small_plan(folder, budget=Budget(trials=4), final_size=96), folder / "studies")
    return folder / "studies"


@pytest.fixture
def home(searched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(studio, "real", fake_runtime.make)
    shutil.copytree(searched, tmp_path / "studies")
    return tmp_path / "studies"


def saved(home: Path, reporter: Reporter, out: str, **fields: Any) -> dict[str, Any]:
    request = requests.SaveRequest(home=home, study="s", out=home.parent / out, device="cpu", **fields)
    return save.save(request, reporter)


def test_the_recommended_one_is_copied_with_its_recipe(home: Path, reporter: Reporter) -> None:
    made = saved(home, reporter, "out/a.png")
    assert (made["size"], made["painted"], made["pending"]) == ([72, 96], False, False)
    assert recipes.load(home.parent / "out/a.png").trial == made["number"]
    tiff = saved(home, reporter, "b.tiff")
    assert Image.open(tiff["image"]).format == "TIFF" and tiff["painted"] is False


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"number": 3}, [72, 96]),  # of the front, whole: as large as the final render
        ({"size": 160}, [120, 160]),
        ({"size": 131, "side": "width"}, [131, 175]),
        ({"number": 3, "size": 131, "side": "height"}, [98, 131]),
    ],
)
def test_what_the_study_has_not_is_painted_at_the_very_size(
    home: Path, reporter: Reporter, line: Line, asked: dict[str, Any], size: list[int]
) -> None:
    made = saved(home, reporter, "a.png", **asked)
    assert (made["size"], made["painted"], made["stopped"]) == (size, True, False)
    recipe = recipes.load(Path(made["image"]))
    assert (recipe.trial, recipe.final_size) == (made["number"], max(size))
    assert load_image(Path(made["image"])).pixels[..., 0].mean() == pytest.approx(recipe.params["alpha"], abs=0.01)
    assert [message["step"] for message in line.sent if message["type"] == "progress"] == [1]


def test_at_the_size_of_the_search_a_point_of_the_front_is_copied(home: Path, reporter: Reporter) -> None:
    assert saved(home, reporter, "a.webp", number=3, size=64)["painted"] is False


def test_while_it_is_searched_the_picture_so_far_is_saved(
    home: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(save, "is_held", lambda folder: True)
    made = saved(home, reporter, "a.png", number=3)
    assert (made["size"], made["pending"], made["painted"]) == ([48, 64], True, False)


def test_what_is_there_is_replaced_only_where_that_was_said(home: Path, reporter: Reporter) -> None:
    (home.parent / "a.png").write_bytes(b"mine")
    for asked in ({}, {"size": 80}):
        with pytest.raises(BadInput, match="exists"):
            saved(home, reporter, "a.png", **asked)
    assert (home.parent / "a.png").read_bytes() == b"mine"
    assert saved(home, reporter, "a.png", force=True)["size"] == [72, 96]
    assert saved(home, reporter, "a.png", size=80, force=True)["size"] == [60, 80]
    assert sorted(path.name for path in home.parent.iterdir()) == ["a.png", "studies"]


def test_a_stopped_one_leaves_nothing(home: Path, reporter: Reporter, line: Line) -> None:
    line.stop.set()
    made = saved(home, reporter, "a.png", size=80)
    assert made["stopped"] and made["image"] is None and not (home.parent / "a.png").exists()


def test_no_such_trial_and_no_such_size_are_refused(home: Path, reporter: Reporter) -> None:
    with pytest.raises(BadInput, match="no picture of a trial 99") as refused:
        saved(home, reporter, "a.png", number=99)
    assert "3" in refused.value.hint
    with pytest.raises(BadInput, match="size 9000 is out of range"):
        saved(home, reporter, "a.png", size=9000)


def test_what_the_memory_cannot_hold_is_refused_with_what_fits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    two_regions = tmp_path / "mask.png"
    save_image(two_regions, np.repeat(np.float32([[[1, 0, 0], [0, 0, 1]]]), 48, axis=1).repeat(72, axis=0))
    free = type("Free", (), {"available": 2**30})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    refuse_beyond_memory("gatys", (3000, 4000), 650, "cpu")
    with pytest.raises(BadInput, match=r"gatys needs about 1\.3 GB"):
        refuse_beyond_memory("gatys", (3000, 4000), 650, "cpu", {"content_mask": (two_regions,)})
    with pytest.raises(BadInput, match=r"gatys needs about 2.8 GB of memory for 4000 x 3000 px, and 1.0 GB") as refused:
        refuse_beyond_memory("gatys", (3000, 4000), 4000, "cpu")
    assert refused.value.hint == "about 670 px on the long side fit"
    refuse_beyond_memory("gatys", (3000, 4000), 670, "cpu")


def test_a_larger_picture_never_needs_less() -> None:
    for spec in registry.METHODS.values():
        if need := spec.memory:
            for regions in (0, 3):
                told = [need.at(pixels, regions) for pixels in range(10**5, 3 * 10**7, 10**5)]
                assert told == sorted(told), spec.name
