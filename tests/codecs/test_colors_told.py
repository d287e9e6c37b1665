"""Colours told otherwise than by a profile: by chunks of a PNG, and by EXIF. For AVIF and HEIC see test_heif.py."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from autostyle.codecs import png
from autostyle.codecs.image import ImageFile, load_image
from tests.codecs import profiles

LINEAR = png.Chunk(b"gAMA", struct.pack(">I", 100_000))
SRGB = png.Chunk(b"sRGB", b"\0")
P3 = png.Chunk(b"cICP", bytes((12, 13, 0, 1)))
ADOBE = png.profile_chunk(profiles.rgb_profile(profiles.ADOBE_RGB, profiles.gamma(563 / 256)))
SKIN = (150, 120, 90)
OF_ADOBE = (162, 120, 88)


def _chromaticities(*xy: float) -> png.Chunk:
    """White first, then red, green and blue."""
    return png.Chunk(b"cHRM", struct.pack(">8I", *(round(v * 100_000) for v in xy)))


def told(tmp_path: Path, color: tuple[float, ...], *chunks: png.Chunk, bits: int = 8) -> ImageFile:
    """A PNG of one colour, 0..255, with ``chunks``."""
    samples = np.full((40, 40, 3), np.array(color[::-1]) * (1 if bits == 8 else 257))
    _, encoded = cv2.imencode(".png", samples.round().astype(np.uint8 if bits == 8 else np.uint16))
    (tmp_path / "a.png").write_bytes(png.with_chunks(png.bare(encoded.tobytes()), list(chunks)))
    return load_image(tmp_path / "a.png")


def shown(picture: ImageFile) -> np.ndarray:
    return picture.pixels[20, 20] * 255


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize(
    ("codes", "white", "red"),
    [
        ((12, 13), 255, (234, 51, 35)),
        ((9, 16), 0.5807 * 255, (0.5328 * 255, 0.3275 * 255, 0.2199 * 255)),
        ((9, 18), 0.75 * 255, (0.6556 * 255, 0.2345 * 255, 0.1132 * 255)),
    ],
    ids=["Display P3", "PQ", "HLG"],
)
def test_code_points(tmp_path: Path, codes: tuple[int, int], white: float, red: tuple[float, ...], bits: int) -> None:
    chunk = png.Chunk(b"cICP", bytes((*codes, 0, 1)))
    assert shown(told(tmp_path, (white,) * 3, chunk, bits=bits)) == pytest.approx([255] * 3, abs=3)
    # A level of 8 bits in PQ is up to nine of what is shown near black.
    assert shown(told(tmp_path, red, chunk, bits=bits)) == pytest.approx([255, 0, 0], abs=9 if bits == 8 else 2)
    notes = told(tmp_path, red, chunk).notes
    assert notes == (() if codes[1] == 13 else ("high dynamic range: what is brighter than white is white",))


def test_what_the_specification_puts_first_counts(tmp_path: Path) -> None:
    """cICP, iCCP, sRGB, gAMA: each against all that stand behind it."""
    assert shown(told(tmp_path, (234, 51, 35), LINEAR, SRGB, ADOBE, P3)) == pytest.approx([255, 0, 0], abs=2)
    assert shown(told(tmp_path, SKIN, LINEAR, SRGB, ADOBE)) == pytest.approx(OF_ADOBE, abs=2)
    assert shown(told(tmp_path, SKIN, LINEAR, SRGB)).round().tolist() == list(SKIN)
    assert shown(told(tmp_path, SKIN, LINEAR)) == pytest.approx([201, 182, 160], abs=2)


@pytest.mark.parametrize("bits", [8, 16])
def test_gamma(tmp_path: Path, bits: int) -> None:
    def of(value: int) -> list[int]:
        chunk = png.Chunk(b"gAMA", struct.pack(">I", value))
        return [round(float(v)) for v in shown(told(tmp_path, (0, 55, 255), chunk, bits=bits))]

    assert of(45_455) == [0, 55, 255], "so many programs say sRGB"
    assert of(100_000) == [0, 128, 255]
    assert of(55_556) == pytest.approx([0, 72, 255], abs=1)
    assert of(0) == of(4_000_000_000) == [0, 55, 255], "nobody means that"


def test_primaries(tmp_path: Path) -> None:
    adobe = _chromaticities(0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
    gamma = png.Chunk(b"gAMA", struct.pack(">I", 45_470))
    assert shown(told(tmp_path, SKIN, gamma, adobe)) == pytest.approx(OF_ADOBE, abs=2)
    srgb = _chromaticities(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
    assert shown(told(tmp_path, SKIN, srgb)).round().tolist() == list(SKIN)


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    point = told(tmp_path, SKIN, _chromaticities(*[0.3] * 8))
    assert point.notes == ("its primary colours cannot be used and were ignored",)
    unknown = told(tmp_path, SKIN, png.Chunk(b"cICP", bytes((99, 13, 0, 1))))
    assert unknown.notes == ("its colours are told by numbers that are not known and were ignored",)
    broken = told(tmp_path, SKIN, png.Chunk(b"iCCP", b"x\0\0" + zlib.compress(b"no profile")))
    assert broken.notes == ("its colour profile cannot be used and was ignored",)
    for picture in (point, unknown, broken):
        assert shown(picture).round().tolist() == list(SKIN)


@pytest.mark.parametrize("kind", [b"gAMA", b"cICP", b"cHRM", b"sRGB", b"tEXt"])
@pytest.mark.parametrize("how", ["length", "checksum"])
def test_a_damaged_chunk_hides_no_profile_behind_it(tmp_path: Path, kind: bytes, how: str) -> None:
    profile = png.profile_chunk(profiles.rgb_profile(profiles.ADOBE_RGB, profiles.gamma(563 / 256)))
    damaged = png.Chunk(kind, bytes(3 if how == "length" else {b"gAMA": 4, b"cICP": 4, b"cHRM": 32}.get(kind, 1)))
    told(tmp_path, SKIN, damaged, profile)
    (file,) = tmp_path.iterdir()
    if how == "checksum":
        data = bytearray(file.read_bytes())
        data[data.index(kind) + 4 + len(damaged.data)] ^= 255
        file.write_bytes(data)
    assert shown(load_image(file)) == pytest.approx(OF_ADOBE, abs=2)


@pytest.mark.parametrize(
    ("space", "index", "expected"),
    [(0xFFFF, "R03", OF_ADOBE), (2, None, OF_ADOBE), (1, "R98", SKIN), (1, "R03", SKIN), (0xFFFF, None, SKIN)],
)
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_adobe_rgb_of_cameras(
    tmp_path: Path, kind: str, space: int, index: str | None, expected: tuple[int, ...]
) -> None:
    exif = Image.Exif()
    ifd = exif.get_ifd(0x8769)
    ifd[0xA001] = space
    if index is not None:
        ifd[0xA005] = {1: index, 2: b"0100"}
    options = {"quality": 100} if kind == "JPEG" else {"lossless": True}
    Image.new("RGB", (40, 40), SKIN).save(tmp_path / "_DSC0001.jpg", kind, exif=exif, **options)
    assert shown(load_image(tmp_path / "_DSC0001.jpg")) == pytest.approx(expected, abs=2)


def test_a_profile_counts_more_than_what_exif_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 2
    srgb = profiles.rgb_profile(
        profiles.SRGB, profiles.parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    )
    Image.new("RGB", (40, 40), SKIN).save(tmp_path / "a.jpg", quality=100, exif=exif, icc_profile=srgb)
    assert shown(load_image(tmp_path / "a.jpg")) == pytest.approx(SKIN, abs=2)
