"""Networks of StyleGAN2 and StyleGAN3 in the layouts that people share them in, as one generator.

Known are NVIDIA's names, in a safetensors file or one of their pickles, and those of rosinality's stylegan2-pytorch, in
safetensors or a checkpoint of torch. Importing this module imports torch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor

from autostyle.errors import BadInput, NotBuilt
from autostyle.sentences import Sentence
from autostyle.vision.nvidia_pickle import read_pickle
from autostyle.vision.stylegan.dense import MappingNetwork
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.stylegan.layouts import SETTINGS, Settings, alias_free, stacked
from autostyle.vision.stylegan.rosinality import nvidias_names

SAMPLES = 4096
"""Latents of which the middle is taken, where a file does not tell it."""
MOST_NUMBERS = 2**28
"""Of a network that is read."""
_DAMAGED = (OSError, RuntimeError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, EOFError)
"""What a file that is none leads to."""
HINT = Sentence(
    "known are StyleGAN2 and StyleGAN3 in NVIDIA's layout (.pkl, .safetensors) and StyleGAN2 in rosinality's (.pt, "
    ".safetensors)"
)


def load_generator(path: Path) -> Generator:
    """The generator in a file, float32, its parameters frozen.

    Raises:
        BadInput: it is none; NotBuilt: of a kind that is not painted with.
    """
    try:
        found, settings = _read(path)
        if any(name.startswith("input.input") for name in found):
            found = nvidias_names(found)
        _refuse_other_kinds(path, found)
        found = {name: tensor for name, tensor in found.items() if re.match(r"(mapping|synthesis)\.", name)}
        generator = _sized(found, settings)
        _refuse_other_settings(path, generator, found)
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
    return BadInput("{path} is no generator of StyleGAN2 or StyleGAN3", HINT, path=path.name)


def _read(path: Path) -> tuple[dict[str, Tensor], Settings]:
    """The tensors in a file, float32, by name, and what it says beside them."""
    settings: Settings = {}
    ending = path.suffix.lower()
    if ending == ".pkl":
        found, settings = read_pickle(path)
    elif ending == ".safetensors":
        found = load_file(path)
        with safe_open(path, "pt") as opened:
            settings = {name: float(text) for name, text in (opened.metadata() or {}).items() if name in SETTINGS}
    else:
        found = _of_checkpoint(path)
    tensors = {name: tensor for name, tensor in found.items() if isinstance(tensor, Tensor)}
    if sum(tensor.numel() for tensor in tensors.values()) > MOST_NUMBERS:  # a few bytes can say that they are many
        raise ValueError(path)
    return {name: tensor.float().clone() for name, tensor in tensors.items()}, settings


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
    if any(name.startswith("mapping.embed.") for name in found):
        raise NotBuilt("{path} wants the number of a class", "networks of one kind of picture do not", path=path.name)
    if any(re.match(r"synthesis\.b\d+\.skip\.", name) for name in found):
        raise NotBuilt("{path} has residual blocks", "the generator of the paper has none", path=path.name)


def _sized(found: Mapping[str, Tensor], settings: Settings) -> Generator:
    """As large as the tensors say."""
    depth = sum(1 for name in found if re.fullmatch(r"mapping\.fc\d+\.weight", name))
    latent, noise = found["mapping.fc0.weight"].shape
    synthesis = alias_free(found, latent, settings) or stacked(found, latent)

    def made() -> Generator:
        return Generator(MappingNetwork(noise, latent, depth), synthesis())

    with torch.device("meta"):  # nothing is made as large as one tensor says before all the others agree
        wanted = made()
    if any(found[name].shape != one.shape for name, one in wanted.named_parameters()):
        raise ValueError(found.keys())
    return made()


def _refuse_other_settings(path: Path, generator: Generator, found: Mapping[str, Tensor]) -> None:
    """Filters come of the settings: where those stored are others, these are not the network's."""
    for name, tensor in generator.state_dict().items():
        if name.endswith(("up_filter", "down_filter")) and name in found:
            stored = found[name]
            if stored.shape != tensor.shape or not torch.allclose(stored, tensor, atol=1e-3):
                raise BadInput(
                    "the filters of {path} are not those of its settings",
                    "NVIDIA's .pkl has them, or the metadata of a safetensors file, under their names: {names}",
                    path=path.name,
                    names=", ".join(SETTINGS),
                )


def _constants(generator: Generator) -> dict[str, Tensor]:
    """What a file may leave out: the noise is none then, filters are the paper's, and nothing is turned."""
    found = generator.state_dict()
    return {
        name: torch.zeros_like(tensor) if name.endswith("noise_const") else tensor
        for name, tensor in found.items()
        if name.endswith(("noise_const", "_filter", "w_avg", "input.transform"))
    }
