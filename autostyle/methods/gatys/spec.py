"""Gatys: optimise the picture itself against content and style losses of a feature encoder."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import field_validator

from autostyle.methods.masks import CONTENT_MASK, MASKS
from autostyle.methods.params import Choices, Params, Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime
from autostyle.sentences import Sentence


class GatysParams(Params):
    """Parameters of :data:`SPEC`. The losses are normalised, so one setting means the same at every size."""

    style_weight: Annotated[float, Range(0.001, 100.0, log=True, aliases=("스타일 가중치", "스타일 비중"))] = 1.0
    "beta/alpha: style loss over content loss, both normalised; higher paints more and keeps less."

    content_layers: Annotated[str, Choices(("relu3_1", "relu4_1", "relu4_2"), free=True)] = "relu3_1"
    "Layers that hold the content, joined by '+'; deeper ones leave the strokes freer."

    style_loss: Literal["gram", "moments", "sliced"] = "moments"
    "gram: Gram matrices; moments: means and covariances; sliced: sliced Wasserstein distance."

    recolor: Annotated[float, Range(0.0, 1.0)] = 1.0
    """Share of the way the content's palette is moved to the style's before painting, so the two losses do not fight;
    less below a style_weight of 0.5."""

    pixels: Annotated[float, Range(0.0, 2.0, everyday=True)] = 0.5
    "Weight of the pixels themselves as a style level (the palette); 0 = off."

    relu1_1: Annotated[float, Range(0.0, 2.0, tune=False)] = 1.0
    "Weight of style layer relu1_1; 0 = off."

    relu2_1: Annotated[float, Range(0.0, 2.0, tune=False)] = 1.0
    "Weight of style layer relu2_1; 0 = off."

    relu3_1: Annotated[float, Range(0.0, 2.0)] = 1.0
    "Weight of style layer relu3_1; 0 = off."

    relu4_1: Annotated[float, Range(0.0, 2.0)] = 1.0
    "Weight of style layer relu4_1; 0 = off."

    relu5_1: Annotated[float, Range(0.0, 2.0, tune=False)] = 1.0
    "Weight of style layer relu5_1; 0 = off."

    tv_weight: Annotated[float, Range(0.0, 10.0, tune=False)] = 1.0
    "Total variation: higher smooths grain."

    style_scale: Annotated[float, Range(0.4, 2.0, log=True, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "Size of the style's marks: the style picture's long side over the output's."

    coarse: Annotated[float, Range(0.0, 1.0, tune=False, everyday=True)] = 0.6
    "Share of the loss judged at the smaller sizes, which keeps large marks; 0 judges the largest size alone."

    protect: Annotated[float, Range(0.0, 20.0, tune=False, aid=CONTENT_MASK)] = 4.0
    "With a content_mask: how much more the content is held beside what is left as it is, so that paint thins out."

    init: Annotated[Literal["content", "noise", "blend"], Choices(tune=False)] = "content"
    "Where the optimisation starts: the content, noise, or half of each."

    representation: Annotated[Literal["pixels", "laplacian"], Choices(tune=False)] = "pixels"
    "What is optimised: pixels, or the levels of a Laplacian pyramid."

    optimizer: Annotated[Literal["lbfgs", "adam"], Choices(tune=False)] = "lbfgs"
    "L-BFGS with a strong-Wolfe line search, or Adam whose averaged iterates are the result."

    steps: Annotated[int, Range(4, 500, tune=False, everyday=True, timed=True)] = 30
    "Iterations at the largest size; the smaller sizes of the pyramid take as many each."

    color_mode: Annotated[
        Literal["style", "luminance", "match"], Choices(tune=False, holds={"color": ("luminance", "style")})
    ] = "style"
    "style: the style's palette; luminance: keep the content's colours; match: the content's colours, statistically."

    @field_validator("content_layers")
    @classmethod
    def _of_vgg(cls, layers: str) -> str:
        for layer in filter(None, map(str.strip, layers.split("+"))):
            if not re.fullmatch(r"relu([12]_[12]|[345]_[1-4])", layer):
                raise ValueError(
                    Sentence("VGG-19 has no layer {layer!r}: its layers are relu1_1 to relu5_4", layer=layer)
                )
        return layers


SPEC = MethodSpec(
    name="gatys",
    title="Gatys: optimisation-based, the highest quality for one picture",
    medium="image",
    params=GatysParams,
    run="autostyle.methods.gatys.run:Gatys",
    presets=(
        # What lies along the front of every pair tried, from readable to bold. A run is a path through all weights, so
        # only the first three are runs of their own; slices with more of the middle layer gain most there.
        {"style_loss": "sliced", "recolor": 0.9, "relu3_1": 1.6, "pixels": 0.3, "style_scale": 1.2},
        {},
        {"recolor": 0.9, "relu3_1": 1.6, "pixels": 0.3, "style_scale": 1.2},
        {"style_weight": 0.2},
        {"style_weight": 0.02},
        {"style_weight": 20.0},
    ),
    limits={"leakage": MOST_LEAKAGE},
    encoder=True,
    aids=MASKS,
    ratio="style_weight",
    path=16,
    begin=0.02,
    towards=(1 / 16, 1 / 8, 1 / 4, 1 / 2),
    styles=8,
    aliases=("gatis", "gatty", "게이티스", "가티스", "게티스"),
    # Of the embedded encoder: the seconds of the one before it (0.36 at 64 px, 6.1 at 384) by how much longer processes
    # compute with this one (1.8 and 2.6 times).
    time=TrialTime(0.25, 1.05e-4, 0.2, along_to=1024),
    # In single precision a megapixel took 2103 MB more in two iterations, and each of the twelve pairs of L-BFGS takes
    # 32 bytes a pixel; 6000 x 4000 px took 2.95 GiB with all processes. A mask of one region takes 830 bytes a pixel,
    # the next 550.
    memory=MemoryNeed(2300, whole=2**20, tile=900_000_000, tiled=72, grows=True, region=700, fixed=170_000_000),
    source="Gatys, Ecker & Bethge, Image Style Transfer Using Convolutional Neural Networks, CVPR 2016",
)
