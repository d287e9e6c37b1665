"""What a file of weights is, in words, told from the names and shapes of its tensors.

Importing this module imports no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from autostyle.diffusion.families import FamilyName
from autostyle.diffusion.headers import Header, TensorShape
from autostyle.sentences import Sentence

TITLES: dict[FamilyName, str] = {
    "sdxl": "Stable Diffusion XL",
    "sd15": "Stable Diffusion 1.5",
    "sd21": "Stable Diffusion 2.1",
}
CONTEXTS: dict[int, FamilyName] = {768: "sd15", 1024: "sd21", 2048: "sdxl"}
"""Width of the words that a published UNet listens to -> its family."""
ENCODERS = {1024: "CLIP ViT-H/14", 1280: "CLIP ViT-bigG/14", 768: "CLIP ViT-L/14", 512: "CLIP ViT-B"}
"""Width of what a published image encoder says -> its name."""
LATENT = 4
"""Channels of the latents, and of the input of every UNet that is told nothing else."""
LORA = re.compile(r"[._]lora[._]|^lora_|dora_scale|\.hada_w|\.lokr_w|\.oft_|\.boft_")
_TASKS = {
    9: Sentence("an inpainting model"),
    8: Sentence("an InstructPix2Pix model"),
    5: Sentence("a depth-to-image model"),
    7: Sentence("an upscaler"),
}
"""Input channels of a UNet -> what it is for."""
_WHOLE = "model.diffusion_model."

_MODELS = (
    (r"single_transformer_blocks|single_blocks|double_blocks", "FLUX"),
    (r"joint_blocks|transformer_blocks.*add_[qkv]_proj", "Stable Diffusion 3"),
    (r"(?:^|[._])blocks[._]\d+[._](?:self_attn|cross_attn|ffn)", "Wan"),
    (r"motion_modules|temporal_transformer", "AnimateDiff"),
    (r"caption_projection|adaln_single", "PixArt"),
)
"""Names of layers -> the model that has them."""
_ADAPTERS = (
    (r"^ip_adapter\.\d+\.to_\w+_lora|^image_proj\.(perceiver_resampler|proj\.2)\.", Sentence("an IP-Adapter FaceID")),
    (r"^image_proj\.proj\.3\.", Sentence("an IP-Adapter Full Face")),
    (r"^image_proj\.proj\.0\.", Sentence("an IP-Adapter FaceID")),
    (r"^image_proj\.latents$", Sentence("an IP-Adapter Plus")),
    (r"^image_proj\.proj\.weight$", Sentence("an IP-Adapter")),
    (r"^ip_adapter_proj_model\.|double_blocks.*ip_adapter", Sentence("an IP-Adapter for FLUX")),
)
_TRANSFORMERS = (
    (r"(^|\.)joint_blocks\.|transformer_blocks.*add_[qkv]_proj", Sentence("a Stable Diffusion 3 model")),
    (r"(^|\.)double_blocks\.|single_transformer_blocks", Sentence("a FLUX model")),
    (r"(^|\.)blocks\.\d+\.(self_attn|cross_attn|ffn)\.", Sentence("a Wan model")),
)
_PARTS = (
    (r"^control_model\.|^controlnet_cond_embedding\.|^input_hint_block\.", Sentence("a ControlNet")),
    (r"controlnet_x_embedder|controlnet_blocks", Sentence("a ControlNet for another model")),
    (r"^lllite_", Sentence("a ControlNet-LLLite")),
    (r"^(adapter\.)?body\.\d+\.(block1|resnets|in_conv)", Sentence("a T2I-Adapter")),
    (r"motion_modules\.|temporal_transformer", Sentence("an AnimateDiff motion module")),
    *_TRANSFORMERS,
    (r"^vision_model\.|^(model\.)?visual\.", Sentence("an image encoder")),
    (r"depth_head|^backbone\.", Sentence("a depth estimator")),
    (r"^text_model\.|^encoder\.block\.\d|^transformer\.resblocks", Sentence("a text encoder")),
    (r"^(first_stage_model\.)?(encoder|decoder)\.(conv_in|mid)", Sentence("a VAE")),
    (r"^down_blocks\.\d|^conv_in\.|^input_blocks\.", Sentence("a UNet alone")),
)


def of(header: Header) -> str:
    """What ``header`` belongs to: ``a LoRA for FLUX``, ``a VAE``, ``an IP-Adapter Plus``."""
    names = header.shapes
    if found := _first(_ADAPTERS, names):
        return found
    if any(LORA.search(name) for name in names):
        return _lora(header)
    if any(name.startswith(_WHOLE) for name in names) and not any("motion_modules" in name for name in names):
        return _checkpoint(names)
    return _first(_PARTS, names) or _embedding(names) or Sentence("a file of no kind known here")


def context(shapes: Mapping[str, TensorShape]) -> int | None:
    """The width of the words that a network listens to, by its cross-attention; None where it has none."""
    ends = ("attn2.to_k.weight", "attn2_to_k.lora_down.weight", "attn2.to_k.lora_A.weight", "to_k_ip.weight")
    return next((shape[-1] for name, shape in shapes.items() if name.endswith(ends) and len(shape) == 2), None)


def family(names: Iterable[str]) -> FamilyName:
    """Of a checkpoint in one file, by where its text encoders stand: SD 2.1 has the one that only OpenCLIP had."""
    ends: dict[str, FamilyName] = {"conditioner.": "sdxl", "cond_stage_model.model.": "sd21"}
    return next((name for start, name in ends.items() if any(key.startswith(start) for key in names)), "sd15")


def task(channels: object) -> str:
    """What a UNet with so many input channels is for."""
    known = _TASKS.get(channels) if isinstance(channels, int) else None
    return Sentence(
        "{what} ({channels} input channels)", what=known or Sentence("a model of another task"), channels=channels
    )


def _lora(header: Header) -> str:
    model = _first(_MODELS, header.shapes) or _family_said(header.metadata)
    if not model:
        width = context(header.shapes)
        if any(re.search(r"input_blocks_[78]_1|blocks_2_attentions_1_\w+blocks_9", name) for name in header.shapes):
            width = 2048  # only the UNet of SDXL is so deep
        model = TITLES[CONTEXTS[width]] if width in CONTEXTS else ""
    return Sentence("a LoRA for {model}", model=model) if model else Sentence("a LoRA")


def _family_said(metadata: Mapping[str, str]) -> str:
    """The family that a trainer wrote into its file."""
    said = f"{metadata.get('ss_base_model_version', '')} {metadata.get('modelspec.architecture', '')}".lower()
    for words, model in (
        (("flux",), "FLUX"),
        (("sd3", "stable-diffusion-v3", "stable-diffusion-3"), "Stable Diffusion 3"),
        (("sdxl", "stable-diffusion-xl"), TITLES["sdxl"]),
        (("sd_v2", "stable-diffusion-v2"), TITLES["sd21"]),
        (("sd_v1", "stable-diffusion-v1"), TITLES["sd15"]),
    ):
        if any(word in said for word in words):
            return model
    return ""


def _checkpoint(names: Mapping[str, TensorShape]) -> str:
    inside = {name.removeprefix(_WHOLE): shape for name, shape in names.items() if name.startswith(_WHOLE)}
    if found := _first(_TRANSFORMERS, inside):
        return found
    first = inside.get("input_blocks.0.0.weight", (0, LATENT))
    if first[1] != LATENT:
        return task(first[1])
    if not any(name.startswith(("cond_stage_model.", "conditioner.")) for name in names):
        return Sentence("a UNet alone")
    if refines(names):
        return Sentence("the refiner of Stable Diffusion XL")
    return Sentence("a {model} model", model=TITLES[family(names)])


def refines(names: Iterable[str]) -> bool:
    """Whether a checkpoint in one file is the refiner of SDXL, which hears the second text encoder alone."""
    heard = {name.split(".")[2] for name in names if name.startswith("conditioner.embedders.")}
    return bool(heard) and "1" not in heard


def _embedding(names: Mapping[str, TensorShape]) -> str:
    """A textual inversion is one or two tensors, a row for each token."""
    flat = all(len(shape) <= 2 and max(shape, default=0) <= 4096 for shape in names.values())
    return Sentence("a textual inversion embedding") if 0 < len(names) <= 3 and flat else ""


def _first(table: tuple[tuple[str, str], ...], names: Iterable[str]) -> str:
    return next((words for pattern, words in table if any(re.search(pattern, name) for name in names)), "")


def model_class(said: Mapping[str, Any]) -> str:
    """What a configuration file says it configures: ``ControlNetModel``; empty where it does not."""
    names = said.get("architectures")
    inside = names[0] if isinstance(names, list) and names else ""
    return str(said.get("_class_name") or inside or said.get("model_type") or "")
