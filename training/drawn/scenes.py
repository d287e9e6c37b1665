"""Composed scenes: what is painted, before how. A scene knows its colours and which way a brush would go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from training.drawn.paint import Color, Map, Rng, blur, grid, noise, polygon, ramp

Scalar = TypeVar("Scalar", bound=np.generic)

SIDE = 384
"""Scenes are composed at this size whatever the picture's; strokes only sample them."""


@dataclass(frozen=True)
class Strokes:
    """N strokes in units of the picture's side: parabolas through ``at`` (N, 2), later ones on top.

    ``angle`` radians; ``bend`` curvature (1 / side); ``half`` half lengths; ``width`` full widths; ``color`` (N, 3).
    """

    at: Map
    angle: Map
    bend: Map
    half: Map
    width: Map
    color: Color

    @classmethod
    def straight(cls, at: Map, angle: Map | float, length: Map | float, width: Map | float, color: Color) -> Strokes:
        n = len(at)
        flat = [np.broadcast_to(np.asarray(a, np.float32), (n,)) for a in (angle, 0.0, length / 2, width)]
        return cls(at.astype(np.float32), flat[0], flat[1], flat[2], flat[3], color.astype(np.float32))


class Scene:
    """Colours (SIDE, SIDE, 3) and stroke directions (SIDE, SIDE), radians, built up back to front."""

    def __init__(self, color: Color, angle: Map | float = 0.0) -> None:
        self.color = np.ascontiguousarray(color, np.float32)
        self.angle = np.array(np.broadcast_to(np.asarray(angle, np.float32), color.shape[:2]))

    def lay(self, mask: Map, color: Color, angle: Map | float | None = None) -> None:
        """Cover where ``mask`` (0..1) is set; ``color`` is (3,) or a map."""
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if not len(rows):
            return
        # Most masks are small: only the box around one is worked on.
        box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        under, part = self.color[box], mask[box]
        under += ((color if color.ndim == 1 else color[box]) - under) * part[..., None]
        if angle is not None:
            new = angle[box] if isinstance(angle, np.ndarray) else angle
            self.angle[box] = np.where(part > 0.5, new, self.angle[box])

    def detail(self) -> Map:
        """Where the colours change, 0..1."""
        soft = blur(self.color, 1.5)
        gx, gy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
        edge = np.sqrt(gx**2 + gy**2).max(-1)
        return np.asarray(np.clip(blur(edge.astype(np.float32), 3) * 2.5, 0, 1), np.float32)

    def sample(self, field: NDArray[Scalar], at: Map) -> NDArray[Scalar]:
        """``field`` at the points ``at`` (N, 2), x and y in 0..1, held to the border outside."""
        index = np.clip((at * SIDE).astype(np.int32), 0, SIDE - 1)
        return field[index[:, 1], index[:, 0]]


def skyline(rng: Rng, base: float, rise: float, waves: int) -> Map:
    """A hill line: y of its top (0..1) for every column, (SIDE,)."""
    lattice = rng.random((1, waves + 3), np.float32)
    fine = rng.random((1, waves * 4 + 3), np.float32)
    line = [cv2.resize(a, (SIDE, 1), interpolation=cv2.INTER_CUBIC)[0] for a in (lattice, fine)]
    return np.asarray((base - rise * (line[0] - 0.5) * 2 - rise * 0.15 * (line[1] - 0.5)), np.float32)


def below(line: Map) -> Map:
    """1 under the skyline, with a soft edge of a pixel."""
    _, y = grid(SIDE)
    return np.asarray(np.clip((y - line[None]) * SIDE + 0.5, 0, 1), np.float32)


def direction(line: Map) -> Map:
    """The direction along a skyline, for every pixel under or over it."""
    smooth = cv2.GaussianBlur(line[None], (0, 0), 6)[0]
    return np.broadcast_to(np.arctan(np.gradient(smooth) * SIDE)[None], (SIDE, SIDE)).astype(np.float32)


