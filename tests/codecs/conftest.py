from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture(scope="session")
def photo() -> NDArray[np.uint8]:
    """A smooth, colourful picture (40, 56, 3) that no rotation or mirroring leaves as it is."""
    y, x = np.mgrid[0:1:40j, 0:1:56j]
    picture = np.stack([0.15 + 0.8 * x, 0.1 + 0.7 * y, 0.9 - 0.6 * x * y], axis=-1)
    picture[4:14, 6:22] = (0.95, 0.2, 0.1)
    return (picture * 255).round().astype(np.uint8)


@pytest.fixture(scope="session")
def deep() -> NDArray[np.uint16]:
    """A picture (256, 257, 3) in which every 16-bit value occurs."""
    values = np.arange(256 * 257 * 3, dtype=np.uint32) % 65536
    return values.astype(np.uint16).reshape(256, 257, 3)
