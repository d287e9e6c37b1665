"""Pictures through tables of colours."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from autostyle.codecs import ColorTable, Pixels

ROWS = 1 << 20
"""Pixels at a time: a picture of any size takes no more memory than itself and these."""


@torch.inference_mode()
def apply_table(table: ColorTable, pixels: Pixels, device: str = "cpu") -> Pixels:
    """``pixels``, (H, W, 3), 0..1, each by its colour, between the nodes of ``table`` trilinearly."""
    volume = torch.from_numpy(table).permute(3, 0, 1, 2)[None].to(device)
    flat = torch.from_numpy(pixels).reshape(1, 1, 1, -1, 3)
    parts = (part.to(device) * 2 - 1 for part in flat.split(ROWS, dim=3))
    found = [F.grid_sample(volume, part, padding_mode="border", align_corners=True)[0, :, 0, 0] for part in parts]
    made: Pixels = torch.cat(found, dim=1).T.cpu().numpy().reshape(pixels.shape).copy()
    return made
