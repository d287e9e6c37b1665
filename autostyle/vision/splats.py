"""Views of a scene of Gaussian splats, on any device that torch runs on.

While the splats stay where they are, a view is linear in their colours: ``picture = weights @ colors``. The weights of
a view, a sparse matrix of pixels by splats, are what alpha compositing from front to back gives each splat of each
pixel (Kerbl et al., "3D Gaussian Splatting for Real-Time Radiance Field Rendering", SIGGRAPH 2023: projection, low-pass
filter and thresholds as there). They are found once; then a picture is one product, and its gradient the transpose.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.codecs.scene import Camera, Scene, matrices
from autostyle.errors import BadInput
from autostyle.vision.tensors import to_pixels

LOW_PASS = 0.3
"""Variance in pixels that every splat has at least, as it was when the scene was fitted."""
FAINTEST, DENSEST, LEFT = 1 / 255, 0.99, 1e-4
"""Opacity below which a splat is not there at a pixel, the most that one has, and the light below which a pixel is
done."""
AT_ONCE = 2**18
"""Pairs of a splat and a pixel that are computed with at once; what lies behind them is looked at only where light is
left."""
MOST_WEIGHTS = 2**26
"""Pairs of a splat and a pixel that have a weight in a view: 64 for each pixel of 1024 x 1024, and some 4 GB while they
are found."""
COEFFICIENTS = (
    (0.4886025119029199,),
    (1.0925484305920792, 0.31539156525252005, 0.5462742152960396),
    (0.5900435899266435, 2.890611442640554, 0.4570457994644658, 0.3731763325901154, 1.445305721320277),
)
"""Of the spherical harmonics of degrees 1, 2 and 3."""


@dataclass(frozen=True)
class Splats:
    """What of a scene decides which splat is seen where, as tensors."""

    positions: Tensor
    covariances: Tensor
    opacities: Tensor
    harmonics: Tensor

    @classmethod
    def of(cls, scene: Scene, device: str = "cpu") -> Splats:
        """Of a scene."""
        spread = torch.from_numpy(matrices(scene.rotations)) * torch.from_numpy(scene.scales)[:, None]
        parts = (scene.positions, scene.opacities, scene.harmonics)
        positions, opacities, harmonics = (torch.from_numpy(np.ascontiguousarray(part)).to(device) for part in parts)
        return cls(positions, (spread @ spread.mT).to(device), opacities, harmonics)


@dataclass(frozen=True)
class SplatView:
    """A camera's view of splats that stay where they are.

    Args:
        weights: sparse, (pixels, N): how much of each splat's colour is in each pixel.
        back: the transpose, for gradients.
        covered: how far each pixel is filled with splats, (H, W), 0..1.
        beside: what each splat shows to this side beside its colour, (N, 3); None: nothing.
        depths: of the splats from the camera, (N,).
    """

    camera: Camera
    weights: Tensor
    back: Tensor
    covered: Tensor
    beside: Tensor | None
    depths: Tensor

    def picture(self, colors: Tensor, background: Tensor | float = 1.0) -> Tensor:
        """The view of splats of ``colors``, (N, 3), before a background of one colour: (1, 3, H, W), differentiable
        and not cut off at 0 and 1."""
        seen = colors if self.beside is None else colors + self.beside
        flat: Tensor = _Product.apply(seen.clamp_min(0), self.weights, self.back)  # type: ignore[no-untyped-call]
        behind = (1 - self.covered).reshape(-1, 1) * torch.as_tensor(background, dtype=flat.dtype, device=flat.device)
        return (flat + behind).view(self.camera.height, self.camera.width, 3).permute(2, 0, 1)[None]

    def depth(self) -> tuple[Tensor, Tensor]:
        """How far away what is seen is, (H, W), and how far from there the splats are that are seen, as a deviation;
        where nothing is, they mean nothing."""
        flat = self.weights @ torch.stack([self.depths, self.depths**2], dim=1)
        mean, square = (flat / self.covered.reshape(-1, 1).clamp_min(1e-6)).T.reshape(2, *self.covered.shape)
        return mean, (square - mean**2).clamp_min(0).sqrt()


class _Product(torch.autograd.Function):
    """A sparse matrix times colours."""

    @staticmethod
    def forward(ctx: Any, colors: Tensor, weights: Tensor, back: Tensor) -> Tensor:
        ctx.back = back
        return weights @ colors

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        return ctx.back @ gradients[0].contiguous(), None, None


@torch.no_grad()
def view(splats: Splats, camera: Camera) -> SplatView:
    """What ``camera`` sees of ``splats``; raises BadInput where that is more than there is room for."""
    device = splats.positions.device
    turn, place = (torch.from_numpy(part).to(device) for part in (camera.turn, camera.place))
    seen = (splats.positions - place) @ turn.T
    depths = seen[:, 2]
    means, conics, reach = _projected(splats, camera, seen, turn)
    shape = (camera.height, camera.width)
    size = torch.tensor([camera.width, camera.height], dtype=means.dtype, device=device)
    # Held to the picture before they are whole numbers, which what is far off would be too large for.
    low = torch.ceil(means - reach - 0.5).clamp_min(0).minimum(size).long()
    high = (torch.floor(means + reach - 0.5) + 1).clamp_min(0).minimum(size).long()
    spans = (high - low).clamp_min(0)
    counts = spans[:, 0] * spans[:, 1]
    shown = ((depths > camera.near) & (counts > 0) & (splats.opacities >= FAINTEST)).nonzero()[:, 0]
    shown = shown[depths[shown].argsort(stable=True)]
    light = torch.zeros(shape[0] * shape[1], device=device)
    known = torch.cat([means, conics, splats.opacities[:, None]], dim=1)
    found, many = [], 0
    for part in _parts(shown, counts):
        pixels, which = _pairs(part, low, spans, counts, camera.width)
        lit = light.index_select(0, pixels) > math.log(LEFT)
        pixels, which = pixels[lit], which[lit]
        x, y, xx, xy, yy, opacity = known.index_select(0, which).unbind(1)
        x = pixels.remainder(camera.width) + 0.5 - x
        y = pixels.div(camera.width, rounding_mode="floor") + 0.5 - y
        power = -0.5 * (xx * x * x + 2 * xy * x * y + yy * y * y)
        alpha = (opacity * torch.exp(power)).clamp_max(DENSEST)
        # More than 0 is what rounding makes of a needle right before the camera; the reference leaves it out, too.
        kept = (alpha >= FAINTEST) & (power <= 0)
        found.append(_composited(pixels[kept], which[kept], alpha[kept], light))
        many += len(found[-1][0])
        if many > MOST_WEIGHTS:
            raise BadInput(
                "so many of the scene's splats are faint and large that a view of {width} x {height} px has no room",
                "take a smaller size, or remove them (SuperSplat does)",
                width=camera.width,
                height=camera.height,
            )
    pixels, which, weights = (torch.cat(part) for part in zip(*found, strict=True)) if found else _nothing(device)
    matrix, back = _matrices(pixels, which, weights, shape[0] * shape[1], len(depths))
    covered = (1 - light.exp()).view(shape)
    return SplatView(camera, matrix, back, covered, _beside(splats, place), depths)


def pictures(scene: Scene, cameras: Iterable[Camera]) -> Iterator[Pixels]:
    """What ``cameras`` see of ``scene`` before white, one after the other."""
    splats, colors = Splats.of(scene), torch.from_numpy(scene.colors)
    for camera in cameras:
        yield to_pixels(view(splats, camera).picture(colors))


def _projected(splats: Splats, camera: Camera, seen: Tensor, turn: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Middles in pixels (N, 2), inverse covariances xx, xy, yy (N, 3) and reach along x and y (N, 2) of splats."""
    focal = torch.tensor(camera.focal, device=seen.device)
    depth = seen[:, 2:].clamp_min(camera.near)
    slope = seen[:, :2] / depth
    means = slope * focal + torch.tensor(camera.principal, device=seen.device)
    # Far outside of the picture the projection is no plane any more: as the reference does, it is taken at its rim.
    rim = 1.3 * torch.tensor([camera.width, camera.height], device=seen.device) / (2 * focal)
    inside = torch.maximum(torch.minimum(slope, rim), -rim)
    scale = focal / depth
    zeros = torch.zeros_like(depth[:, 0])
    rows = [
        torch.stack([scale[:, 0], zeros, -scale[:, 0] * inside[:, 0]], dim=1),
        torch.stack([zeros, scale[:, 1], -scale[:, 1] * inside[:, 1]], dim=1),
    ]
    across, down = (row @ turn for row in rows)
    spread_across = torch.einsum("nij,nj->ni", splats.covariances, across)
    xx = (spread_across * across).sum(1) + LOW_PASS
    xy = (spread_across * down).sum(1)
    yy = (torch.einsum("nij,nj->ni", splats.covariances, down) * down).sum(1) + LOW_PASS
    determinant = (xx * yy - xy * xy).clamp_min(1e-12)
    conics = torch.stack([yy, -xy, xx], dim=1) / determinant[:, None]
    # As far as it is not too faint to be there; the reference takes three deviations.
    far = torch.sqrt(2 * torch.log((splats.opacities / FAINTEST).clamp_min(1))).clamp_max(3)
    reach = far[:, None] * torch.stack([xx, yy], dim=1).sqrt()
    return means, conics, torch.nan_to_num(reach, nan=0.0, posinf=0.0)


