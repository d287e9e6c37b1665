"""Colour profiles: every picture becomes sRGB, every output says that it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageCms
from skimage.color import lab2rgb

from autostyle.codecs import icc, png
from autostyle.codecs.image import load_image, save_image
from tests.codecs import profiles

GAMMA_22 = profiles.gamma(563 / 256)  # Adobe RGB's exponent, exactly representable
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
# Every curve begins at 0, as those of real displays do: LittleCMS would also move a black that is lighter.
CURVES = {
    "gamma": GAMMA_22,
    "sampled": profiles.sampled(np.linspace(0, 1, 1024) ** 1.8),
    "linear": b"curv" + bytes(8),
    "para 0": profiles.parametric(0, 2.2),
    "para 1": profiles.parametric(1, 2.0, 1.1, -0.1),
    "para 2": profiles.parametric(2, 2.0, 0.9, 0.1, -0.01),
    "para 3": profiles.parametric(3, *SRGB_CURVE),
    "para 4": profiles.parametric(4, *SRGB_CURVE, 0.0, 0.0),
}


def test_a_wide_gamut_jpeg_becomes_srgb(tmp_path: Path) -> None:
    """Adobe RGB (0, 200, 0) lies outside of sRGB; (150, 120, 90) is a skin tone inside, hand-checked with lcms."""
    profile = profiles.rgb_profile(profiles.ADOBE_RGB, GAMMA_22)
    image = Image.new("RGB", (64, 64), (150, 120, 90))
    image.save(tmp_path / "a.jpg", quality=100, icc_profile=profile)
    pixels = load_image(tmp_path / "a.jpg").pixels
    assert pixels[32, 32] * 255 == pytest.approx((159, 120, 88), abs=2)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES.keys())
def test_8_16_and_32_bits_agree(photo: NDArray[np.uint8], curve: bytes) -> None:
    """They may differ by the rounding of 8 bits, before and after."""
    profile = profiles.rgb_profile(profiles.ADOBE_RGB, curve)
    shallow = icc.convert(photo, profile)
    for color in (photo.astype(np.uint16) * 257, photo.astype(np.float32) / 255):
        assert np.abs(icc.convert(color, profile) - shallow).max() * 255 < 1.6


@pytest.mark.parametrize("channels", [1, 3])
def test_a_grey_profile_fits_what_has_no_colour(channels: int) -> None:
    profile = profiles.grey_profile(profiles.gamma(1.8))
    ramp = np.arange(256, dtype=np.uint8)[None, :, None].repeat(32, axis=0).repeat(channels, axis=2)
    linear = (np.arange(256) / 255) ** 1.8
    expected = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    for color in (ramp, ramp.astype(np.uint16) * 257):
        assert icc.convert(color, profile)[0, :, 1] == pytest.approx(expected, abs=1.6 / 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_grey_profile_takes_no_colour_away(tmp_path: Path, photo: NDArray[np.uint8], kind: str) -> None:
    profile = profiles.grey_profile(profiles.gamma(1.8))
    Image.fromarray(photo).save(tmp_path / "a", kind, quality=95, icc_profile=profile)
    picture = load_image(tmp_path / "a")
    assert np.abs(picture.pixels - photo / 255).mean() < 4 / 255
    assert picture.notes == ("its colour profile is for grey pictures and was ignored",)


@pytest.mark.parametrize("kind", ["png", "tif"])
def test_16_bit_wide_gamut_keeps_its_shades(tmp_path: Path, kind: str) -> None:
    """4,096 neighbouring shades, a sixteenth of an 8-bit step apart each, stay 4,096."""
    profile = profiles.rgb_profile(profiles.ADOBE_RGB, GAMMA_22)
    ramp = np.stack([np.arange(20_000, 20_000 + 4096 * 4, 4, dtype=np.uint16).reshape(64, 64)] * 3, axis=-1)
    path = tmp_path / f"a.{kind}"
    if kind == "tif":
        tifffile.imwrite(path, ramp, photometric="rgb", iccprofile=profile)
    else:
        _, encoded = cv2.imencode(".png", ramp)
        path.write_bytes(png.with_chunks(encoded.tobytes(), [png.profile_chunk(profile)]))
    picture = load_image(path)
    assert picture.bit_depth == 16
    assert len(np.unique(picture.pixels[..., 1])) == 4096
    assert np.abs(picture.pixels - ramp / 65535).max() > 0.001, "the profile was applied"


def test_alpha_does_not_pass_through_the_profile(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    image = Image.fromarray(np.dstack([photo, photo[..., 0]]))
    image.save(tmp_path / "a.png", icc_profile=profiles.rgb_profile(profiles.ADOBE_RGB, GAMMA_22))
    picture = load_image(tmp_path / "a.png")
    assert picture.alpha is not None
    assert np.array_equal((picture.alpha * 255).round(), photo[..., 0])


def test_a_printers_cmyk_profile_is_used(tmp_path: Path) -> None:
    """Paper is white, cyan a colour of its own, every other ink black, as the profile says."""
    inks = {(c, m, y, k): (0.0, 0.0, 0.0) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)}
    inks[0, 0, 0, 0] = (100.0, 0.0, 0.0)
    inks[1, 0, 0, 0] = (60.0, 50.0, 30.0)
    image = Image.new("CMYK", (64, 64), (0, 0, 0, 0))
    image.paste((255, 0, 0, 0), (0, 0, 32, 64))
    image.save(tmp_path / "a.jpg", quality=100, icc_profile=profiles.ink_profile(inks))
    picture = load_image(tmp_path / "a.jpg")
    assert picture.pixels[32, 60] == pytest.approx((1, 1, 1), abs=0.02)
    assert picture.pixels[32, 5] == pytest.approx(lab2rgb(np.array([60.0, 50.0, 30.0])), abs=0.02)
    assert picture.notes == ("CMYK converted to RGB",)


def test_a_scanners_table_profile_works_at_16_bits(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    tifffile.imwrite(
        tmp_path / "a.tif", photo.astype(np.uint16) * 257, photometric="rgb", iccprofile=profiles.table_rgb_profile()
    )
    picture = load_image(tmp_path / "a.tif")
    assert np.ptp(picture.pixels, axis=-1).max() < 0.02, "this profile makes everything grey"
    assert picture.notes == ()


BROKEN: dict[str, Callable[[], bytes]] = {
    "words": lambda: b"not a profile at all",
    "short": lambda: profiles.rgb_profile(profiles.ADOBE_RGB, GAMMA_22)[:140],
    "CMYK on RGB": lambda: profiles.ink_profile(
        {(c, m, y, k): (50.0, 0.0, 0.0) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)}
    ),
}


@pytest.mark.parametrize("profile", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_an_unusable_profile_is_ignored_and_that_is_said(
    tmp_path: Path, photo: NDArray[np.uint8], profile: Callable[[], bytes], dtype: type
) -> None:
    samples = photo.astype(dtype) * (np.iinfo(dtype).max // 255)
    tifffile.imwrite(tmp_path / "a.tif", samples, photometric="rgb", iccprofile=profile())
    picture = load_image(tmp_path / "a.tif")
    assert np.array_equal((picture.pixels * 255).round(), photo)
    assert len(picture.notes) == 1
    assert "colour profile" in picture.notes[0] and "ignored" in picture.notes[0]


def test_srgb_under_another_name_changes_nothing(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    profile = profiles.rgb_profile(profiles.SRGB, profiles.parametric(3, *SRGB_CURVE))
    Image.fromarray(photo).save(tmp_path / "a.png", icc_profile=profile)
    assert np.array_equal((load_image(tmp_path / "a.png").pixels * 255).round(), photo)
    tifffile.imwrite(tmp_path / "a.tif", photo.astype(np.uint16) * 257, photometric="rgb", iccprofile=profile)
    assert np.array_equal((load_image(tmp_path / "a.tif").pixels * 255).round(), photo)


@pytest.mark.parametrize("bit_depth", [8, 16])
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_every_output_is_tagged_srgb(tmp_path: Path, photo: NDArray[np.uint8], suffix: str, bit_depth: int) -> None:
    save_image(tmp_path / f"a{suffix}", (photo / 255).astype(np.float32), bit_depth=bit_depth)
    profile = Image.open(tmp_path / f"a{suffix}").info["icc_profile"]
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))


def test_the_tag_does_not_carry_the_time_of_day() -> None:
    """Equal pictures are equal files, today and tomorrow."""
    stamped = ImageCms.ImageCmsProfile(io.BytesIO(icc.srgb())).profile.creation_date
    assert (stamped.year, stamped.month, stamped.day, stamped.hour) == (2026, 1, 1, 0)
