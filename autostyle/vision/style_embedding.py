"""The embedded style embedding: a crop as a unit vector, near for one hand and palette and far for others.

It shares neither weights nor features with the encoder the methods optimise, so that a picture cannot please the
score by pleasing the loss. Two parts make the vector. The *hand* is a small network from whose convolutions only
statistics leave that forget *where* something is: means, standard deviations and low-rank covariances at several
depths. The *palette* is a fixed soft histogram; a network this small learns one poorly, and half of its training
shows it recoloured pictures so that it looks at marks.

Sources: Gatys et al., 2016 (covariances as style); Khosla et al., "Supervised Contrastive Learning", 2020 (training,
see autostyle.training.style_embedding).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DIM = 96
"""Length of the hand's part of the vector."""
PALETTE_SHARE = 0.4
"""Weight of the palette in the cosine of two vectors; the hand has the rest."""
CROP = 112
"""Side in pixels of the crops it was trained on, cut from pictures of :data:`LONG_SIDE`."""
LONG_SIDE = 256

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

    def forward(self, image: Tensor) -> Tensor:
        """RGB crops (N, 3, H, W), values 0..1 -> unit vectors (N, D): the hand's numbers, then the palette's."""
        parts = self.hand(image) * (1 - PALETTE_SHARE) ** 0.5, palette(image) * PALETTE_SHARE**0.5
        return torch.cat(parts, dim=1)

    def hand(self, image: Tensor) -> Tensor:
        """The trained part: RGB crops (N, 3, H, W), values 0..1 -> unit vectors (N, DIM)."""
        x = (image - 0.45) / 0.25
        found = [moments(x)]
        for stage, reduce in zip(self.stages, self.reduce, strict=True):
            x = stage(x)
            found += [moments(x), covariance(reduce(x))]
        return F.normalize(self.head(torch.cat(found, dim=1)), dim=1)


def palette(image: Tensor) -> Tensor:
    """Unit vectors (N, 486): roots of a soft histogram of luma (6 bins) and two colour differences (9 bins each).

    The cosine of two is then the Bhattacharyya coefficient. Every fourth pixel of (N, 3, H, W) is counted; colour
    differences beyond 0.2 fall into the last bin, so that the many dull colours of paint are told apart.
    """
    to_ycc = torch.tensor([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]], device=image.device)
    y, b, r = torch.einsum("ij,njhw->inhw", to_ycc, image[..., ::2, ::2].float()).flatten(2)

    def share(values: Tensor, low: float, high: float, bins: int) -> Tensor:
        place = ((values - low) / (high - low)).clamp(0, 1) * (bins - 1)
        return (1 - (place[..., None] - torch.arange(bins, device=image.device)).abs()).clamp_min(0)

    luma, blue, red = share(y, 0, 1, 6), share(b, -0.2, 0.2, 9), share(r, -0.2, 0.2, 9)
    counts = torch.einsum("npy,npb,npr->nybr", luma, blue, red).flatten(1) / y.shape[1]
    return F.normalize(counts.clamp_min(0).sqrt(), dim=1)


def moments(x: Tensor) -> Tensor:
    """Mean and standard deviation of every channel over the plane, (N, C, H, W) -> (N, 2C)."""
    flat = x.float().flatten(2)
    mean = flat.mean(dim=2)
    # Mean of squares less squared mean: several times faster here than var_mean, and the values are near 1.
    variance = flat.square().mean(dim=2) - mean.square()
    return torch.cat([mean, (variance.clamp_min(0) + 1e-4).sqrt()], dim=1)


def covariance(x: Tensor) -> Tensor:
    """Upper triangle of the channels' covariance, compressed by a signed root, (N, C, H, W) -> (N, C(C+1)/2)."""
    with torch.autocast(x.device.type, enabled=False):
        flat = x.float().flatten(2)
        flat = flat - flat.mean(dim=2, keepdim=True)
        full = flat @ flat.transpose(1, 2) / flat.shape[2]
    rows, columns = torch.triu_indices(x.shape[1], x.shape[1], device=x.device)
    upper = full[:, rows, columns]
    # Bounded slope at zero, where a plain signed root has none.
    return upper / (upper.abs() + 0.01).sqrt()
