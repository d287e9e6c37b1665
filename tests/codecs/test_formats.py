"""Formats beyond the common ones: read, or named with what to do."""

from __future__ import annotations

import io
import struct
from fractions import Fraction
from pathlib import Path

import av
import cv2
import imagecodecs
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from autostyle import formats
from autostyle.codecs import jxl
from autostyle.codecs.cicp import Cicp
from autostyle.codecs.image import load_image
from autostyle.codecs.preview import preview
from autostyle.errors import BadInput
from tests.codecs.profiles import ADOBE_RGB, gamma, rgb_profile, table_rgb_profile

Photo = NDArray[np.uint8]


def _linear(photo: Photo) -> NDArray[np.float32]:
    values = photo / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _exr(photo: Photo) -> bytes:
    encoder = av.CodecContext.create("exr", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 56, 40, "gbrpf32le", Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(_linear(photo)), format="gbrpf32le")
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def _psd(samples: NDArray[np.uint8] | NDArray[np.uint16]) -> bytes:
    depth, channels = samples.dtype.itemsize * 8, samples.shape[2]
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, channels, *samples.shape[:2], depth, 1 if channels == 1 else 3)
    return head + bytes(12) + bytes(2) + np.moveaxis(samples, -1, 0).astype(samples.dtype.newbyteorder(">")).tobytes()