def disc(x: float, y: float, radius: float) -> Map:
    """1 inside a circle."""
    gx, gy = grid(SIDE)
    return np.asarray(np.clip((radius - np.hypot(gx - x, gy - y)) * SIDE + 0.5, 0, 1), np.float32)


def crown(rng: Rng, x: float, y: float, wide: float, tall: float) -> Map:
    """A tree's crown: an uneven blob."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    wobble = 1 + sum(0.16 / k * np.sin(k * turn + p) for k, p in zip((2, 3, 5, 9), rng.uniform(0, 6.3, 4), strict=True))
    return polygon(SIDE, np.stack([x + wide / 2 * wobble * np.cos(turn), y + tall / 2 * wobble * np.sin(turn)], -1))


def box(x: float, y: float, wide: float, tall: float, lean: float = 0.0) -> Map:
    """A wall: x, y is the lower left corner; ``lean`` shifts the top."""
    return polygon(
        SIDE, np.array([[x, y], [x + wide, y], [x + wide + lean, y - tall], [x + lean, y - tall]], np.float32)
    )


def whirl(rng: Rng, eyes: list[tuple[float, float, float]], drift: float = 1.0) -> Map:
    """Directions of a wind that circles around ``eyes`` (x, y, radius) and otherwise blows to the right."""
    x, y = grid(SIDE)
    wave = noise(rng, SIDE, 3, 3) * 2 - 1
    vx = np.full_like(x, drift) + 0.3 * wave
    vy = drift * (0.7 * np.sin(x * 5 + y * 7 + rng.uniform(0, 6.3)) + wave)
    for i, (ex, ey, radius) in enumerate(eyes):
        dx, dy = x - ex, y - ey
        pull = np.exp(-((dx**2 + dy**2) / radius**2)) * 9 * (1 if i % 2 else -1)
        vx += -dy / radius * pull
        vy += dx / radius * pull
    return np.arctan2(vy, vx).astype(np.float32)


def sky(rng: Rng, colors: Color, end: float = 0.6, streaks: float = 0.12) -> Color:
    """A sky of ``colors`` from the zenith to the horizon at height ``end``, with drifting bands."""
    _, y = grid(SIDE)
    drift = noise(rng, SIDE, (2, 6), 4) - 0.5
    return ramp((y / end + drift * streaks * 4).astype(np.float32), colors)


def sea_angle(rng: Rng) -> Map:
    """Nearly level strokes with a swell."""
    x, y = grid(SIDE)
    return (0.12 * np.sin(x * 14 + y * 30 + rng.uniform(0, 6)) + 0.15 * (noise(rng, SIDE, 6, 2) - 0.5)).astype(
        np.float32
    )


def shape(points: Map) -> Map:
    """1 inside the polygon ``points`` (N, 2; x, y)."""
    return polygon(SIDE, points)


def edge(mask: Map) -> Map:
    """1 along the border of ``mask``, a few pixels wide."""
    soft = blur(mask, 1.5)
    return np.clip(4 * soft * (1 - soft), 0, 1)


def tangent(mask: Map) -> Map:
    """The direction along the borders of ``mask``."""
    soft = blur(mask, 2.5)
    # The long axis of the structure tensor: borders have two sides whose gradients cancel, their products do not.
    gx, gy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    xx, yy, xy = blur(gx * gx, 3), blur(gy * gy, 3), blur(gx * gy, 3)
    return 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2


def rosette(rng: Rng, x: float, y: float, radius: float, colors: Color) -> Strokes:
    """Dabs around a centre, from the last of ``colors`` at the rim to the first on top in the middle."""
    far = np.repeat(np.linspace(1, 0.15, 4), (9, 7, 5, 3))
    turn = rng.uniform(0, 2 * np.pi, len(far))
    at = np.stack([x + radius * far * np.cos(turn), y + radius * far * np.sin(turn)], -1)
    return Strokes.straight(at, turn + 1.57, radius * 0.9, radius * 0.5, ramp(far, colors))
