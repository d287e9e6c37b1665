"""What one looks at more closely."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from autostyle.tui.look_screen import find_sights
from autostyle.tui.sights import MOST, faces, sights

EXAMPLES = Path(__file__).parents[2] / "studies" / "examples" / "content"


def test_a_face_comes_first() -> None:
    picture = Image.open(EXAMPLES / "astronaut.jpg").convert("RGB")
    first = sights(picture)[0]
    assert (first.x, first.y) == pytest.approx((0.44, 0.23), abs=0.06)
    assert 2 < first.zoom < 4


def test_another_process_finds_the_same_so_that_no_key_waits() -> None:
    picture = EXAMPLES / "astronaut.jpg"
    (first, *_) = asyncio.run(find_sights(picture))
    assert (first.x, first.y) == pytest.approx((0.44, 0.23), abs=0.06)
    assert asyncio.run(find_sights(picture.with_name("gone.jpg"))) == ()


def test_what_stands_out_comes_where_there_is_no_face() -> None:
    picture = Image.new("RGB", (300, 200), (90, 100, 90))
    ImageDraw.Draw(picture).ellipse((210, 130, 240, 160), fill="red", outline="white")
    found = sights(picture)
    assert (found[0].x, found[0].y) == pytest.approx((0.75, 0.725), abs=0.08)
    assert len(found) <= MOST


def test_a_picture_too_small_for_a_face_has_none() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (16, 16, 3), np.uint8)
    assert faces(Image.fromarray(noise)) == []
