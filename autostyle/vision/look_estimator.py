"""Which look a photograph was given, told from the photograph alone, as a table of colours.

No colour of a graded photograph is known from before, but what photographs are like is: blacks, skies, skin, leaves,
and how far their histograms reach. The network says how far each of its learnt components of looks went into this one;
between the nodes of these a natural spline goes, so that nothing that it says has a step in it.

A look is told as what it does to a photograph as a camera makes it: a straight content takes it on, and one that was
graded before keeps some of that.

Sources: Zeng et al., "Learning Image-adaptive 3D Lookup Tables for High Performance Photo Enhancement in Real-time",
TPAMI 2020 (a table as a weighted sum of learnt ones); Ho & Zhou, "Deep Preset: Blending and Retouching Photos with
Color Style Transfer", WACV 2021 (known looks on other photographs as what to learn from). Training: training/look.py.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import torch
from scipy.interpolate import CubicSpline
from torch import Tensor, nn

from autostyle.codecs.lut_files import SIDE

NODES = 9
"""Of a component, along each of red, green and blue."""
COMPONENTS = 48
SEEN = 48
"""Side of the square that the network sees of a photograph."""
BINS, CELLS, LEVELS = 32, 8, 6
FEATURES = 4 * BINS + 3 * CELLS * CELLS + 5 * LEVELS
WIDTHS = (16, 32, 48, 64)
EMBEDDED = 128


def spline(nodes: int, side: int) -> Tensor:
    """The natural spline through ``nodes`` evenly spaced values, at ``side`` places, as a matrix (side, nodes)."""
    through = CubicSpline(np.linspace(0, 1, nodes), np.eye(nodes), bc_type="natural")
    return torch.tensor(through(np.linspace(0, 1, side)), dtype=torch.float32)


class LookEstimator(nn.Module):
    """Fewer than 400,000 parameters; photographs as squares of 48 pixels become tables of colours."""

    origin = "embedded"
    steps: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("steps", spline(NODES, SIDE), persistent=False)
        stages, channels = [], 3
        for width, stride in zip(WIDTHS, (2, 2, 1, 2), strict=True):
            stages += [nn.Conv2d(channels, width, 3, stride), nn.SiLU(inplace=True)]
            channels = width
        self.sight = nn.Sequential(*stages)
        self.counted = nn.Sequential(nn.Linear(FEATURES, 160), nn.SiLU(inplace=True))
        self.joined = nn.Sequential(nn.Dropout(0.25), nn.Linear(160 + 2 * channels, EMBEDDED), nn.SiLU(inplace=True))
        self.head = nn.Sequential(
            nn.Dropout(0.15), nn.Linear(2 * EMBEDDED, 192), nn.SiLU(inplace=True), nn.Linear(192, COMPONENTS)
        )
        self.mean = nn.Parameter(torch.zeros(3, NODES, NODES, NODES))
        self.components = nn.Parameter(torch.zeros(COMPONENTS, 3, NODES, NODES, NODES))

    def embed(self, photo: Tensor) -> Tensor:
        """What is seen of photographs (N, 3, 48, 48), RGB 0..1, shape (N, EMBEDDED)."""
        seen = self.sight((photo - 0.45) / 0.25).flatten(2)
        moments = torch.cat([seen.mean(2), (seen.var(2) + 1e-4).sqrt()], dim=1)
        found: Tensor = self.joined(torch.cat([self.counted(counts(photo)), moments], dim=1))
        return found

    def nodes(self, style: Tensor, content: Tensor) -> Tensor:
        """What the look of ``style`` adds to each colour of a ``content``, at the nodes, shape (N, 3, blue, green,
        red); both are (N, EMBEDDED)."""
        shares = self.head(torch.cat([style, content], dim=1))
        found: Tensor = self.mean + torch.tensordot(shares, self.components, 1)
        return found

    def whole(self, nodes: Tensor) -> Tensor:
        """A spline through :meth:`nodes`, shape (N, 3, SIDE, SIDE, SIDE)."""
        return torch.einsum("nkabc,xa,yb,zc->nkxyz", nodes, self.steps, self.steps, self.steps)


@torch.no_grad()
def counts(photo: Tensor) -> Tensor:
    """Statistics of colours of (N, 3, H, W), RGB 0..1, shape (N, FEATURES).

    Roots of the histograms of red, green, blue and luma, and of the joint one of two opponent colours at three levels
    of luma; then how much lies at each of six levels, and the mean and deviation of both opponent colours there.
    """
    pixels = photo.flatten(2)[..., ::2].transpose(1, 2)
    red, green, blue = pixels.unbind(2)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    opponents = torch.stack([red - green, (red + green) / 2 - blue], dim=2)
    histograms = [histogram([plane], [BINS]) for plane in (red, green, blue, luma)]
    across, along = (0.5 + 0.9 * one for one in opponents.unbind(2))
    joint = histogram([luma, across, along], [3, CELLS, CELLS])
    ones = torch.ones_like(luma)
    sums = [histogram([luma], [LEVELS], of) for of in (ones, *opponents.unbind(2), *opponents.square().unbind(2))]
    mass = sums[0]
    mean, square = (torch.stack(pair, 2) / (mass[..., None] + 5e-4) for pair in (sums[1:3], sums[3:]))
    deviation = ((square - mean.square()).clamp_min(0) + 1e-5).sqrt()
    parts = (*(one.sqrt() for one in histograms), joint.sqrt(), mass.sqrt(), 3 * mean, 3 * deviation)
    return torch.cat([part.flatten(1) for part in parts], dim=1)


def histogram(planes: list[Tensor], bins: list[int], counts: Tensor | None = None) -> Tensor:
    """The joint histogram of ``planes``, each (N, P), 0..1, shared out to the bins beside; (N, all bins), of sum 1 or
    the mean of ``counts``, (N, P)."""
    share = torch.ones_like(planes[0]) if counts is None else counts
    found = share.new_zeros(len(share), math.prod(bins))
    lows, rests = [], []
    for plane, many in zip(planes, bins, strict=True):
        at = plane.clamp(0, 1) * (many - 1)
        low = at.floor().clamp(max=many - 2)
        lows.append(low.long())
        rests.append(at - low)
    for corner in itertools.product((0, 1), repeat=len(planes)):
        index, part = torch.zeros_like(lows[0]), share
        for up, low, rest, many in zip(corner, lows, rests, bins, strict=True):
            index = index * many + low + up
            part = part * (rest if up else 1 - rest)
        found.scatter_add_(1, index, part)
    return found / share.shape[1]
