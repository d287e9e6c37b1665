"""The guided filter: a picture smoothed, but with the edges of another.

He, Sun & Tang, "Guided Image Filtering", ECCV 2010: around every pixel the picture is fitted by an affine function of
the guide's RGB. The fits change slowly, so they are made on smaller pictures (He & Sun, "Fast Guided Filter", 2015).
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels

FITTED = 4
"""Least radius, in pixels of the smaller pictures, at which the fits are made."""


def guided_filter(picture: Pixels, guide: Pixels, radius: float, epsilon: float) -> Pixels:
    """``picture`` (H, W, C) with the edges of ``guide``, (H, W, 3), values 0..1.

    Args:
        radius: of the windows that are fitted, in pixels; under 1 the picture is returned as it is.
        epsilon: variance of the guide, in squared values, under which it has no edge.
    """
    if radius < 1:
        return picture
    height, width = guide.shape[:2]
    smaller = max(1.0, radius / FITTED)
    size = max(1, round(width / smaller)), max(1, round(height / smaller))
    fits = _fits(_at(picture, size), _at(guide, size), round(radius / smaller), epsilon)
    found = np.empty((height, width, picture.shape[2]), np.float32)
    for channel in range(picture.shape[2]):  # the fits of all of them would take more than the rest of a large picture
        whole = cv2.resize(fits[..., channel, :], (width, height), interpolation=cv2.INTER_LINEAR)
        found[..., channel] = np.einsum("hwi,hwi->hw", whole[..., :3], guide) + whole[..., 3]
    return np.clip(found, 0, 1, out=found)


def _fits(picture: NDArray[np.float64], guide: NDArray[np.float64], radius: int, epsilon: float) -> NDArray[np.float32]:
    """Slopes and offset of each channel at each pixel, the mean over the windows that it is in: (H, W, C, 4)."""

    def means(values: NDArray[np.float64]) -> NDArray[np.float64]:
        side = 2 * radius + 1
        found = cv2.boxFilter(values, -1, (side, side), borderType=cv2.BORDER_REFLECT)
        return np.asarray(found, np.float64).reshape(values.shape)

    mean, level = means(guide), means(picture)
    covariance = np.empty((*guide.shape[:2], 3, 3))
    for i, j in combinations_with_replacement(range(3), 2):
        covariance[..., i, j] = covariance[..., j, i] = (
            means(guide[..., i] * guide[..., j]) - mean[..., i] * mean[..., j]
        )
    covariance += epsilon * np.eye(3)
    together = np.stack(
        [means(guide * picture[..., c, None]) - mean * level[..., c, None] for c in range(picture.shape[2])], axis=-1
    )
    slopes = np.linalg.solve(covariance, together)  # (H, W, guide's channel, picture's channel)
    offsets = level - np.einsum("hwic,hwi->hwc", slopes, mean)
    fits = np.concatenate([slopes.transpose(0, 1, 3, 2), offsets[..., None]], axis=-1)
    return means(fits.reshape(*guide.shape[:2], -1)).astype(np.float32).reshape(fits.shape)


def _at(picture: Pixels, size: tuple[int, int]) -> NDArray[np.float64]:
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float64).reshape(size[1], size[0], -1)
