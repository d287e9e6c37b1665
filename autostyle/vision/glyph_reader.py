"""A small network that tells glyphs apart as a reader does at a small size: pictures of letters become vectors, near to
each other where they are the same letter.

It names no characters: a picture is read as the one whose plain form is nearest, so that any script can be read.
"""

from __future__ import annotations

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 36
"""Pixels of the side of a picture of a glyph."""
SHARPNESS = 16.0
"""How sure a difference in cosine makes it."""


class GlyphReader(nn.Module):
    """Four convolutions and a linear layer."""

    origin = "untrained"

    def __init__(self, size: int = 64) -> None:
        super().__init__()
        widths = (1, 16, 24, 40, 48)
        self.convs = nn.ModuleList(nn.Conv2d(before, after, 3, padding=1) for before, after in pairwise(widths))
        self.linear = nn.Linear(widths[-1] * (SIDE // 8) ** 2, size)

    def forward(self, ink: Tensor) -> Tensor:
        """Vectors of unit length (N, D) of pictures (N, 1, SIDE, SIDE): how far places differ from the ground, 0..1."""
        x = ink - 0.1
        for number, conv in enumerate(self.convs):
            x = F.relu(conv(x))
            if number < 3:
                x = F.max_pool2d(x, 2)
        return F.normalize(self.linear(x.flatten(1)), dim=1)

    def sureness(self, seen: Tensor, plain: Tensor) -> Tensor:
        """How surely each of N pictures is read as its own letter among N whose plain forms are known, 0..1."""
        return F.softmax(SHARPNESS * self(seen) @ self(plain).T, dim=1).diagonal()
