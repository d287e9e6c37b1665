"""Hu et al., "LoRA", 2021, with a scale for the blocks that carry style (Frenkel et al., "B-LoRA", ECCV 2024).

The style is in the file: the style pictures of a request serve the scores alone.
"""

from __future__ import annotations

from autostyle.diffusion.lora import Lora
from autostyle.diffusion.lora_files import weights
from autostyle.methods.diffusion.run import Diffusion, PreparedPicture
from autostyle.methods.style_lora.spec import LORA, SPEC, StyleLoraParams


class StyleLora(Diffusion[StyleLoraParams]):
    """See the module's docstring."""

    spec = SPEC

    def loras(self, prepared: PreparedPicture, params: StyleLoraParams) -> tuple[Lora, ...]:
        style, files = self.engine.family.style, prepared.aids[LORA]
        return tuple(
            Lora(
                file,
                {"": weight * params.other_scale} | dict.fromkeys(style, weight * params.style_scale),
                weight * params.words_scale,
            )
            for file, weight in zip(files, weights(params.lora_weights, len(files)), strict=True)
        )
