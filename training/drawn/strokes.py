"""The brush: strokes laid along a scene's directions, each with bristle streaks, ragged ends and a relief.

A layer of strokes is drawn as a map of stroke numbers first; every pixel then finds where it lies within its stroke
(u along, v across, on a parabola that follows the field) and takes colour, gaps and height from there. So thousands
of strokes cost a few array operations, and each one still has its own bristles. In the spirit of A. Hertzmann,
"Painterly rendering with curved brush strokes of multiple sizes", SIGGRAPH 1998.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from training.drawn.paint import Color, Map, Picture, Rng, grow, light, mix, noise, shrink, to_bytes
from training.drawn.scenes import Scene, Strokes

Floats = NDArray[np.floating[Any]]
Tint = Callable[[Rng, Color], Color]


@dataclass(frozen=True)
class Brush:
    """A brush and how it is used; lengths are fractions of the picture's side.

    Args:
        width, length: of a stroke.
        cover: how many times over the strokes would cover the picture.
        spread: relative variation of width and length.
        turn: variation of the direction, radians.
        vary: variation of lightness and hue from stroke to stroke.
        streak: contrast of the bristles within a stroke.
        ragged: how much of a stroke's rim and ends the bristles leave bare.
        relief: height of the paint.
        stop: a stroke ends where the scene's colour differs by more than this.
        detail: strokes keep to where the scene has detail (1) or lie everywhere (0).
        taper: how much thinner a stroke is at its ends (1: to a point).
        dry: how much of the paper's tooth a dry stick leaves bare.
        where: the only part of the scene that is painted, (SIDE, SIDE); None is all of it.
    """

    width: float
    length: float
    cover: float = 1.6
    spread: float = 0.3
    turn: float = 0.15
    vary: float = 0.06
    streak: float = 0.22
    ragged: float = 0.5
    relief: float = 1.0
    stop: float = 0.16
    detail: float = 0.0
    taper: float = 0.0
    dry: float = 0.0
    where: NDArray[np.bool_] | None = None


def scattered(rng: Rng, count: int) -> Floats:
    """About ``count`` points (N, 2) in 0..1, evenly but irregularly spread, in random order."""
    side = max(int(np.ceil(np.sqrt(count))), 1)
    ticks = np.arange(side, dtype=np.float32)
    cells = np.stack(np.meshgrid(ticks, ticks), -1).reshape(-1, 2)
    points = (cells + rng.random(cells.shape, np.float32) * 1.4 - 0.2) / side
    return points[rng.permutation(len(points))].astype(np.float32)


def varied(rng: Rng, colors: Color, amount: float) -> Color:
    """Each colour a little lighter or darker, warmer or cooler."""
    n = len(colors)
    value = rng.normal(0, amount, (n, 1))
    warm = rng.normal(0, amount * 0.6, (n, 1)) * np.array([1.0, 0.1, -1.0])
    green = rng.normal(0, amount * 0.35, (n, 1)) * np.array([-0.6, 1.0, -0.4])
    return np.asarray(np.clip(colors * (1 + value) + value * 0.25 + warm + green, 0, 1), np.float32)


def along(scene: Scene, brush: Brush, rng: Rng, tint: Tint | None = None) -> Strokes:
    """Strokes of ``brush`` that follow the directions of ``scene`` and take its colours."""
    count = int(brush.cover / (brush.width * max(brush.length, brush.width)))
    at = scattered(rng, count)
    if brush.detail:
        need = scene.sample(scene.detail(), at)
        at = at[rng.random(len(at)) < 1 - brush.detail + brush.detail * need]
    if brush.where is not None:
        at = at[scene.sample(brush.where, at)]
    n = len(at)
    angle = scene.sample(scene.angle, at) + rng.normal(0, brush.turn, n).astype(np.float32)
    scale = np.clip(rng.normal(1, brush.spread, (2, n)), 0.45, 1.9).astype(np.float32)
    half, width = brush.length / 2 * scale[0], brush.width * scale[1]
    tangent = np.stack([np.cos(angle), np.sin(angle)], -1).astype(np.float32)
    reach = tangent * half[:, None]
    ahead, behind = scene.sample(scene.angle, at + reach), scene.sample(scene.angle, at - reach)
    turn = (ahead - behind + np.pi / 2) % np.pi - np.pi / 2
    bend = np.clip(turn / (2 * half + 1e-6), -0.9 / (half + 1e-6), 0.9 / (half + 1e-6)).astype(np.float32)
    color = scene.sample(scene.color, at)
    if brush.stop < 1:
        for part in (1.0, 0.6, 0.3):
            for sign in (-1, 1):
                there = scene.sample(scene.color, at + sign * part * reach)
                crossed = np.abs(there - color).max(-1) > brush.stop
                half = np.where(crossed, np.minimum(half, half * 0 + brush.length / 2 * part * 0.75), half)
    color = varied(rng, color if tint is None else tint(rng, color), brush.vary)
    return Strokes(at, angle, bend, half.astype(np.float32), width.astype(np.float32), color)


def accents(palette: Color, share: float) -> Tint:
    """Broken colour: a ``share`` of the strokes leans about half way to a colour of ``palette``."""

    def tint(rng: Rng, color: Color) -> Color:
        other = palette[rng.integers(0, len(palette), len(color))]
        chosen = rng.random(len(color)) < share
        return mix(color, other, chosen * rng.uniform(0.35, 0.75, len(color)))

    return tint


def _bristles(rng: Rng) -> Floats:
    """A tileable sheet of bristle tracks, (256 across, 256 along), 0..1."""
    sheet = np.zeros((256, 256), np.float32)
    for tracks, lengths, share in ((24, 3, 0.35), (64, 5, 0.4), (128, 24, 0.25)):
        lattice = np.pad(rng.random((tracks, lengths), np.float32), ((2, 2), (2, 2)), mode="wrap")
        scale = (256 / lengths, 256 / tracks)
        wide = cv2.resize(lattice, None, fx=scale[0], fy=scale[1], interpolation=cv2.INTER_LINEAR)
        top, left = int(2 * scale[1]), int(2 * scale[0])
        sheet += share * wide[top : top + 256, left : left + 256]
    return np.asarray(np.clip((sheet - 0.5) * 1.6 + 0.5, 0, 1), np.float32)


class Painting:
    """A canvas that takes layers of strokes; drawn at twice the size, so that the marks are antialiased."""

    def __init__(self, rng: Rng, size: int, ground: Color) -> None:
        """``ground`` is a colour (3,) or a picture (h, w, 3) of any size."""
        self.rng, self.size, self.side = rng, size, size * 2
        flat = np.broadcast_to(ground.reshape(1, 1, 3), (8, 8, 3)) if ground.ndim == 1 else ground
        self.color: Color = np.ascontiguousarray(grow(np.ascontiguousarray(flat), self.side))
        self.height: Map = np.zeros((self.side, self.side), np.float32)
        self.sheet = _bristles(rng)
        self.tooth: Map = noise(rng, self.side, 360, 2)

    def paint(self, scene: Scene, brush: Brush, tint: Tint | None = None) -> None:
        """A layer of ``brush`` over the whole scene; ``tint`` may change the colours taken from it."""
        self.lay(along(scene, brush, self.rng, tint), brush)

    def lay(self, strokes: Strokes, brush: Brush) -> None:
        """These very strokes, with the bristles, rims and relief of ``brush``."""
        n = len(strokes.at)
        offsets = self.rng.integers(0, 256, (n, 2))
        if n == 0:
            return
        number = self._numbers(strokes)
        where = np.flatnonzero(number.reshape(-1) >= 0)
        own = number.reshape(-1)[where]
        py, px = np.divmod(where, self.side)
        at, angle = strokes.at * self.side, strokes.angle
        dx, dy = (px + 0.5 - at[own, 0]).astype(np.float32), (py + 0.5 - at[own, 1]).astype(np.float32)
        cos, sin = np.cos(angle)[own], np.sin(angle)[own]
        u = dx * cos + dy * sin
        v = dy * cos - dx * sin - (strokes.bend / self.side / 2)[own] * u * u
        half_width = (strokes.width * self.side / 2).astype(np.float32)[own]
        half = (strokes.half * self.side).astype(np.float32)[own]
        across = np.abs(v) / half_width
        beyond = np.maximum(np.abs(u) - half, 0) / half_width
        if brush.taper:
            across /= np.sqrt(np.maximum(1 - brush.taper * (u / (half + half_width)) ** 2, 1e-3))
        rows = (v / half_width * 42).astype(np.int32) + offsets[own, 0]
        columns = (u / half_width * 12).astype(np.int32) + offsets[own, 1]
        bristle = self.sheet[rows & 255, columns & 255]
        rim = across * across + beyond * beyond
        keep = rim < 1.02 - brush.ragged * (1 - bristle) * 1.1
        if brush.dry:
            keep &= self.tooth.reshape(-1)[where] + 0.35 * (bristle - 0.5) > brush.dry
        where, own, bristle, rim, half_width = where[keep], own[keep], bristle[keep], rim[keep], half_width[keep]
        shade = 1 + brush.streak * (bristle - 0.5) * 2
        self.color.reshape(-1, 3)[where] = np.clip(strokes.color[own] * shade[:, None], 0, 1)
        # Paint is pushed to the rim of the stroke and furrowed by the bristles.
        bead = 0.45 + 0.4 * np.clip(1 - (rim - 0.62) ** 2 * 12, 0, 1) + 0.9 * (bristle - 0.5)
        flat = self.height.reshape(-1)
        flat[where] = 0.45 * flat[where] + brush.relief * np.minimum(half_width, self.side / 40) * 0.34 * bead

    def _numbers(self, strokes: Strokes) -> NDArray[np.int32]:
        number = np.full((self.side, self.side), -1, np.int32)
        along = np.linspace(-1, 1, 6, dtype=np.float32)[None, :, None] * strokes.half[:, None, None]
        tangent = np.stack([np.cos(strokes.angle), np.sin(strokes.angle)], -1)[:, None]
        normal = np.stack([-np.sin(strokes.angle), np.cos(strokes.angle)], -1)[:, None]
        path = strokes.at[:, None] + along * tangent + along**2 * strokes.bend[:, None, None] / 2 * normal
        curves = np.round(path * self.side * 4).astype(np.int32)
        thickness = np.maximum(np.round(strokes.width * self.side), 1).astype(int).tolist()
        for i, (curve, thick) in enumerate(zip(curves, thickness, strict=True)):
            cv2.polylines(number, [curve], False, (i,), thick, cv2.LINE_8, shift=2)
        return number

    def finished(self, depth: float = 1.0, gloss: float = 0.12) -> Picture:
        """The lit painting, uint8 (size, size, 3)."""
        lit = light(self.color, cv2.GaussianBlur(self.height, (0, 0), 0.8).astype(np.float32), depth, gloss)
        return to_bytes(shrink(lit, self.size))
