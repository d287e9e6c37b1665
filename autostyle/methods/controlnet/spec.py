"""ControlNet: the content's edges, or its depth, are held while words and a style picture repaint it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from autostyle.diffusion import checks
from autostyle.diffusion.families import ESTIMATOR, FAMILIES, needs
from autostyle.diffusion.schedule import ScheduleShape
from autostyle.methods.diffusion.spec import Injected
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.params import Choices, Range
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec
from autostyle.vision.weights import Weights

SETS = needs("adapter", "canny")


def _weights(control: str) -> list[Path]:
    """The files that holding by ``control`` takes beside the method's own; raises Missing where one is not here."""
    if control != "depth":
        return []
    weights = Weights.open()
    family = FAMILIES[weights.base(sets=SETS)]
    return [weights.path(id) for id in (family.depth, ESTIMATOR)]


def _fits(control: str, weights: Weights, base: str) -> None:
    if control == "depth":
        checks.whole((FAMILIES[base].depth, ESTIMATOR), weights)


class ControlNetParams(Injected):
    """Parameters of :data:`SPEC`; with all scales of the style picture at 0 the words alone give the style."""

    control: Annotated[Literal["canny", "depth"], Choices(tune=False, files=_weights, fits=_fits)] = "canny"
    "What is held: canny, the content's edges; depth, how far away things are, which needs weights of its own."

    control_scale: Annotated[float, Range(0.0, 1.2, limit=2.0, moves={"structure": 1})] = 0.6
    "How strongly it is held."

    control_start: Annotated[float, Range(0.0, 0.4, limit=1.0, tune=False)] = 0.0
    "Share of the run before it begins to hold."

    control_end: Annotated[float, Range(0.4, 1.0)] = 1.0
    "Share of the run after which it holds no more, so that the last strokes may cross the edges."

    control_shape: ScheduleShape = "constant"
    "How its hold moves in between."

    edges: Annotated[float, Range(0.0, 1.0, tune=False, everyday=True)] = 0.5
    "Which edges count, where they are held: 0 the hardest only, 1 nearly every one."


SPEC = MethodSpec(
    name="controlnet",
    title="ControlNet: edges or depth held while words and a style picture repaint, on Stable Diffusion XL or 1.5",
    medium="image",
    params=ControlNetParams,
    run="autostyle.methods.controlnet.run:ControlNet",
    needs=("a GPU, or patience",),
    weights=SETS,
    limits={"leakage": MOST_LEAKAGE},
    presets=(
        {"strength": 0.9, "control_scale": 0.8},
        {"strength": 0.9, "control_scale": 0.8, "control_end": 0.6},
        {"strength": 1.0, "control_scale": 0.9, "control_shape": "cosine", "other_scale": 0.3},
    ),
    styles=8,
    aids=KEPT_MASKS,
    ratio="strength",
    aliases=("control net", "컨트롤넷"),
    source="Zhang, Rao & Agrawala, Adding Conditional Control to Text-to-Image Diffusion Models, ICCV 2023",
)
