"""What a fast net is taught by: the loss of gatys at three sizes, against styles that are known beforehand.

Every style layer's distance is divided by what it is at photographs, the content's by its own variance; the palette is
compared by slices. How much a style counts grows with its strength, so that each strength is a trade-off that the net
has learnt. Two crops of different photographs are judged together: a patch of sky alone can't have all marks of a
painting. Flat places are to be no rougher than those of the style.

Sources: Johnson et al., ECCV 2016; a weight that is an input: Dosovitskiy & Djolonga, "You Only Train Once", ICLR 2020.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs.color import LUMA
from autostyle.losses.content import content_loss
from autostyle.losses.style import distance, moments, statistic
from autostyle.losses.variation import out_of_range, total_variation
from autostyle.train.fast.settings import ContentLayer, StyleLayers
from autostyle.vision.encoder import Encoder
from autostyle.vision.fast_net import EPS, ConditionalNorm, FastNet

TOGETHER = 2
"""Contents that are judged together."""
LAYERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "fine": (("relu1_1", "relu2_1"), ("relu1_1", "relu2_1", "relu3_1"), ("relu1_1", "relu2_1")),
    "usual": (
        ("relu1_1", "relu2_1", "relu3_1"),
        ("relu1_1", "relu2_1", "relu3_1", "relu4_1"),
        ("relu1_1", "relu2_1", "relu3_1"),
    ),
    "coarse": (
        ("relu2_1", "relu3_1", "relu4_1"),
        ("relu2_1", "relu3_1", "relu4_1"),
        ("relu2_1", "relu3_1"),
    ),
}
"""Of the style at full, half and a quarter of the size, by ``style_layers``. From relu3_1 to relu4_1 lies half of what
a look costs."""
SHARES = (0.4, 0.4, 0.2)
"""What the three sizes count."""
EVEN = {"relu2_1": 5e3, "relu3_1": 1e4, "relu4_1": 1.7e3}
"""Variance of the layer that keeps the content, below which it is an even place: measured, the same places of each."""
PALETTE = 0.15
"""Weight of the palette beside the mean of the layers."""
SPAN = 2.7
"""Decades of the style weight from strength 1 down to 0."""
FLAT, VARIATION, IDENTITY, GAMUT, SPIKES = 0.02, 0.003, 4.0, 10.0, 1.0
HIGHEST = 5.0
"""Times the mean over all places of the squared deviations of all channels, above which a place is a spike."""
FLOOR = 0.04
TILE = 8


@dataclass(frozen=True)
class Target:
    """A style, as the loss knows it.

    Args:
        statistics: by layer, of each size.
        scales: how far photographs are from these.
        colors: its palette, by slices drawn with ``seed``.
        calm: how rough its flattest quarter is.
        variation: how rough it is.
    """

    statistics: tuple[dict[str, Tensor], ...]
    scales: tuple[dict[str, Tensor], ...]
    colors: Tensor
    color_scale: Tensor
    calm: Tensor
    variation: Tensor
    seed: int

    @classmethod
    @torch.no_grad()
    def of(
        cls, eye: Encoder, style: Tensor, probes: Sequence[Tensor], seed: int, layers: StyleLayers = "usual"
    ) -> Target:
        """Of a style picture, (1, 3, H, W); each of ``probes`` is TOGETHER contents, (TOGETHER, 3, h, w)."""
        statistics = tuple(
            {k: look(x) for k, x in see(eye, at, names).items()}
            for at, names in zip(pyramid(style), LAYERS[layers], strict=True)
        )
        seen = [
            [
                {k: look(x) for k, x in see(eye, at, names).items()}
                for at, names in zip(pyramid(probe), LAYERS[layers], strict=True)
            ]
            for probe in probes
        ]
        scales = tuple(
            {k: torch.stack([gap(probe[size][k], target) for probe in seen]).mean() for k, target in found.items()}
            for size, found in enumerate(statistics)
        )
        colors = palette(style, seed)
        color_scale = torch.stack([gap(palette(probe, seed), colors) for probe in probes]).mean()
        allowed = roughness(style)
        calm = allowed[allowed <= allowed.quantile(0.25)].mean()
        return cls(statistics, scales, colors, color_scale, calm, total_variation(style).clamp_min(1e-4), seed)


def painted_with_spikes(net: FastNet, contents: Tensor, mix: Tensor) -> tuple[Tensor, Tensor]:
    """What ``net`` paints of (N, 3, H, W), and how far single places rise above all others in its features.

    Where every place is divided by the deviation of all, a network learns to hide it in one spot that dwarfs the rest,
    which is a grey blot in the picture (Karras et al., "Analyzing and Improving the Image Quality of StyleGAN", CVPR
    2020, section 2). Left alone, these nets made one in every picture within 300 steps.
    """
    found: list[Tensor] = []

    def normalise(norm: ConditionalNorm, x: Tensor) -> Tensor:
        if norm is not net.in1:
            centred = x.float() - x.mean((2, 3), keepdim=True, dtype=torch.float32)
            squared = centred.square()
            energy = (squared / (squared.mean((2, 3), keepdim=True) + EPS)).mean(1)
            found.append(F.relu(energy / HIGHEST - 1).mean())
        normalised: Tensor = norm(x, mix)
        return normalised

    painted = net.through(contents, normalise)
    return net.faded(painted, contents, mix), torch.stack(found).sum()


def style_weight(strongest: float, strength: float) -> float:
    """What the style counts against the content at a strength, 0..1."""
    return float(strongest * 10.0 ** (-SPAN * (1 - strength)))


def losses(
    eye: Encoder,
    contents: Tensor,
    painted: Tensor,
    targets: Sequence[Target],
    strengths: Sequence[float],
    strongest: float,
    smooth: float = VARIATION,
    layer: ContentLayer = "relu3_1",
) -> dict[str, Tensor]:
    """Parts of the loss of a batch, TOGETHER contents for each of ``targets``; weighted so that each counts the same.

    Args:
        contents, painted: (TOGETHER x targets, 3, H, W), the sides multiples of 4 x TILE.
        strongest: what the style counts at full strength.
        smooth: what the total variation counts.
        layer: what keeps the content.
    """
    names = ("content", "style", "palette", "flat", "variation", "identity")
    parts: dict[str, list[Tensor]] = {name: [] for name in names}
    inside = painted.clamp(-0.1, 1.1)
    with torch.no_grad():
        kept = [see(eye, at, (layer,))[layer].float() for at in pyramid(contents)]
    wanted = [
        tuple(sorted({layer, *(name for target in targets for name in target.statistics[size])})) for size in (0, 1, 2)
    ]
    looks = [see(eye, at, names) for at, names in zip(pyramid(inside), wanted, strict=True)]
    for number, (target, strength) in enumerate(zip(targets, strengths, strict=True)):
        mine = slice(number * TOGETHER, (number + 1) * TOGETHER)
        weight = style_weight(strongest, strength)
        share = weight / (1 + weight)
        content, style = torch.zeros(()), torch.zeros(())
        for size, counts in enumerate(SHARES):
            own = kept[size][mine]
            variance = own.var(dim=(2, 3)).mean()
            # In an empty sky, of no variance, all would be lost with the first mark.
            busy = variance / variance.clamp_min(EVEN[layer])
            content = content + counts * content_loss(looks[size][layer][mine], own) * busy
            off = [
                distance(look(looks[size][name][mine]), statistics) / target.scales[size][name]
                for name, statistics in target.statistics[size].items()
            ]
            style = style + counts * torch.stack(off).mean()
        colors = distance(palette(inside[mine], target.seed), target.colors) / target.color_scale
        parts["content"].append((1 - share) * content)
        parts["style"].append(share * style)
        parts["palette"].append(share * PALETTE * colors)
        parts["flat"].append(FLAT * flat_excess(inside[mine], contents[mine], target.calm))
        parts["variation"].append(smooth * total_variation(inside[mine]) / target.variation)
        alike = F.l1_loss(painted[mine], contents[mine])
        parts["identity"].append(IDENTITY * max(0.0, 1 - 4 * strength) * alike)
    found = {name: torch.stack(values).sum() / len(targets) for name, values in parts.items()}
    return found | {"gamut": GAMUT * out_of_range(painted)}


def look(features: Tensor) -> Tensor:
    """Means and covariances of the channels of several pictures together, (C, C + 1), in the unit of the features.

    Covariances are divided by the root of both deviations. As they are they grow with the square of the contrast, and
    their distance with its fourth power: too strong a mark would cost so much more than none gains that a network which
    is not sure of a style paints nothing.
    """
    found = moments(features)
    variance = found.diagonal()
    roots = (variance + 1e-3 * variance.mean()).pow(-0.25)
    return torch.cat([found[:, :-1] * torch.outer(roots, roots), found[:, -1:]], dim=1)


def gap(found: Tensor, target: Tensor) -> Tensor:
    """The distance to a target; where there is hardly any, a share of the target's own size."""
    return distance(found, target).clamp_min(FLOOR * float(target.square().sum()))


