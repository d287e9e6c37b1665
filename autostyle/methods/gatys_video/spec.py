"""Gatys for clips: every frame is optimised from the one before, carried along, and held to it."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_SOFTNESS, MethodSpec, TrialTime


class GatysVideoParams(GatysParams):
    """Parameters of :data:`SPEC`: those of Gatys, and how the frames hang together."""

    temporal_weight: Annotated[float, Range(1.0, 10000.0, log=True)] = 200.0
    "Weight of the difference to the frames before, carried along the motion: higher is steadier."

    frame_steps: Annotated[int, Range(2, 200, tune=False, timed=True)] = 14
    "Iterations of each frame after the first, which takes steps."

    long_term: bool = True
    "Also hold a frame to those two and four before it, where what it shows was hidden in between."

    passes: Annotated[int, Range(1, 4, tune=False, everyday=True)] = 1
    "How often the frames are gone through, forth and back in turn; each part of 24 frames by itself."


SPEC = MethodSpec(
    name="gatys_video",
    title="Gatys for clips: frames optimised one after the other, with a temporal loss",
    medium="video",
    params=GatysVideoParams,
    run="autostyle.methods.gatys_video.run:GatysVideo",
    presets=(
        {},
        {"temporal_weight": 1000.0},
        {"style_weight": 3.0},
    ),
    limits={**GATYS.limits, "softness": MOST_SOFTNESS},
    encoder=True,
    aids=GATYS.aids,
    ratio="style_weight",
    styles=8,
    aliases=("gatys video", "gatys for clips", "ruder", "temporal loss", "게이티스 영상"),
    time=TrialTime(3.0, 6e-4),
    source="Ruder, Dosovitskiy & Brox, Artistic Style Transfer for Videos, GCPR 2016",
)
