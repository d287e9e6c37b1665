"""NNST: Gatys' optimisation, held to the style's own marks place by place, not only to their statistics."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.params import Choices, Range
from autostyle.methods.spec import MemoryNeed, MethodSpec, TrialTime


class NNSTParams(GatysParams):
    """Parameters of :data:`SPEC`: those of gatys, and what is made of nearest neighbours."""

    nearest: Annotated[float, Range(0.0, 4.0)] = 1.0
    "Weight of the nearest neighbours beside the style's statistics."

    alpha: Annotated[float, Range(0.0, 1.0, moves={"content": 1, "structure": 1}, aliases=("알파",))] = 0.5
    "What looks for its neighbour in the style: 1 the content, 0 what is painted so far."

    balance: Annotated[float, Range(0.0, 1.0, tune=False)] = 1.0
    "How far all of the style's places are found alike often: 0 leaves each place its nearest neighbour."

    self_similarity: Annotated[float, Range(0.01, 10.0, log=True, moves={"structure": 1})] = 0.1
    "Weight of the content's self-similarity: what is alike in it stays alike, whatever the marks."

    polish: Annotated[int, Range(0, 500, tune=False, everyday=True)] = 20
    "Iterations with neighbours, on all levels of a pyramid, from what gatys painted; 0 leaves that as it is."

    rotations: Annotated[bool, Choices(tune=False)] = True
    "Neighbours are looked for in the style picture in its four upright turns, too."

    match_palette: Annotated[float, Range(0.0, 1.0, tune=False)] = 0.0
    "Share of the way the finished picture's palette is moved to the style's."


SPEC = MethodSpec(
    name="nnst",
    title="NNST: the style's own marks, place by place; the finest and the slowest",
    medium="image",
    params=NNSTParams,
    run="autostyle.methods.nnst.run:NNST",
    presets=(
        {},
        {"nearest": 2.0, "alpha": 0.8},
        {"style_loss": "sliced", "recolor": 0.9, "relu3_1": 1.6, "pixels": 0.3, "style_scale": 1.2},
        {"style_weight": 0.2},
    ),
    limits=GATYS.limits,
    encoder=True,
    aids=GATYS.aids,
    ratio="style_weight",
    path=GATYS.path,
    begin=GATYS.begin,
    towards=GATYS.towards,
    finishes=(GATYS.name,),
    styles=8,
    aliases=("neural neighbor style transfer", "neural neighbour", "nearest neighbor style", "엔엔에스티"),
    time=TrialTime(0.4, 2.8e-4, 0.7, along_to=1024),
    # 901 MB more for 341 x 512 px
    memory=MemoryNeed(3400, whole=2**20, tile=900_000_000, tiled=72, grows=True, region=700, fixed=420_000_000),
    source="Kolkin et al., Neural Neighbor Style Transfer, 2022",
)
