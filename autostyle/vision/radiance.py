"""Volume rendering of a radiance field (Mildenhall et al., "NeRF", ECCV 2020), on any device that torch runs on.

While the densities stay what they are, a view is linear in the colours of the grid's points, as one of splats is: what
a sample along a ray gives to its pixel, shared out to the eight points around it, is found once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs.radiance_field import EMPTY, UNIT, RadianceField
from autostyle.codecs.scene import Camera
from autostyle.errors import BadInput
from autostyle.vision.scene_view import MOST_WEIGHTS, SceneView, beside, matrices_of

STRIDE = 0.5
"""From sample to sample along a ray, in distances between points."""
FAINTEST = 1e-3
"""Share of a pixel below which a sample is left out."""
SEEN = 1e-3
"""Opacity over one stride below which nothing is there."""
MOST_DENSE = 2**22
"""Points of a grid whose colours are laid out for a picture, four numbers each."""
AT_ONCE = 2**13
"""Rays that are looked along at once."""


def alpha_of(raw: Tensor, length: Tensor | float) -> Tensor:
    """Opacities of samples of ``raw`` density, each so ``length`` along its ray, in sides of the field."""
    return 1 - torch.exp(-F.softplus(raw) * (length / UNIT))


def rays(camera: Camera, device: torch.device | str) -> tuple[Tensor, Tensor]:
    """Where a camera stands, (3,), and where its pixels look, row by row, unit vectors (H * W, 3)."""
    rows, columns = torch.meshgrid(
        torch.arange(camera.height, device=device) + 0.5,
        torch.arange(camera.width, device=device) + 0.5,
        indexing="ij",
    )
    across = (columns - camera.principal[0]) / camera.focal[0]
    down = (rows - camera.principal[1]) / camera.focal[1]
    there = torch.stack([across, down, torch.ones_like(down)], dim=-1).reshape(-1, 3)
    turn = torch.from_numpy(camera.turn).to(device)
    return torch.from_numpy(camera.place).to(device), F.normalize(there @ turn, dim=1)


def crossed(origins: Tensor, ways: Tensor, near: float, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """How far along rays (N, 3) they go into the box from ``low`` to ``high``, (3,), and out of it; not at all where
    the second is not more."""
    safe = torch.where(ways.abs() < 1e-9, torch.full_like(ways, 1e-9), ways)
    one, other = (low - origins) / safe, (high - origins) / safe
    into = torch.minimum(one, other).amax(1).clamp_min(near)
    return into, torch.maximum(one, other).amin(1)


def bounds(occupied: Tensor) -> tuple[Tensor, Tensor]:
    """The box, in coordinates of the grid, (3,) each, outside of which no cell is occupied."""
    where = occupied.nonzero()
    if not len(where):
        return torch.ones(3, device=occupied.device), torch.zeros(3, device=occupied.device)
    return where.amin(0) / len(occupied), (where.amax(0) + 1) / len(occupied)


@dataclass(frozen=True)
class RaySamples:
    """Places along rays where something may be, ray by ray and in order.

    Args:
        ray: number of the ray of each, (M,), ascending.
        places: in coordinates of the grid, 0..1, (M, 3).
    """

    ray: Tensor
    places: Tensor


def samples(origins: Tensor, ways: Tensor, near: float, occupied: Tensor, shift: Tensor | float) -> RaySamples:
    """Places a stride apart along rays (N, 3) in coordinates of the grid, where the cell of ``occupied`` (R, R, R) is.

    Args:
        shift: of the first one, in strides, for each ray (N, 1) or for all.
    """
    count = occupied.shape[0]
    stride = STRIDE / count
    low, high = bounds(occupied)
    into, out = crossed(origins, ways, near, low, high)
    longest = float((out - into).max()) if len(into) else 0.0
    if longest <= 0:
        return RaySamples(torch.zeros(0, dtype=torch.long, device=ways.device), ways[:0])
    number = torch.arange(int(longest / stride) + 1, device=ways.device)
    along = into[:, None] + (number + shift) * stride
    inside = along < out[:, None]
    ray, _ = inside.nonzero(as_tuple=True)
    places = origins.expand_as(ways)[ray] + along[inside][:, None] * ways[ray]
    cell = (places * count).long().clamp_(0, count - 1)
    there = occupied.view(-1)[(cell[:, 0] * count + cell[:, 1]) * count + cell[:, 2]]
    return RaySamples(ray[there], places[there])


def shares(alpha: Tensor, ray: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """What each sample, of opacity ``alpha``, gives to its ray, (M,), and what light is left of each ray, (count,)."""
    taken = torch.log1p(-alpha.clamp_max(1 - 1e-6)).double()
    total = taken.cumsum(0)
    sums = torch.zeros(count, dtype=torch.double, device=alpha.device).index_add(0, ray, taken)
    before = (sums.cumsum(0) - sums)[ray]
    ahead = (total - taken - before).exp()
    return (alpha * ahead).float(), sums.exp().float()


def interpolated(grid: Tensor, places: Tensor) -> Tensor:
    """Values of a grid (C, R, R, R), along x, y and z, between its points: (M, C) at places (M, 3), 0..1."""
    at = (2 * places.flip(1) - 1)[None, None, None]
    return F.grid_sample(grid[None], at, mode="bilinear", padding_mode="border", align_corners=True)[0, :, 0, 0].T


def around(places: Tensor, resolution: int) -> tuple[Tensor, Tensor]:
    """The eight points of the grid around each place (M, 3): their numbers, (M, 8), and shares, (M, 8)."""
    scaled = places.clamp(0, 1) * (resolution - 1)
    low = scaled.floor().clamp_max(resolution - 2)
    part = scaled - low
    low = low.long()
    numbers, weights = [], []
    for corner in range(8):
        step = torch.tensor([corner >> 2 & 1, corner >> 1 & 1, corner & 1], device=places.device)
        point = low + step
        numbers.append((point[:, 0] * resolution + point[:, 1]) * resolution + point[:, 2])
        weights.append(torch.where(step.bool(), part, 1 - part).prod(1))
    return torch.stack(numbers, 1), torch.stack(weights, 1)


def occupied_cells(raw: Tensor) -> Tensor:
    """Cells of a grid of raw densities (R, R, R) of whose points one is dense enough to be seen: (R - 1,) * 3."""
    dense = alpha_of(raw, STRIDE / (len(raw) - 1)) > SEEN
    return F.max_pool3d(dense.float()[None, None], 2, stride=1)[0, 0] > 0


@dataclass(frozen=True)
class Grid:
    """A radiance field as tensors.

    Args:
        raw: densities, (R, R, R).
        column: number of the stored point at each point of the grid, -1 where there is none, (R * R * R,).
        occupied: cells where something may be seen, (R - 1, R - 1, R - 1).
        positions, harmonics: of the stored points.
        corner: of the grid, (3,).
    """

    raw: Tensor
    column: Tensor
    occupied: Tensor
    positions: Tensor
    harmonics: Tensor
    corner: Tensor
    side: float

    @classmethod
    def of(cls, field: RadianceField, device: str = "cpu") -> Grid:
        """Of a field."""
        count = field.resolution
        where = torch.from_numpy(field.cells.astype(np.int64) @ np.array([count * count, count, 1]))
        raw = torch.full((count**3,), EMPTY)
        raw[where] = torch.from_numpy(field.densities)
        column = torch.full((count**3,), -1, dtype=torch.long)
        column[where] = torch.arange(len(field))
        raw = raw.view(count, count, count).to(device)
        return cls(
            raw,
            column.to(device),
            occupied_cells(raw),
            torch.from_numpy(field.positions).to(device),
            torch.from_numpy(field.harmonics).to(device),
            torch.tensor(field.corner, device=device),
            field.side,
        )


@torch.no_grad()
def view(grid: Grid, camera: Camera) -> SceneView:
    """What ``camera`` sees of a field; raises BadInput where that is more than there is room for."""
    device, points = grid.raw.device, len(grid.positions)
    place, ways = rays(camera, device)
    light = torch.ones(len(ways), device=device)
    found, many = [], 0
    for first, rayed, columns, parts in _given(grid, camera, place, ways, light):
        key, where = (rayed[:, None] * points + columns)[parts > 0].unique(return_inverse=True)
        total = torch.zeros(len(key), device=device).index_add(0, where, parts[parts > 0])
        found.append((key // points + first, key % points, total))
        many += len(key)
        if many > MOST_WEIGHTS:
            raise BadInput(
                "so much of the field is fog that a view of {width} x {height} px has no room",
                "take a smaller size",
                width=camera.width,
                height=camera.height,
            )
    pixels, which, weights = (torch.cat(column) for column in zip(*found, strict=True))
    matrix, back = matrices_of(pixels, which, weights, len(ways), points)
    covered = (1 - light).view(camera.height, camera.width)
    depths = (grid.positions - place) @ torch.from_numpy(camera.turn[2]).to(device)
    return SceneView(camera, matrix, back, covered, beside(grid.positions, grid.harmonics, place), depths)


@torch.no_grad()
def picture(grid: Grid, colors: Tensor, camera: Camera, background: float = 1.0) -> Tensor:
    """What :func:`view` shows of points of ``colors``, (N, 3), as (1, 3, H, W): for one picture this takes less."""
    place, ways = rays(camera, grid.raw.device)
    aside = beside(grid.positions, grid.harmonics, place)
    seen = (colors if aside is None else colors + aside).clamp_min(0)
    made = (_of_points if grid.raw.numel() > MOST_DENSE else _of_grid)(grid, seen, camera, place, ways, background)
    return made.view(camera.height, camera.width, 3).permute(2, 0, 1)[None]


def _of_grid(grid: Grid, seen: Tensor, camera: Camera, place: Tensor, ways: Tensor, background: float) -> Tensor:
    """The pixels of rays, (M, 3), of the stored points' colours, (N, 3), laid out over the grid: quick where it is
    small."""
    # Colours, and whether there is one, between points: the second makes up for those that are not stored.
    stored = torch.cat([seen, torch.ones_like(seen[:, :1])], 1)
    values = torch.where(grid.column[:, None] >= 0, stored[grid.column.clamp_min(0)], stored.new_zeros(()))
    dense = values.T.reshape(4, *grid.raw.shape)
    made = torch.empty(len(ways), 3, device=ways.device)
    for first, count, known, weights, left in _lit(grid, camera, place, ways):
        found = interpolated(dense, known.places)
        shown = found[:, 3:] > 0
        parts = found[:, :3] / found[:, 3:].clamp_min(1e-6) * weights[:, None]
        brighter = _made_up(torch.where(shown[:, 0], weights, 0), known.ray, left)
        sums = torch.zeros(count, 3, device=ways.device).index_add_(0, known.ray, parts)
        made[first : first + count] = sums * brighter[:, None] + background * left[:, None]
    return made


def _of_points(grid: Grid, seen: Tensor, camera: Camera, place: Tensor, ways: Tensor, background: float) -> Tensor:
    """The same, each colour looked up for each sample: no copy of a large grid."""
    light = torch.ones(len(ways), device=ways.device)
    made = torch.zeros(len(ways), 3, device=ways.device)
    for first, rayed, columns, parts in _given(grid, camera, place, ways, light):
        made.index_add_(0, first + rayed, (seen[columns] * parts[..., None]).sum(1))
    return made + background * light[:, None]


def _lit(
    grid: Grid, camera: Camera, place: Tensor, ways: Tensor
) -> Iterator[tuple[int, int, RaySamples, Tensor, Tensor]]:
    """For some rays at once: the number of the first, how many they are, the samples that can be seen, what each gives
    to its ray, and what light is left of each ray."""
    origin = (place - grid.corner) / grid.side
    for first in range(0, len(ways), AT_ONCE):
        part = ways[first : first + AT_ONCE]
        known = samples(origin, part, camera.near / grid.side, grid.occupied, 0.5)
        alpha = alpha_of(interpolated(grid.raw[None], known.places)[:, 0], STRIDE / (len(grid.raw) - 1))
        weights, left = shares(alpha, known.ray, len(part))
        kept = weights > FAINTEST
        yield first, len(part), RaySamples(known.ray[kept], known.places[kept]), weights[kept], left


def _made_up(weights: Tensor, ray: Tensor, left: Tensor) -> Tensor:
    """By how much each ray's samples are brighter than they are: what is left out is too faint to be seen one by one;
    together it keeps the pixel as bright as it is."""
    sums = torch.zeros_like(left).index_add_(0, ray, weights)
    return ((1 - left) / sums.clamp_min(1e-6)).clamp_max(2)


def _given(
    grid: Grid, camera: Camera, place: Tensor, ways: Tensor, light: Tensor
) -> Iterator[tuple[int, Tensor, Tensor, Tensor]]:
    """For some rays at once, the number of the first of them; of each sample its ray among these (M,), the stored
    points around it (M, 8) and how much of these is in its pixel; ``light`` of the pixels becomes what is left."""
    for first, count, known, weights, left in _lit(grid, camera, place, ways):
        light[first : first + count] = left
        numbers, parts = around(known.places, len(grid.raw))
        columns = grid.column[numbers]
        parts = parts * (columns >= 0)
        # A point that is not stored has no colour: its share is the others'.
        parts = parts / parts.sum(1, keepdim=True).clamp_min(1e-6) * weights[:, None]
        parts = parts * _made_up(parts.sum(1), known.ray, left)[known.ray][:, None]
        yield first, known.ray, columns.clamp_min(0), parts
