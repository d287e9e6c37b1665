"""MicroAST for clips: one pass a frame, held together along the motion."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.masks import MASKS
from autostyle.methods.microast.spec import MicroASTParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_SOFTNESS, MethodSpec, TrialTime


class FlowMicroASTParams(MicroASTParams):
    """Parameters of :data:`SPEC`: those of MicroAST, and how steady the clip is held."""

    hold: Annotated[float, Range(0.0, 0.95, everyday=True)] = 0.8
    "Share of each frame that is the one before, carried along the motion: 0 flickers, high values soften fine marks."


SPEC = MethodSpec(
    name="flow_microast",
    title="MicroAST for clips: one pass a frame, blended along the content's motion",
    medium="video",
    params=FlowMicroASTParams,
    run="autostyle.methods.flow_microast.run:FlowMicroAST",
    presets=(
        {"hold": 0.5},
        {"hold": 0.9},
        {"alpha": 0.6},
    ),
    limits={"softness": MOST_SOFTNESS},
    aids=MASKS,
    ratio="alpha",
    embedded=("microast",),
    styles=8,
    aliases=("flow microast", "microast for clips", "마이크로 ast 영상", "영상 마이크로 ast"),
    time=TrialTime(1.0, 1.6e-5),  # of 12 frames, with their scores: 0.7 s at 64 x 36 px, 1.3 at 256 x 144
    source="Wang et al., AAAI 2023; the blend after Ruder, Dosovitskiy & Brox, GCPR 2016",
)
