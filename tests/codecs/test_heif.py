"""HEIC, as phones write it, and what boxes say of HEIC and AVIF."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import av
import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.codecs.image import ImageFile, load_image
from autostyle.errors import BadInput
from tests.codecs import heic, profiles

Photo = NDArray[np.uint8]
pytestmark = pytest.mark.skipif("libx265" not in av.codecs_available, reason="this FFmpeg cannot write HEVC")


def read(tmp_path: Path, data: bytes) -> ImageFile:
    (tmp_path / "IMG_2041.HEIC").write_bytes(data)
    return load_image(tmp_path / "IMG_2041.HEIC")


@pytest.fixture(scope="module")
def large(photo: Photo) -> Photo:
    """A picture (72, 104, 3) that no turn leaves as it is."""
    return np.ascontiguousarray(np.pad(photo, ((0, 32), (0, 48), (0, 0)), mode="reflect"))


def near(picture: ImageFile, expected: Photo, most: float = 2) -> bool:
    return picture.pixels.shape == expected.shape and bool(np.abs(picture.pixels * 255 - expected).mean() < most)


def test_one_picture(tmp_path: Path, large: Photo) -> None:
    picture = read(tmp_path, heic.heic([heic.coded(large)]))
    assert near(picture, large)
    assert (picture.alpha, picture.bit_depth, picture.notes) == (None, 8, ())


def test_tiles_are_put_together_and_cut_to_size(tmp_path: Path, large: Photo) -> None:
    """Six tiles of 40 x 40 for 104 x 72: the last ones reach beyond the picture."""
    padded = np.pad(large, ((0, 8), (0, 16), (0, 0)), mode="edge")
    tiles = [heic.coded(padded[y : y + 40, x : x + 40]) for y in (0, 40) for x in (0, 40, 80)]
    assert near(read(tmp_path, heic.heic(tiles, 3, (104, 72))), large)
    with pytest.raises(BadInput, match="damaged"):
        read(tmp_path, heic.heic(tiles[:5], 3, (104, 72)))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("mirror", [None, False, True])
def test_turns_and_mirrors(tmp_path: Path, large: Photo, quarters: int, mirror: bool | None) -> None:
    extra = [heic.rotated(quarters)] + ([] if mirror is None else [heic.mirrored(mirror)])
    expected = np.rot90(large, quarters)
    expected = expected if mirror is None else expected[:, ::-1] if mirror else expected[::-1]
    assert near(read(tmp_path, heic.heic([heic.coded(large)], 1, (0, 0), *extra)), expected)


def test_a_crop(tmp_path: Path, large: Photo) -> None:
    crop = heic.cropped(60, 40, 4, -6)
    assert near(read(tmp_path, heic.heic([heic.coded(large)], 1, (0, 0), crop)), large[10:50, 26:86])


def test_opacity(tmp_path: Path, large: Photo) -> None:
    ramp = np.linspace(64, 255, 104).round().astype(np.uint8)[None].repeat(72, axis=0)
    alpha = heic.coded(np.dstack([ramp] * 3))
    picture = read(tmp_path, heic.heic([heic.coded(large)], 1, (0, 0), heic.rotated(1), alpha=alpha))
    assert near(picture, np.rot90(large))
    assert picture.alpha == pytest.approx(np.rot90(ramp) / 255, abs=0.02)


def test_10_bits_keep_their_shades(tmp_path: Path) -> None:
    ramp = (np.arange(64 * 64) * 16).astype(np.uint16).reshape(64, 64)
    picture = read(tmp_path, heic.heic([heic.coded(np.dstack([ramp] * 3), bits=10)]))
    assert picture.bit_depth == 16
    assert np.abs(picture.pixels[..., 1] - ramp / 65535).mean() < 0.002
    assert picture.pixels[-1, -1] == pytest.approx(1, abs=0.003)


WHITE_AND_RED = {
    "Display P3": ((12, 13), (234, 51, 35), 255),
    "PQ": ((9, 16), (0.5328 * 255, 0.3275 * 255, 0.2199 * 255), 0.5807 * 255),
    "HLG": ((9, 18), (0.6556 * 255, 0.2345 * 255, 0.1132 * 255), 0.75 * 255),
}


@pytest.mark.parametrize("kind", ["HEIC", "AVIF"])
@pytest.mark.parametrize(("told", "red", "white"), WHITE_AND_RED.values(), ids=WHITE_AND_RED.keys())
def test_white_and_red_are_that_however_they_are_told(
    tmp_path: Path, kind: str, told: tuple[int, int], red: tuple[float, ...], white: float
) -> None:
    levels = np.full((64, 96, 3), white)
    levels[:, 48:] = red
    deep = (levels * 257).round().astype(np.uint16)
    if kind == "HEIC":
        data = heic.heic([heic.coded(deep, bits=10)], 1, (0, 0), heic.nclx(*told))
    else:
        data = imagecodecs.avif_encode(deep >> 6, level=100, bitspersample=10, pixelformat="444")
        at = data.index(b"nclx") + 4
        data = data[:at] + bytes((0, told[0], 0, told[1])) + data[at + 4 :]
    picture = read(tmp_path, data)
    assert picture.pixels[32, 20] * 255 == pytest.approx([255] * 3, abs=3)
    assert picture.pixels[32, 80] * 255 == pytest.approx([255, 0, 0], abs=8)  # half a code of 10 bits in PQ
    assert bool(picture.notes) == (told[1] != 13)


def test_a_profile_tells_more_than_numbers(tmp_path: Path) -> None:
    """Phones say both: the profile of their screens, and numbers for the decoder."""
    adobe = heic.profile(profiles.rgb_profile(profiles.ADOBE_RGB, profiles.gamma(563 / 256)))
    grey = heic.coded(np.full((64, 64, 3), (150, 120, 90), np.uint8))
    picture = read(tmp_path, heic.heic([grey], 1, (0, 0), heic.nclx(1, 13), adobe))
    assert picture.pixels[32, 32] * 255 == pytest.approx((159, 120, 88), abs=4)


def test_what_is_too_large_is_not_decoded(tmp_path: Path, large: Photo) -> None:
    (tmp_path / "a.heic").write_bytes(heic.heic([heic.coded(large)]))
    with pytest.raises(BadInput, match="104 x 72"):
        load_image(tmp_path / "a.heic", max_pixels=7000)


def test_damage_gives_a_picture_or_a_refusal(tmp_path: Path, large: Photo) -> None:
    whole = np.frombuffer(heic.heic([heic.coded(large)], 1, (0, 0), heic.nclx(1, 13)), np.uint8)
    rng = np.random.default_rng(1)
    for _ in range(40):
        hurt = whole[: len(whole) if rng.random() < 0.7 else rng.integers(40, len(whole))].copy()
        hurt[rng.integers(24, min(len(hurt), 700), 3)] = rng.integers(0, 256, 3)
        try:
            picture = read(tmp_path, hurt.tobytes())
        except BadInput as error:
            assert error.hint
            continue
        assert np.isfinite(picture.pixels).all()


@pytest.mark.parametrize("degrees", [0, 90])
def test_of_a_sequence_without_a_picture_beside_it_the_first_frame_is_used(tmp_path: Path, degrees: int) -> None:
    with av.open(tmp_path / "a.mp4", "w") as out:
        stream: Any = out.add_stream("libx265", rate=10, options={"x265-params": "log-level=none:info=0"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for level in (60, 200, 200):
            rgb = np.full((48, 64, 3), level, np.uint8)
            rgb[:, 32:] = level + 40
            out.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        out.mux(stream.encode(None))
    data = (tmp_path / "a.mp4").read_bytes()
    data = data.replace(data[8:12], b"hevc", 1)
    if degrees:  # the matrix of the track
        still = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
        turned = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
        at = data.index(b"tkhd")
        data = data[:at] + data[at:].replace(still, turned, 1)
    (tmp_path / "a.heics").write_bytes(data)
    found = load_image(tmp_path / "a.heics")
    assert found.pixels.shape == ((64, 48, 3) if degrees else (48, 64, 3))
    assert found.pixels[4, 4] * 255 == pytest.approx([60] * 3, abs=4)
    assert found.pixels[-4, -4] * 255 == pytest.approx([100] * 3, abs=4)
    assert found.notes == ("animated: the first frame is used",)
