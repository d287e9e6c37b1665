"""LoRA files: read in every layout people share, several at once, each with a scale for every part of the networks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor, nn

from autostyle.diffusion import checks
from autostyle.diffusion.blocks import Scales, scale_of
from autostyle.diffusion.families import FamilyName
from autostyle.diffusion.headers import TensorShape, unreadable
from autostyle.diffusion.library import peft
from autostyle.diffusion.lora_layout import Factors
from autostyle.diffusion.networks import TEXT, Base, plain
from autostyle.filenames import legible
from autostyle.fingerprints import fingerprint


@dataclass(frozen=True)
class Lora:
    """One LoRA file in force.

    Args:
        file: safetensors, in a layout of autostyle.diffusion.lora_layout.
        scales: for the UNet, by prefix of its layers.
        words: for the text encoders, where the file has a part for them.
    """

    file: Path
    scales: Scales
    words: float = 1.0

    @property
    def origin(self) -> str:
        """Its name with a fingerprint, for reports."""
        return f"{legible(self.file.name)} (yours, {fingerprint(self.file)})"


class Loras:
    """The LoRA files that a pipeline has read; reading one again, or another scale, costs nothing."""

    def __init__(self) -> None:
        self.names: dict[tuple[Path, int], str] = {}

    @torch.inference_mode(False)  # what is read in inference mode could never be switched outside of it
    def use(self, pipeline: Any, loras: Iterable[Lora]) -> None:
        """Switch on exactly ``loras``."""
        active = {self._read(pipeline, lora.file): lora for lora in loras}
        if not self.names:
            return
        if not active:
            pipeline.disable_lora()
            return
        pipeline.enable_lora()
        pipeline.set_adapters(list(active))
        for part in ("unet", *TEXT):
            net = getattr(pipeline, part, None)
            if net is not None:
                _scale(net, {n: {"": x.words} if part in TEXT else x.scales for n, x in active.items()})

    def _read(self, pipeline: Any, file: Path) -> str:
        key = file.resolve(), file.stat().st_mtime_ns
        if key not in self.names:
            name = f"lora_{len(self.names)}"
            names = _layers(pipeline)
            layers = {layer: shape for layer, (_, shape) in names.items()}
            found = checks.lora(file, Base(_family(pipeline), pipeline.unet.config.cross_attention_dim, (), layers))
            state, alphas = _state(file, {names[layer][0]: (f, layers[layer]) for layer, f in found.items()})
            try:
                pipeline.load_lora_weights(state, adapter_name=name)
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                raise unreadable(file, error) from error
            _set_alphas(pipeline, name, alphas)
            self.names[key] = name
        return self.names[key]


def _layers(pipeline: Any) -> dict[str, tuple[str, TensorShape]]:
    """``PART.NAME`` as in autostyle.diffusion.networks -> the same with the name as it is here, and the weight's shape.

    What LoRAs that were read before have put around a layer is looked through.
    """
    found = {}
    for part in ("unet", *TEXT):
        net = getattr(pipeline, part, None)
        for name, module in net.named_modules() if net is not None else ():
            if isinstance(module, nn.Linear | nn.Conv2d) and ".lora_" not in name:
                real = name.removesuffix(".base_layer")
                found[f"{part}.{plain(real)}"] = f"{part}.{real}", tuple(module.weight.shape)
    return found


def _family(pipeline: Any) -> FamilyName:
    if getattr(pipeline, "text_encoder_2", None) is not None:
        return "sdxl"
    return "sd21" if pipeline.unet.config.use_linear_projection else "sd15"


def _state(file: Path, found: Mapping[str, tuple[Factors, TensorShape]]) -> tuple[dict[str, Tensor], dict[str, float]]:
    """The tensors of a LoRA under the names that diffusers and peft share, and layer -> alpha.

    Raises:
        BadInput: an alpha is no number.
    """
    # Not by load_file, which takes no path that is not UTF-8.
    tensors, state, alphas = load(file.read_bytes()), {}, {}
    for layer, (factors, shape) in found.items():
        down, up = tensors[factors.down], tensors[factors.up]
        rank = down.shape[0]
        # What is one convolution by 1 x 1 here may be a matrix there, and the other way round.
        state[f"{layer}.lora_A.weight"] = down.reshape(rank, *shape[1:])
        state[f"{layer}.lora_B.weight"] = up.reshape(shape[0], rank, *(1 for _ in shape[2:]))
        if factors.magnitude:
            sizes = (1, shape[0], 1, 1) if len(shape) == 4 else (shape[0],)
            state[f"{layer}.lora_magnitude_vector"] = tensors[factors.magnitude].reshape(sizes)
        alphas[layer] = float(tensors[factors.alpha]) if factors.alpha else factors.scale * rank
    return state, alphas


def _set_alphas(pipeline: Any, adapter: str, alphas: Mapping[str, float]) -> None:
    """Give each layer the alpha that its file has for it: loaders know one for all, or drop those that differ."""
    for part in ("unet", *TEXT):
        net = getattr(pipeline, part, None)
        for name, module in net.named_modules() if net is not None else ():
            if isinstance(module, peft.tuners.tuners_utils.BaseTunerLayer) and adapter in module.scaling:
                module.lora_alpha[adapter] = alphas[f"{part}.{name}"]


def _scale(net: Any, scales: Mapping[str, Scales]) -> None:
    for name, module in net.named_modules():
        if isinstance(module, peft.tuners.tuners_utils.BaseTunerLayer):
            for adapter, prefixes in scales.items():
                if adapter in module.scaling:
                    module.set_scale(adapter, scale_of(f"{name}.", prefixes))
