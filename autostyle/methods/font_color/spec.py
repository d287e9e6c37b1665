"""Fonts in colour: glyphs painted by MicroAST, in few colours and as outlines in layers."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.microast.spec import MicroASTParams
from autostyle.methods.params import Choices, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class FontColorParams(MicroASTParams):
    """Parameters of :data:`SPEC`: those of MicroAST, and how what it paints becomes layers."""

    layers: Annotated[int, Range(2, 8, everyday=True, aliases=("색 수", "레이어 수"))] = 5
    "Colours, each a layer of its own in every glyph: more show finer shades and make a larger file."

    contrast: Annotated[float, Range(1.0, 4.5, moves={"content": 1}, everyday=True, aliases=("대비",))] = 1.6
    "The least contrast (WCAG) that each colour has on white and on black: 1 leaves colours as found, 4.5 is one shade."

    relief: Annotated[float, Range(0.0, 1.0, everyday=True, aliases=("입체감",))] = 0.3
    "How strongly letters are lit from above before they are painted, so that marks follow their shape."

    grain: Annotated[float, Range(0.0, 0.4, everyday=True)] = 0.15
    "Noise on the letters before they are painted: marks grow from it; without, flat places stay flat."

    grain_size: Annotated[float, Range(0.015, 0.15, log=True, moves={"marks": 1})] = 0.04
    "How wide its grains are, em."

    rim: Annotated[float, Range(0.0, 0.05, moves={"structure": 1}, everyday=True, aliases=("테두리",))] = 0.0
    "How wide the darkest colour is left along the edges, em."

    detail: Annotated[float, Range(0.01, 0.08, log=True, moves={"marks": 1}, everyday=True)] = 0.025
    "Marks of a smaller diameter are left out, em: fewer points, a smaller file."

    svg: Annotated[bool, Choices(tune=False)] = False
    "Writes an SVG table, too, for Adobe's programs; those on FreeType without an SVG renderer then show nothing."


SPEC = MethodSpec(
    name="font_color",
    title="Fonts in colour: glyphs painted by MicroAST, as layers of outlines (COLR)",
    medium="font",
    params=FontColorParams,
    run="autostyle.methods.font_color.run:FontColor",
    profile="letters",
    limits={"points": 500.0, "kilobytes": 2.5},
    presets=(
        {"contrast": 2.4},
        {"grain_size": 0.08, "layers": 4},
        {"layers": 7, "detail": 0.015, "relief": 0.0},
    ),
    ratio="alpha",
    embedded=("microast",),
    styles=8,
    aliases=("colour font", "color font", "font color", "font colour", "컬러 폰트", "컬러 글꼴", "색 글꼴"),
    time=TrialTime(1.2, 0.0),
    source="layers as in COLR version 0 of OpenType 1.9; painted by MicroAST (Wang et al., AAAI 2023)",
)
