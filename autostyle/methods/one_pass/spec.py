"""Parameters that every method of one forward pass has; a method's own class adds to them."""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.methods.params import Choices, Params, Range


class OnePassParams(Params):
    """How much style, in which palette, with marks of which size."""

    alpha: Annotated[float, Range(0.0, 1.0, aliases=("알파",))] = 1.0
    "How far the content takes on the style's marks: 0 leaves it as it is, in the palette asked for; 1 is full style."

    recolor: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of the way the palette is moved to the style's."

    style_scale: Annotated[float, Range(0.4, 2.0, log=True, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "Size of the style's marks: the style picture's long side over the output's."

    color_mode: Annotated[
        Literal["style", "luminance", "match"], Choices(tune=False, holds={"color": ("luminance", "style")})
    ] = "style"
    "style: the style's palette; luminance: keep the content's colours; match: the content's colours, statistically."
