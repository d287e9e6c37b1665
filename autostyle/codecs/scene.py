"""A scene of 3D Gaussian splats in memory, and the cameras that see it. Nothing here reads a file or imports torch.

Kerbl, Kopanas, Leimkühler & Drettakis, "3D Gaussian Splatting for Real-Time Radiance Field Rendering", SIGGRAPH 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
DEGREE_0 = 0.28209479177387814
"""The spherical harmonic of degree 0: a colour is 0.5 + DEGREE_0 times what a file calls ``f_dc``."""
AHEAD = 0.02
"""Share of its distance from what it looks at that a camera does not see right before it."""


@dataclass(frozen=True)
class Stored:
    """What a file says of its splats, in its own words: what is not colour is written again as it was read.

    Args:
        kind: ending of the format.
        rows: one for each splat, with the fields of the format.
        head: what else the file says, as its format needs it.
    """

    kind: str
    rows: NDArray[np.void]
    head: Any = None


@dataclass(frozen=True)
class Scene:
    """Splats, never modified.

    Args:
        positions: of the middles, (N, 3).
        scales: standard deviations along the axes, (N, 3), more than 0.
        rotations: unit quaternions, real part first, (N, 4).
        opacities: (N,), 0..1.
        colors: sRGB as seen from nowhere in particular, (N, 3); it may leave 0..1.
        harmonics: coefficients of degree 1 and up, which say how a colour changes with the side it is seen from,
            (N, 0 or 3 or 8 or 15, 3).
        up: which way is up, a unit vector.
        stored: the splats as a file has them; ``parents`` says of which row each is.
        parents: (N,); None: splat and row are the same.
        changed: (N,), whether a splat is smaller than that of its row, and elsewhere; None: none is.
    """

    positions: Array
    scales: Array
    rotations: Array
    opacities: Array
    colors: Array
    harmonics: Array
    up: tuple[float, float, float] = (0.0, -1.0, 0.0)
    stored: Stored | None = field(default=None, compare=False)
    parents: NDArray[np.int64] | None = field(default=None, compare=False)
    changed: NDArray[np.bool_] | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def bytes(self) -> int:
        """Of a PLY of it."""
        return 4 * len(self) * (17 + 3 * int(self.harmonics.shape[1]))

    def with_colors(self, colors: Array, highlights: float = 1.0) -> Scene:
        """The same splats in other ``colors``, (N, 3), which change with the side as much as before, times
        ``highlights``."""
        harmonics = self.harmonics if highlights == 1 else np.asarray(self.harmonics * np.float32(highlights))
        return replace(self, colors=np.ascontiguousarray(colors, np.float32), harmonics=harmonics)

    @cached_property
    def middle(self) -> Array:
        """Of what is there, (3,): medians, which splats far away do not move."""
        return np.asarray(np.median(self.positions[self._seen], axis=0), np.float32)

    @cached_property
    def radius(self) -> float:
        """Of what is there around its middle: nine tenths of the splats that can be seen are nearer."""
        away = np.linalg.norm(self.positions[self._seen] - self.middle, axis=1)
        return max(float(np.quantile(away, 0.9)), float(np.median(self.scales)), 1e-6)

    @cached_property
    def _seen(self) -> NDArray[np.bool_]:
        seen = self.opacities > 0.1
        return seen if seen.any() else np.ones(len(self), bool)


def matrices(rotations: NDArray[Any]) -> NDArray[Any]:
    """Rotation matrices (N, 3, 3) of unit quaternions (N, 4), real part first."""
    w, x, y, z = rotations.T
    rows = (
        *(1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        *(2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        *(2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    return np.stack(rows, axis=1).reshape(-1, 3, 3)


@dataclass(frozen=True)
class Camera:
    """A pinhole camera: x to the right, y down, z ahead.

    Args:
        turn: rotation from the scene to the camera, (3, 3).
        place: where it stands in the scene, (3,).
        focal: focal lengths in pixels along x and y.
        principal: where its axis meets the picture, in pixels along x and y.
        width, height: of the picture in pixels.
        near: what is nearer than that is not seen.
    """

    turn: Array
    place: Array
    focal: tuple[float, float]
    principal: tuple[float, float]
    width: int
    height: int
    near: float = 0.01

    def at(self, long_side: int) -> Camera:
        """The same view in a picture of another size."""
        scale = long_side / max(self.width, self.height)
        width, height = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        across, down = width / self.width, height / self.height
        return replace(
            self,
            focal=(self.focal[0] * across, self.focal[1] * down),
            principal=(self.principal[0] * across, self.principal[1] * down),
            width=width,
            height=height,
        )

    @property
    def ahead(self) -> Array:
        """Which way it looks, (3,)."""
        return np.asarray(self.turn[2], np.float32)


ANGLE = np.deg2rad(40.0)
"""Of view of a camera that is invented."""


def look(
    place: NDArray[Any], at: NDArray[Any], up: Sequence[float], *, angle: float = float(ANGLE), side: int = 512
) -> Camera:
    """A camera at ``place`` that looks ``at`` something, with a square picture of ``side`` pixels."""
    ahead = (at - place) / np.linalg.norm(at - place)
    right = np.cross(ahead, np.asarray(up, np.float64))
    right /= max(float(np.linalg.norm(right)), 1e-9)
    turn = np.stack([right, np.cross(ahead, right), ahead]).astype(np.float32)
    focal = side / 2 / float(np.tan(angle / 2))
    near = AHEAD * float(np.linalg.norm(at - place))
    return Camera(turn, place.astype(np.float32), (focal, focal), (side / 2, side / 2), side, side, near)


def orbit(scene: Scene, turns: Sequence[float], heights: Sequence[float]) -> tuple[Camera, ...]:
    """Cameras around a scene that see the whole of it.

    Args:
        turns: around it, as shares of a full turn.
        heights: above its middle in degrees, one for each of ``turns``.
    """
    up = np.asarray(scene.up, np.float64)
    other = np.eye(3)[int(np.abs(up).argmin())]
    front = np.cross(up, other)
    front /= np.linalg.norm(front)
    side = np.cross(up, front)
    far = scene.radius * 1.15 / float(np.sin(ANGLE / 2))
    cameras = []
    for turn, height in zip(turns, heights, strict=True):
        round_, rise = 2 * np.pi * turn, np.deg2rad(height)
        away = np.cos(rise) * (np.cos(round_) * front + np.sin(round_) * side) + np.sin(rise) * up
        cameras.append(look(scene.middle + far * away, scene.middle.astype(np.float64), scene.up))
    return tuple(cameras)
