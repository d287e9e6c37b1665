"""Fonts in other strokes: outlines moved towards those of another font, or of a picture, and nothing coloured."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class FontShapeParams(Params):
    """Parameters of :data:`SPEC`."""

    style_weight: Annotated[float, Range(0.5, 60.0, log=True, aliases=("스타일 가중치",))] = 30.0
    "Weight of the style's strokes beside the letters' own shapes."

    style_scale: Annotated[float, Range(0.4, 2.5, log=True, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "Size of the style's strokes: 1 makes the long side of its picture 8 em."

    smoothness: Annotated[float, Range(0.018, 0.12, log=True, everyday=True, aliases=("매끄러움",))] = 0.03
    "How wide the waves are that outlines are moved in, em: less makes edges rough, more moves whole strokes."

    weight: Annotated[float, Range(-0.03, 0.03, moves={"marks": 1}, everyday=True, aliases=("굵기",))] = 0.0
    "How much heavier strokes become on each side before they are moved, em; less than 0 is lighter."

    roundness: Annotated[float, Range(0.0, 0.05, everyday=True, aliases=("둥글기",))] = 0.0
    "How far corners are rounded before outlines are moved, em."

    corner: Annotated[float, Range(25.0, 90.0, everyday=True)] = 45.0
    "Turns of more degrees stay corners; others are drawn as curves."

    tolerance: Annotated[float, Range(0.001, 0.012, log=True, everyday=True)] = 0.004
    "How far a drawn outline may be from the one that was found, em: more takes fewer points."

    steps: Annotated[int, Range(5, 80, tune=False, timed=True, aliases=("스텝",))] = 20
    "Steps of the optimisation."


SPEC = MethodSpec(
    name="font_shape",
    title="Fonts in other strokes: outlines moved towards those of another font or a picture",
    medium="font",
    params=FontShapeParams,
    run="autostyle.methods.font_shape.run:FontShape",
    profile="strokes",
    limits={"points": 120.0, "kilobytes": 1.0},
    presets=(
        {"style_weight": 50.0},
        {"style_weight": 10.0, "weight": 0.012},
        {"roundness": 0.03},
    ),
    ratio="style_weight",
    styles=8,
    aliases=(
        *("font shape", "letter shapes", "letter shape", "stroke style", "strokes of the font"),
        *("글꼴 모양", "글자 모양", "획 모양", "폰트 모양"),
    ),
    time=TrialTime(4.0, 0.0),
    source="Gram matrices of random filters (Ustyuzhaninov, Brendel, Gatys & Bethge, ICLR 2017) of a distance field",
)
