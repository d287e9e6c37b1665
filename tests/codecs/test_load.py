"""load_image: what a person's picture files become. What is refused is in test_refused.py."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageOps

from autostyle.codecs import png
from autostyle.codecs.image import load_image

Photo = NDArray[np.uint8]


def close(pixels: NDArray[np.float32], photo: Photo) -> bool:
    """Within what lossy coding does at quality 95 (1 to 2.5 grey levels); a wrong turn is more than 40 off."""
    return pixels.shape == photo.shape and bool(np.abs(pixels - photo / 255).mean() < 4 / 255)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_lossless_formats_arrive_exactly(tmp_path: Path, photo: Photo, kind: str) -> None:
    Image.fromarray(photo).save(tmp_path / "picture", kind)
    picture = load_image(tmp_path / "picture")
    assert picture.pixels.dtype == np.float32
    assert np.array_equal((picture.pixels * 255).round(), photo)
    assert (picture.alpha, picture.bit_depth, picture.notes) == (None, 8, ())


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_lossy_formats_arrive_nearly(tmp_path: Path, photo: Photo, kind: str) -> None:
    Image.fromarray(photo).save(tmp_path / "picture", kind, quality=95)
    assert close(load_image(tmp_path / "picture").pixels, photo)


def test_the_suffix_is_never_trusted(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).save(tmp_path / "really-a-png.jpg", "PNG")
    assert np.array_equal((load_image(tmp_path / "really-a-png.jpg").pixels * 255).round(), photo)


def test_the_hash_is_of_the_file(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").sha256 == hashlib.sha256((tmp_path / "a.png").read_bytes()).hexdigest()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_orientation_is_applied(tmp_path: Path, photo: Photo, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(photo)
    image.save(tmp_path / "turned", kind, exif=exif, **({} if kind == "TIFF" else {"quality": 95}))
    upright = ImageOps.exif_transpose(Image.open(tmp_path / "turned"))
    assert upright.size == ((40, 56) if orientation >= 5 else (56, 40))
    assert close(load_image(tmp_path / "turned").pixels, np.asarray(upright.convert("RGB")))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_orientation_reaches_16_bit_pictures(tmp_path: Path, photo: Photo, kind: str, orientation: int) -> None:
    samples = photo.astype(np.uint16) * 257
    path = tmp_path / "turned"
    if kind == "TIFF":
        tifffile.imwrite(path, samples, photometric="rgb", extratags=[(274, "H", 1, orientation, True)])
    else:
        exif = Image.Exif()
        exif[0x0112] = orientation
        path.write_bytes(png.with_chunks(encoded_16_bit(samples), [png.Chunk(b"eXIf", exif.tobytes()[6:])]))
    reference = Image.fromarray(photo)
    reference.getexif()[0x0112] = orientation
    picture = load_image(path)
    assert picture.bit_depth == 16
    assert np.array_equal((picture.pixels * 255).round(), np.asarray(ImageOps.exif_transpose(reference)))


@pytest.mark.filterwarnings("error")
def test_damaged_exif_does_not_cost_the_picture(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).save(tmp_path / "a.jpg", quality=95, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff\0\x01\x01\x12")
    assert close(load_image(tmp_path / "a.jpg").pixels, photo)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_alpha_is_carried_beside_the_colours(tmp_path: Path, photo: Photo, dtype: type) -> None:
    top = np.iinfo(dtype).max
    alpha = np.linspace(0, top, 56).astype(dtype)[None].repeat(40, axis=0)
    samples = photo.astype(dtype) * (top // 255)
    cv2.imwrite(str(tmp_path / "a.png"), np.dstack([samples[..., ::-1], alpha]))
    picture = load_image(tmp_path / "a.png")
    assert picture.alpha is not None
    assert np.array_equal((picture.alpha * top).round(), alpha)
    seen = alpha >= top / 8
    assert np.array_equal((picture.pixels * top).round()[seen], samples[seen])


def test_a_fully_opaque_alpha_is_none(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).convert("RGBA").save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").alpha is None


def test_premultiplied_alpha_is_undone(tmp_path: Path) -> None:
    half = np.full((40, 40, 4), 32768, np.uint16)
    half[..., :3] = (16384, 8192, 0)  # premultiplied: the colour is twice that
    tifffile.imwrite(tmp_path / "a.tif", half, photometric="rgb", extrasamples=["assocalpha"])
    picture = load_image(tmp_path / "a.tif")
    assert picture.pixels[0, 0] == pytest.approx((0.5, 0.25, 0), abs=1e-4)


@pytest.mark.parametrize("mode", ["L", "1", "LA", "P", "PA", "I;16"])
def test_grey_and_palette_become_rgb(tmp_path: Path, photo: Photo, mode: str) -> None:
    grey = Image.fromarray(photo).convert("L")
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        image = grey.convert("P").convert("PA") if mode == "PA" else grey.convert(mode)
    image.save(tmp_path / "a", "TIFF" if mode == "PA" else "PNG")
    picture = load_image(tmp_path / "a")
    expected = np.asarray(grey.convert("1") if mode == "1" else grey).astype(float)
    expected = expected if expected.max() > 1 else expected * 255
    assert np.array_equal((picture.pixels * 255).round(), np.stack([expected] * 3, axis=-1))
    assert picture.bit_depth == (16 if mode == "I;16" else 8)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_tiff_whose_zero_is_white(tmp_path: Path, photo: Photo, dtype: type) -> None:
    ramp = photo[..., 0].astype(dtype) * (np.iinfo(dtype).max // 255)
    tifffile.imwrite(tmp_path / "a.tif", ramp, photometric="miniswhite")
    assert np.array_equal((load_image(tmp_path / "a.tif").pixels[..., 0] * 255).round(), 255 - photo[..., 0])


def test_a_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    image = Image.new("P", (40, 40), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (0, 0, 20, 40))
    image.save(tmp_path / "a.gif", transparency=1)
    picture = load_image(tmp_path / "a.gif")
    assert picture.alpha is not None
    assert (picture.alpha[0, 0], picture.alpha[0, 39]) == (0, 1)
    assert picture.pixels[0, 39].tolist() == [1, 0, 0]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_is_used_and_that_is_said(tmp_path: Path, kind: str) -> None:
    frames = [Image.new("RGB", (48, 40), color) for color in ("red", "blue", "green")]
    options = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(tmp_path / "a", kind, save_all=True, append_images=frames[1:], **options)
    picture = load_image(tmp_path / "a")
    assert picture.pixels[20, 20] == pytest.approx((1, 0, 0), abs=0.01)
    word = "pages" if kind == "TIFF" else "animated"
    assert len(picture.notes) == 1
    assert word in picture.notes[0]
    assert "first" in picture.notes[0]


def test_cmyk_jpeg_is_converted_and_that_is_said(tmp_path: Path) -> None:
    Image.new("CMYK", (40, 40), (0, 255, 255, 0)).save(tmp_path / "a.jpg", quality=95)
    picture = load_image(tmp_path / "a.jpg")
    assert picture.pixels[20, 20] == pytest.approx((1, 0, 0), abs=0.02)
    assert picture.notes == ("CMYK converted to RGB without a profile",)


def test_a_thousand_shades_of_16_bit_grey_stay_apart(tmp_path: Path) -> None:
    ramp = (np.arange(64 * 64) * 15).astype(np.uint16).reshape(64, 64)
    cv2.imwrite(str(tmp_path / "a.png"), ramp)
    assert len(np.unique(load_image(tmp_path / "a.png").pixels)) == 64 * 64


@pytest.mark.parametrize("compression", [1, 5, 8], ids=["none", "lzw", "deflate"])
def test_16_bit_tiff_is_read_exactly(tmp_path: Path, deep: NDArray[np.uint16], compression: int) -> None:
    cv2.imwrite(str(tmp_path / "a.tif"), deep[..., ::-1], [cv2.IMWRITE_TIFF_COMPRESSION, compression])
    assert np.array_equal((load_image(tmp_path / "a.tif").pixels * 65535).round(), deep)


def test_odd_chunks_do_not_confuse_16_bit_png(tmp_path: Path, deep: NDArray[np.uint16]) -> None:
    odd = [png.Chunk(b"gAMA", struct.pack(">I", 0)), png.Chunk(b"iCCP", b"bad\0\0" + zlib.compress(b"no profile"))]
    (tmp_path / "a.png").write_bytes(png.with_chunks(encoded_16_bit(deep), odd))
    picture = load_image(tmp_path / "a.png")
    assert np.array_equal((picture.pixels * 65535).round(), deep)
    assert picture.notes == ("its colour profile cannot be used and was ignored",)


def encoded_16_bit(samples: NDArray[np.uint16]) -> bytes:
    _, encoded = cv2.imencode(".png", samples[..., ::-1])
    return encoded.tobytes()
