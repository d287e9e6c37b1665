"""The names of one layer: diffusers' own, and those of the original latent-diffusion code in single-file checkpoints.

Importing this module imports no torch.
"""

from __future__ import annotations

import re

_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_OUTSIDE = {
    "conv_in": "input_blocks.0.0",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}


def unet_name(name: str, bare: bool = False) -> str:
    """The latent-diffusion name of a tensor of a UNet with two layers a block; all published ones have two.

    ``bare`` says that the first block on the way up has no attention, as in SD 1.5.
    """
    for ours, theirs in _OUTSIDE.items():
        if name.startswith(f"{ours}."):
            return name.replace(ours, theirs, 1)
    found = re.match(r"(down_blocks|up_blocks|mid_block)(?:\.(\d+))?\.(\w+?)\.(\d+)\.(.*)", name)
    assert found is not None, name
    side, block, kind, number, rest = found[1], int(found[2] or 0), found[3], int(found[4]), found[5]
    if kind == "resnets":
        part, _, end = rest.partition(".")
        rest = f"{_RESNET[part]}.{end}"
    if side == "mid_block":
        return f"middle_block.{1 if kind == 'attentions' else 2 * number}.{rest}"
    if kind == "downsamplers":
        return f"input_blocks.{3 * block + 3}.0.{rest.replace('conv', 'op')}"
    if kind == "upsamplers":
        return f"output_blocks.{3 * block + 2}.{1 if bare and not block else 2}.{rest}"
    layer = 3 * block + number + (1 if side == "down_blocks" else 0)
    place = "input_blocks" if side == "down_blocks" else "output_blocks"
    return f"{place}.{layer}.{1 if kind == 'attentions' else 0}.{rest}"


def from_ldm(name: str) -> str | None:
    """diffusers' name of a tensor of a UNet that the latent-diffusion code calls ``name``; None where it has none."""
    for ours, theirs in _OUTSIDE.items():
        if name.startswith(f"{theirs}."):
            return name.replace(theirs, ours, 1)
    if middle := re.fullmatch(r"middle_block\.([012])\.(.*)", name):
        number, rest = int(middle[1]), middle[2]
        return f"mid_block.attentions.0.{rest}" if number == 1 else f"mid_block.resnets.{number // 2}.{_resnet(rest)}"
    found = re.fullmatch(r"(input|output)_blocks\.(\d+)\.(\d)\.(.*)", name)
    if found is None:
        return None
    down, layer, rest = found[1] == "input", int(found[2]) - (found[1] == "input"), found[4]
    side = f"{'down' if down else 'up'}_blocks.{layer // 3}"
    if rest.startswith("op."):
        return f"{side}.downsamplers.0.{rest.replace('op', 'conv', 1)}"
    if rest.startswith("conv."):
        return f"{side}.upsamplers.0.{rest}"
    if rest.startswith(tuple(_RESNET.values())):
        return f"{side}.resnets.{layer % 3}.{_resnet(rest)}"
    return f"{side}.attentions.{layer % 3}.{rest}"


def _resnet(rest: str) -> str:
    return next((rest.replace(t, o, 1) for o, t in _RESNET.items() if rest.startswith(f"{t}.")), rest)


def text_name(name: str) -> str:
    """Older releases of transformers, by which files are named, say ``text_model`` in front of everything."""
    return name if name.startswith(("text_model.", "text_projection.")) else f"text_model.{name}"
