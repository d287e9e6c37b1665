"""The families of diffusion models, as data: what belongs to each, and which of its blocks carry what.

Importing this module imports no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FamilyName = Literal["sdxl", "sd15", "sd21"]
ControlKind = Literal["canny", "depth"]
"""What a ControlNet looks at."""


@dataclass(frozen=True)
class Family:
    """One family.

    Args:
        name: also the id of its base model in the register of weights.
        native: the side in pixels that it was trained at.
        adapter, canny, depth, motion: ids of its IP-Adapter, its ControlNets for edges and for depth, and its motion
            adapter; empty where there is none.
        style, layout: prefixes of the attention layers that carry a style picture's style and its layout.
        painted: prefixes of the self-attention layers that paint texture, where StyleID swaps keys and values.

    Source of the blocks: Wang et al., InstantStyle, 2024, whose code gives whole blocks for SD 1.5 and calls them
    experimental; Chung, Hyun & Heo, Style Injection in Diffusion (StyleID), CVPR 2024, output blocks 6 to 11
    of SD 1.4; for SDXL the places of the same resolutions are our own choice. SD 2.1 has the blocks of SD 1.5.
    """

    name: FamilyName
    native: int
    style: tuple[str, ...]
    layout: tuple[str, ...]
    painted: tuple[str, ...]
    adapter: str = ""
    canny: str = ""
    depth: str = ""
    motion: str = ""


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            name="sdxl",
            native=1024,
            adapter="ip_adapter_sdxl",
            canny="controlnet_canny_sdxl",
            depth="controlnet_depth_sdxl",
            style=("up_blocks.0.attentions.1.",),
            layout=("down_blocks.2.attentions.1.",),
            painted=("up_blocks.0.attentions.1.", "up_blocks.0.attentions.2.", "up_blocks.1."),
        ),
        Family(
            name="sd15",
            native=512,
            adapter="ip_adapter_sd15",
            canny="controlnet_canny_sd15",
            depth="controlnet_depth_sd15",
            style=("up_blocks.1.",),
            layout=("down_blocks.2.", "mid_block."),
            painted=("up_blocks.2.", "up_blocks.3."),
            motion="motion_adapter_sd15",
        ),
        Family(
            name="sd21",
            native=768,
            style=("up_blocks.1.",),
            layout=("down_blocks.2.", "mid_block."),
            painted=("up_blocks.2.", "up_blocks.3."),
        ),
    )
}
ESTIMATOR = "depth_estimator"
"""Id of what says how far away things are, for the depth ControlNets."""
ENCODER = "image_encoder"
"""Id of the image encoder that the IP-Adapters share."""


def needs(*parts: Literal["adapter", "canny", "motion"]) -> tuple[tuple[str, ...], ...]:
    """The ids of weights that a method with these ``parts`` needs: one set a family that has them all, any will do."""
    found = []
    for family in FAMILIES.values():
        if not all(getattr(family, part) for part in parts):
            continue
        ids = [family.name, *(getattr(family, part) for part in parts)]
        found.append((*ids, ENCODER) if "adapter" in parts else tuple(ids))
    return tuple(found)
