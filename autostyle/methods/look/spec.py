"""Look: the grade of one photograph on another, as a table of colours."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MemoryNeed, MethodSpec, TrialTime


class LookParams(Params):
    """Parameters of :data:`SPEC`."""

    strength: Annotated[float, Range(0.0, 1.5, everyday=True)] = 1.0
    "How far the look is taken on: 0 leaves the photograph as it is, 1 is the look as it was told, more exaggerates it."

    match: Annotated[float, Range(0.0, 0.5, limit=1.0, tune=False, holds={"color": (0.0, 0.5)}, everyday=True)] = 0.0
    """Share of the style's own palette (optimal transport): of a sunset the sunset's colours, not only its grade. Not
    searched unless asked for: any palette could be had by it, skin and grass would pay."""

    smoothness: Annotated[float, Range(0.005, 0.2, log=True, everyday=True)] = 0.03
    "Over what share of the range of a colour the look is smoothed: more is gentler to skies and skin."

    tone: Annotated[float, Range(0.0, 1.2, everyday=True)] = 1.0
    "Share of the change of lightness and contrast."

    color: Annotated[float, Range(0.0, 1.2, holds={"color": (0.0, 1.0)}, everyday=True)] = 1.0
    "Share of the change of colour."

    skin: Annotated[float, Range(0.0, 1.0, everyday=True)] = 0.3
    "How far colours of skin keep their hue."

    highlights: Annotated[float, Range(0.0, 1.0, everyday=True)] = 0.0
    "How far white stays white."


SPEC = MethodSpec(
    name="look",
    title="Look: the grade of one photograph on another, at any size, also as a .cube LUT",
    medium="image",
    params=LookParams,
    run="autostyle.methods.look.run:LookTransfer",
    presets=(
        {"strength": 0.7},
        {"strength": 1.3, "smoothness": 0.05},
        {"tone": 0.6, "skin": 0.6, "smoothness": 0.06},
    ),
    profile="photo",
    limits={"banding": 0.3, "skin_clipping": 0.05, "clipping": 0.1},
    ratio="strength",
    path=12,
    table=True,
    embedded=("look",),
    styles=8,
    everyday=True,
    aliases=(
        *("lut", "color lut", "colour lut", "color grade", "colour grade", "color grading", "colour grading"),
        *(".cube", "cube file", "색보정", "컬러 그레이딩", "색감만"),
    ),
    time=TrialTime(0.25, 4e-7, further=0.5),
    memory=MemoryNeed(32),
    source=(
        "a table told by a small network (training/look.py); share of transport: Pitié & Kokaram, The Linear "
        "Monge-Kantorovitch Linear Colour Mapping for Example-Based Colour Transfer, CVMP 2007"
    ),
)
