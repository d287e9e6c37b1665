"""Scenes made by code, whose geometry is known exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Array, Scene


def room(splats: int = 4000, *, seed: int = 0, harmonics: int = 0) -> Scene:
    """A ball, a box and a column on a round floor, about 2 wide, ``y`` down as 3DGS has it: flat splats on surfaces.

    Args:
        harmonics: coefficients of degree 1 and up, all small.
    """
    random = np.random.default_rng(seed)
    shares = (0.45, 0.25, 0.18, 0.12)
    makers = (_floor, _ball, _box, _column)
    ends = np.round(splats * np.cumsum((0, *shares))).astype(int)
    parts = [make(random, int(count)) for make, count in zip(makers, np.diff(ends), strict=True)]
    points, normals, colors = (np.concatenate(column) for column in zip(*parts, strict=True))
    size = np.float32(1.35 * np.sqrt(7.5 / splats))
    scales = np.stack([random.uniform(0.7, 1.1, len(points)), random.uniform(0.5, 0.9, len(points))], axis=1)
    flat = np.concatenate([scales * size, np.full((len(points), 1), 0.15 * size)], axis=1)
    rest = 0.05 * random.standard_normal((len(points), harmonics, 3))
    return Scene(
        points.astype(np.float32),
        flat.astype(np.float32),
        _towards(normals.astype(np.float32)),
        np.full(len(points), 0.95, np.float32),
        colors.clip(0, 1).astype(np.float32),
        rest.astype(np.float32),
    )


Patch = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
"""Points, normals and colours."""


def _floor(random: np.random.Generator, count: int) -> Patch:
    radius, turn = np.sqrt(random.uniform(0, 1, count)), random.uniform(0, 2 * np.pi, count)
    points = np.stack([radius * np.cos(turn), np.full(count, 0.5), radius * np.sin(turn)], axis=1)
    tiles = (np.floor(points[:, 0] * 4) + np.floor(points[:, 2] * 4)) % 2
    colors = np.where(tiles[:, None] > 0, [0.72, 0.66, 0.55], [0.38, 0.42, 0.40])
    return points, np.tile([0.0, -1.0, 0.0], (count, 1)), colors


def _ball(random: np.random.Generator, count: int) -> Patch:
    normals = random.standard_normal((count, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    points = 0.33 * normals + [-0.28, 0.17, 0.1]
    light = 0.55 + 0.45 * (normals @ [0.5, -0.8, -0.33])
    bands = 0.5 + 0.5 * np.sin(9 * normals[:, 1])
    return (
        points,
        normals,
        light[:, None] * (bands[:, None] * [0.9, 0.35, 0.2] + (1 - bands[:, None]) * [0.95, 0.8, 0.4]),
    )


def _box(random: np.random.Generator, count: int) -> Patch:
    face, points = random.integers(0, 5, count), random.uniform(-1, 1, (count, 3))
    axes = np.array([[1, 0, 0], [-1, 0, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], np.float64)
    normals = axes[face]
    points = np.where(normals != 0, normals, points) * [0.2, 0.28, 0.2] + [0.42, 0.22, 0.15]
    shade = np.array([0.9, 0.5, 1.0, 0.65, 0.75])[face]
    return points, normals, shade[:, None] * np.array([0.25, 0.45, 0.8])


def _column(random: np.random.Generator, count: int) -> Patch:
    turn, height = random.uniform(0, 2 * np.pi, count), random.uniform(-0.5, 0.5, count)
    normals = np.stack([np.cos(turn), np.zeros(count), np.sin(turn)], axis=1)
    points = 0.11 * normals + np.stack([np.full(count, 0.1), height, np.full(count, -0.45)], axis=1)
    light = 0.6 + 0.4 * (normals @ [0.6, 0.0, -0.8])
    rings = np.where(np.floor(height * 12) % 2 > 0, 1.0, 0.7)
    return points, normals, (light * rings)[:, None] * np.array([0.4, 0.7, 0.35])


def _towards(normals: Array) -> Array:
    """Quaternions that turn the third axis to ``normals``."""
    half = normals + np.array([0, 0, 1], np.float32)
    half = np.where(np.linalg.norm(half, axis=1, keepdims=True) < 1e-4, [1.0, 0.0, 0.0], half)
    half = half / np.linalg.norm(half, axis=1, keepdims=True)
    # A half turn around the bisector: it takes the axis to the normal.
    return np.concatenate([np.zeros((len(half), 1)), half], axis=1).astype(np.float32)


def room_field(resolution: int = 16, *, seed: int = 0) -> RadianceField:
    """The room as a radiance field: points of a grid near its surfaces, dense, and those around them, empty."""
    scene = room(20 * resolution**2, seed=seed)
    corner, side = (-1.1, -1.1, -1.1), 2.2
    near = np.floor((scene.positions - corner) / side * (resolution - 1)).astype(np.int32)
    numbers, first = np.unique(near @ [resolution**2, resolution, 1], return_index=True)
    cells = np.stack([numbers // resolution**2, numbers // resolution % resolution, numbers % resolution], axis=1)
    return RadianceField.of(
        cells.astype(np.int32),
        np.full(len(cells), 4.0, np.float32),
        scene.colors[first],
        np.zeros((len(cells), 0, 3), np.float32),
        resolution,
        corner,
        side,
        scene.up,
    )
