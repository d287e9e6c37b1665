"""A radiance field fitted to photographs whose cameras are known, on a CPU in minutes.

Sun, Sun & Chen, "Direct Voxel Grid Optimization", CVPR 2022: a plain grid of densities and colours, coarse first, no
network; space that holds nothing is left out. Departures: where photographs are transparent, what they show through
is left out from the start (a visual hull) and they are held against backgrounds of random colours; colours are of
degree 0, the same from every side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Camera
from autostyle.vision.radiance import (
    STRIDE,
    Grid,
    alpha_of,
    interpolated,
    occupied_cells,
    picture,
    rays,
    samples,
    shares,
)
from autostyle.vision.tensors import to_pixels

STAGES = ((24, 60), (48, 160), (72, 260))
"""Points along each side of the grid, and steps at that."""
RAYS = 1024
"""Of one step."""
RATE_DENSITY, RATE_COLOR, RATE_LAST = 0.15, 0.05, 0.1
"""Of Adam, and what share of it the last step of a stage has."""
START = -5.0
"""Raw density of a grid that knows nothing yet."""
LEFT_OUT = 1e-4
"""Share of a ray below which a sample's colour is not looked at."""
SHOWN = 0.01
"""Share of a ray above which the cell that a sample is in is looked into again."""
LOOKED_AT = 50
"""Steps from one look at what is empty to the next."""
SMOOTH = 2e-5
"""Weight of the total variation of densities."""


@dataclass(frozen=True)
class Photograph:
    """A photograph, as it is fitted to.

    Args:
        pixels: sRGB, times ``opacity`` where it is transparent, (H, W, 3).
        opacity: (H, W); None: nothing shows through.
    """

    camera: Camera
    pixels: Tensor
    opacity: Tensor | None


@dataclass
class FitState:
    """How far a fit is: all that goes on from one step to the next.

    Args:
        step: steps taken.
        raw, colors: the grid, (R, R, R) and (3, R, R, R).
        background: of photographs that nothing shows through, (3,).
        moments: of Adam, two for each of the three.
        occupied: the cells that are looked into, (R - 1, R - 1, R - 1).
        seen: those of them that samples were seen in since that was found out.
    """

    step: int
    raw: Tensor
    colors: Tensor
    background: Tensor
    moments: list[Tensor]
    occupied: Tensor
    seen: Tensor


