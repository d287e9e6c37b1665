"""The styles that come with autostyle: there, small, drawn by the project's own code, and called by their names."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.cli.app import run
from autostyle.named_styles import NAMED_STYLES, NamedStyle, at, named
from autostyle.use_cases import files
from training.drawn import draw


def test_ten_pictures_are_there_and_small() -> None:
    assert len(NAMED_STYLES) == len({style.name for style in NAMED_STYLES}) == 10
    for style in NAMED_STYLES:
        with Image.open(style.path) as picture:
            assert (picture.format, picture.mode, picture.size) == ("WEBP", "RGB", (512, 512))
        assert style.path.stat().st_size <= 60_000


def test_a_style_is_found_by_its_name_however_it_is_spelt() -> None:
    assert [named(name) for name in ("Stained Glass", "watercolour lake", "cubism")] == [
        *(next(style for style in NAMED_STYLES if style.name == name) for name in ("stained-glass", "watercolor-lake")),
        None,
    ]
    assert [at(style.path) for style in NAMED_STYLES] == list(NAMED_STYLES) and at(Path("stained-glass.webp")) is None


def test_a_name_stands_for_its_picture_unless_there_is_a_file_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.style(Path("stained-glass")).name == "stained-glass.webp"
    (tmp_path / "stained-glass").touch()
    assert files.style(Path("stained-glass")) == Path("stained-glass")


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in listed] == [style.name for style in NAMED_STYLES]
    assert all(Path(entry["path"]).is_file() and entry["title"] and entry["about"] for entry in listed)
    assert run(["styles"]) == 0
    assert "glowing panes" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("style", NAMED_STYLES, ids=lambda style: style.name)
def test_each_is_what_its_name_and_seed_draw(style: NamedStyle) -> None:
    drawn = draw(style.name, style.seed, 512).astype(float)
    with Image.open(style.path) as picture:
        assert np.abs(np.asarray(picture, float) - drawn).mean() < 16
