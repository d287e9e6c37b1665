"""Optical flow between two frames, and where it can be trusted. OpenCV and NumPy, no weights.

Sources: Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016 (the flow); Sundaram, Brox &
Keutzer, "Dense Point Trajectories by GPU-accelerated Large Displacement Optical Flow", ECCV 2010 (the check that a
point carried forward and back again comes home).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
"""A flow, shape (H, W, 2): for each pixel the way to its place in the other frame, right and down, in pixels."""


Flow = Callable[[NDArray[np.uint8], NDArray[np.uint8]], Field]
"""The way from each pixel of a frame (H, W, 3) to its place in another of the same size."""

LEAST = 16


@dataclass(frozen=True)
class Motion:
    """From a frame to the one before it.

    Args:
        back: the flow.
        seen: shape (H, W), True where the same point is in both frames.
    """

    back: Field
    seen: NDArray[np.bool_]


def dis(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> Field:
    """A :data:`Flow`: OpenCV's, without weights."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)  # it keeps state: one a pair
    here, there = (cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (first, second))
    return np.asarray(search.calc(here, there, np.zeros((*here.shape, 2), np.float32)), np.float32)


def motion(before: NDArray[np.uint8], now: NDArray[np.uint8], flow: Flow = dis) -> Motion:
    """The motion between two consecutive frames (H, W, 3) of one size.

    Raises:
        ValueError: a side under :data:`LEAST`, where OpenCV's search reads past the picture's end.
    """
    if min(before.shape[:2]) < LEAST:
        raise ValueError(f"too small for optical flow: {before.shape[1]} x {before.shape[0]}")
    back, forth = flow(now, before), flow(before, now)
    home = warp(forth, back) + back
    strayed = (home**2).sum(-1)
    length = (back**2).sum(-1) + (warp(forth, back) ** 2).sum(-1)
    y, x = _places(back)
    height, width = back.shape[:2]
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    return Motion(back, inside & (strayed < 0.01 * length + 0.5))


def warp(picture: NDArray[np.float32], back: Field) -> NDArray[np.float32]:
    """``picture`` (H, W, C) of the frame before, carried along to now; edges are continued."""
    y, x = _places(back)
    carried = cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(carried, np.float32)


def _places(back: Field) -> tuple[Field, Field]:
    """Where each pixel comes from: rows and columns."""
    y, x = np.mgrid[0 : back.shape[0], 0 : back.shape[1]].astype(np.float32)
    return y + back[..., 1], x + back[..., 0]
