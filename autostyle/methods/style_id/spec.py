"""StyleID: nothing is trained and no words are needed; the content's self-attention reads from the style picture."""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.diffusion.families import needs
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.params import Choices, Params, Range
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec


class StyleIDParams(Params):
    """Parameters of :data:`SPEC`."""

    gamma: Annotated[float, Range(0.0, 1.0, moves={"style": -1, "content": 1, "structure": 1})] = 0.75
    "Share of the content's own queries at the first step: high keeps its structure."

    gamma_end: Annotated[float, Range(0.0, 1.0, moves={"style": -1, "content": 1})] = 0.4
    "The same at the last step; falling from one to the other beats any constant."

    gamma_shape: Literal["falling", "cosine"] = "cosine"
    "How it moves from gamma to gamma_end: straight, or gently at both ends."

    temperature: Annotated[float, Range(1.0, 2.0)] = 1.5
    "Sharpness of the attention to the style; 1 blurs its marks."

    init_adain: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of the way the first noise takes on the style's colours."

    steps: Annotated[int, Range(2, 100, tune=False, everyday=True, timed=True)] = 30
    "Denoising steps; the two inversions, made once a study, take as many each."

    color_mode: Annotated[
        Literal["style", "luminance"], Choices(tune=False, holds={"color": ("luminance", "style")})
    ] = "style"
    "style: the style's palette; luminance: keep the content's colours."


SPEC = MethodSpec(
    name="style_id",
    title="StyleID: training-free attention injection, on Stable Diffusion 1.5, 2.1 or XL",
    medium="image",
    params=StyleIDParams,
    run="autostyle.methods.style_id.run:StyleID",
    needs=("a GPU, or patience",),
    weights=needs(),
    limits={"leakage": MOST_LEAKAGE},
    presets=(
        {"gamma": 0.9, "gamma_end": 0.75},
        {"gamma": 0.5, "gamma_end": 0.2},
        {"gamma": 0.75, "gamma_end": 0.75, "init_adain": 0.5},
    ),
    aids=KEPT_MASKS,
    ratio="gamma",
    aliases=("styleid", "style id", "스타일아이디"),
    source="Chung, Hyun & Heo, Style Injection in Diffusion, CVPR 2024",
)
