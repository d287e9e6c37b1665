"""How much of a picture each layer of StyleGAN3 may hold, and at which rate it is sampled.

Source: Karras et al., Alias-Free Generative Adversarial Networks, NeurIPS 2021, section 3.2 and appendix C.
Frequencies and rates are counted over the side of the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Design:
    """What a network was built by; the defaults are those of the paper's configuration T, and of R where no layer's
    channels or kernels depend on them.

    Args:
        side: of its pictures, in pixels.
        layers: between the features it begins with and the layer of colours.
        critical: how many of the last are sampled no more than their bands ask for.
        first_cutoff, first_stopband: of the first layer.
        last_stopband: of the last, over its cutoff, which is half the side.
        margin: pixels around the picture, at each layer's own rate.
        output_scale: of the colours.
        taps: of a filter, over the rates that it is between.
        oversampling: of the activation.
        clamp: of the features after it.
    """

    side: int
    layers: int = 14
    critical: int = 2
    first_cutoff: float = 2.0
    first_stopband: float = 2**2.1
    last_stopband: float = 2**0.3
    margin: int = 10
    output_scale: float = 0.25
    taps: int = 6
    oversampling: int = 2
    clamp: float = 256.0

    def __post_init__(self) -> None:
        """Raises ValueError where no network is built so: what a file says is not to ask for any size."""
        good = (
            self.side >= 8
            and 1 <= self.critical < self.layers <= 64
            and 0 < self.first_cutoff < min(self.first_stopband, self.side / 2)
            and 0.5 <= self.first_stopband < self.side  # every rate is a whole number
            and 1 < self.last_stopband <= 4
            and 0 <= self.margin <= 64
            and 0 < self.output_scale < math.inf
            and 1 <= self.taps <= 32
            and self.oversampling in (1, 2, 4)
            and self.clamp > 0
        )
        if not good:
            raise ValueError(self)


@dataclass(frozen=True)
class LayerBand:
    """Of one layer.

    Args:
        cutoff: frequencies below it pass.
        half_width: how far above it none is left.
        rate: samples over the side of the picture.
        size: samples over the side of the features, margins among them.
    """

    cutoff: float
    half_width: float
    rate: int
    size: int


def bands(design: Design) -> tuple[LayerBand, ...]:
    """Of each layer, that of colours the last."""
    last_cutoff = design.side / 2
    last_stopband = last_cutoff * design.last_stopband
    made = []
    for number in range(design.layers + 1):
        far = min(1.0, number / (design.layers - design.critical))
        cutoff = design.first_cutoff * (last_cutoff / design.first_cutoff) ** far
        stopband = design.first_stopband * (last_stopband / design.first_stopband) ** far
        rate = 2 ** math.ceil(math.log2(min(2 * stopband, design.side)))
        size = design.side if number >= design.layers - 1 else rate + 2 * design.margin
        made.append(LayerBand(cutoff, max(stopband, rate / 2) - cutoff, rate, size))
    return tuple(made)
