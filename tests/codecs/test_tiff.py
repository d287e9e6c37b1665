"""TIFF of every kind that programs write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image
from skimage.color import lab2rgb, rgb2lab

from autostyle.codecs.image import ImageFile, load_image
from autostyle.errors import BadInput

Photo = NDArray[np.uint8]
DEEP = np.uint16(257)


@pytest.fixture
def large(photo: Photo) -> Photo:
    """More than one tile or strip large."""
    return np.tile(photo, (2, 2, 1))


def written(tmp_path: Path, samples: NDArray[Any], **options: Any) -> ImageFile:
    tifffile.imwrite(tmp_path / "a.tif", samples, **{"photometric": "rgb", **options})
    return load_image(tmp_path / "a.tif")


def levels(picture: ImageFile) -> NDArray[Any]:
    return (picture.pixels * 255).round()


@pytest.mark.parametrize("layout", [{}, {"tile": (32, 32)}, {"rowsperstrip": 7}], ids=["whole", "tiles", "strips"])
@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("bigtiff", [False, True])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_every_layout(
    tmp_path: Path, large: Photo, layout: dict[str, Any], planes: str, order: str, bigtiff: bool, dtype: type
) -> None:
    samples = {np.uint8: large, np.uint16: large * DEEP, np.float32: (large / 255).astype(np.float32)}[dtype]
    samples = np.moveaxis(samples, -1, 0) if planes == "separate" else samples
    picture = written(tmp_path, samples, planarconfig=planes, byteorder=order, bigtiff=bigtiff, **layout)
    assert np.array_equal(levels(picture), large)
    assert (picture.alpha, picture.notes, picture.bit_depth) == (None, (), 8 if dtype == np.uint8 else 16)


@pytest.mark.parametrize("compression", ["lzw", "zlib", "zstd", "lerc", "lzma", "packbits", "deflate", "png", "jpegxl"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_lossless_compression(tmp_path: Path, large: Photo, compression: str, dtype: type) -> None:
    samples = large.astype(dtype) * dtype(np.iinfo(dtype).max // 255)
    options = {"compressionargs": {"lossless": True}} if compression == "jpegxl" else {}
    predictor = {"predictor": True} if compression in ("lzw", "zlib", "zstd", "deflate") else {}
    assert np.array_equal(levels(written(tmp_path, samples, compression=compression, **options, **predictor)), large)


@pytest.mark.parametrize("compression", ["jpeg", "webp", "jpeg2000"])
def test_every_lossy_compression(tmp_path: Path, large: Photo, compression: str) -> None:
    picture = written(tmp_path, large, compression=compression, compressionargs={"level": 95})
    assert np.abs(levels(picture) - large).mean() < 4


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "jpeg"])
def test_luma_and_chroma(tmp_path: Path, large: Photo, compression: str | None) -> None:
    Image.fromarray(large).convert("YCbCr").save(tmp_path / "a.tif", compression=compression)
    assert np.abs(levels(load_image(tmp_path / "a.tif")) - large).mean() < 4


def test_jpeg_of_12_bits(tmp_path: Path, large: Photo) -> None:
    grey = large[..., 0].astype(np.uint16) * 16
    picture = written(
        tmp_path, grey, compression="jpeg", photometric="minisblack", compressionargs={"bitspersample": 12, "level": 99}
    )
    assert np.abs(levels(picture)[..., 0] - grey / 4095 * 255).mean() < 3


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats(tmp_path: Path, photo: Photo, dtype: type) -> None:
    assert np.array_equal(levels(written(tmp_path, (photo / 255).astype(dtype))), photo)


def test_floats_beyond_white(tmp_path: Path, photo: Photo) -> None:
    """A few lights are clipped; numbers that were never meant to end at 1 are brought there."""
    lights = (photo / 255).astype(np.float32)
    lights[0, 0] = 7, np.nan, np.inf
    picture = written(tmp_path, lights)
    assert np.array_equal(levels(picture)[1:], photo[1:])
    assert levels(picture)[0, 0].tolist() == [255, 0, 0]
    assert picture.notes == ("places without a number are black", "numbers over 1 are taken for white")
    counted = written(tmp_path, photo.astype(np.float32))
    assert np.array_equal(levels(counted), photo)
    assert counted.notes == ("its numbers go up to 255",)


@pytest.mark.parametrize("bits", [2, 4, 10, 12, 14])
def test_odd_depths(tmp_path: Path, photo: Photo, bits: int) -> None:
    values = (photo[..., 0] / 255 * (2**bits - 1)).round().astype(np.uint8 if bits <= 8 else np.uint16)
    pairs = values.astype(">u2").view(np.uint8).reshape(40, 56, 2)
    packed = np.packbits(np.unpackbits(pairs, axis=-1)[..., -bits:].reshape(40, -1), axis=-1)
    tags = {"photometric": "minisblack", "rowsperstrip": 40}
    tifffile.imwrite(tmp_path / "a.tif", packed, **tags)
    with tifffile.TiffFile(tmp_path / "a.tif", mode="r+") as file:
        file.pages[0].tags["ImageWidth"].overwrite(56)
        file.pages[0].tags["BitsPerSample"].overwrite(bits)
    picture = load_image(tmp_path / "a.tif")
    assert np.abs(picture.pixels[..., 0] - values / (2**bits - 1)).max() < 1e-4 + (bits < 8) * 0.002
    assert picture.bit_depth == (8 if bits <= 8 else 16)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize(("kind", "opaque"), [("unassalpha", False), ("assocalpha", False), ("unspecified", True)])
def test_an_extra_channel_is_what_it_says(tmp_path: Path, photo: Photo, dtype: type, kind: str, opaque: bool) -> None:
    """Opacity from a half to all; of a channel that does not say that it is one nothing is believed."""
    top = 1.0 if dtype == np.float32 else np.iinfo(dtype).max
    alpha = np.linspace(0.5, 1, 56, dtype=np.float64)[None].repeat(40, axis=0)
    color = photo / 255 * (alpha[..., None] if kind == "assocalpha" else 1)
    samples = np.dstack([color, alpha]) * top
    samples = samples.astype(dtype) if dtype == np.float32 else samples.round().astype(dtype)
    picture = written(tmp_path, samples, extrasamples=[kind])
    assert np.abs(levels(picture) - photo).max() <= (2 if (kind, dtype) == ("assocalpha", np.uint8) else 0)
    if opaque:
        assert picture.alpha is None
        assert picture.notes == ("an extra channel that does not say what it is was left out",)
    else:
        assert picture.alpha == pytest.approx(alpha, abs=1 / 255)
        assert picture.notes == ()


def test_grey_with_opacity_and_what_lies_beyond_it(tmp_path: Path, photo: Photo) -> None:
    half = np.full(photo.shape[:2], 128, np.uint8)
    picture = written(
        tmp_path,
        np.dstack([photo[..., 0], half, photo[..., 1]]),
        photometric="minisblack",
        extrasamples=["unassalpha", "unspecified"],
        planarconfig="contig",
    )
    assert np.array_equal(levels(picture)[..., 2], photo[..., 0])
    assert picture.alpha is not None and np.unique(picture.alpha).tolist() == [np.float32(128 / 255)]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_inks(tmp_path: Path, dtype: type) -> None:
    ink = np.zeros((40, 40, 4), dtype)
    ink[:, :20, 1:3] = np.iinfo(dtype).max
    picture = written(tmp_path, ink, photometric="separated")
    assert picture.pixels[0, [0, 39]].tolist() == [[1, 0, 0], [1, 1, 1]]
    assert picture.notes == ("CMYK converted to RGB without a profile",)


@pytest.mark.parametrize("kind", ["cielab", "icclab"])
@pytest.mark.parametrize("bits", [8, 16])
def test_lab(tmp_path: Path, photo: Photo, kind: str, bits: int) -> None:
    lab = rgb2lab(photo)  # D65: white falls on white either way, hues by a little
    unit = 1 << (bits - 8)
    light = lab[..., 0] / 100 * ((2**bits - 1) if kind == "cielab" else 255 * unit)
    ab = lab[..., 1:] * unit if kind == "cielab" else (lab[..., 1:] + 128) * unit
    signed = ab.round().astype(f"i{bits // 8}" if kind == "cielab" else f"u{bits // 8}").view(f"u{bits // 8}")
    samples = np.dstack([light.round().astype(signed.dtype), signed])
    picture = written(tmp_path, samples, photometric=kind)
    assert np.abs(picture.pixels - lab2rgb(lab)).mean() < 0.03
    white = np.zeros((40, 40, 3), samples.dtype)
    white[..., 0] = np.iinfo(samples.dtype).max if kind == "cielab" else 255 * unit
    white[..., 1:] = 0 if kind == "cielab" else 128 * unit
    assert written(tmp_path, white, photometric=kind).pixels == pytest.approx(1, abs=0.005)


@pytest.mark.parametrize("small", [False, True], ids=["16 bits", "8 bits in 16"])
def test_palettes(tmp_path: Path, photo: Photo, small: bool) -> None:
    colors = np.array([[255, 0, 0], [0, 128, 255]]).T.repeat(128, axis=1).astype(np.uint16)
    index = (np.arange(56)[None].repeat(40, axis=0) * 4).astype(np.uint8)
    picture = written(tmp_path, index, photometric="palette", colormap=colors if small else colors * DEEP)
    assert levels(picture)[0, [0, 55]].tolist() == [[255, 0, 0], [0, 128, 255]]


def test_the_first_whole_page_is_taken(tmp_path: Path, photo: Photo) -> None:
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        file.write(photo[::2, ::2], photometric="rgb", subfiletype=1)  # a thumbnail, as some cameras put it first
        file.write(photo, photometric="rgb")
    picture = load_image(tmp_path / "a.tif")
    assert np.array_equal(levels(picture), photo)
    assert picture.notes == ()


@pytest.mark.parametrize("compression", ["group3", "group4", "tiff_jpeg"])
def test_old_kinds_go_to_pillow(tmp_path: Path, photo: Photo, compression: str) -> None:
    image = Image.fromarray(photo)
    image = image if compression == "tiff_jpeg" else image.convert("1")
    image.save(tmp_path / "a.tif", compression=compression)
    assert np.abs(levels(load_image(tmp_path / "a.tif")) - np.asarray(image.convert("RGB"))).mean() < 6


def test_two_reads_are_equal(tmp_path: Path, photo: Photo) -> None:
    first = written(tmp_path, np.moveaxis(photo * DEEP, -1, 0), planarconfig="separate")
    assert np.array_equal(first.pixels, load_image(tmp_path / "a.tif").pixels)


def test_what_is_more_or_other_than_a_picture(tmp_path: Path, photo: Photo) -> None:
    with pytest.raises(BadInput, match="colours of a kind that is not read"):
        written(tmp_path, np.dstack([photo] * 2)[..., :5], photometric="separated", extratags=[(332, "H", 1, 2, True)])
    dng = [(50706, "B", 4, b"\1\4\0\0", True)]
    tifffile.imwrite(tmp_path / "a.dng", photo[..., 0], photometric="minisblack", extratags=dng)
    with pytest.raises(BadInput, match="is a camera's raw file, which is not read"):
        load_image(tmp_path / "a.dng")
    with pytest.raises(BadInput, match="too large"):
        tifffile.imwrite(tmp_path / "b.tif", photo, photometric="rgb")
        load_image(tmp_path / "b.tif", max_pixels=2000)


@pytest.mark.parametrize(
    "options", [{"tile": (32, 32)}, {"compression": "jpeg"}, {"compression": "zstd"}, {"rowsperstrip": 9}]
)
def test_what_is_cut_short_is_not_shown_in_part(tmp_path: Path, large: Photo, options: dict[str, Any]) -> None:
    tifffile.imwrite(tmp_path / "a.tif", large, photometric="rgb", **options)
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(whole[: len(whole) * 97 // 100])
    with pytest.raises(BadInput, match="damaged or cut short"):
        load_image(tmp_path / "a.tif")


def test_a_compression_nobody_knows_is_named(tmp_path: Path, photo: Photo) -> None:
    tifffile.imwrite(tmp_path / "a.tif", photo, photometric="rgb", compression="zlib")
    with tifffile.TiffFile(tmp_path / "a.tif", mode="r+") as file:
        file.pages[0].tags["Compression"].overwrite(32909)
    with pytest.raises(BadInput, match="compressed in a way that is not read"):
        load_image(tmp_path / "a.tif")
