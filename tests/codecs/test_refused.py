"""load_image: what is refused, and how."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs import png
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput

Photo = NDArray[np.uint8]


def refusal(path: Path, **options: int) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load_image(path, **options)
    assert caught.value.hint, "every refusal tells what to do"
    assert "\n" not in caught.value.message + caught.value.hint
    return caught.value


def test_a_missing_file(tmp_path: Path) -> None:
    assert "there is no file" in refusal(tmp_path / "none.png").message


def test_a_file_used_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert "there is no file" in refusal(tmp_path / "a" / "b.png").message


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path).message


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in refusal(tmp_path / "pipe").message


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert "is empty" in refusal(tmp_path / "a.png").message


@pytest.mark.parametrize("text", [b"just words", b"\0" * 99])
def test_what_is_no_picture(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.png").write_bytes(text)
    error = refusal(tmp_path / "a.png")
    assert "is no picture" in error.message
    assert "JPEG, PNG" in error.hint


def test_postscript_is_never_run(tmp_path: Path) -> None:
    """Pillow would hand EPS to Ghostscript; only plain picture formats are opened."""
    Image.new("RGB", (40, 40)).save(tmp_path / "a.eps")
    assert "is PostScript, which is not read" in refusal(tmp_path / "a.eps").message


def test_a_file_one_may_not_read(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).save(tmp_path / "a.png")
    (tmp_path / "a.png").chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # root may read everything: be nobody for a moment
    try:
        assert "may not be read" in refusal(tmp_path / "a.png").message
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_truncated_picture(tmp_path: Path, kind: str, kept: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, kind)
    (tmp_path / "a").write_bytes(file.getvalue()[: int(len(file.getvalue()) * kept)])
    assert "damaged" in refusal(tmp_path / "a").message


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_truncated_16_bit_picture(tmp_path: Path, deep: NDArray[np.uint16], suffix: str) -> None:
    whole = tmp_path / f"a{suffix}"
    cv2.imwrite(str(whole), deep)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 3 // 4])
    assert "damaged" in refusal(whole).message


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (9_000, 9_000), (2**31 - 1, 33)])
def test_a_decompression_bomb_is_not_unpacked(tmp_path: Path, width: int, height: int) -> None:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [png.Chunk(b"IHDR", header), png.Chunk(b"IDAT", zlib.compress(bytes(10_000))), png.Chunk(b"IEND", b"")]
    (tmp_path / "a.png").write_bytes(png.SIGNATURE + b"".join(map(png.encode, parts)))
    assert "is too large" in refusal(tmp_path / "a.png").message


def test_the_largest_size_is_the_callers_to_set(tmp_path: Path, photo: Photo) -> None:
    Image.fromarray(photo).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png", max_pixels=40 * 56).pixels.shape == (40, 56, 3)
    assert "56 x 40" in refusal(tmp_path / "a.png", max_pixels=40 * 56 - 1).message


@pytest.mark.parametrize(("width", "height"), [(31, 400), (400, 31), (1, 1)])
def test_a_tiny_picture(tmp_path: Path, width: int, height: int) -> None:
    Image.new("RGB", (width, height)).save(tmp_path / "a.png")
    error = refusal(tmp_path / "a.png")
    assert f"too small: {width} x {height}" in error.message
    assert "32" in error.hint


def test_32_pixels_are_enough(tmp_path: Path) -> None:
    Image.new("RGB", (32, 33)).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").pixels.shape == (33, 32, 3)


def test_samples_that_are_no_colours(tmp_path: Path) -> None:
    Image.new("I", (40, 40)).save(tmp_path / "a.tif")  # signed
    assert "not read" in refusal(tmp_path / "a.tif").message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "PNG16", "TIFF16"])
def test_damaged_bytes_give_a_picture_or_a_refusal_and_nothing_else(tmp_path: Path, photo: Photo, kind: str) -> None:
    file = io.BytesIO()
    if kind.endswith("16"):
        _, encoded = cv2.imencode(".png" if kind == "PNG16" else ".tif", photo.astype(np.uint16) * 257)
        file.write(encoded.tobytes())
    else:
        Image.fromarray(photo).save(file, kind)
    whole = np.frombuffer(file.getvalue(), np.uint8)
    rng = np.random.default_rng(7)
    for _ in range(60):
        hurt = whole.copy()
        hurt[rng.integers(0, len(hurt), 3)] = rng.integers(0, 256, 3)
        (tmp_path / "a").write_bytes(hurt.tobytes())
        try:
            picture = load_image(tmp_path / "a", max_pixels=1_000_000)
        except BadInput:
            continue
        assert np.isfinite(picture.pixels).all()


def test_reading_prints_nothing_and_imports_no_torch(tmp_path: Path, photo: Photo) -> None:
    """A strange profile and a cut-off end are what the C libraries below would complain of on stderr."""
    _, encoded = cv2.imencode(".png", photo.astype(np.uint16) * 257)
    odd, hurt = tmp_path / "odd.png", tmp_path / "hurt.png"
    odd.write_bytes(png.with_chunks(encoded.tobytes(), [png.profile_chunk(b"no profile")]))
    hurt.write_bytes(encoded.tobytes()[:-40])
    code = """
import sys
from autostyle.errors import BadInput
from autostyle.codecs.image import load_image
for path in sys.argv[1:]:
    try: load_image(path)
    except BadInput: pass
assert "torch" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(odd), str(hurt)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