def _parts(shown: Tensor, counts: Tensor) -> list[Tensor]:
    """``shown`` in parts that are not too much at once, in order."""
    if not len(shown):
        return []
    ends = counts[shown].cumsum(0)
    number = (ends - 1).div(AT_ONCE, rounding_mode="floor")
    return list(shown.split(torch.unique_consecutive(number, return_counts=True)[1].tolist()))


def _pairs(part: Tensor, low: Tensor, spans: Tensor, counts: Tensor, width: int) -> tuple[Tensor, Tensor]:
    """Each pixel that each splat of a part may reach, and that splat: in the order of the splats."""
    many = counts[part]
    which = part.repeat_interleave(many)
    number = torch.arange(len(which), device=part.device) - (many.cumsum(0) - many).repeat_interleave(many)
    across = spans[which, 0]
    rows, columns = number.div(across, rounding_mode="floor"), number % across
    return (low[which, 1] + rows) * width + low[which, 0] + columns, which


def _composited(pixels: Tensor, which: Tensor, alpha: Tensor, light: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The weight of each pair of a pixel and a splat, from front to back; ``light`` (logarithms) is what is left."""
    pixels, order = pixels.sort(stable=True)
    which, alpha = which[order], alpha[order]
    taken = torch.log1p(-alpha).double()
    total = taken.cumsum(0)
    runs, lengths = torch.unique_consecutive(pixels, return_counts=True)
    ends = lengths.cumsum(0)
    before = torch.cat([total.new_zeros(1), total[ends[:-1] - 1]]) if len(runs) else total
    ahead = (total - taken - before.repeat_interleave(lengths)).float() + light[pixels]
    kept = ahead > math.log(LEFT)
    weights = alpha * ahead.exp()
    light.index_add_(0, pixels, torch.where(kept, taken, 0).float())
    return pixels[kept], which[kept], weights[kept]


def _nothing(device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    none = torch.zeros(0, dtype=torch.long, device=device)
    return none, none, torch.zeros(0, device=device)


def _matrices(pixels: Tensor, which: Tensor, weights: Tensor, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    """The matrix and its transpose, in compressed rows."""

    def compressed(of: Tensor, other: Tensor, size: tuple[int, int]) -> Tensor:
        order = of.argsort(stable=True)
        starts = torch.zeros(size[0] + 1, dtype=torch.int32, device=of.device)
        starts[1:] = torch.bincount(of, minlength=size[0]).cumsum(0)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta")
            return torch.sparse_csr_tensor(
                starts, other[order].int(), weights[order], size=size, check_invariants=False
            )

    return compressed(pixels, which, (rows, columns)), compressed(which, pixels, (columns, rows))


def _beside(splats: Splats, place: Tensor) -> Tensor | None:
    """What the harmonics of degree 1 and up add to each splat's colour as it is seen from ``place``, (N, 3)."""
    count = splats.harmonics.shape[1]
    if not count:
        return None
    x, y, z = torch.nn.functional.normalize(splats.positions - place, dim=1).unbind(1)
    (one,), two, three = COEFFICIENTS
    basis = [-one * y, one * z, -one * x]
    if count >= 8:
        basis += [two[0] * x * y, -two[0] * y * z, two[1] * (2 * z * z - x * x - y * y)]
        basis += [-two[0] * x * z, two[2] * (x * x - y * y)]
    if count >= 15:
        basis += [-three[0] * y * (3 * x * x - y * y), three[1] * x * y * z]
        basis += [-three[2] * y * (4 * z * z - x * x - y * y), three[3] * z * (2 * z * z - 3 * x * x - 3 * y * y)]
        basis += [-three[2] * x * (4 * z * z - x * x - y * y), three[4] * z * (x * x - y * y)]
        basis += [-three[0] * x * (x * x - 3 * y * y)]
    return torch.einsum("kn,nkc->nc", torch.stack(basis), splats.harmonics)
