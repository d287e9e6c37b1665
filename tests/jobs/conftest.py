"""Pictures for jobs, and a reporter that keeps what it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from autostyle.jobs.reporter import Reporter
from tests.jobs.line import Line


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def reporter(line: Line) -> Reporter:
    return Reporter(line)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """photo.png, half transparent and of 16 bits, and two style pictures."""
    down, across = np.mgrid[0:48, 0:64].astype(np.float32)
    slope = np.stack([across / 64, down / 48, 1 - across / 64], axis=-1)
    stripes = np.repeat((np.sin(across + down / 2) > 0).astype(np.float32)[..., None], 3, axis=-1)
    save_image(tmp_path / "photo.png", slope, alpha=across / 64, bit_depth=16)
    save_image(tmp_path / "paint.png", stripes)
    save_image(tmp_path / "other.png", 1 - stripes * slope)
    return tmp_path
