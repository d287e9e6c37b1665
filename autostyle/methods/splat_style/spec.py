"""Splat style: the colours of a scene's splats, optimised over many views of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from autostyle import formats
from autostyle.methods.cameras import CAMERAS
from autostyle.methods.params import Choices, Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime
from autostyle.sentences import Sentence

MOST_EXCESS = 0.04
"""View error beyond the content's of a scene that is not alike from every side any more: what splat_style paints has
0.03 at most, and views that are painted one by one at as much weight have 0.05 to 0.07
(benchmarks/results/scenes-views.json)."""

PRESETS: tuple[dict[str, Any], ...] = (
    {},
    {"nearest": 0.0, "style_weight": 3.0},
    {"nearest": 2.0, "recolor": 0.8},
    {"style_weight": 0.1},
    {"style_weight": 20.0, "style_scale": 1.4},
)
"""Of what paints a scene by views of it: what they mean is the same for splats and for fields."""


class ViewPaintingParams(Params):
    """Parameters of a method that paints a scene by views of it. The losses are normalised, so one setting means
    the same for any scene and size."""

    style_weight: Annotated[float, Range(0.001, 100.0, log=True, aliases=("스타일 가중치", "스타일 비중"))] = 1.0
    "Style loss over content loss, both normalised; higher paints more and keeps less."

    nearest: Annotated[float, Range(0.0, 4.0)] = 0.5
    "Weight of nearest neighbours beside the statistics: each place is held to the place of the style most like it."

    content_layers: Annotated[str, Choices(("relu3_1", "relu4_1"))] = "relu3_1"
    "Layer that holds the content; the deeper one leaves the strokes freer."

    recolor: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of the way the scene's palette is moved to the style's before painting."

    match_palette: Annotated[float, Range(0.0, 1.0)] = 0.0
    "Share of the way the painted scene's palette is moved to the style's."

    style_scale: Annotated[float, Range(0.4, 2.0, log=True, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "Size of the style's marks: the style picture's long side over that of a view."

    highlights: Annotated[float, Range(0.0, 1.0, tune=False)] = 1.0
    "Share of what changes with the side it is seen from that is kept; 0 makes every side look the same."

    views: Annotated[int, Range(4, 48, limit=200, tune=False, timed=True)] = 12
    "Views around the scene that are painted."

    steps: Annotated[int, Range(4, 400, limit=2000, tune=False, everyday=True, timed=True)] = 96
    "Iterations, each on one view."

    rate: Annotated[float, Range(0.005, 0.1, log=True, tune=False)] = 0.03
    "How far a colour may move in an iteration, of 0..1."


class SplatStyleParams(ViewPaintingParams):
    """Parameters of :data:`SPEC`."""

    alike: Annotated[float, Range(0.0, 16.0, tune=False)] = 1.0
    "Weight of views showing the same points alike, beside the style; higher: marks slide less, and are fainter."

    divide: Annotated[int, Range(0, 3, tune=False, moves={"marks": -1}, aliases=("split splats", "스플랫 나누기"))] = 0
    "Times that large splats are divided in three before painting: finer marks, sides more alike, a larger file."


def _unfit(path: Path) -> str:
    found = formats.at(path)
    return Sentence("takes splats, not {what}", what=Sentence(found.name)) if found in formats.FIELDS else ""


SPEC = MethodSpec(
    name="splat_style",
    title="Splat style: the scene's own Gaussian splats, painted to look alike from every side",
    medium="scene",
    params=SplatStyleParams,
    run="autostyle.methods.splat_style.run:SplatStyle",
    presets=PRESETS,
    limits={"view_excess": MOST_EXCESS},
    encoder=True,
    aids=(CAMERAS,),
    unfit=_unfit,
    ratio="style_weight",
    path=6,
    begin=0.02,
    styles=8,
    aliases=("splat style", "gaussian splatting style", "arf", "스플랫 스타일"),
    time=TrialTime(4.0, 4e-4, 0.4),
    source=(
        "Zhang et al., ARF: Artistic Radiance Fields, ECCV 2022, on 3D Gaussian Splatting (Kerbl et al., SIGGRAPH "
        "2023); the losses are those of gatys"
    ),
)
