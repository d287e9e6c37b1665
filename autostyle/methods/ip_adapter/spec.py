"""IP-Adapter: words and a style picture together, in every block of a diffusion model."""

from __future__ import annotations

from typing import Annotated

from autostyle.diffusion.families import needs
from autostyle.methods.diffusion.spec import Painting
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec


class IPAdapterParams(Painting):
    """Parameters of :data:`SPEC`."""

    adapter_scale: Annotated[float, Range(0.0, 0.95, limit=1.5)] = 0.7
    "How strongly the style picture acts beside the words; near 1 the things it shows come along."


SPEC = MethodSpec(
    name="ip_adapter",
    title="IP-Adapter: words and a style picture, on Stable Diffusion XL or 1.5",
    medium="image",
    params=IPAdapterParams,
    run="autostyle.methods.ip_adapter.run:IPAdapter",
    needs=("a GPU, or patience",),
    weights=needs("adapter"),
    limits={"leakage": MOST_LEAKAGE},
    presets=(
        {"strength": 0.4},
        {"strength": 0.8, "adapter_scale": 0.5},
        {"strength": 0.6, "adapter_scale": 0.9, "guidance": 3.0},
    ),
    aids=KEPT_MASKS,
    ratio="adapter_scale",
    styles=8,
    aliases=("ip adapter", "ipadapter", "sdxl", "아이피어댑터", "아이피 어댑터"),
    source="Ye et al., IP-Adapter: Text Compatible Image Prompt Adapter for Text-to-Image Diffusion Models, 2023",
)
