"""What goes with a base model, written small: IP-Adapter, ControlNets, motion adapter, what sees and what estimates."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from autostyle.diffusion.library import diffusers, transformers
from autostyle.testing.tiny.sizes import TINY, Widths

M = TypeVar("M", bound=nn.Module)
TOKENS = 4
"""Tokens that an IP-Adapter makes of a picture."""
_HINT = {False: (8, 8, 16, 16), True: (16, 32, 96, 256)}
"""Widths of what looks at the control picture, tiny and true."""


def write_controlnet(folder: Path, base: Any, widths: Widths = TINY, seed: int = 1) -> None:
    """Write a ControlNet for ``base``. A real one begins at zero; here it already says something."""
    torch.manual_seed(seed)
    net = diffusers.ControlNetModel.from_unet(base, conditioning_embedding_out_channels=_HINT[widths.true_heads])
    net.to(base.device, base.dtype)
    lively(net.controlnet_cond_embedding)
    for module in (*net.controlnet_down_blocks, net.controlnet_mid_block, net.controlnet_cond_embedding.conv_out):
        nn.init.normal_(module.weight, std=0.2)
    net.save_pretrained(folder, safe_serialization=True)


def write_motion(folder: Path, widths: Widths = TINY) -> None:
    """Write a motion adapter with the parts of AnimateDiff v1-5-2. A real one begins at zero, and this one mixes."""
    torch.manual_seed(4)
    adapter = diffusers.MotionAdapter(
        block_out_channels=widths.unet,
        motion_num_attention_heads=8 if widths.true_heads else 2,
        motion_norm_num_groups=widths.groups,
        motion_max_seq_length=32,
        use_motion_mid_block=True,
    )
    lively(adapter).save_pretrained(folder, safe_serialization=True)


def write_adapter(file: Path, base: Any, widths: Widths = TINY) -> None:
    """Write an IP-Adapter for ``base`` with the keys of the published files: odd numbers count the cross-attentions."""
    torch.manual_seed(2)
    context = int(base.config.cross_attention_dim)
    state: dict[str, Tensor] = {
        "image_proj.proj.weight": torch.randn(TOKENS * context, widths.seen),
        "image_proj.proj.bias": torch.zeros(TOKENS * context),
        "image_proj.norm.weight": torch.ones(context),
        "image_proj.norm.bias": torch.zeros(context),
    }
    crossing = [name for name in base.attn_processors if name.endswith("attn2.processor")]
    for number, name in enumerate(crossing):
        attention = base.get_submodule(name.removesuffix(".processor"))
        for part in ("k", "v"):
            shape = getattr(attention, f"to_{part}").weight.shape
            state[f"ip_adapter.{2 * number + 1}.to_{part}_ip.weight"] = torch.randn(shape) / 4
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(state, file)


def write_encoder(folder: Path, widths: Widths = TINY) -> None:
    """Write the image encoder of the IP-Adapters."""
    torch.manual_seed(3)
    lively(transformers.CLIPVisionModelWithProjection(vision_config(widths))).save_pretrained(
        folder, safe_serialization=True
    )


def write_estimator(folder: Path) -> None:
    """Write a tiny depth estimator in the layout of Depth Anything V2."""
    torch.manual_seed(7)
    backbone = transformers.Dinov2Config(
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=2,
        image_size=56,
        patch_size=14,
        out_indices=[1, 2, 3, 4],
        reshape_hidden_states=False,
        apply_layernorm=True,
    )
    config = transformers.DepthAnythingConfig(
        backbone_config=backbone,
        reassemble_hidden_size=32,
        neck_hidden_sizes=[8, 16, 32, 32],
        fusion_hidden_size=16,
        head_hidden_size=8,
        patch_size=14,
    )
    lively(transformers.DepthAnythingForDepthEstimation(config)).save_pretrained(folder, safe_serialization=True)
    transformers.DPTImageProcessor(
        size={"height": 56, "width": 56}, keep_aspect_ratio=True, ensure_multiple_of=14
    ).save_pretrained(folder)


def lively(model: M) -> M:
    """Random numbers through which what goes in can still be seen at the far end."""
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            fan_in = module.weight[0].numel()
            nn.init.normal_(module.weight, std=fan_in**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return model.eval()


def vision_config(widths: Widths) -> Any:
    """The configuration of the image encoder."""
    return transformers.CLIPVisionConfig(
        hidden_size=widths.picture.width,
        intermediate_size=4 * widths.picture.width,
        num_hidden_layers=widths.picture.layers,
        num_attention_heads=widths.picture.heads,
        image_size=widths.side,
        patch_size=widths.patch,
        projection_dim=widths.seen,
    )
