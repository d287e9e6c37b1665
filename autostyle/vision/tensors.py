"""Pictures as tensors, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from autostyle.codecs.image import fit_size


def to_tensor(pixels: NDArray[np.float32], device: str | torch.device = "cpu") -> Tensor:
    """(H, W, 3) values 0..1 -> (1, 3, H, W) on ``device``; the array is copied, never shared."""
    return torch.tensor(pixels, dtype=torch.float32).permute(2, 0, 1)[None].contiguous().to(device)


def as_tensor(pixels: NDArray[np.float32], device: str | torch.device = "cpu") -> Tensor:
    """:func:`to_tensor` without a copy where there need be none: for what is only read."""
    shared = pixels if pixels.flags.writeable else pixels.copy()
    return torch.from_numpy(shared).permute(2, 0, 1)[None].to(device)


def to_pixels(image: Tensor) -> NDArray[np.float32]:
    """(1, 3, H, W) -> (H, W, 3) float32, clipped to 0..1."""
    array: NDArray[np.float32] = np.empty((*image.shape[-2:], 3), np.float32)
    torch.from_numpy(array).copy_(image.detach()[0].permute(1, 2, 0))
    return np.clip(array, 0, 1, out=array)


def resize(image: Tensor, shape: tuple[int, int]) -> Tensor:
    """Antialiased bicubic resize of (N, C, H, W) to ``shape`` (height, width)."""
    if tuple(image.shape[-2:]) == shape:
        return image
    return F.interpolate(image, size=shape, mode="bicubic", align_corners=False, antialias=True)


def to_visible(
    visible: NDArray[np.float32] | None, shape: Sequence[int], device: str | torch.device = "cpu"
) -> Tensor | None:
    """How far the places of a picture of ``shape`` (height, width) are to be seen: means over areas of (H, W), 0..1, as
    (1, 1, height, width); None for None."""
    if visible is None:
        return None
    whole = torch.tensor(visible, dtype=torch.float32, device=device)[None, None]
    return F.interpolate(whole, size=tuple(shape), mode="area")


LEAST = 32
"""The least short side in pixels that the deepest layer of an encoder can take."""


def long_side_for(height: int, width: int, long_side: int) -> int:
    """``long_side``, raised where a picture of this aspect would get a short side under :data:`LEAST`."""
    return max(long_side, -(-LEAST * max(height, width) // min(height, width)))


def resize_long(image: Tensor, long_side: int) -> Tensor:
    """Resize to a long side in pixels, clipped to 0..1."""
    return resize(image, fit_size(image.shape[-2], image.shape[-1], long_side)).clamp(0, 1)


def covering(image: Tensor, shape: tuple[int, int]) -> Tensor:
    """The middle of (N, C, H, W), resized to fill ``shape`` (height, width) whole, clipped to 0..1."""
    height, width = image.shape[-2:]
    scale = max(shape[0] / height, shape[1] / width)
    scaled = resize(image, (max(shape[0], round(height * scale)), max(shape[1], round(width * scale))))
    top, left = (scaled.shape[-2] - shape[0]) // 2, (scaled.shape[-1] - shape[1]) // 2
    return scaled[..., top : top + shape[0], left : left + shape[1]].clamp(0, 1)