class Fit:
    """A fit at work: ``state`` is where it is, each :meth:`advance` a step."""

    def __init__(
        self,
        photographs: Sequence[Photograph],
        corner: tuple[float, float, float],
        side: float,
        stages: Sequence[tuple[int, int]] = STAGES,
        *,
        seed: int = 0,
    ) -> None:
        self.stages, self._seed = tuple(stages), seed
        self.steps = sum(steps for _, steps in self.stages)
        self._corner, self._side = torch.tensor(corner), side
        self._photographs = photographs
        found = [rays(one.camera, "cpu") for one in photographs]
        self._places = (torch.stack([place for place, _ in found]) - self._corner) / side
        self._near = min(one.camera.near for one in photographs) / side
        self._ways = torch.cat([ways for _, ways in found])
        self._which = torch.cat([torch.full((len(ways),), number) for number, (_, ways) in enumerate(found)])
        self._pixels = torch.cat([one.pixels.reshape(-1, 3) for one in photographs])
        self.transparent = all(one.opacity is not None for one in photographs)
        self._opacity = (
            torch.cat([one.opacity.reshape(-1) for one in photographs if one.opacity is not None])
            if self.transparent
            else None
        )
        self._rays: Tensor | None = None
        self.state = self._first()

    def advance(self) -> float:
        """One step; what its loss was."""
        state = self.state
        number, within = self._stage(state.step)
        if not within and number:
            self._grow(self.stages[number][0])
        elif within and within % LOOKED_AT == 0:
            state.occupied = _around(state.seen)
            self._rays, state.seen = None, torch.zeros_like(state.seen)
        if self._rays is None:
            self._rays = self._crossing()
        if not len(self._rays):  # nothing is left that is seen: no step would teach anything
            state.step, state.occupied = self.steps, torch.zeros_like(state.occupied)
            return 0.0
        loss = self._step(within / self.stages[number][1])
        state.step += 1
        return loss

    def restore(self, state: FitState) -> None:
        """Go on from where another fit of the same was; raises ValueError where ``state`` is of another."""
        if not 0 < state.step <= self.steps:
            raise ValueError(state.step)
        count = self.stages[self._stage(state.step - 1)[0]][0]
        grids = (torch.empty((count,) * 3), torch.empty((3, *(count,) * 3)), torch.empty(3))
        cells = torch.empty((count - 1,) * 3, dtype=torch.bool)
        wanted = (*grids, *_moments(grids), cells, cells)
        parts = (state.raw, state.colors, state.background, *state.moments, state.occupied, state.seen)
        if [(one.shape, one.dtype) for one in parts] != [(one.shape, one.dtype) for one in wanted]:
            raise ValueError(count)
        self.state, self._rays = state, None

    def field(self, up: tuple[float, float, float], cameras: Sequence[Camera] = ()) -> RadianceField | None:
        """The field so far; None where nothing is in it."""
        raw, count = self.state.raw.detach(), len(self.state.raw)
        there = (occupied_cells(raw) & self.state.occupied).float()[None, None]
        points = F.max_pool3d(F.pad(there, (1,) * 6), 2, 1)[0, 0] > 0
        if not points.any():
            return None
        colors = self.state.colors.detach()[:, points].T.contiguous().numpy()
        x, y, z = self._corner.tolist()
        return RadianceField.of(
            points.nonzero().numpy().astype(np.int32),
            raw[points].numpy(),
            colors,
            np.zeros((len(colors), 0, 3), np.float32),
            count,
            (x, y, z),
            self._side,
            up,
            tuple(cameras),
        )

    def picture(self) -> Pixels:
        """What the first camera sees of the field so far."""
        camera, field = self._photographs[0].camera, self.field((0.0, -1.0, 0.0))
        if field is None:
            return np.ones((camera.height, camera.width, 3), np.float32)
        return to_pixels(picture(Grid.of(field), torch.from_numpy(field.colors), camera))

    def hull(self, cells: int) -> Tensor:
        """Cells (R - 1, ...) that no transparent photograph shows to be empty."""
        at = (torch.arange(cells) + 0.5) / cells
        places = torch.stack(torch.meshgrid(at, at, at, indexing="ij"), -1).view(-1, 3) * self._side + self._corner
        seen = torch.ones(len(places), dtype=torch.bool)
        for one in self._photographs:
            if one.opacity is None:
                continue
            camera = one.camera
            there = (places - torch.from_numpy(camera.place)) @ torch.from_numpy(camera.turn).T
            ahead = there[:, 2] > camera.near
            depth = there[:, 2].clamp_min(camera.near)
            wide = self._side / cells * max(camera.focal) / float(depth.min())
            solid = _spread(one.opacity > 0.02, int(min(np.ceil(wide), max(one.opacity.shape))))
            x = (there[:, 0] / depth * camera.focal[0] + camera.principal[0]).long()
            y = (there[:, 1] / depth * camera.focal[1] + camera.principal[1]).long()
            inside = ahead & (x >= 0) & (y >= 0) & (x < camera.width) & (y < camera.height)
            empty = torch.zeros_like(seen)
            empty[inside] = ~solid[y[inside], x[inside]]
            seen &= ~empty
        return seen.view(cells, cells, cells)

    def _first(self) -> FitState:
        count = self.stages[0][0]
        raw = torch.full((count, count, count), START)
        edge = torch.cat([torch.cat([one.pixels[0], one.pixels[-1]]) for one in self._photographs])
        grids = (raw, torch.full((3, count, count, count), 0.5), edge.median(0).values)
        hull = self.hull(count - 1)
        return FitState(0, *grids, _moments(grids), hull, torch.zeros_like(hull))

    def _stage(self, step: int) -> tuple[int, int]:
        """The stage that a step is in, and its number there."""
        for number, (_, steps) in enumerate(self.stages):
            if step < steps:
                return number, step
            step -= steps
        raise ValueError(step)

    def _grow(self, count: int) -> None:
        """Take the grid to more points."""
        state = self.state

        def grown(grid: Tensor) -> Tensor:
            return F.interpolate(grid[None], (count, count, count), mode="trilinear", align_corners=True)[
                0
            ].contiguous()

        seen = F.interpolate(_around(state.seen).float()[None, None], (count - 1,) * 3)[0, 0] > 0
        state.raw, state.colors = grown(state.raw[None])[0], grown(state.colors)
        state.moments = _moments((state.raw, state.colors, state.background))
        state.occupied = seen & self.hull(count - 1)
        self._rays, state.seen = None, torch.zeros_like(state.occupied)

    def _crossing(self) -> Tensor:
        """The rays that go through anything that is not empty."""
        crossing = []
        for first in range(0, len(self._ways), 2**15):
            part = slice(first, first + 2**15)
            found = samples(self._places[self._which[part]], self._ways[part], self._near, self.state.occupied, 0.5)
            crossing.append(torch.unique_consecutive(found.ray) + first)
        return torch.cat(crossing)

    def _step(self, share: float) -> float:
        state = self.state
        assert self._rays is not None
        random = np.random.default_rng((self._seed, state.step))
        chosen = self._rays[torch.from_numpy(random.integers(0, len(self._rays), RAYS))]
        shift = torch.from_numpy(random.random((len(chosen), 1), np.float32))
        known = samples(self._places[self._which[chosen]], self._ways[chosen], self._near, state.occupied, shift)
        length = STRIDE / (len(state.raw) - 1)
        # What is empty, or behind what is not, teaches nothing.
        found = alpha_of(interpolated(state.raw[None], known.places)[:, 0], length)
        weights, _ = shares(found, known.ray, len(chosen))
        kept = weights > LEFT_OUT
        ray, places = known.ray[kept], known.places[kept]
        self._note(places[weights[kept] > SHOWN])
        raw, colors, background = (one.requires_grad_() for one in (state.raw, state.colors, state.background))
        alpha = alpha_of(interpolated(raw[None], places)[:, 0], length)
        weights, left = shares(alpha, ray, len(chosen))
        picture = torch.zeros(len(chosen), 3).index_add(0, ray, interpolated(colors, places) * weights[:, None])
        wanted = self._pixels[chosen]
        if self._opacity is None:
            loss = F.mse_loss(picture + left[:, None] * background, wanted)
        else:
            behind = torch.from_numpy(random.random((len(chosen), 3), np.float32))
            opacity = self._opacity[chosen][:, None]
            loss = F.mse_loss(picture + left[:, None] * behind, wanted + (1 - opacity) * behind)
        total = loss + SMOOTH * _variation(raw)
        gradients = torch.autograd.grad(total, [raw, colors, background], allow_unused=True)
        self._move(gradients, share)
        return float(loss.detach())

    def _note(self, places: Tensor) -> None:
        """Mark the cells that samples at ``places`` are in: they are to be seen."""
        cells = len(self.state.raw) - 1
        cell = (places * cells).long().clamp_(0, cells - 1)
        self.state.seen[cell.unbind(1)] = True

    @torch.no_grad()
    def _move(self, gradients: Sequence[Tensor | None], share: float) -> None:
        """A step of Adam."""
        state = self.state
        fall = RATE_LAST**share
        within = self._stage(state.step)[1] + 1
        variables = (state.raw, state.colors, state.background)
        for number, (variable, gradient) in enumerate(zip(variables, gradients, strict=True)):
            variable.requires_grad_(False)
            if gradient is None:
                continue
            mean, square = state.moments[2 * number : 2 * number + 2]
            mean.lerp_(gradient, 0.1)
            square.mul_(0.99).addcmul_(gradient, gradient, value=0.01)
            rate = (RATE_DENSITY, RATE_COLOR, RATE_COLOR)[number] * fall / (1 - 0.9**within)
            variable.addcdiv_(mean, (square / (1 - 0.99**within)).sqrt_().add_(1e-10), value=-rate)
        state.colors.clamp_(0, 1)
        state.background.clamp_(0, 1)


def _spread(seen: Tensor, reach: int) -> Tensor:
    """What is ``seen``, (H, W), and all that is no further than ``reach`` along rows and columns."""
    size = 2 * reach + 1
    rows = F.max_pool2d(seen.float()[None, None], (1, size), 1, (0, reach))
    return F.max_pool2d(rows, (size, 1), 1, (reach, 0))[0, 0] > 0


def _moments(variables: Sequence[Tensor]) -> list[Tensor]:
    return [torch.zeros_like(one) for one in variables for _ in range(2)]


def _around(cells: Tensor) -> Tensor:
    """``cells`` and those beside them."""
    return F.max_pool3d(cells.float()[None, None], 3, 1, 1)[0, 0] > 0


def _variation(raw: Tensor) -> Tensor:
    return sum(((raw.diff(dim=axis)) ** 2).mean() for axis in range(3))  # type: ignore[return-value]