def _pillow(photo: Photo, kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(photo).save(file, kind)
    return file.getvalue()


def _written(photo: Photo, kind: str) -> bytes:
    deep = photo.astype(np.uint16) * 257
    match kind:
        case "JPEG XL":
            return imagecodecs.jpegxl_encode(photo, lossless=True)
        case "JPEG 2000":
            return imagecodecs.jpeg2k_encode(photo, level=0)
        case "JPEG 2000, 16 bits":
            return imagecodecs.jpeg2k_encode(deep, level=0)
        case "AVIF, 12 bits":
            return imagecodecs.avif_encode(deep >> 4, level=100, bitspersample=12)
        case "PPM":
            return _pillow(photo, "PPM")
        case "QOI":
            return imagecodecs.qoi_encode(photo)
        case "Radiance HDR":
            return imagecodecs.rgbe_encode(_linear(photo))
        case "OpenEXR":
            return _exr(photo)
        case "Photoshop":
            return _psd(photo)
        case "Photoshop, 16 bits":
            return _psd(deep)
    raise ValueError(kind)


KINDS = (
    *("JPEG XL", "JPEG 2000", "JPEG 2000, 16 bits", "AVIF, 12 bits", "PPM", "QOI", "Radiance HDR", "OpenEXR"),
    *("Photoshop", "Photoshop, 16 bits"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_as_what_it_shows(tmp_path: Path, photo: Photo, kind: str) -> None:
    (tmp_path / "a.png").write_bytes(_written(photo, kind))
    picture = load_image(tmp_path / "a.png")
    lossy = {"Radiance HDR": 2, "AVIF, 12 bits": 2}.get(kind, 0.5)
    assert np.abs(picture.pixels * 255 - photo).mean() < lossy
    assert picture.bit_depth == (16 if "bits" in kind or kind in ("Radiance HDR", "OpenEXR") else 8)
    assert preview(tmp_path / "a.png", 28).size == (28, 20)
    with pytest.raises(BadInput, match="too large"):
        load_image(tmp_path / "a.png", max_pixels=2000)


@pytest.mark.parametrize("kind", KINDS)
def test_damage_gives_a_picture_or_a_refusal(tmp_path: Path, photo: Photo, kind: str) -> None:
    whole = np.frombuffer(_written(photo, kind), np.uint8)
    rng = np.random.default_rng(3)
    for _ in range(25):
        hurt = whole[: rng.integers(20, len(whole) + 1)].copy()
        hurt[rng.integers(12, len(hurt), 2)] = rng.integers(0, 256, 2)
        (tmp_path / "a").write_bytes(hurt.tobytes())
        try:
            picture = load_image(tmp_path / "a", max_pixels=100_000)
        except BadInput as error:
            assert error.hint
            continue
        assert np.isfinite(picture.pixels).all()


@pytest.mark.parametrize("channels", [1, 2, 4])
def test_jpeg_xl_of_other_channels(tmp_path: Path, photo: Photo, channels: int) -> None:
    samples = np.dstack([photo, photo[::-1, :, 0]])[..., {1: [0], 2: [0, 3], 4: [0, 1, 2, 3]}[channels]]
    (tmp_path / "a").write_bytes(imagecodecs.jpegxl_encode(samples.squeeze(), lossless=True))
    picture = load_image(tmp_path / "a")
    assert np.array_equal((picture.pixels[..., 0] * 255).round(), photo[..., 0])
    assert (picture.alpha is not None) == (channels % 2 == 0)


def _bits(*fields: tuple[int, int]) -> bytes:
    """Numbers, each (value, bits), packed from the lowest bit on."""
    number = at = 0
    for value, count in fields:
        number |= value << at
        at += count
    return b"\xff\x0a" + number.to_bytes(-(-at // 8) + 8, "little")


SIZE = ((0, 1), (0, 2), (479, 9), (4, 3))  # 480 rows, three halves of that wide
PLAIN = ((0, 1), (0, 1), (0, 1), (0, 2), (1, 1), (0, 2), (1, 1))  # 8 bits, no more channels, XYB


def _enum(value: int) -> tuple[tuple[int, int], ...]:
    if value < 2:
        return ((value, 2),)
    return ((2, 2), (value - 2, 4)) if value < 18 else ((3, 2), (value - 18, 6))


@pytest.mark.parametrize(
    ("colors", "expected"),
    [
        ([(0, 1), *_enum(0), *_enum(1), *_enum(1), (0, 1), *_enum(8)], Cicp(1, 8)),
        ([(0, 1), *_enum(0), *_enum(1), *_enum(11), (0, 1), *_enum(13)], Cicp(12, 13)),
        ([(0, 1), *_enum(0), *_enum(1), *_enum(9), (0, 1), *_enum(16)], Cicp(9, 16)),
        ([(0, 1), *_enum(0), *_enum(1), *_enum(9), (0, 1), *_enum(18)], Cicp(9, 18)),
    ],
)
def test_the_head_of_jpeg_xl_tells_size_and_colours(colors: list[tuple[int, int]], expected: Cicp) -> None:
    found = jxl.head(_bits(*SIZE, *PLAIN, (0, 1), *colors))
    assert (found.width, found.height, found.space.cicp) == (720, 480, expected)


@pytest.mark.parametrize("profile", [rgb_profile(ADOBE_RGB, gamma(2.2)), table_rgb_profile()], ids=["matrix", "tables"])
def test_of_a_jpeg_kept_as_jpeg_xl_the_profile_is_read(tmp_path: Path, photo: Photo, profile: bytes) -> None:
    Image.fromarray(photo).save(tmp_path / "a.jpg", icc_profile=profile)
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode_jpeg((tmp_path / "a.jpg").read_bytes()))
    found, wanted = load_image(tmp_path / "a.jxl"), load_image(tmp_path / "a.jpg")
    assert np.array_equal(found.pixels, wanted.pixels) and found.notes == wanted.notes
    Image.fromarray(photo).save(tmp_path / "b.jpg")
    assert np.abs(found.pixels - load_image(tmp_path / "b.jpg").pixels).max() > 0.05


def test_a_profile_of_jpeg_xl_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jpeg = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 60, 20)).save(jpeg, "JPEG", icc_profile=table_rgb_profile())
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode_jpeg(jpeg.getvalue()))
    monkeypatch.setattr(imagecodecs, "jpegxl_decode_jpeg", lambda data, numthreads: b"none")
    assert load_image(tmp_path / "a.jxl").notes == ("its colour profile cannot be read here and was ignored",)


def test_of_an_animated_jpeg_xl_the_first_frame_is_used_and_that_is_said(tmp_path: Path) -> None:
    frames = np.stack([np.full((40, 50, 3), level, np.uint8) for level in (50, 200)])
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(frames, lossless=True))
    found = load_image(tmp_path / "a.jxl")
    assert found.pixels[20, 20] * 255 == pytest.approx([50] * 3, abs=1)
    assert found.notes == ("animated: the first frame is used",)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("beside", [True, False], ids=["with a picture", "a track alone"])
