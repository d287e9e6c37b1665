"""A small network that paints any style in one pass: two micro encoders and a micro decoder that the style steers.

Source: Wang, Zhao, Zuo, Li, Chen, Liu, Xing & Lu, "MicroAST: Towards Super-Fast Ultra-Resolution Arbitrary Style
Transfer", AAAI 2023. The style's encoder gives signals, channel statistics of its levels; the content's features take
them on (AdaIN), and they modulate the convolutions of the decoder. Departures: features take them on at every level, as
with the AdaIN decoder of this package, from which the network was trained on; and ``alpha`` is an input, trained with a
loss of its own for every value (Dosovitskiy & Djolonga, "You Only Train Once", ICLR 2020), where the paper blends
features that no loss has seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.losses.adain import OwnMoments, calmed, channel_moments
from autostyle.losses.visible import over_places
from autostyle.vision.decoder import DECODER_LAYERS, Decoder, Stage
from autostyle.vision.encoder import adain_encoder

WIDTHS = (16, 32, 64, 128)
"""Channels of :data:`DECODER_LAYERS`."""
HIDDEN = 128
KEPT = 0.3
"""Share of the content's own features in a level that the decoder begins its training with."""
EVEN = 0.01
"""Variance of features below which a channel is even: blown up to the style's contrast it would be speckle."""

Features = dict[str, Tensor]
"""Of :data:`DECODER_LAYERS`, each (N, C, h, w)."""
Modulations = Sequence[tuple[Tensor, Tensor]]
"""Scale and shift of each convolution that is modulated, each (N, C, 1, 1)."""


@dataclass(frozen=True)
class Signals:
    """Channel means and standard deviations of a style's levels, (N, 2 x the sum of WIDTHS)."""

    vector: Tensor

    @classmethod
    def of(cls, features: Features, visible: Tensor | None = None) -> Signals:
        """Of a style's features; places count as far as they are ``visible``, (1, 1, H, W)."""
        each = [torch.cat(_moments(features[layer], visible), dim=1) for layer in DECODER_LAYERS]
        return cls(torch.cat(each, dim=1).flatten(1))

    def levels(self) -> dict[str, tuple[Tensor, Tensor]]:
        """Mean and standard deviation, each (N, C, 1, 1), of every level."""
        parts = self.vector[..., None, None].split([2 * width for width in WIDTHS], dim=1)
        halves = [part.chunk(2, dim=1) for part in parts]
        return {layer: (mean, std) for layer, (mean, std) in zip(DECODER_LAYERS, halves, strict=True)}


@dataclass(frozen=True)
class SteeredPart:
    """A part of a content, and the style that it takes on.

    Args:
        signals: of the style, or a weighted mean of those of several.
        places: how far each place belongs to it, (1, 1, H, W), 0..1; None: all of the content.
        visible: the same of the places that are to be seen, whose statistics count; None: all alike.
    """

    signals: Signals
    places: Tensor | None = None
    visible: Tensor | None = None


class _Steered:
    """The parts of one content on their way through the decoder."""

    def __init__(self, network: MicroNetwork, parts: Sequence[SteeredPart], alpha: Tensor, own: OwnMoments) -> None:
        self._own = own if parts[0].places is None else calmed(own)
        self._parts, self._share = parts, alpha[..., None, None]
        self._places = [part.places for part in parts]
        self._levels = [part.signals.levels() for part in parts]
        modulations, kept = zip(*(network.steering(part.signals, alpha) for part in parts), strict=True)
        self._modulations: Iterator[tuple[tuple[Tensor, Tensor], ...]] = zip(*modulations, strict=True)
        self._kept: tuple[dict[str, Tensor], ...] = kept

    def impose(self, layer: str, x: Tensor) -> Tensor:
        """Features of a level with the statistics that their places are to have."""
        pairs = zip(self._parts, self._levels, strict=True)
        each = [impose(x, *levels[layer], self._share, self._own(x, part.visible)) for part, levels in pairs]
        return over_places(each, self._places, x)

    def mixed(self, layer: str, imagined: Tensor, own: Tensor) -> Tensor:
        """More of the content's own features the less is asked of the style."""
        weights = [1 - self._share * (1 - kept[layer]) for kept in self._kept]
        own = own.to(imagined.dtype)
        each = [torch.lerp(imagined, own, weight.to(imagined.dtype)) for weight in weights]
        return over_places(each, self._places, own)

    def modulate(self, x: Tensor) -> Tensor:
        """What the next convolution gave, scaled and shifted."""
        each = [x * scale.to(x.dtype) + shift.to(x.dtype) for scale, shift in next(self._modulations)]
        return over_places(each, self._places, x)


