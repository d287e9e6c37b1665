"""Tables of colours beside pictures: ours go with them, anybody else's stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import load_image, save_image
from autostyle.codecs.lut_files import identity
from autostyle.errors import BadInput
from autostyle.mediums.files import companions
from autostyle.mediums.image.medium import DrawnPicture
from autostyle.mediums.writing import copy, refuse_taken_by, write

PIXELS = np.full((40, 50, 3), 0.5, np.float32)
THEIRS = b'TITLE "my own"\nLUT_3D_SIZE 2\n'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    save_image(tmp_path / "content.png", PIXELS)
    return tmp_path / "out.png"


def drawn(out: Path, *, table: bool) -> DrawnPicture:
    return DrawnPicture(PIXELS, False, (), load_image(out.with_name("content.png")), identity() if table else None)


def test_a_table_is_written_beside_its_picture_copied_with_it_and_replaced_with_it(out: Path) -> None:
    write(drawn(out, table=True), out)
    assert [path.name for path in companions(out)] == ["out.cube", "out.hald.png"]
    copy(out, out.with_name("copy.jpg"))
    assert out.with_name("copy.cube").read_bytes() == out.with_suffix(".cube").read_bytes()
    write(drawn(out, table=False), out, overwrite=True)
    assert companions(out) == ()


def test_a_cube_file_of_somebody_elses_stays_and_is_never_overwritten_unasked(out: Path) -> None:
    theirs = out.with_suffix(".cube")
    theirs.write_bytes(THEIRS)
    write(drawn(out, table=False), out)
    write(drawn(out, table=False), out, overwrite=True)
    assert theirs.read_bytes() == THEIRS and companions(out) == ()
    out.unlink()
    with pytest.raises(BadInput, match=r"out\.cube exists"):
        write(drawn(out, table=True), out)
    graded = out.with_name("graded.png")
    write(drawn(out, table=True), graded)
    with pytest.raises(BadInput, match=r"out\.cube exists"):
        copy(graded, out)
    assert not out.exists() and theirs.read_bytes() == THEIRS
    copy(graded, out, overwrite=True)
    assert companions(out) == (theirs, out.with_suffix(".hald.png"))


def test_what_a_method_will_write_is_refused_before_it_paints(out: Path) -> None:
    out.with_suffix(".cube").write_bytes(THEIRS)
    refuse_taken_by("adain", out)
    with pytest.raises(BadInput, match=r"out\.cube exists"):
        refuse_taken_by("look", out)
