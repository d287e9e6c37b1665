"""A picture is judged to be a photograph or an artwork, or neither is said."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from autostyle.keywords.artwork import SURE, judged, odds
from tests.agent.requests.drawn import draw


def test_paint_everywhere_is_an_artwork(tmp_path: Path) -> None:
    draw(tmp_path / "a.jpg", "artwork")

    assert (odds(tmp_path / "a.jpg") or 0) >= SURE


def test_what_a_camera_signed_is_a_photograph(tmp_path: Path) -> None:
    draw(tmp_path / "a.jpg", "photograph")

    assert (odds(tmp_path / "a.jpg") or 0) <= -SURE


@pytest.mark.parametrize("name", ["rocket.jpg", "astronaut.png", "camera.png"])
def test_photographs_without_a_camera_s_signature_are_told(name: str) -> None:
    assert (odds(Path(skimage.__file__).parent / "data" / name) or 0) <= -SURE


def test_a_flat_graphic_may_be_anything() -> None:
    assert judged(np.full((256, 256, 3), 90, np.float32)) == 0.0


def test_what_transparent_places_hide_is_not_judged(tmp_path: Path) -> None:
    draw(tmp_path / "a.png", "artwork")
    shown = np.asarray(Image.open(tmp_path / "a.png").convert("RGB"))
    alpha = np.full(shown.shape[:2], 255, np.uint8)
    alpha[:, ::3] = 0
    for name, hidden in (("b.png", 0), ("c.png", 255)):
        pixels = np.where(alpha[..., None] == 0, np.uint8(hidden), shown)
        Image.fromarray(np.dstack([pixels, alpha])).save(tmp_path / name)

    assert odds(tmp_path / "b.png") == odds(tmp_path / "c.png")


def test_no_other_program_is_started_to_judge_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "a.eps")
    monkeypatch.setattr("PIL.EpsImagePlugin.Ghostscript", lambda *_, **__: pytest.fail("Ghostscript was started"))

    assert odds(tmp_path / "a.eps") is None


@pytest.mark.parametrize("what", ["nothing", "text", "pipe", "cut"])
def test_what_cannot_be_read_is_not_judged(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.jpg"
    if what == "text":
        path.write_text("no picture")
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "cut":
        draw(path, "artwork")
        path.write_bytes(path.read_bytes()[:200])

    assert odds(path) is None


@pytest.mark.parametrize("kind", ["photograph", "artwork"])
def test_a_cut_out_is_judged_by_what_is_seen_of_it(tmp_path: Path, kind: str) -> None:
    draw(tmp_path / "artwork.png", "artwork")
    whole = (
        Path(skimage.__file__).parent / "data" / "astronaut.png" if kind == "photograph" else tmp_path / "artwork.png"
    )
    pixels = np.asarray(Image.open(whole).convert("RGB"))
    away = np.hypot(*(np.mgrid[: pixels.shape[0], : pixels.shape[1]] - np.array(pixels.shape[:2])[:, None, None] / 2))
    away /= min(pixels.shape[:2])
    for name, shown in (("disc.png", away < 0.45), ("ring.png", (away < 0.4) & (away > 0.36))):
        Image.fromarray(np.dstack([pixels, np.where(shown, 255, 0).astype(np.uint8)])).save(tmp_path / name)
    assert ((odds(tmp_path / "disc.png") or 0) > 0) == (kind == "artwork")
    assert odds(tmp_path / "disc.png") != 0
    assert odds(tmp_path / "ring.png") == 0, "too little of it is seen"
