"""Five-level WCT with slim encoders and decoders: the feed-forward mark that ``benchmarks.pairs`` is held against.

Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017, with the networks of Wang et al.,
"Collaborative Distillation", CVPR 2020 (SE1..SE5 and SD1..SD5), which are not part of autostyle: give their folder.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

BLOCKS = (2, 2, 4, 4, 4)


def _state(path: Path) -> dict[str, Tensor]:
    return {k: v.float() for k, v in torch.load(path, weights_only=True, map_location="cpu")["model"].items()}


def _conv(x: Tensor, state: dict[str, Tensor], name: str) -> Tensor:
    return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), state[f"{name}.weight"], state[f"{name}.bias"])


def _convs(level: int) -> list[str]:
    """``conv11 ... convL1`` in the order of the encoder."""
    names = [f"conv{b}{c}" for b, count in enumerate(BLOCKS, 1) for c in range(1, count + 1)]
    return names[: names.index(f"conv{level}1") + 1]


def encode(x: Tensor, state: dict[str, Tensor], level: int) -> Tensor:
    """Features of the level's first layer after ReLU."""
    x = F.conv2d(x, state["conv0.weight"], state["conv0.bias"])
    for name in _convs(level):
        if name.endswith("1") and name != "conv11":
            x = F.max_pool2d(x, 2)
        x = F.relu(_conv(x, state, name))
    return x


def decode(x: Tensor, state: dict[str, Tensor], level: int) -> Tensor:
    """A picture from the level's features."""
    for name in reversed(_convs(level)):
        x = _conv(x, state, name)
        if name != "conv11":
            x = F.relu(x)
            if name.endswith("1"):
                x = F.interpolate(x, scale_factor=2, mode="nearest")
    return x


def transform(content: Tensor, style: Tensor) -> Tensor:
    """Content features whitened and coloured with the style's covariance."""

    def parts(features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        flat = features.flatten(2)[0].double()
        mean = flat.mean(dim=1, keepdim=True)
        values, vectors = torch.linalg.eigh((flat - mean) @ (flat - mean).T / (flat.shape[1] - 1))
        return flat - mean, mean, values.clamp_min(1e-5), vectors

    flat, _, values, vectors = parts(content)
    _, mean, style_values, style_vectors = parts(style)
    whitened = vectors @ torch.diag(values.rsqrt()) @ vectors.T @ flat
    colored = style_vectors @ torch.diag(style_values.sqrt()) @ style_vectors.T @ whitened + mean
    return colored.float().reshape(content.shape)


@torch.inference_mode()
def stylize(content: Tensor, style: Tensor, teacher: Path) -> Tensor:
    """(1, 3, H, W) pictures in 0..1; levels 5 to 1, full strength."""
    image = content
    for level in range(5, 0, -1):
        encoder, decoder = _state(teacher / f"SE{level}.pth"), _state(teacher / f"SD{level}.pth")
        mixed = transform(encode(image, encoder, level), encode(style, encoder, level))
        image = F.interpolate(decode(mixed, decoder, level), size=content.shape[-2:], mode="bilinear").clamp(0, 1)
    return image