class MicroNetwork(nn.Module):
    """Both encoders and the decoder; see the module's docstring."""

    origin = "untrained"
    """Whose weights it holds; the register sets it."""

    def __init__(self) -> None:
        super().__init__()
        self.encoders = nn.ModuleDict({"content": adain_encoder("relu4_1"), "style": adain_encoder("relu4_1")})
        self.decoder = Decoder()
        self.modulated = [conv.out_channels for stage in self._stages() for conv in _inner(stage)]
        last = nn.Linear(HIDDEN, 2 * sum(self.modulated) + sum(WIDTHS[:-1]))
        with torch.no_grad():
            last.weight.mul_(0.1)
            last.bias.zero_()
        self.steer = nn.Sequential(nn.Linear(2 * sum(WIDTHS) + 1, HIDDEN), nn.SiLU(), last)

    def content(self, image: Tensor) -> Features:
        """Features of a content, RGB (N, 3, H, W), values 0..1."""
        found: Features = self.encoders["content"](image, DECODER_LAYERS)
        return found

    def signals(self, style: Tensor, visible: Tensor | None = None) -> Signals:
        """Of style pictures, RGB (N, 3, H, W), values 0..1."""
        return Signals.of(self.encoders["style"](style, DECODER_LAYERS), visible)

    def forward(
        self, image: Tensor, features: Features, signals: Signals, alpha: Tensor, visible: Tensor | None = None
    ) -> Tensor:
        """A painted picture.

        Args:
            image: the content, RGB (N, 3, H, W), values 0..1.
            features: of it, by the content's encoder.
            signals: of the style, or a weighted mean of those of several.
            alpha: (N, 1), 0..1: 0 returns the content.
            visible: (1, 1, H, W), 0..1: how far places of the content count; None: all alike.

        Returns:
            RGB (N, 3, H, W), about 0..1, not clipped.
        """
        return self.paint(image, features, [SteeredPart(signals, None, visible)], alpha)

    def paint(
        self,
        image: Tensor,
        features: Features,
        parts: Sequence[SteeredPart],
        alpha: Tensor,
        own: OwnMoments | None = None,
    ) -> Tensor:
        """As :meth:`forward`, each part in a style of its own; what is in no part is nobody's work. ``own``, where
        these are features of a part of a picture, tells those of the whole."""
        steered = _Steered(self, parts, alpha, own or _moments)
        last = DECODER_LAYERS[-1]
        x = steered.impose(last, features[last])
        for above, layer in reversed(list(pairwise(DECODER_LAYERS))):
            here = features[above]
            imagined = F.relu(_run(self._stage(layer), x, (here.shape[-2], here.shape[-1]), steered))
            x = steered.impose(above, steered.mixed(above, imagined, here))
        painted = _run(self._stage(DECODER_LAYERS[0]), x, (image.shape[-2], image.shape[-1]), steered).float()
        return torch.lerp(image, painted, alpha[..., None, None].float())

    def _stage(self, layer: str) -> Stage:
        stage = self.decoder.stages[layer]
        assert isinstance(stage, Stage)
        return stage

    def _stages(self) -> list[Stage]:
        return [self._stage(layer) for layer in reversed(DECODER_LAYERS)]

    def steering(self, signals: Signals, alpha: Tensor) -> tuple[Modulations, dict[str, Tensor]]:
        """Scale and shift of every modulated convolution, and the share of the content's own features in a level."""
        found = self.steer(torch.cat([signals.vector, alpha], dim=1).float()).float()[..., None, None]
        *parts, shares = found.split([*(2 * width for width in self.modulated), sum(WIDTHS[:-1])], dim=1)
        kept = torch.sigmoid(shares + torch.logit(torch.tensor(KEPT))).split(list(WIDTHS[:-1]), dim=1)
        halves = [part.chunk(2, dim=1) for part in parts]
        return [(1 + scale, shift) for scale, shift in halves], dict(zip(DECODER_LAYERS[:-1], kept, strict=True))


def impose(x: Tensor, mean: Tensor, std: Tensor, alpha: Tensor, own: tuple[Tensor, Tensor]) -> Tensor:
    """Features on their way, by ``alpha``, from their ``own`` channel statistics to others, in their own precision."""
    own_mean, own_std = own
    scale = std / (own_std.square() + EVEN).sqrt()
    shift = mean - own_mean * scale
    return x * (1 + alpha * (scale - 1)).to(x.dtype) + (alpha * shift).to(x.dtype)


def _run(stage: Stage, x: Tensor, shape: tuple[int, int], steered: _Steered) -> Tensor:
    """A stage of the decoder, its convolutions but the last modulated."""
    *convs, last = _convs(stage)
    for number, conv in enumerate(convs):
        if number == len(stage.low) and stage.grows:
            x = F.interpolate(x, size=shape, mode="nearest")
        x = F.leaky_relu(steered.modulate(conv(x)), 0.1)
    out: Tensor = last(x)
    return out


def _convs(stage: Stage) -> list[nn.Conv2d]:
    return [conv for conv in (*stage.low, *stage.high) if isinstance(conv, nn.Conv2d)]


def _inner(stage: Stage) -> list[nn.Conv2d]:
    """Those whose outputs are no features yet."""
    return _convs(stage)[:-1]


def _moments(x: Tensor, visible: Tensor | None) -> tuple[Tensor, Tensor]:
    """:func:`channel_moments`; where all is visible in a third of the time, by float32 sums over x in its precision."""
    if visible is not None:
        return channel_moments(x, visible)
    places = x.permute(0, 2, 3, 1).flatten(1, 2)
    mean = places.mean(1, dtype=torch.float32)
    variance = (places * places).mean(1, dtype=torch.float32) - mean.square()
    return mean[..., None, None], (variance.clamp_min(0) + 1e-5).sqrt()[..., None, None]
