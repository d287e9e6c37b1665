"""The drawn style pictures: seeded, sharp at any size, distinct, and what studies/examples says they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from autostyle.errors import BadInput
from training.drawn import STYLES, draw

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "studies" / "examples"
STYLE_FILES = sorted((EXAMPLES / "styles").glob("*.jpg"))
CONTENT_FILES = sorted((EXAMPLES / "content").glob("*.jpg"))


def shrunk(picture: NDArray[np.uint8], size: int) -> NDArray[np.float32]:
    return cv2.resize(picture.astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)


def look(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """A crude fingerprint: the colours' histogram and how strong edges are by direction."""
    colors = np.histogramdd(picture.reshape(-1, 3), bins=4, range=[(0, 256)] * 3)[0].reshape(-1)
    grey = picture.mean(-1).astype(np.float32)
    gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    edges = np.histogram(np.arctan2(gy, gx) % np.pi, bins=12, weights=np.hypot(gx, gy))[0]
    return np.concatenate([colors / colors.sum(), edges / picture.size / 25])


def test_there_are_at_least_two_dozen_styles() -> None:
    assert len(STYLES) >= 24


@pytest.mark.parametrize(
    "name", [next(iter(STYLES)), *(pytest.param(n, marks=pytest.mark.slow) for n in list(STYLES)[1:])]
)
def test_a_style_is_a_seeded_picture_of_the_asked_size(name: str) -> None:
    first, again, other = draw(name, 0, 96), draw(name, 0, 96), draw(name, 1, 96)
    assert first.shape == (96, 96, 3) and first.dtype == np.uint8
    assert np.array_equal(first, again)
    # Another seed is another picture, not the same one with a little noise.
    assert np.abs(first.astype(int) - other).mean() > 5
    # Marks at the scale of pixels and masses at the scale of the picture: neither flat nor mere noise.
    fine = first.astype(np.float32) - cv2.GaussianBlur(first, (0, 0), 2)
    assert fine.std() > 5 and shrunk(first, 8).std() > 8


@pytest.mark.parametrize("name", ["swirling-night", "stained-glass", "woodcut-wave", "golden-tree", "pen-village"])
def test_the_composition_stays_when_the_size_changes(name: str) -> None:
    small, large = shrunk(draw(name, 3, 96), 24), shrunk(draw(name, 3, 200), 24)
    stranger = shrunk(draw(name, 4, 200), 24)
    assert np.abs(small - large).mean() < 0.5 * np.abs(small - stranger).mean()


@pytest.mark.slow
def test_no_two_styles_look_the_same() -> None:
    looks = np.stack([look(draw(name, 2, 64)) for name in STYLES])
    apart = np.abs(looks[:, None] - looks[None]).sum(-1) + np.eye(len(looks)) * 9
    assert apart.min() > 0.15


def test_an_unknown_style_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadInput) as caught:
        draw("no-such-style", 0, 64)
    assert "woodcut-wave" in caught.value.hint


def test_a_picture_too_small_to_show_strokes_is_refused() -> None:
    with pytest.raises(BadInput):
        draw("woodcut-wave", 0, 31)


def test_the_command_writes_the_styles_it_is_asked_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training.drawn", "--out", str(tmp_path), "--size", "64", "--seeds", "2"]
    subprocess.run([*command, "--only", "color-field", "deco-fans:5"], check=True, cwd=ROOT)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["color-field-0.jpg", "color-field-1.jpg", "deco-fans-5.jpg"]


def test_drawing_needs_no_torch() -> None:
    script = "import sys, training.drawn; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == 0


@pytest.mark.parametrize("path", STYLE_FILES, ids=lambda p: p.stem)
def test_an_example_style_is_what_the_code_draws_under_its_name_and_seed(path: Path) -> None:
    name, _, seed = path.stem.rpartition("-")
    shown = shrunk(np.asarray(Image.open(path)), 24)
    ours, stranger = shrunk(draw(name, int(seed), 128), 24), shrunk(draw(name, int(seed) + 1, 128), 24)
    assert np.abs(shown - ours).mean() < 0.5 * np.abs(shown - stranger).mean()


def test_examples_are_there_small_enough_for_a_repository_and_credited() -> None:
    assert len(STYLE_FILES) >= 4 and len(CONTENT_FILES) >= 3
    sources = (EXAMPLES / "SOURCES.md").read_text()
    for path in (*STYLE_FILES, *CONTENT_FILES):
        assert path.stat().st_size <= 250_000
        name, _, seed = path.stem.rpartition("-")
        assert path.name in sources or f"{name}:{seed}" in sources
