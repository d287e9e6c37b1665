"""AdaIN for clips: one pass a frame, held together along the motion."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.adain.spec import AdaINParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MethodSpec


class FlowAdaINParams(AdaINParams):
    """Parameters of :data:`SPEC`: those of AdaIN, and how steady the clip is held."""

    hold: Annotated[float, Range(0.0, 0.95, everyday=True)] = 0.8
    "Share of each frame that is the one before, carried along the motion: 0 flickers, high values soften fine marks."


SPEC = MethodSpec(
    name="flow_adain",
    title="AdaIN for clips: one pass a frame, blended along the content's motion",
    medium="video",
    params=FlowAdaINParams,
    run="autostyle.methods.flow_adain.run:FlowAdaIN",
    presets=(
        {"hold": 0.8, "detail": 0.3},
        {"hold": 0.6, "detail": 0.6},
        {"hold": 0.9, "detail": 0.1},
        {"hold": 0.8, "detail": 0.5, "alpha": 0.7},
    ),
    ratio="alpha",
    embedded=("adain_encoder", "adain_decoder"),
    styles=8,
    source="Huang & Belongie, ICCV 2017; the blend after Ruder, Dosovitskiy & Brox, GCPR 2016",
)
