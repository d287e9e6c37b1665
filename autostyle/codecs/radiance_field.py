"""A radiance field in memory: voxels that are more or less dense, each of a colour. Nothing here imports torch.

A plain grid, as in Sun, Sun & Chen, "Direct Voxel Grid Optimization", CVPR 2022: what lies between its points is
interpolated, the density before it is made one (``softplus``), which leaves surfaces sharp. Points where nothing is are
not stored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.scene import Array, Camera, Scene

EMPTY = -12.0
"""Raw density of a point that is not stored: light passes."""
UNIT = 0.01
"""Of a field's side: over this length what has a density of 1 lets 1/e of the light pass."""
WIDE = 0.6
"""Deviation of the splat that stands for a point, in distances between points."""
MOST_RESOLUTION = 512


@dataclass(frozen=True, kw_only=True)
class RadianceField(Scene):
    """A scene whose colours are those of points of a grid. As splats, one for each point, it is nearly the same.

    Args:
        cells: which points of the grid, along x, y and z, (N, 3), 0..resolution - 1.
        densities: of them, raw: ``softplus`` of what is interpolated is the density for each :data:`UNIT`, (N,).
        resolution: points along each side of the grid.
        corner: the first point of the grid in the scene, (3,).
        side: from the first point to the last, along each axis.
        cameras: some of those that it was fitted to, evenly chosen: what they do not show, nobody knows.
    """

    cells: NDArray[np.int32]
    densities: Array
    resolution: int
    corner: tuple[float, float, float]
    side: float
    cameras: tuple[Camera, ...] = ()

    @classmethod
    def of(
        cls,
        cells: NDArray[np.int32],
        densities: Array,
        colors: Array,
        harmonics: Array,
        resolution: int,
        corner: tuple[float, float, float],
        side: float,
        up: tuple[float, float, float],
        cameras: tuple[Camera, ...] = (),
    ) -> RadianceField:
        """Of the points themselves; the arguments are those of the class, and of :class:`Scene`."""
        step = side / (resolution - 1)
        dense = np.logaddexp(0, densities.astype(np.float64)) * step / (UNIT * side)
        count = len(cells)
        return cls(
            positions=(np.asarray(corner) + step * cells).astype(np.float32),
            scales=np.full((count, 3), WIDE * step, np.float32),
            rotations=np.tile(np.array([1, 0, 0, 0], np.float32), (count, 1)),
            opacities=(1 - np.exp(-dense)).astype(np.float32),
            colors=colors,
            harmonics=harmonics,
            up=up,
            cells=cells,
            densities=densities,
            resolution=resolution,
            corner=corner,
            side=side,
            cameras=cameras,
        )
