"""Engines on tiny models, loaded once for this folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.diffusion.engine import Engine
from tests.diffusion.models import fresh


@pytest.fixture(scope="module")
def engine(tiny_models: Path) -> Callable[[str], Engine]:
    """The engine of a family, with every part."""

    @cache
    def opened(family: str) -> Engine:
        found = fresh(tiny_models, family)
        found.add("adapter")
        found.add("canny")
        return found

    return opened


@pytest.fixture(scope="module")
def content() -> Pixels:
    y, x = np.mgrid[0:64, 0:64] / 64
    return np.stack([np.sin(9 * x) / 2 + 0.5, np.cos(7 * y) / 2 + 0.5, x * y], axis=-1).astype(np.float32)


@pytest.fixture(scope="module")
def style() -> Pixels:
    return np.random.default_rng(0).random((40, 56, 3), dtype=np.float32)
