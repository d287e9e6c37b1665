"""How a network is built, by the names, the shapes and the settings in its file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from autostyle.vision.stylegan.generator import Synthesis
from autostyle.vision.stylegan.schedule import Design, bands
from autostyle.vision.stylegan.stylegan2 import LEAST, StackedSynthesis
from autostyle.vision.stylegan.stylegan3 import AliasFreeSynthesis

MOST_SIDE = 2048
"""In pixels of the pictures of a network that is read: twice that of the papers."""
Settings = Mapping[str, Any]
"""What a file says beside its tensors, under NVIDIA's names."""
SETTINGS: Mapping[str, tuple[str, type[int] | type[float]]] = {
    "num_critical": ("critical", int),
    "first_cutoff": ("first_cutoff", float),
    "first_stopband": ("first_stopband", float),
    "last_stopband_rel": ("last_stopband", float),
    "margin_size": ("margin", int),
    "output_scale": ("output_scale", float),
    "filter_size": ("taps", int),
    "lrelu_upsampling": ("oversampling", int),
    "conv_clamp": ("clamp", float),
}
"""Those of StyleGAN3 that no tensor tells -> :class:`Design`'s."""


def stacked(found: Mapping[str, Tensor], latent: int) -> Callable[[], Synthesis]:
    """StyleGAN2's, of the blocks that are there."""
    channels, side = [], LEAST
    while side <= MOST_SIDE and (weight := found.get(f"synthesis.b{side}.conv1.weight")) is not None:
        channels.append(weight.shape[0])
        side *= 2
    return lambda: StackedSynthesis(latent, channels)


def alias_free(found: Mapping[str, Tensor], latent: int, settings: Settings) -> Callable[[], Synthesis] | None:
    """StyleGAN3's; None where there is no layer of it.

    Settings that a file leaves out are the paper's.

    Raises:
        ValueError: the sizes in the layers' names do not come of the settings.
    """
    layers: dict[int, tuple[int, torch.Size]] = {}
    for name, tensor in found.items():
        if (layer := re.fullmatch(r"synthesis\.L(\d{1,2})_(\d{1,4})_\d{1,4}\.weight", name)) is not None:
            layers[int(layer[1])] = int(layer[2]), tensor.shape
    if not layers:
        return None
    last = max(layers)
    side = layers[last][0]
    if side > MOST_SIDE or sorted(layers) != list(range(last + 1)):
        raise ValueError(sorted(layers))
    said: dict[str, Any] = {
        ours: math.inf if settings[theirs] is None else kind(settings[theirs])
        for theirs, (ours, kind) in SETTINGS.items()
        if theirs in settings
    }
    design = Design(side, last, **said)
    if [layers[number][0] for number in range(last + 1)] != [band.size for band in bands(design)]:
        raise ValueError(design)
    channels = [layers[number][1][0] for number in range(last)]
    kernel = layers[0][1][-1]
    if kernel not in (1, 3):
        raise ValueError(kernel)
    filters = [tensor for name, tensor in found.items() if name.endswith("down_filter")]
    # Config R of the paper has both; where no filters are stored, its kernel tells it.
    radial = any(tensor.dim() == 2 for tensor in filters) if filters else kernel == 1
    return lambda: AliasFreeSynthesis(latent, channels, design, kernel=kernel, radial=radial)
