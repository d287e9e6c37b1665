"""Transparent places: what a file hides there changes nothing anywhere."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from autostyle.agent.brains.language.pictures import part
from autostyle.agent.messages import Attachment as Sent
from autostyle.codecs import png
from autostyle.codecs.image import load_image, save_image
from autostyle.codecs.preview import preview
from autostyle.codecs.transparency import fill_hidden, visible_box
from autostyle.errors import BadInput
from autostyle.keywords.measured import describe
from autostyle.mediums.contract import style_of
from autostyle.mediums.image.medium import ImageMedium
from autostyle.report import recording
from autostyle.report.pictures import Album
from autostyle.train.lora import pictures

Photo = NDArray[np.uint8]


@pytest.fixture
def cut_out(photo: Photo) -> NDArray[np.float32]:
    """Opacity: a disc with a soft edge, off the middle."""
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    return np.clip(14 - np.hypot(x - 30, y - 20), 0, 1).astype(np.float32)


def _two(photo: Photo, alpha: NDArray[np.float32], top: int) -> list[NDArray[Any]]:
    """The same to look at: one with black, one with noise under what is wholly transparent."""
    samples = np.dstack([photo.astype(np.float64) / 255, alpha])
    black, noise = samples.copy(), samples.copy()
    black[alpha == 0, :3] = 0
    noise[alpha == 0, :3] = np.random.default_rng(0).random((int((alpha == 0).sum()), 3))
    return [(each * top).round().astype(np.uint8 if top == 255 else np.uint16) for each in (black, noise)]


def _png(path: Path, rgba: NDArray[Any]) -> None:
    path.write_bytes(cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))[1].tobytes())


def _tiff(path: Path, rgba: NDArray[Any]) -> None:
    tifffile.imwrite(path, rgba, photometric="rgb", extrasamples=["unassalpha"])


def _webp(path: Path, rgba: NDArray[Any]) -> None:
    Image.fromarray(rgba).save(path, "WEBP", lossless=True, exact=True)


def _grey(path: Path, rgba: NDArray[Any]) -> None:
    Image.fromarray(np.ascontiguousarray(rgba[..., [0, 3]]), "LA").save(path, "PNG")


@pytest.mark.parametrize(
    ("save", "top"), [(_png, 255), (_png, 65535), (_tiff, 255), (_tiff, 65535), (_webp, 255), (_grey, 255)]
)
def test_what_is_hidden_changes_nothing(
    tmp_path: Path, photo: Photo, cut_out: NDArray[np.float32], save: Callable[..., None], top: int
) -> None:
    loaded = []
    for number, samples in enumerate(_two(photo, cut_out, top)):
        save(tmp_path / str(number), samples)
        loaded.append(load_image(tmp_path / str(number)))
    black, noise = loaded
    assert black.sha256 != noise.sha256
    assert np.array_equal(black.pixels, noise.pixels)
    assert black.alpha is not None and noise.alpha is not None
    assert np.array_equal(black.alpha, noise.alpha)
    assert black.alpha == pytest.approx(cut_out, abs=1 / 255)


READERS: dict[str, Callable[[Path], Any]] = {
    "keywords": lambda path: describe(load_image(path).as_style.pixels, load_image(path).as_style.visible),
    "recipe": lambda path: recording.style(path, ImageMedium()).webp,
    "LoRA": lambda path: pictures.read([path], "a caption", "x")[0].pixels.tobytes(),
    "report": lambda path: Album(path.parent, 1 << 20).add(Path(path.name), 64),
    "chat model": lambda path: part(Sent(path, load_image(path).sha256)),
    "screen": lambda path: preview(path, 64).tobytes(),
    "save": lambda path: _saved_again(path).read_bytes(),
}


def _saved_again(path: Path) -> Path:
    loaded, target = load_image(path), path.with_suffix(".jpg")
    save_image(target, loaded.pixels, alpha=loaded.alpha, overwrite=True)
    return target


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_nobody_who_reads_pictures_sees_what_is_hidden(
    tmp_path: Path, photo: Photo, cut_out: NDArray[np.float32], read: Callable[[Path], Any]
) -> None:
    found = []
    for samples in _two(photo, cut_out, 255):
        _png(tmp_path / "a.png", samples)
        found.append(read(tmp_path / "a.png"))
    assert found[0] == found[1]


@pytest.mark.parametrize("shape", ["disc", "ring", "half", "speck", "letters"])
def test_the_fill_looks_like_what_is_visible(shape: str) -> None:
    """Means and deviations of the whole are those of the visible part; hidden magenta would move them by 0.3."""
    y, x = np.mgrid[:120, :160]
    picture = np.stack([0.5 + 0.4 * np.sin(x / 3), 0.4 + 0.2 * np.cos(y / 4), 0.3 + 0 * x], axis=-1)
    known = {
        "disc": np.hypot(x - 70, y - 50) < 40,
        "ring": abs(np.hypot(x - 80, y - 60) - 45) < 8,
        "half": x < 80,
        "speck": np.hypot(x - 30, y - 30) < 12,
        "letters": cv2.putText(np.zeros((120, 160), np.uint8), "ab", (20, 90), cv2.FONT_HERSHEY_SIMPLEX, 3, 255, 9) > 0,
    }[shape]
    picture[~known] = (1, 0, 1)
    whole = fill_hidden(picture.astype(np.float32), known.astype(np.float32))
    assert np.array_equal(whole[known], picture[known].astype(np.float32))
    assert whole.mean((0, 1)) == pytest.approx(picture[known].mean(0), abs=0.06)
    assert whole.std((0, 1)) == pytest.approx(picture[known].std(0), abs=0.06)


def test_as_a_style_a_picture_is_its_visible_part(tmp_path: Path, photo: Photo) -> None:
    """Exactly the file somebody would get by cutting it out."""
    rgba = np.zeros((90, 100, 4), np.uint8)
    rgba[20:60, 30:86] = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
    _png(tmp_path / "a.png", rgba)
    assert np.array_equal((load_image(tmp_path / "a.png").as_style.pixels * 255).round(), photo)


def test_a_speck_is_still_large_enough_for_a_style(tmp_path: Path) -> None:
    rgba = np.zeros((64, 200, 4), np.uint8)
    rgba[60:, 197:] = 255
    _png(tmp_path / "a.png", rgba)
    assert load_image(tmp_path / "a.png").as_style.pixels.shape == (32, 32, 3)
    assert visible_box(rgba[..., 3] / np.float32(255), 32) == (slice(32, 64), slice(168, 200))


def test_colours_of_faint_places_count_as_much_as_they_show(photo: Photo) -> None:
    """From an eighth of opacity on they are as the file says; a picture that is faint all over keeps all of them."""
    pixels = photo.astype(np.float32) / 255
    half = np.ones(photo.shape[:2], np.float32)
    half[:, 20:] = 1 / 8
    half[:, 40:] = 1 / 16
    whole = fill_hidden(pixels, half)
    assert np.array_equal(whole[:, :40], pixels[:, :40])
    assert not np.allclose(whole[:, 40:], pixels[:, 40:], atol=0.01)
    assert np.array_equal(fill_hidden(pixels, np.full_like(half, 0.03)), pixels)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_picture_that_shows_nothing_is_refused_and_why_is_said(tmp_path: Path, kind: str) -> None:
    nothing, something = Image.new("RGBA", (40, 40), (255, 0, 0, 0)), Image.new("RGBA", (40, 40), "teal")
    nothing.save(tmp_path / "moving", kind, save_all=True, append_images=[something])
    with pytest.raises(BadInput, match="its first frame is wholly transparent"):
        load_image(tmp_path / "moving")
    if kind != "GIF":
        nothing.save(tmp_path / "still", kind)
        with pytest.raises(BadInput, match="it is wholly transparent"):
            load_image(tmp_path / "still")


@pytest.mark.parametrize(
    ("kind", "depth"),
    [*(("grey", n) for n in (1, 2, 4, 8, 16)), ("colour", 8), ("colour", 16), *(("palette", n) for n in (1, 2, 4, 8))],
)
def test_a_png_keeps_its_one_transparent_colour(tmp_path: Path, kind: str, depth: int) -> None:
    """The left half is of the transparent colour, the right half of one just beside it."""
    levels = [1, 0] if depth < 16 else [0x1234, 0x1235]
    values = np.repeat(np.array([[levels]]), 20, axis=2).repeat(40, axis=1)[0]
    each = {"grey": 1, "colour": 3, "palette": 1}[kind]
    rows = values.repeat(each, axis=1)
    if depth == 16:
        packed = rows.astype(">u2").view(np.uint8)
    else:
        bits = np.unpackbits(rows.astype(np.uint8)[..., None], axis=-1)[..., 8 - depth :]
        packed = np.packbits(bits.reshape(40, -1), axis=-1)
    chunks = [
        png.Chunk(
            b"IHDR", struct.pack(">IIBBBBB", 40, 40, depth, {"grey": 0, "colour": 2, "palette": 3}[kind], 0, 0, 0)
        )
    ]
    if kind == "palette":
        chunks += [png.Chunk(b"PLTE", bytes((255, 0, 0, 0, 0, 255))), png.Chunk(b"tRNS", bytes((255, 0)))]
    else:
        chunks.append(png.Chunk(b"tRNS", struct.pack(f">{each}H", *levels[:1] * each)))
    chunks += [
        png.Chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row.tobytes() for row in packed))),
        png.Chunk(b"IEND", b""),
    ]
    (tmp_path / "a.png").write_bytes(png.SIGNATURE + b"".join(map(png.encode, chunks)))
    alpha = load_image(tmp_path / "a.png").alpha
    assert alpha is not None
    assert (alpha[:, :20].max(), alpha[:, 20:].min()) == (0, 1)


def test_the_copy_of_a_cut_out_that_travels_with_a_recipe_hides_what_it_hid(
    tmp_path: Path, photo: Photo, cut_out: NDArray[np.float32]
) -> None:
    _png(tmp_path / "a.png", _two(photo, cut_out, 255)[1])
    medium = ImageMedium()
    style = medium.load_style(tmp_path / "a.png")
    packed = medium.pack_style(style, 1 << 16)
    assert packed is not None and style.visible is not None
    copy = medium.unpack_style(packed)
    assert copy.visible == pytest.approx(style.visible, abs=1 / 255)
    seen = style.visible > 0.9
    assert np.abs(copy.exemplar - style.exemplar)[seen].mean() < 0.05
    assert style_of([style, copy]).visible[1] is copy.visible
    opaque = replace(style, visible=None)
    assert (
        style_of([opaque]).visible == ()
        and medium.unpack_style(medium.pack_style(opaque, 1 << 16) or b"").visible is None
    )
