"""Networks of StyleGAN2 in the layouts that people share them in, as one generator.

Known are NVIDIA's names, in a safetensors file or one of their pickles, and those of rosinality's stylegan2-pytorch, in
safetensors or a checkpoint of torch. Importing this module imports torch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from autostyle.errors import BadInput, NotBuilt
from autostyle.sentences import Sentence
from autostyle.vision.nvidia_pickle import read_pickle
from autostyle.vision.stylegan import LEAST, Generator

SAMPLES = 4096
"""Latents of which the middle is taken, where a file does not tell it."""
MOST_NUMBERS, MOST_SIDE = 2**28, 2048
"""Of a network that is read, and the side in pixels of its pictures: twice that of the papers."""
_DAMAGED = (OSError, RuntimeError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, EOFError)
"""What a file that is none leads to."""
HINT = Sentence("known are StyleGAN2 in NVIDIA's layout (.pkl, .safetensors) and in rosinality's (.pt, .safetensors)")


def load_generator(path: Path) -> Generator:
    """The generator in a file, float32, its parameters frozen.

    Raises:
        BadInput: it is none; NotBuilt: of a kind that is not painted with.
    """
    try:
        found = _tensors(path)
        if any(name.startswith("input.input") for name in found):
            found = _from_rosinality(found)
        _refuse_other_kinds(path, found)
        found = {name: tensor for name, tensor in found.items() if re.match(r"(mapping|synthesis)\.", name)}
        generator = _sized(found)
        generator.load_state_dict({**_constants(generator), **found})
    except (*_DAMAGED, SafetensorError) as error:
        raise _none(path) from error
    if not all(bool(tensor.isfinite().all()) for tensor in generator.state_dict().values()):
        raise _none(path)
    generator.requires_grad_(False).eval()
    if "mapping.w_avg" not in found:
        with torch.inference_mode():
            noise = torch.randn(SAMPLES, generator.mapping.noise, generator=torch.Generator().manual_seed(0))
            generator.mapping.w_avg.copy_(generator.mapping(noise).mean(0))
    return generator


def _none(path: Path) -> BadInput:
    return BadInput("{path} is no generator of StyleGAN2", HINT, path=path.name)


def _tensors(path: Path) -> dict[str, Tensor]:
    if path.suffix == ".pkl":
        found = read_pickle(path)
    elif path.suffix == ".safetensors":
        found = load_file(path)
    else:
        found = _of_checkpoint(path)
    tensors = {name: tensor for name, tensor in found.items() if isinstance(tensor, Tensor)}
    if sum(tensor.numel() for tensor in tensors.values()) > MOST_NUMBERS:  # a few bytes can say that they are many
        raise ValueError(path)
    return {name: tensor.float().clone() for name, tensor in tensors.items()}


def _of_checkpoint(path: Path) -> dict[str, Tensor]:
    import pickle

    try:
        whole = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise BadInput(
            "{path} holds more than tensors, and is not read", "save its g_ema alone, as safetensors", path=path.name
        ) from error
    found = dict(whole.get("g_ema", whole.get("g", whole)))
    if "latent_avg" in whole:
        found["latent_avg"] = whole["latent_avg"]
    return found


def _refuse_other_kinds(path: Path, found: Mapping[str, Tensor]) -> None:
    if any(name.startswith("synthesis.L") for name in found):
        raise NotBuilt("{path} is of StyleGAN3", "StyleGAN2's are painted with", path=path.name)
    if any(name.startswith("mapping.embed.") for name in found):
        raise NotBuilt("{path} wants the number of a class", "networks of one kind of picture do not", path=path.name)
    if any(re.match(r"synthesis\.b\d+\.skip\.", name) for name in found):
        raise NotBuilt("{path} has residual blocks", "the generator of the paper has none", path=path.name)


def _sized(found: Mapping[str, Tensor]) -> Generator:
    """As large as the tensors say."""
    depth = sum(1 for name in found if re.fullmatch(r"mapping\.fc\d+\.weight", name))
    latent, noise = found["mapping.fc0.weight"].shape
    channels, side = [], LEAST
    while side <= MOST_SIDE and (weight := found.get(f"synthesis.b{side}.conv1.weight")) is not None:
        channels.append(weight.shape[0])
        side *= 2
    with torch.device("meta"):  # nothing is made as large as one tensor says before all the others agree
        wanted = Generator(noise, latent, depth, tuple(channels))
    if any(found[name].shape != one.shape for name, one in wanted.named_parameters()):
        raise ValueError(found.keys())
    return Generator(noise, latent, depth, tuple(channels))


def _constants(generator: Generator) -> dict[str, Tensor]:
    """What a file may leave out: the noise is none then, and the blur is the paper's."""
    found = generator.state_dict()
    return {
        name: torch.zeros_like(tensor) if name.endswith("noise_const") else tensor
        for name, tensor in found.items()
        if name.endswith(("noise_const", "resample_filter", "w_avg"))
    }


def _from_rosinality(found: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same under NVIDIA's names."""
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
