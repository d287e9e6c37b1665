"""Numbers that samples are stored as, and 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def unit(samples: NDArray[Any]) -> NDArray[np.float32]:
    """Whole-number samples as 0..1 of their type's range; floats as they are."""
    if samples.dtype.kind == "f":
        return samples.astype(np.float32, copy=False)
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)


def unmultiply(color: NDArray[Any], alpha: NDArray[np.float32]) -> NDArray[Any]:
    """``color`` (H, W, C) as it was before it was multiplied by ``alpha`` (H, W), 0..1; whole numbers stay whole."""
    whole = color / np.maximum(alpha, 1 / 65535)[..., None]
    if color.dtype.kind == "f":
        return np.asarray(whole, np.float32)
    return np.minimum(whole + 0.5, np.iinfo(color.dtype).max).astype(color.dtype)


def widen(samples: NDArray[Any], bits: int) -> NDArray[Any]:
    """Whole numbers of ``bits`` bits spread over the range of uint8 or uint16, whichever holds them."""
    target = np.uint8 if bits <= 8 else np.uint16
    if bits == np.iinfo(target).bits:
        return samples.astype(target, copy=False)
    scale = np.iinfo(target).max / (2**bits - 1)
    return np.asarray(np.minimum(samples, 2**bits - 1) * scale + 0.5).astype(target)