def test_of_an_animated_avif_the_first_frame_is_used(tmp_path: Path, mode: str, beside: bool) -> None:
    """Asked for one of several, its decoder wrote beyond its memory: a fault here may end the process."""
    frames = [Image.new(mode, (128, 96), color) for color in ((200, 40, 40), (0, 0, 255), (0, 0, 255))]
    file = io.BytesIO()
    frames[0].save(file, "AVIF", save_all=True, append_images=frames[1:], quality=95)
    data = file.getvalue()
    if not beside:
        brands = data[:44].replace(b"avif", b"avis").replace(b"mif1", b"avis").replace(b"miaf", b"avis")
        data = (brands + data[44:]).replace(b"meta", b"free", 1)
    (tmp_path / "a.avif").write_bytes(data)
    found = load_image(tmp_path / "a.avif")
    assert found.pixels[40, 60] * 255 == pytest.approx([200, 40, 40], abs=3)
    assert found.notes == ("animated: the first frame is used",)


NAMED = {
    "a PDF": b"%PDF-1.7\n",
    "an SVG drawing": b"<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "PostScript": b"%!PS-Adobe-3.0",
    "a camera's raw file": b"II*\0\x10\0\0\0CR\x02\0",
    "a web page": b"\n<!doctype html><html>",
    "a GIMP file": b"gimp xcf v011\0",
    "a ZIP archive, or a document in one": b"PK\x03\x04" + bytes(20),
    "a clip": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
    "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\n",
    "a Windows icon": b"\0\0\1\0\1\0\x10\x10\0\0\1\0",
}


@pytest.mark.parametrize(("name", "data"), NAMED.items(), ids=NAMED.keys())
def test_what_is_not_read_is_named_with_what_to_do(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "picture.jpg").write_bytes(data)
    with pytest.raises(BadInput) as caught:
        load_image(tmp_path / "picture.jpg")
    assert caught.value.message == f"{tmp_path / 'picture.jpg'} is {name}, which is not read"
    assert caught.value.hint


def test_a_camera_s_raw_file_that_is_a_tiff_is_named(tmp_path: Path, photo: Photo) -> None:
    with tifffile.TiffWriter(tmp_path / "a.nef") as file:
        file.write(photo, photometric="rgb", subfiletype=1, subifds=1)
        file.write(photo[..., 0].astype(np.uint16), photometric="cfa", extratags=[(33421, "H", 2, (2, 2), True)])
    with pytest.raises(BadInput, match="camera's raw file"):
        load_image(tmp_path / "a.nef")


def test_brands_are_told_apart() -> None:
    def brand(*names: bytes) -> formats.Format | None:
        rest = b"".join(names[1:])
        return formats.of(struct.pack(">I4s4s4s", 16 + len(rest), b"ftyp", names[0], bytes(4)) + rest + b"heic")

    assert brand(b"mif1", b"avif") == formats.AVIF
    assert brand(b"mif1", b"heic") == formats.HEIC
    assert brand(b"isom", b"mp42") == formats.CLIP
    assert brand(b"crx ", b"crx ") == formats.RAW


def test_cv2_and_we_agree_on_portable_maps(tmp_path: Path, photo: Photo) -> None:
    cv2.imwrite(str(tmp_path / "a.pgm"), photo[..., 0].astype(np.uint16) * 257)
    picture = load_image(tmp_path / "a.pgm")
    assert np.array_equal((picture.pixels[..., 0] * 255).round(), photo[..., 0])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("kept", [0.6, 0.97])
def test_what_is_cut_short_is_not_shown_in_part(tmp_path: Path, photo: Photo, kind: str, kept: float) -> None:
    whole = _written(photo, kind)
    (tmp_path / "a").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(BadInput, match="damaged or cut short"):
        load_image(tmp_path / "a")
