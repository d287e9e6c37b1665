"""AnimateDiff: a clip painted anew from its frames, or made of one picture, with words and a style picture."""

from __future__ import annotations

from typing import Annotated

from autostyle.diffusion.families import needs
from autostyle.methods.diffusion.spec import Painting
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.params import Range
from autostyle.methods.spec import MethodSpec


class AnimateDiffParams(Painting):
    """Parameters of :data:`SPEC`; at a strength of 1 the content gives the clip its length and little else."""

    adapter_scale: Annotated[float, Range(0.0, 0.95, limit=1.5)] = 0.7
    "How strongly the style picture acts beside the words; near 1 the things it shows come along."

    stride: Annotated[int, Range(1, 12, tune=False, everyday=True)] = 4
    "Frames between two windows of 16 that are looked at in one go, in clips longer than that: fewer are smoother."

    frames: Annotated[int, Range(2, 64, tune=False, everyday=True)] = 16
    "Length of a clip that is made of one picture; a clip keeps its own. The motion was learnt on 16."

    fps: Annotated[int, Range(1, 60, tune=False, everyday=True)] = 8
    "Frames a second of a clip that is made of one picture; a clip keeps its own."


SPEC = MethodSpec(
    name="animatediff",
    title="AnimateDiff: clips from their frames, words and a style picture, on Stable Diffusion 1.5",
    medium="video",
    params=AnimateDiffParams,
    run="autostyle.methods.animatediff.run:AnimateDiff",
    needs=("a GPU, or much patience",),
    weights=needs("adapter", "motion"),
    presets=(
        {"strength": 0.4},
        {"strength": 0.7, "adapter_scale": 0.6},
        {"strength": 0.6, "adapter_scale": 0.9, "guidance": 4.0},
    ),
    aids=KEPT_MASKS,
    ratio="strength",
    styles=8,
    takes=("image",),
    words_alone={"strength": 1.0},
    aliases=("animate diff", "애니메이트디프", "애니메이트 디프"),
    source="Guo et al., AnimateDiff: Animate Your Personalized Text-to-Image Diffusion Models, ICLR 2024",
)