def see(eye: Encoder, image: Tensor, layers: tuple[str, ...]) -> dict[str, Tensor]:
    """Features of ``layers``."""
    found: dict[str, Tensor] = eye(image.contiguous(memory_format=torch.channels_last), layers)
    return found


def halved(image: Tensor) -> Tensor:
    """At half its size, without aliasing."""
    return F.interpolate(image, scale_factor=0.5, mode="bilinear", antialias=True)


def pyramid(image: Tensor) -> list[Tensor]:
    """At the three sizes of :data:`LAYERS`."""
    half = halved(image)
    return [image, half, halved(half)]


def palette(images: Tensor, seed: int) -> Tensor:
    """The palette of several pictures together, by slices."""
    return statistic("sliced", torch.cat(list(halved(images)), dim=-1)[None], seed)


def roughness(image: Tensor) -> Tensor:
    """Mean squared steps of the luma in tiles of TILE pixels, (N, H / TILE x W / TILE)."""
    luma = (image * torch.tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
    down = F.pad((luma[..., 1:, :] - luma[..., :-1, :]).square(), (0, 0, 0, 1))
    right = F.pad((luma[..., :, 1:] - luma[..., :, :-1]).square(), (0, 1))
    return F.avg_pool2d(down + right, TILE).flatten(1)


def flat_excess(image: Tensor, contents: Tensor, calm: Tensor) -> Tensor:
    """By how much, in logarithms, the flattest quarter of the contents' tiles is rougher than it was, and ``calm``."""
    own = roughness(contents)
    flattest = (own <= own.quantile(0.25, dim=1, keepdim=True)).float()
    limit = torch.maximum(calm, (own * flattest).sum(1) / flattest.sum(1))
    least = (2 / 255) ** 2
    found = (roughness(image) * flattest).sum(1) / flattest.sum(1)
    return F.relu(torch.log((found + least) / (limit + least))).mean()
