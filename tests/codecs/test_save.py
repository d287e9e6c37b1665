"""save_image and webp_thumbnail: what leaves autostyle."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs.image import load_image, save_image, webp_thumbnail
from autostyle.errors import BadInput

Pixels = NDArray[np.float32]


@pytest.fixture
def pixels(photo: NDArray[np.uint8]) -> Pixels:
    return (photo / 255).astype(np.float32)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".TIFF"])
def test_8_bit_round_trip_is_exact(tmp_path: Path, pixels: Pixels, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    assert save_image(path, pixels, alpha=pixels[..., 0]) == ()
    picture = load_image(path)
    assert np.array_equal(picture.pixels, pixels)
    assert np.array_equal(picture.alpha, pixels[..., 0])


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_16_bit_round_trip_is_exact_for_every_value(tmp_path: Path, deep: NDArray[np.uint16], suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    pixels = deep.astype(np.float32) / np.float32(65535)
    alpha = np.maximum(pixels[..., 1], np.float32(8192 / 65535))  # below that, colours are no longer the file's
    save_image(path, pixels, alpha=alpha, bit_depth=16)
    picture = load_image(path)
    assert picture.bit_depth == 16
    assert np.array_equal((picture.pixels * 65535).round().astype(np.uint16), deep)
    assert np.array_equal(picture.pixels, pixels)
    assert np.array_equal(picture.alpha, alpha)


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "JPEG"), (".jpeg", "JPEG"), (".webp", "WEBP")])
def test_lossy_formats_stay_close(tmp_path: Path, pixels: Pixels, suffix: str, kind: str) -> None:
    save_image(tmp_path / f"a{suffix}", pixels)
    assert Image.open(tmp_path / f"a{suffix}").format == kind
    assert np.abs(load_image(tmp_path / f"a{suffix}").pixels - pixels).mean() < 4 / 255


def test_jpeg_lays_transparency_on_white_and_says_so(tmp_path: Path, pixels: Pixels) -> None:
    alpha = np.ones(pixels.shape[:2], np.float32)
    alpha[:, 28:] = 0
    notes = save_image(tmp_path / "a.jpg", pixels, alpha=alpha)
    picture = load_image(tmp_path / "a.jpg")
    assert picture.pixels[:, 40:].min() > 0.97
    assert np.abs(picture.pixels[:, :20] - pixels[:, :20]).mean() < 4 / 255
    assert notes == ("JPEG has no transparency: laid on white",)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif"])
def test_alpha_of_another_size_is_scaled_along(tmp_path: Path, pixels: Pixels, suffix: str) -> None:
    alpha = np.zeros((80, 112), np.float32)
    alpha[:, 56:] = 1
    save_image(tmp_path / f"a{suffix}", pixels, alpha=alpha)
    found = load_image(tmp_path / f"a{suffix}").alpha
    assert found is not None
    assert found.shape == pixels.shape[:2]
    assert found[:, :27].max() == 0
    assert found[:, 29:].min() == 1


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_what_a_format_cannot_carry_is_said(tmp_path: Path, pixels: Pixels, suffix: str) -> None:
    notes = " ".join(save_image(tmp_path / f"a{suffix}", pixels, bit_depth=16, recipe={"a": 1}))
    assert "8 bits" in notes
    assert "recipe" in notes


def test_values_outside_of_the_range_are_clipped(tmp_path: Path) -> None:
    pixels = np.full((40, 40, 3), (-0.5, 0.5, 1.5), np.float32)
    save_image(tmp_path / "a.png", pixels)
    assert load_image(tmp_path / "a.png").pixels[0, 0].tolist() == [0, np.float32(128 / 255), 1]


@pytest.mark.parametrize("wrong", [np.full((4, 4, 3), np.nan, np.float32), np.zeros((4, 4), np.float32)])
def test_what_is_no_picture_is_a_mistake_of_the_program(tmp_path: Path, wrong: Pixels) -> None:
    with pytest.raises(ValueError, match="no finite picture"):
        save_image(tmp_path / "a.png", wrong)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a", "a.gif", "a.xyz", "png"])
def test_an_unknown_suffix(tmp_path: Path, pixels: Pixels, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        save_image(tmp_path / name, pixels)
    assert ".png" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_kept_unless_told_otherwise(tmp_path: Path, pixels: Pixels) -> None:
    path = tmp_path / "a.png"
    save_image(path, pixels)
    before = path.read_bytes()
    with pytest.raises(BadInput) as caught:
        save_image(path, 1 - pixels)
    assert "--force" in caught.value.hint
    assert path.read_bytes() == before
    save_image(path, 1 - pixels, overwrite=True)
    assert path.read_bytes() != before


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_equal_pictures_are_equal_files(tmp_path: Path, pixels: Pixels, suffix: str) -> None:
    save_image(tmp_path / f"a{suffix}", pixels)
    save_image(tmp_path / f"b{suffix}", pixels)
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_the_camera_and_the_place_stay_at_home(tmp_path: Path, photo: NDArray[np.uint8], suffix: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    source = tmp_path / "source.jpg"
    Image.fromarray(photo).save(source, quality=95, exif=exif, comment=b"SecretCamera")
    assert dict(Image.open(source).getexif().get_ifd(0x8825))[1] == "N", "the source does carry GPS"
    out = tmp_path / f"out{suffix}"
    save_image(out, load_image(source).pixels)
    written = Image.open(out).getexif()
    assert 0x8825 not in written
    assert b"SecretCamera" not in out.read_bytes()
    assert suffix == ".tif" or not written, "TIFF's own layout tags are no EXIF of the camera"


@pytest.mark.parametrize(
    ("size", "expected"), [((300, 900), (171, 512)), ((900, 300), (512, 171)), ((40, 56), (40, 56))]
)
def test_a_thumbnail_is_a_webp_that_never_grows(size: tuple[int, int], expected: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).random((*size, 3), dtype=np.float32)
    image = Image.open(io.BytesIO(webp_thumbnail(picture)))
    assert (image.format, image.size[::-1]) == ("WEBP", expected)


def test_a_lower_quality_is_a_smaller_thumbnail(pixels: Pixels) -> None:
    assert len(webp_thumbnail(pixels, 48, quality=20)) < len(webp_thumbnail(pixels, 48, quality=95))


@pytest.mark.skipif(sys.platform == "win32", reason="no umask")
def test_an_output_has_the_permissions_of_any_new_file(tmp_path: Path, pixels: Pixels) -> None:
    (tmp_path / "plain").touch()
    save_image(tmp_path / "a.png", pixels)
    assert (tmp_path / "a.png").stat().st_mode == (tmp_path / "plain").stat().st_mode
