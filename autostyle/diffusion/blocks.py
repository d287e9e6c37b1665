"""How strongly something acts in each block of a UNet: an IP-Adapter, a LoRA."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from autostyle.diffusion.families import Family

Scales = Mapping[str, float]
"""Prefix of attention layers -> scale; ``""`` is the rest. The longest prefix that fits a layer holds for it."""


def everywhere(scale: float) -> Scales:
    """One scale for every block, as the IP-Adapter was published."""
    return {"": scale}


def in_blocks(family: Family, *, style: float, layout: float, rest: float) -> Scales:
    """Scales for the blocks that carry style, those that carry layout, and all others."""
    return {"": rest} | dict.fromkeys(family.layout, layout) | dict.fromkeys(family.style, style)


def scale_of(layer: str, scales: Scales) -> float:
    """The scale that holds for ``layer``; 0 where no prefix fits."""
    prefix = max((prefix for prefix in scales if layer.startswith(prefix)), key=len, default=None)
    return 0.0 if prefix is None else scales[prefix]


def set_adapter(unet: Any, scales: Scales, weight: float = 1.0) -> None:
    """Set the adapter's scale in every cross-attention of ``unet`` to ``weight`` times what ``scales`` says.

    diffusers' own ``set_ip_adapter_scale`` writes the same numbers; this one costs no copies, once a step.
    """
    for name, processor in adapted(unet):
        processor.scale = [weight * scale_of(name, scales)] * len(processor.scale)


def adapted(unet: Any) -> Iterator[tuple[str, Any]]:
    """Name and processor of every attention layer that an IP-Adapter was put into."""
    for name, processor in unet.attn_processors.items():
        if hasattr(processor, "to_k_ip"):
            yield name, processor
