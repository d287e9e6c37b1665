"""The embedded style embedding: a crop as a unit vector, near for one hand and palette and far for others.

It shares neither weights nor features with the encoder the methods optimise, so that a picture cannot please the
score by pleasing the loss. Two parts make the vector. The *hand* is a small network from whose convolutions only
statistics leave that forget *where* something is: means, standard deviations and low-rank covariances at several
depths. The *palette* is a fixed soft histogram; a network this small learns one poorly, and half of its training
shows it recoloured pictures so that it looks at marks.

Sources: Gatys et al., 2016 (covariances as style); Khosla et al., "Supervised Contrastive Learning", 2020 (training,
see the repository's training/style_embedding.py).
"""

from __future__ import annotations

import itertools
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.losses.visible import shares

DIM = 96
"""Length of the hand's part of the vector."""
PALETTE_SHARE = 0.4
"""Weight of the palette in the cosine of two vectors; the hand has the rest."""
CROP = 112
"""Side in pixels of the crops it was trained on, cut from pictures of :data:`LONG_SIDE`."""
LONG_SIDE = 256

PALETTE_BINS = (12, 20, 20), (0.0, -45.0, -45.0), (100.0, 45.0, 45.0)
"""Bins of lightness, a and b, and the centres of the first and the last."""
# The matrix of sRGB, each row over the white of D65.
RGB_TO_XYZ = ((0.433953, 0.376219, 0.189828), (0.212671, 0.715160, 0.072169), (0.017758, 0.109477, 0.872765))

WIDTHS = (24, 48, 64, 96)
RANK = 16


class StyleEmbedding(nn.Module):
    """About 386,000 parameters; crops of 64 pixels a side or more become unit vectors."""

    origin = "embedded"
    long_side, crop = LONG_SIDE, CROP

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleList()
        channels = 3
        for width, stride, kernel in zip(WIDTHS, (2, 2, 1, 2), (5, 3, 3, 3), strict=True):
            self.stages.append(
                nn.Sequential(
                    # No padding: a border that is not in the picture would be a mark in every crop.
                    nn.Conv2d(channels, width, kernel, stride, bias=False),
                    nn.GroupNorm(8, width),
                    nn.ReLU(inplace=True),
                )
            )
            channels = width
        self.reduce = nn.ModuleList(nn.Conv2d(width, RANK, 1, bias=False) for width in WIDTHS)
        features = 6 + sum(2 * width for width in WIDTHS) + len(WIDTHS) * RANK * (RANK + 1) // 2
        self.head = nn.Sequential(
            nn.BatchNorm1d(features), nn.Linear(features, 256), nn.ReLU(inplace=True), nn.Linear(256, DIM)
        )

    def forward(self, image: Tensor, visible: Tensor | None = None) -> Tensor:
        """RGB crops (N, 3, H, W), values 0..1 -> unit vectors (N, D): the hand's numbers, then the palette's.

        With ``visible``, (N, 1, H, W), 0..1, each place counts as far as it is to be seen.
        """
        return join(self.hand(image, visible), image, visible)

    def hand(self, image: Tensor, visible: Tensor | None = None) -> Tensor:
        """The trained part: RGB crops (N, 3, H, W), values 0..1 -> unit vectors (N, DIM)."""
        x = (image - 0.45) / 0.25
        found = [moments(x, visible)]
        for stage, reduce in zip(self.stages, self.reduce, strict=True):
            x = stage(x) if visible is None else _staged(stage, x, visible)
            found += [moments(x, visible), covariance(reduce(x), visible)]
        return F.normalize(self.head(torch.cat(found, dim=1)), dim=1)


def _staged(stage: nn.Module, x: Tensor, visible: Tensor) -> Tensor:
    """A stage whose groups are normalised by what is to be seen of them."""
    conv, norm, relu = stage.children()
    assert isinstance(norm, nn.GroupNorm)
    x = conv(x)
    counts = _counts(x, visible).view(len(x), 1, 1, -1)
    grouped = x.reshape(len(x), norm.num_groups, -1, x.shape[2] * x.shape[3])
    mean = (grouped * counts).sum(3, keepdim=True).mean(2, keepdim=True)
    variance = ((grouped - mean).square() * counts).sum(3, keepdim=True).mean(2, keepdim=True)
    normal = ((grouped - mean) / (variance + norm.eps).sqrt()).view_as(x)
    out: Tensor = relu(normal * norm.weight[:, None, None] + norm.bias[:, None, None])
    return out


