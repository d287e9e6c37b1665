"""The names of rosinality's stylegan2-pytorch, as NVIDIA calls the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from torch import Tensor

from autostyle.vision.stylegan.stylegan2 import LEAST


def nvidias_names(found: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of a network in rosinality's layout under NVIDIA's names."""
    named: dict[str, Tensor] = {}
    if "latent_avg" in found:
        named["mapping.w_avg"] = found["latent_avg"].flatten()
    for name, tensor in found.items():
        if (mapped := re.fullmatch(r"style\.(\d{1,2})\.(weight|bias)", name)) is not None:
            named[f"mapping.fc{int(mapped[1]) - 1}.{mapped[2]}"] = tensor
        elif name == "input.input":
            named[f"synthesis.b{LEAST}.const"] = tensor[0]
        elif (noise := re.fullmatch(r"noises\.noise_(\d{1,2})", name)) is not None:
            number = int(noise[1])
            named[f"{_layer(number - 1)}.noise_const"] = tensor[0, 0]
        elif (layer := re.fullmatch(r"(conv1|convs\.(\d{1,2}))\.(.+)", name)) is not None:
            number = -1 if layer[2] is None else int(layer[2])
            if (part := _PARTS.get(layer[3])) is not None:
                whole = tensor[0] if part == "weight" else tensor.reshape(()) if part == "noise_strength" else tensor
                named[f"{_layer(number)}.{part}"] = whole
        elif (colors := re.fullmatch(r"(to_rgb1|to_rgbs\.(\d{1,2}))\.(.+)", name)) is not None:
            side = LEAST if colors[2] is None else 2 * LEAST << int(colors[2])
            if (part := _PARTS.get(colors[3])) is not None:
                whole = tensor[0] if part == "weight" else tensor.flatten() if part == "bias" else tensor
                named[f"synthesis.b{side}.torgb.{part}"] = whole
    return named


_PARTS = {
    "conv.weight": "weight",
    "conv.modulation.weight": "affine.weight",
    "conv.modulation.bias": "affine.bias",
    "noise.weight": "noise_strength",
    "activate.bias": "bias",
    "bias": "bias",
}


def _layer(number: int) -> str:
    """Of a convolution: -1 is that of the smallest block, then come two a block."""
    if number < 0:
        return f"synthesis.b{LEAST}.conv1"
    return f"synthesis.b{2 * LEAST << number // 2}.conv{number % 2}"
