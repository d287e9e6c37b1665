"""Pictures as a program gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autostyle.api.given import TemporaryFolder, to_file
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput

BYTES = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)


def read(picture: Any) -> Any:
    folder = TemporaryFolder()
    return load_image(to_file(picture, "content", folder))


@pytest.mark.parametrize(
    ("given", "most"),
    [
        (BYTES, 1e-6),
        (BYTES.astype(np.float64) / 255, 1e-4),
        (BYTES.astype(np.uint16) * 257, 1e-4),
        (Image.fromarray(BYTES), 1e-6),
        (Image.fromarray(BYTES).convert("CMYK"), 1e-6),
    ],
    ids=["uint8", "fractions", "uint16", "PIL", "PIL, CMYK"],
)
def test_a_picture_in_memory_is_read_as_it_is(given: Any, most: float) -> None:
    assert np.abs(read(given).pixels - BYTES / np.float32(255)).max() <= most


def test_grey_is_a_picture_and_a_fourth_channel_its_opacity() -> None:
    assert np.ptp(read(BYTES[..., 0]).pixels, axis=2).max() == 0
    assert read(np.dstack([BYTES, BYTES[..., :1]])).alpha == pytest.approx(BYTES[..., 0] / 255, abs=1e-6)


def test_a_photograph_that_lies_on_its_side_is_turned_upright() -> None:
    photo = Image.fromarray(BYTES)
    photo.getexif()[0x0112] = 6
    assert read(photo).pixels.shape == (50, 40, 3)


def test_the_same_array_is_the_same_file_so_that_a_study_of_it_is_found_again() -> None:
    first, second = TemporaryFolder(), TemporaryFolder()
    assert to_file(BYTES, "content", first).read_bytes() == to_file(BYTES, "content", second).read_bytes()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda: BYTES.transpose(2, 0, 1), "channels come last"),
        (lambda: BYTES.astype(np.float32), "fractions 0..1"),
        (lambda: BYTES.astype(np.int64), "uint8"),
        (lambda: np.full((40, 50, 3), np.nan), "fractions"),
        (lambda: BYTES[None], "shape"),
        (lambda: 3, "shape"),
        (lambda: np.array([["a", "b"]]), "shape"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_hint(wrong: Callable[[], Any], hint: str) -> None:
    with pytest.raises(BadInput, match="no picture") as refused:
        read(wrong())
    assert hint in refused.value.hint


def test_temporary_files_are_gone_with_what_holds_them() -> None:
    folder = TemporaryFolder()
    place = to_file(BYTES, "content", folder)
    assert place.is_file()
    del folder
    assert not place.parent.exists()


def test_a_path_is_taken_as_it_is(alone: Path) -> None:
    assert to_file("photo.jpg", "content", TemporaryFolder()) == Path("photo.jpg")
