"""What keeps a fast net steady on clips: a photograph that has moved a little is to be painted as the painting, moved.

No clips and no optical flow are needed: photographs are moved here, by motions that are known, with things that cross
them and the noise of a camera. A net learns by it to hang its marks on what is shown, not on the grid of its strides,
and not to look up when something enters the picture elsewhere.

Sources: Huang et al., "Real-Time Neural Style Transfer for Videos", CVPR 2017 (a temporal loss while a net learns);
Wang et al., "Consistent Video Style Transfer via Relaxation and Regularization", IEEE TIP 2020 (motions of stills).
Departure: the difference is in units of the painting's own contrast, so that paler or softer marks buy nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

DEGREES, ZOOM, SHIFT, BEND = 2.0, 0.02, 6.0, 1.5
"""A motion's largest turn, change of size, way in pixels, and way by which single places leave it."""
STILL = 0.3
"""Share of motions of less than a pixel: most of what stands before a camera moves so."""
CROSSED, NOISE = 0.5, 0.02
"""Share of photographs that something crosses, and the largest deviation of the noise, 0..1."""
EDGE = 6
"""Pixels around what crosses in which nothing is compared."""
KNOTS = 5
BLUR = 9
"""Side in pixels of the blur that tells marks from what they are painted on."""
LEAST = 1e-4
"""Mean square of the marks, below which there are none."""


@dataclass(frozen=True)
class MovedContents:
    """Contents a moment later.

    Args:
        contents: RGB (N, 3, H, W).
        places: where each place was before, as ``grid_sample`` takes it, (N, H, W, 2).
        seen: 1 where the same is to be seen before and after, (N, 1, H, W).
    """

    contents: Tensor
    places: Tensor
    seen: Tensor


def moved(rng: np.random.Generator, contents: Tensor) -> MovedContents:
    """Contents (N, 3, H, W), each by a motion of its own; what crosses one is a part of another."""
    count, _, height, width = contents.shape
    drawn = [_motion(rng, height, width) for _ in range(count)]
    crossing = np.stack([_crossing(rng, height, width) for _ in range(count)])
    places = torch.from_numpy(np.stack(drawn)).to(contents.device)
    size = torch.tensor([width, height], dtype=torch.float32, device=contents.device)
    inside = ((places >= 1) & (places <= size - 2)).all(-1)
    grid = (2 * places + 1) / size - 1
    hidden = torch.from_numpy(crossing).to(contents.device)
    noise = torch.from_numpy(rng.normal(0, 1, contents.shape).astype(np.float32)).to(contents.device)
    strength = torch.from_numpy(rng.uniform(0, NOISE, (count, 1, 1, 1)).astype(np.float32)).to(contents.device)
    now = torch.where(hidden[:, :1] > 0, contents.roll(1, 0), carried(contents, grid)) + strength * noise
    return MovedContents(now.clamp(0, 1), grid, (inside[:, None] & (hidden[:, 1:] == 0)).float())


def carried(image: Tensor, places: Tensor) -> Tensor:
    """``image`` (N, 3, H, W) as it looks when it has moved by ``places``."""
    return F.grid_sample(image, places, mode="bicubic", padding_mode="reflection", align_corners=False)


def unsteadiness(before: Tensor, now: Tensor, motion: MovedContents) -> Tensor:
    """Mean squared difference of what was painted, (N, 3, H, W), to what was painted before, carried along, over that
    of the painting to its blur: 0 for marks that move as the photograph does, 2 for those that know nothing of it."""
    apart = (motion.seen * (now - carried(before, motion.places)).square()).sum() / (3 * motion.seen.sum()).clamp_min(1)
    marks = (before - F.avg_pool2d(before, BLUR, 1, BLUR // 2, count_include_pad=False)).square().mean()
    return apart / marks.clamp_min(LEAST)


def _motion(rng: np.random.Generator, height: int, width: int) -> NDArray[np.float32]:
    """Where each place comes from, (H, W, 2), columns and rows."""
    scale = rng.uniform(0, 1 / SHIFT) if rng.random() < STILL else 1.0
    angle, zoom = (scale * rng.uniform(-1, 1) * most for most in (np.deg2rad(DEGREES), ZOOM))
    shift = scale * rng.uniform(-SHIFT, SHIFT, 2)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    right, down = x - (width - 1) / 2, y - (height - 1) / 2
    cos, sin = (1 + zoom) * np.cos(angle), (1 + zoom) * np.sin(angle)
    turned = np.stack([cos * right - sin * down - right, sin * right + cos * down - down], -1)
    knots = rng.uniform(-1, 1, (KNOTS, KNOTS, 2)).astype(np.float32) * np.float32(scale * BEND * rng.random())
    bent = cv2.resize(knots, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.stack([x, y], -1) + turned + shift + bent, np.float32)


def _crossing(rng: np.random.Generator, height: int, width: int) -> NDArray[np.uint8]:
    """What is hidden by something that crosses, and the same with what lies around it, (2, H, W); nothing, at times."""
    found = np.zeros((2, height, width), np.uint8)
    if rng.random() < CROSSED:
        middle = (int(rng.integers(width)), int(rng.integers(height)))
        axes = rng.uniform(0.08, 0.35, 2) * min(height, width)
        angle = float(rng.uniform(0, 180))
        for plane, more in zip(found, (0, EDGE), strict=True):
            cv2.ellipse(plane, middle, tuple(int(axis + more) for axis in axes), angle, 0, 360, 1, -1)
    return found
