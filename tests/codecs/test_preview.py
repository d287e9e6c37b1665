"""Pictures to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from autostyle.codecs.preview import preview
from autostyle.errors import BadInput


def test_it_is_scaled_down_and_never_up(tmp_path: Path) -> None:
    Image.new("RGB", (400, 200), "teal").save(tmp_path / "large.jpg")
    Image.new("RGB", (40, 20), "teal").save(tmp_path / "small.png")
    assert preview(tmp_path / "large.jpg", 100).size == (100, 50)
    assert preview(tmp_path / "small.png", 100).size == (40, 20)


def test_it_stands_upright_and_is_rgb(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    Image.new("L", (40, 20)).save(tmp_path / "side.jpg", exif=exif)
    shown = preview(tmp_path / "side.jpg", 100)
    assert (shown.size, shown.mode) == ((20, 40), "RGB")


@pytest.mark.parametrize("data", [None, b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_shown_is_refused(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadInput, match=r"x\.png cannot be shown"):
        preview(path, 100)


def test_a_picture_of_a_billion_pixels_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (400, 400)).save(tmp_path / "bomb.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100_000)
    with pytest.raises(BadInput):
        preview(tmp_path / "bomb.png", 100)
