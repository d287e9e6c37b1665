"""HiFi-GAN, which makes a waveform of features: the generator of Kong, Kim & Bae, 2020, behind the linear layer that
kNN-VC (Baas, van Niekerk & Kamper, 2023) puts before it.

Parameters have their published names, with weight normalisation (``weight_g``, ``weight_v``) or without, and the sizes
of the layers are read from them; what a file does not tell is the paper's: dilations of 1, 3 and 5, and strides of half
of each kernel.
"""

from __future__ import annotations

import re
from math import prod
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from autostyle.errors import Missing

SLOPE = 0.1
DILATIONS = (1, 3, 5)


class _Block(nn.Module):
    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        reach = [dilation * (kernel - 1) // 2 for dilation in DILATIONS]
        self.convs1 = nn.ModuleList(
            nn.Conv1d(channels, channels, kernel, dilation=dilation, padding=padding)
            for dilation, padding in zip(DILATIONS, reach, strict=True)
        )
        self.convs2 = nn.ModuleList(nn.Conv1d(channels, channels, kernel, padding=kernel // 2) for _ in DILATIONS)

    def forward(self, seen: Tensor) -> Tensor:
        for wide, near in zip(self.convs1, self.convs2, strict=True):
            seen = seen + near(F.leaky_relu(wide(F.leaky_relu(seen, SLOPE)), SLOPE))
        return seen


class Vocoder(nn.Module):
    """Features (N, frames, features) -> waveforms (N, frames * ``hop``), -1..1.

    Attributes:
        features: of a frame.
        hop: samples of a frame.
    """

    def __init__(self, state: dict[str, Tensor]) -> None:
        """As large as the layers whose weights ``state`` has; raises KeyError or ValueError where it has none."""
        super().__init__()
        width, self.features = state["lin_pre.weight"].shape
        channels = int(state["conv_pre.weight"].shape[0])
        kernels = [int(state[f"ups.{n}.weight"].shape[2]) for n in range(_count(state, "ups"))]
        blocks = _count(state, "resblocks") // len(kernels)
        inner = [int(state[f"resblocks.{n}.convs1.0.weight"].shape[2]) for n in range(blocks)]
        self.hop = prod(kernel // 2 for kernel in kernels)
        self.lin_pre = nn.Linear(self.features, width)
        self.conv_pre = nn.Conv1d(width, channels, 7, padding=3)
        self.ups, self.resblocks = nn.ModuleList(), nn.ModuleList()
        for kernel in kernels:
            stride = kernel // 2
            self.ups.append(nn.ConvTranspose1d(channels, channels // 2, kernel, stride, padding=(kernel - stride) // 2))
            channels //= 2
            self.resblocks.extend(_Block(channels, size) for size in inner)
        self.conv_post = nn.Conv1d(channels, 1, 7, padding=3)
        self.load_state_dict(state)

    def forward(self, features: Tensor) -> Tensor:
        seen = self.conv_pre(self.lin_pre(features).transpose(1, 2))
        each = len(self.resblocks) // len(self.ups)
        for number, up in enumerate(self.ups):
            seen = up(F.leaky_relu(seen, SLOPE))
            blocks = self.resblocks[number * each : (number + 1) * each]
            seen = torch.stack([block(seen) for block in blocks]).mean(dim=0)
        made: Tensor = torch.tanh(self.conv_post(F.leaky_relu(seen))).squeeze(1)
        return made


def load_vocoder(path: Path) -> Vocoder:
    """Raises Missing where ``path`` holds no such network."""
    try:
        return Vocoder(_folded({name: value.float() for name, value in load_file(path).items()}))
    except (SafetensorError, OSError, KeyError, ValueError, RuntimeError, ZeroDivisionError) as error:
        raise Missing(
            "{path} holds no vocoder of kNN-VC",
            "its generator's tensors, under their published names, as safetensors (docs/sound.md)",
            path=path,
        ) from error


def _count(state: dict[str, Tensor], name: str) -> int:
    found = {int(match[1]) for key in state if (match := re.match(rf"{name}\.(\d+)\.", key))}
    if not found:
        raise ValueError(name)
    return max(found) + 1


def _folded(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights out of their length (``weight_g``) and direction (``weight_v``), where they are kept so."""
    found = {}
    for name, value in state.items():
        if name.endswith(".weight_v"):
            length = state[f"{name[:-1]}g"]
            found[name[:-2]] = length * value / value.flatten(1).norm(dim=1).view(-1, *[1] * (value.ndim - 1))
        elif not name.endswith(".weight_g"):
            found[name] = value
    return found
