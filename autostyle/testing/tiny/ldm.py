"""The other names of the same tensors: single-file checkpoints and LoRA files, made of tiny models.

Published checkpoints name their tensors as the original latent-diffusion code does, LoRA files as one of two trainers
do. These functions write both from a pipeline in memory, so that what reads them is tried on the real layouts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors.torch import save_file
from torch import Tensor

from autostyle.diffusion.names import text_name, unet_name

RANK, ALPHA = 2, 1.0
"""Of the LoRA files; alpha differs from the rank so that whoever forgets it is found out."""
_TEXT = {
    "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
    "text_model.embeddings.position_embedding.weight": "positional_embedding",
    "text_model.final_layer_norm.weight": "ln_final.weight",
    "text_model.final_layer_norm.bias": "ln_final.bias",
    "text_projection.weight": "text_projection",
}


def write_checkpoint(file: Path, pipeline: Any) -> None:
    """Write ``pipeline`` as one file, as people share checkpoints."""
    bare = not hasattr(pipeline.unet.up_blocks[0], "attentions")
    state = {f"model.diffusion_model.{unet_name(name, bare)}": t for name, t in pipeline.unet.state_dict().items()}
    state |= dict(_vae(name, tensor) for name, tensor in pipeline.vae.state_dict().items())
    words = pipeline.text_encoder.state_dict()
    prefix = "cond_stage_model.transformer."
    if hasattr(pipeline, "text_encoder_2"):
        prefix = "conditioner.embedders.0.transformer."
        state |= _open_clip(pipeline.text_encoder_2.state_dict(), "conditioner.embedders.1.model.")
    if pipeline.unet.config.use_linear_projection and bare:  # SD 2.1
        state |= _open_clip(words, "cond_stage_model.model.")
    else:
        state |= {prefix + text_name(name): tensor for name, tensor in words.items()}
    save_file({name: tensor.contiguous().clone() for name, tensor in state.items()}, file)


def write_lora(file: Path, pipeline: Any, format: Literal["kohya", "diffusers"]) -> None:
    """Write a random LoRA for the attention layers of UNet and first text encoder; both formats say the same."""
    generator = torch.Generator().manual_seed(5)
    state: dict[str, Tensor] = {}
    for part, net in (("unet", pipeline.unet), ("text_encoder", pipeline.text_encoder)):
        for name, module in net.named_modules():
            if not re.search(r"(to_[qkv]|to_out\.0|(?:[qkv]|out)_proj|fc[12])$", name) or "_ip" in name:
                continue
            rows, columns = module.weight.shape
            down = torch.randn(RANK, columns, generator=generator, device="cpu") / columns**0.5
            up = torch.randn(rows, RANK, generator=generator, device="cpu")
            if format == "kohya":
                xl = hasattr(pipeline, "text_encoder_2")
                layer = _kohya(part, name, xl)
                state |= {f"{layer}.lora_down.weight": down, f"{layer}.lora_up.weight": up}
                state[f"{layer}.alpha"] = torch.tensor(ALPHA)
            else:
                layer = f"{part}.{name if part == 'unet' else text_name(name)}"
                # This format has no alpha: it is multiplied in.
                state |= {f"{layer}.lora_A.weight": down, f"{layer}.lora_B.weight": up * ALPHA / RANK}
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, file)


def _kohya(part: str, name: str, xl: bool) -> str:
    if part == "text_encoder":
        return f"lora_te{'1' if xl else ''}_{text_name(name).replace('.', '_')}"
    # SDXL's trainer took the original names, that of SD 1.5 the new ones.
    return f"lora_unet_{(unet_name(name) if xl else name).replace('.', '_')}"


def _vae(name: str, tensor: Tensor) -> tuple[str, Tensor]:
    if "attentions" in name:
        for ours, theirs in {
            "group_norm": "norm",
            "to_q": "q",
            "to_k": "k",
            "to_v": "v",
            "to_out.0": "proj_out",
        }.items():
            name = name.replace(f"attentions.0.{ours}", f"attn_1.{theirs}")
        if tensor.ndim == 2:
            tensor = tensor[..., None, None]
    name = name.replace("mid_block.", "mid.").replace("conv_norm_out", "norm_out")
    name = re.sub(r"mid\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", name)
    name = re.sub(r"down_blocks\.(\d)\.resnets", r"down.\1.block", name)
    name = re.sub(r"down_blocks\.(\d)\.downsamplers\.0", r"down.\1.downsample", name)
    name = re.sub(r"up_blocks\.(\d)\.resnets", lambda m: f"up.{3 - int(m[1])}.block", name)
    name = re.sub(r"up_blocks\.(\d)\.upsamplers\.0", lambda m: f"up.{3 - int(m[1])}.upsample", name)
    return f"first_stage_model.{name.replace('conv_shortcut', 'nin_shortcut')}", tensor


def _open_clip(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """A text encoder with the names of open_clip and its queries, keys and values in one matrix."""
    found: dict[str, Tensor] = {}
    for own, tensor in state.items():
        name = text_name(own)
        if name in _TEXT:
            found[prefix + _TEXT[name]] = tensor.T if name.startswith("text_projection") else tensor
            continue
        name = name.replace("text_model.encoder.layers", "transformer.resblocks").replace("self_attn", "attn")
        for ours, theirs in {"layer_norm": "ln_", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj"}.items():
            name = name.replace(ours, theirs)
        part = re.search(r"\.([qkv])_proj\.(weight|bias)$", name)
        if part is None:
            found[prefix + name] = tensor
        elif part[1] == "q":
            whole = torch.cat([state[own.replace(".q_proj.", f".{letter}_proj.")] for letter in "qkv"])
            found[f"{prefix}{name.removesuffix(part[0])}.in_proj_{part[2]}"] = whole
    return found