def _counts(x: Tensor, visible: Tensor) -> Tensor:
    """The places of (N, C, H, W) by what is to be seen of them, shape (N, 1, H x W), summing to 1."""
    counts = shares(visible, x).flatten(2)
    return counts / counts.sum(dim=2, keepdim=True).clamp_min(1e-12)


def join(hand: Tensor, image: Tensor, visible: Tensor | None = None) -> Tensor:
    """The whole unit vector (N, D) of crops (N, 3, H, W) whose hand is known, (N, DIM)."""
    return torch.cat([hand * (1 - PALETTE_SHARE) ** 0.5, palette(image, visible) * PALETTE_SHARE**0.5], dim=1)


def palette(image: Tensor, visible: Tensor | None = None) -> Tensor:
    """Unit vectors (N, 4800): roots of a soft histogram in CIE Lab, 12 bins of lightness and 20 each of a and b.

    The cosine of two is then the Bhattacharyya coefficient. Every fourth pixel of (N, 3, H, W) is counted. The bins are
    fine, as one painting has many near colours that its neighbour on the wall has not; chroma beyond 45 falls into the
    last ones.
    """
    values = lab(image[..., ::2, ::2].float()).flatten(2)
    bins, low, high = (torch.tensor(row, device=image.device)[:, None] for row in PALETTE_BINS)
    place = ((values - low) / (high - low)).clamp(0, 1) * (bins - 1)
    corner = place.floor().clamp(max=bins - 2)
    rest = place - corner
    counts = values.new_zeros(len(values), math.prod(PALETTE_BINS[0]))
    for step in itertools.product((0, 1), repeat=3):  # a colour is shared out to the eight bins around it
        up = torch.tensor(step, device=image.device)[:, None]
        share = torch.where(up == 1, rest, 1 - rest).prod(dim=1)
        lightness, a, b = (corner + up).long().unbind(1)
        if visible is not None:
            share = share * visible[..., ::2, ::2].flatten(1)
        counts.scatter_add_(1, (lightness * PALETTE_BINS[0][1] + a) * PALETTE_BINS[0][2] + b, share)
    return F.normalize(counts.sqrt(), dim=1)


def lab(image: Tensor) -> Tensor:
    """sRGB (N, 3, H, W), values 0..1 -> CIE Lab under D65 (IEC 61966-2-1, CIE 15:2004), lightness 0..100.

    In torch, so that it runs where the picture is; scikit-image's is for arrays.
    """
    linear = torch.where(image > 0.04045, ((image + 0.055) / 1.055) ** 2.4, image / 12.92)
    to_xyz = torch.tensor(RGB_TO_XYZ, device=image.device)
    x, y, z = (torch.einsum("ij,njhw->nihw", to_xyz, linear)).unbind(1)
    x, y, z = (torch.where(v > 0.008856, v.clamp_min(1e-6) ** (1 / 3), 7.787 * v + 16 / 116) for v in (x, y, z))
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], dim=1)


def moments(x: Tensor, visible: Tensor | None = None) -> Tensor:
    """Mean and standard deviation of every channel over the plane, (N, C, H, W) -> (N, 2C)."""
    flat = x.float().flatten(2)
    # Mean of squares less squared mean: several times faster here than var_mean, and the values are near 1.
    if visible is None:
        mean = flat.mean(dim=2)
        variance = flat.square().mean(dim=2) - mean.square()
    else:
        counts = _counts(x, visible)
        mean = (flat * counts).sum(dim=2)
        variance = (flat.square() * counts).sum(dim=2) - mean.square()
    return torch.cat([mean, (variance.clamp_min(0) + 1e-4).sqrt()], dim=1)


def covariance(x: Tensor, visible: Tensor | None = None) -> Tensor:
    """Upper triangle of the channels' covariance, compressed by a signed root, (N, C, H, W) -> (N, C(C+1)/2)."""
    with torch.autocast(x.device.type, enabled=False):
        flat = x.float().flatten(2)
        if visible is None:
            flat = flat - flat.mean(dim=2, keepdim=True)
            full = flat @ flat.transpose(1, 2) / flat.shape[2]
        else:
            counts = _counts(x, visible)
            flat = flat - (flat * counts).sum(dim=2, keepdim=True)
            full = (flat * counts) @ flat.transpose(1, 2)
    rows, columns = torch.triu_indices(x.shape[1], x.shape[1], device=x.device)
    upper = full[:, rows, columns]
    # Bounded slope at zero, where a plain signed root has none.
    return upper / (upper.abs() + 0.01).sqrt()
