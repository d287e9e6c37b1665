"""ControlNet: the content's edges are held while words and a style picture repaint it."""

from __future__ import annotations

from typing import Annotated

from autostyle.diffusion.families import needs
from autostyle.diffusion.schedule import Shape
from autostyle.methods.contract import MethodSpec
from autostyle.methods.diffusion.spec import MOST_LEAKAGE, Injected
from autostyle.methods.params import Search


class ControlNetParams(Injected):
    """Parameters of :data:`SPEC`; with all scales of the style picture at 0 the words alone give the style."""

    control_scale: Annotated[float, Search(0.0, 1.2, limit=2.0)] = 0.6
    "How strongly the content's edges are held."

    control_start: Annotated[float, Search(0.0, 0.4, limit=1.0, tune=False)] = 0.0
    "Share of the run before the edges begin to hold."

    control_end: Annotated[float, Search(0.4, 1.0)] = 1.0
    "Share of the run after which they hold no more, so that the last strokes may cross them."

    control_shape: Shape = "constant"
    "How their hold moves in between."

    edges: Annotated[float, Search(0.0, 1.0, tune=False)] = 0.5
    "Which edges count: 0 the hardest only, 1 nearly every one."


SPEC = MethodSpec(
    name="controlnet",
    title="ControlNet: edges held while words and a style picture repaint, on Stable Diffusion XL or 1.5",
    medium="image",
    params=ControlNetParams,
    run="autostyle.methods.controlnet.run:ControlNet",
    needs=("a GPU, or patience",),
    weights=needs("adapter", "canny"),
    limits={"leakage": MOST_LEAKAGE},
    presets=(
        {"strength": 0.9, "control_scale": 0.8},
        {"strength": 0.9, "control_scale": 0.8, "control_end": 0.6},
        {"strength": 1.0, "control_scale": 0.9, "control_shape": "cosine", "other_scale": 0.3},
    ),
    styles=8,
    ratio="strength",
    source="Zhang, Rao & Agrawala, Adding Conditional Control to Text-to-Image Diffusion Models, ICCV 2023",
)
