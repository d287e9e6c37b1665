"""Which points of a scene two views of it both show, by its geometry."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.vision.scene_view import SceneView

SOLID = 0.7
"""How far a pixel has to be filled with splats to be a point of the scene."""
SAME = 0.03
"""Share of its distance by which a point may be off and still be the same."""


@dataclass(frozen=True)
class SamePoints:
    """Where the points of one view are in another one.

    Args:
        grid: places in the other view, as ``grid_sample`` takes them, (1, H, W, 2).
        seen: whether both show the same point, (H, W).
    """

    grid: Tensor
    seen: Tensor

    @classmethod
    def between(cls, one: SceneView, other: SceneView) -> SamePoints:
        """From the pixels of ``one`` to those of ``other``."""
        camera, target = one.camera, other.camera
        device = one.covered.device
        down, across = (torch.arange(many, device=device) + 0.5 for many in (camera.height, camera.width))
        rows, columns = torch.meshgrid(down, across, indexing="ij")
        depth, loose = one.depth()
        rays = torch.stack(
            [(columns - camera.principal[0]) / camera.focal[0], (rows - camera.principal[1]) / camera.focal[1]], dim=-1
        )
        turn, place, turn_there, place_there = (
            torch.from_numpy(part).to(device) for part in (camera.turn, camera.place, target.turn, target.place)
        )
        points = torch.cat([rays * depth[..., None], depth[..., None]], dim=-1) @ turn + place
        there = (points - place_there) @ turn_there.T
        away = there[..., 2].clamp_min(target.near)
        focal, principal = (torch.tensor(pair, device=device) for pair in (target.focal, target.principal))
        places = there[..., :2] / away[..., None] * focal + principal
        size = torch.tensor([target.width, target.height], dtype=torch.float32, device=device)
        grid = (2 * places / size - 1)[None]
        known = torch.stack([*other.depth(), other.covered])[None]
        found = F.grid_sample(known, grid, mode="nearest", padding_mode="zeros", align_corners=False)[0]
        near = (found[0] - away).abs() < SAME * away
        # Along an edge a pixel shows what is before it and what is behind, and is no point of either.
        single = (loose < SAME * depth) & (found[1] < SAME * away)
        inside = (grid[0].abs() < 1).all(dim=-1)
        return cls(grid, (one.covered > SOLID) & (found[2] > SOLID) & single & near & inside)

    def error(self, one: Tensor, other: Tensor) -> float:
        """Mean absolute difference of two (1, 3, H, W) views where both show the same point; 0 where none does."""
        if not bool(self.seen.any()):
            return 0.0
        return float((one - self.carried(other)).abs().mean(dim=1)[0][self.seen].mean())

    def carried(self, other: Tensor) -> Tensor:
        """The other view, (1, 3, H, W), as the first one sees its points: means something where they are seen."""
        return F.grid_sample(other, self.grid, mode="bilinear", padding_mode="border", align_corners=False)
