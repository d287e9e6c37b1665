"""InstantStyle: the style picture in the blocks that carry style, and nowhere else, so what it shows stays out."""

from __future__ import annotations

from autostyle.diffusion.families import needs
from autostyle.methods.diffusion.spec import Injected
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec


class InstantStyleParams(Injected):
    """Parameters of :data:`SPEC`."""


SPEC = MethodSpec(
    name="instant_style",
    title="InstantStyle: a style picture in the style blocks only, on Stable Diffusion XL or 1.5",
    medium="image",
    params=InstantStyleParams,
    run="autostyle.methods.instant_style.run:InstantStyle",
    needs=("a GPU, or patience",),
    weights=needs("adapter"),
    limits={"leakage": MOST_LEAKAGE},
    presets=(
        {"strength": 0.45},
        {"strength": 0.75, "layout_scale": 0.4},
        {"strength": 0.6, "other_scale": 0.3, "adapter_shape": "falling"},
        {"strength": 0.6, "style_scale": 1.2, "adapter_start": 0.2},
    ),
    styles=8,
    aids=KEPT_MASKS,
    ratio="strength",
    aliases=("instantstyle", "인스턴트스타일", "인스턴트 스타일"),
    source="Wang et al., InstantStyle: Free Lunch towards Style-Preserving in Text-to-Image Generation, 2024",
)
