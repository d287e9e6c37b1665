"""Views of a scene of Gaussian splats, on any device that torch runs on.

While the splats stay where they are, a view is linear in their colours: ``picture = weights @ colors``. The weights of
a view, a sparse matrix of pixels by splats, are what alpha compositing from front to back gives each splat of each
pixel (Kerbl et al., "3D Gaussian Splatting for Real-Time Radiance Field Rendering", SIGGRAPH 2023: projection, low-pass
filter and thresholds as there). They are found once; then a picture is one product, and its gradient the transpose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs.scene import Camera, Scene, matrices
from autostyle.errors import BadInput
from autostyle.vision.scene_view import MOST_WEIGHTS, SceneView, beside, matrices_of

LOW_PASS = 0.3
"""Variance in pixels that every splat has at least, as it was when the scene was fitted."""
FAINTEST, DENSEST, LEFT = 1 / 255, 0.99, 1e-4
"""Opacity below which a splat is not there at a pixel, the most that one has, and the light below which a pixel is
done."""
AT_ONCE = 2**18
"""Pairs of a splat and a pixel that are computed with at once; what lies behind them is looked at only where light is
left."""


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


@torch.no_grad()
def view(splats: Splats, camera: Camera) -> SceneView:
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
    matrix, back = matrices_of(pixels, which, weights, shape[0] * shape[1], len(depths))
    covered = (1 - light.exp()).view(shape)
    return SceneView(camera, matrix, back, covered, beside(splats.positions, splats.harmonics, place), depths)


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
