"""LoRA files: read in both formats people share, several at once, each with a scale for every part of the networks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError

from autostyle.diffusion.blocks import Scales, scale_of
from autostyle.diffusion.library import peft
from autostyle.diffusion.loader import refuse_pickles
from autostyle.errors import Missing
from autostyle.fingerprints import fingerprint

TEXT = ("text_encoder", "text_encoder_2")


@dataclass(frozen=True)
class Lora:
    """One LoRA file in force.

    Args:
        file: safetensors, in kohya's format or that of diffusers and peft.
        scales: for the UNet, by prefix of its layers.
        words: for the text encoders, where the file has a part for them.
    """

    file: Path
    scales: Scales
    words: float = 1.0

    @property
    def origin(self) -> str:
        """Its name with a fingerprint, for reports."""
        return f"{self.file.name} (yours, {fingerprint(self.file)})"


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
        refuse_pickles(file)
        key = file.resolve(), file.stat().st_mtime_ns
        if key not in self.names:
            name = f"lora_{len(self.names)}"
            try:
                pipeline.load_lora_weights(
                    str(file.parent), weight_name=file.name, adapter_name=name, local_files_only=True
                )
            except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
                reason = " ".join(str(error).split())[:200]
                raise Missing(
                    f"{file} is no LoRA for this model: {reason}", "was it made for the other family?"
                ) from error
            self.names[key] = name
        return self.names[key]


def _scale(net: Any, scales: Mapping[str, Scales]) -> None:
    for name, module in net.named_modules():
        if isinstance(module, peft.tuners.tuners_utils.BaseTunerLayer):
            for adapter, prefixes in scales.items():
                if adapter in module.scaling:
                    module.set_scale(adapter, scale_of(f"{name}.", prefixes))
