"""The synthesis of StyleGAN3: features as continuous waves, which turn and shift with what they show.

Source: Karras et al., Alias-Free Generative Adversarial Networks, NeurIPS 2021. Training is not here: the mean
magnitudes that features are divided by are those of the file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from autostyle.vision.stylegan.dense import Dense, leaky
from autostyle.vision.stylegan.filters import downsampled, low_pass, upsampled
from autostyle.vision.stylegan.generator import Synthesis
from autostyle.vision.stylegan.schedule import Design, LayerBand, bands


class Waves(nn.Module):
    """What the layers begin with: sines over the plane, turned and shifted by the latent (N, w)."""

    freqs: Tensor
    phases: Tensor
    transform: Tensor

    def __init__(self, latent: int, channels: int, band: LayerBand) -> None:
        super().__init__()
        self.band = band
        self.affine = Dense(latent, 4)
        with torch.no_grad():
            self.affine.weight.zero_()
            self.affine.bias[0] = 1.0
        self.weight = nn.Parameter(torch.randn(channels, channels))
        angle, radius = torch.rand(channels) * 2 * math.pi, torch.rand(channels).sqrt() * band.cutoff
        self.register_buffer("freqs", torch.stack([angle.cos(), angle.sin()], 1) * radius[:, None])
        self.register_buffer("phases", torch.rand(channels) - 0.5)
        self.register_buffer("transform", torch.eye(3))

    def forward(self, w: Tensor) -> Tensor:
        moved = self.affine(w)
        moved = moved / moved[:, :2].norm(dim=1, keepdim=True)
        cos, sin, across, down = moved.unbind(1)
        # A point of the picture is shifted, then turned, to where it is looked up among the waves.
        turn = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
        shift = -torch.stack([across, down], 1)[:, :, None]
        fixed = self.transform[:2]
        linear = turn @ fixed[:, :2]
        offset = turn @ (fixed[:, 2:] + shift)
        phases = self.phases + (self.freqs @ offset)[:, :, 0]
        freqs = self.freqs @ linear
        # What is turned out of the band fades before it could alias.
        room = self.band.rate / 2 - self.band.cutoff
        strength = (1 - (freqs.norm(dim=2) - self.band.cutoff) / room).clamp(0, 1)
        size = self.band.size
        along = ((torch.arange(size, device=w.device, dtype=w.dtype) + 0.5) - size / 2) / self.band.rate
        angle = along[None, None, :] * freqs[:, :, :1], along[None, None, :] * freqs[:, :, 1:]
        turns = angle[0][:, :, None, :] + angle[1][:, :, :, None] + phases[:, :, None, None]
        x = (turns * (2 * math.pi)).sin() * strength[:, :, None, None]
        mixing = self.weight / math.sqrt(self.weight.shape[1])
        return F.conv2d(x, mixing[:, :, None, None])


class FilteredLayer(nn.Module):
    """A convolution whose kernels are weighed by the latent, and an activation that is computed at a higher rate.

    Args:
        colors: the last one, of colours, which are neither normalised nor activated.
        kernel: side of its kernels.
        radial: its downsampling is the same in all directions.
    """

    magnitude_ema: Tensor
    up_filter: Tensor | None
    down_filter: Tensor | None

    def __init__(
        self,
        latent: int,
        channels: tuple[int, int],
        around: tuple[LayerBand, LayerBand],
        design: Design,
        *,
        colors: bool,
        kernel: int,
        radial: bool,
    ) -> None:
        super().__init__()
        (inside, outside), (before, after) = channels, around
        self.before = before.size
        self.colors, self.clamp = colors, design.clamp
        self.affine = Dense(latent, inside, bias=1.0)
        self.weight = nn.Parameter(torch.randn(outside, inside, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outside))
        self.register_buffer("magnitude_ema", torch.ones(()))
        between = max(before.rate, after.rate) * (1 if colors else design.oversampling)
        self.up, self.down = between // before.rate, between // after.rate
        up_taps, down_taps = (design.taps * times if times > 1 and not colors else 1 for times in (self.up, self.down))
        self.register_buffer("up_filter", low_pass(up_taps, before.cutoff, before.half_width, between))
        self.register_buffer("down_filter", low_pass(down_taps, after.cutoff, after.half_width, between, radial=radial))
        missing = (after.size - 1) * self.down + 1 - (before.size + kernel - 1) * self.up + up_taps + down_taps - 2
        low = (missing + self.up) // 2
        self.padding = low, missing - low

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        style, side = self.affine(w), self.weight.shape[-1]
        weight: Tensor = self.weight
        scale: Tensor | None = None
        if self.colors:
            style = style / math.sqrt(self.weight[0].numel())
        else:
            weight = weight * torch.rsqrt(weight.square().mean((1, 2, 3), keepdim=True))
            style = style * torch.rsqrt(style.square().mean(1, keepdim=True))
            scale = torch.rsqrt(style.square() @ weight.square().sum((2, 3)).T + 1e-8)
        # Features weighed before and after, instead of kernels a picture: the same, and one convolution for all.
        x = F.conv2d(x * (style * self.magnitude_ema.rsqrt())[:, :, None, None], weight, padding=side - 1)
        if scale is not None:
            x = x * scale[:, :, None, None]
        x = x + self.bias[None, :, None, None]
        x = upsampled(x, self.up_filter, self.up, *self.padding)
        if not self.colors:
            x = leaky(x)
        return downsampled(x.clamp(-self.clamp, self.clamp), self.down_filter, self.down)


class AliasFreeSynthesis(Synthesis):
    """Latents (N, layers, w) to pictures: the first turns and shifts them, each other weighs a layer.

    Args:
        channels: that every layer makes, the layer of colours left out.
        kernel: side of the kernels: 3 in configuration T, 1 in R.
        radial: filters are the same in all directions, as in R.
    """

    def __init__(
        self, latent: int, channels: Sequence[int], design: Design, *, kernel: int = 3, radial: bool = False
    ) -> None:
        super().__init__(design.side, design.layers + 2)
        self.design, self.bands = design, bands(design)
        self.input = Waves(latent, channels[0], self.bands[0])
        widths = (channels[0], *channels, 3)
        self.names = []
        for number, band in enumerate(self.bands):
            colors = number == design.layers
            layer = FilteredLayer(
                latent,
                (widths[number], widths[number + 1]),
                (self.bands[max(0, number - 1)], band),
                design,
                colors=colors,
                kernel=1 if colors else kernel,
                radial=radial and number < design.layers - design.critical,
            )
            self.names.append(f"L{number}_{band.size}_{widths[number + 1]}")
            self.add_module(self.names[-1], layer)

    def forward(self, w: Tensor) -> Tensor:
        x: Tensor = self.input(w[:, 0])
        for number, layer in enumerate(self._layers()):
            # Between its filters a layer has several times the places that it hands on: they are found again for the
            # gradient, not kept.
            x = checkpoint(layer, x, w[:, number + 1], use_reentrant=False, preserve_rng_state=False)
        return x * self.design.output_scale

    def memory(self) -> int:
        # Measured at 256 and 1024 px: 7 to 8 times what the largest layer has between its filters.
        largest = max(len(layer.weight) * (layer.up * layer.before) ** 2 for layer in self._layers())
        return 8 * 4 * largest

    def layer_side(self, number: int) -> int:
        return round(2 * self.bands[max(0, number - 1)].cutoff)

    def weighed(self) -> Sequence[tuple[int, Dense]]:
        """Those of the layers: what turns and shifts the whole, and what weighs colours, is left out."""
        return [(number + 1, layer.affine) for number, layer in enumerate(self._layers()) if not layer.colors]

    def _layers(self) -> list[FilteredLayer]:
        found = [self.get_submodule(name) for name in self.names]
        assert all(isinstance(one, FilteredLayer) for one in found)
        return found  # type: ignore[return-value]
