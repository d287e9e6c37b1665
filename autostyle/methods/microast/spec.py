"""MicroAST: any style in one forward pass of a small network."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.masks import MASKS
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime


class MicroASTParams(OnePassParams):
    """Parameters of :data:`SPEC`."""

    alpha: Annotated[float, Range(0.0, 1.0, aliases=("알파",))] = 0.8
    "How far the content takes on the style's marks: 0 leaves it, in the style's palette; above 0.9 things fade."


SPEC = MethodSpec(
    name="microast",
    title="MicroAST: any style in one pass of a small network, fast",
    medium="image",
    params=MicroASTParams,
    run="autostyle.methods.microast.run:MicroAST",
    presets=(
        {"alpha": 0.55},
        {"alpha": 1.0},
        {"style_scale": 0.7},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=MASKS,
    ratio="alpha",
    path=6,
    embedded=("microast",),
    styles=8,
    aliases=("micro ast", "마이크로 ast", "마이크로에이에스티"),
    time=TrialTime(0.15, 1.1e-6, further=0.7, whole=2048, tiled=4.0),
    # 290 MB more for 682 x 1024 px, 863 MB for 1365 x 2048; a mask of one region takes 570 bytes a pixel, the next 220.
    memory=MemoryNeed(290, whole=2**22, tile=500_000_000, tiled=64, region=500, fixed=100_000_000),
    source="Wang et al., MicroAST: Towards Super-Fast Ultra-Resolution Arbitrary Style Transfer, AAAI 2023",
)
