"""Where a copy of a result goes that is named by its table of colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.codecs.lut_files import cube, identity
from autostyle.errors import BadInput
from autostyle.mediums.tables import TITLE
from autostyle.use_cases.files import beside_table
from autostyle.use_cases.saving import place


def test_a_table_of_colours_goes_with_its_picture_and_only_a_study_that_has_one_saves_one(tmp_path: Path) -> None:
    wanted = tmp_path / "film.cube"
    with pytest.raises(BadInput, match="has no table of colours"):
        place(wanted, tmp_path, "image")
    (tmp_path / "best.cube").write_bytes(cube(identity(3), TITLE))
    assert place(wanted, tmp_path, "image") == tmp_path / "film.png"
    assert place(tmp_path / "film", tmp_path, "image", "cube").suffix == ".png"


def test_a_run_named_by_its_table_is_of_a_method_that_makes_one() -> None:
    assert beside_table(Path("film.cube"), "look", "video") == Path("film.mp4")
    assert beside_table(Path("a.png"), "gatys", "image") == Path("a.png")
    with pytest.raises(BadInput, match="gatys makes no table of colours") as caught:
        beside_table(Path("film.cube"), "gatys", "image")
    assert caught.value.hint == "-m look writes film.cube"
