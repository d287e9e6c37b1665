"""What scoring hands out, and what each figure of it means. The scorer itself (torch) is in scorer.py."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, TypeAdapter

from autostyle.methods.spec import ProfileName as ProfileName

MetricKind = Literal["objective", "raw", "held_out"]
Direction = Literal["maximize", "minimize", "neither"]
MetricName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]\w{0,39}$")]
MetricWords = Annotated[str, StringConstraints(max_length=1000)]


@dataclass(frozen=True)
class Metric:
    """A figure that a scorer gives for a result, explained: reports, agent and app read their names and words here.

    Args:
        name: in every JSON, unique among its kind.
        title: for people.
        kind: ``objective`` is searched for, anchored and larger is better; ``raw`` is recorded beside it; ``held_out``
            shares nothing with any loss or objective.
        how: how it is measured, in a sentence.
        zero, one: what scores 0 and 1, in words; empty where nothing in particular does.
        direction: which way is better.
        bounds: least and most that it can be; None where there is no such bound.
        of_content, of_style: what the untouched content and the style file score, by the anchors; None where that is
            not fixed.
    """

    name: MetricName
    title: MetricWords
    kind: MetricKind
    how: MetricWords
    zero: MetricWords = ""
    one: MetricWords = ""
    direction: Direction = "maximize"
    bounds: tuple[float | None, float | None] = (None, None)
    of_content: float | None = None
    of_style: float | None = None

    def __post_init__(self) -> None:
        if self.kind == "objective" and self.direction != "maximize":
            raise ValueError(f"objective {self.name}: anchor it so that more is better (autostyle.scoring.measure)")


STYLE = Metric(
    "style",
    "Style",
    "objective",
    "likeness of texture, three parts (covariances of features at layers that no method optimises), and of crops in a "
    "style model, one part (the content's direction taken out)",
    zero="the untouched content",
    one="parts of the style picture against the whole of it",
    of_content=0.0,
    of_style=1.0,
)
CONTENT = Metric(
    "content",
    "Content",
    "objective",
    "structural similarity (SSIM) of the luminance with the content",
    zero="the style picture",
    one="the untouched content",
    of_content=1.0,
    of_style=0.0,
)
CLIP_CONTENT = replace(
    CONTENT,
    how="the mean of what its frames keep (SSIM of the luminance) and of how steadily its marks move",
    zero="the style picture, painted anew for every frame",
    one="the untouched clip",
)
PHOTO_STYLE = replace(
    STYLE,
    how="likeness of the look: tone curve (quantiles of lightness), palette (sliced Wasserstein distance in CIE Lab) "
    "and local contrast at three scales",
    zero="the untouched photograph",
    one="as near as two halves of the style photograph are to each other",
)
PHOTO_CONTENT = replace(
    CONTENT,
    how="how far it is still a photograph: edges in place and of their sign, less new texture, steps in even places, "
    "clipping, and skin of another hue",
    zero="the edges of the style photograph",
    one="the untouched photograph",
)
CLIP_PHOTO_CONTENT = replace(
    PHOTO_CONTENT,
    how="the mean of how far its frames are still photographs (edges in place and of their sign, less new texture, "
    "steps in even places, clipping, and skin of another hue) and of how steady it is",
    zero="the edges of the style photograph, in frames that have nothing to do with each other",
    one="the untouched clip",
)
AUDIO_STYLE = replace(
    STYLE,
    how="statistics of texture: level, variation, skew and pace of the envelopes of 30 bands as wide as the ear's, and "
    "how they go together (McDermott & Simoncelli 2011)",
    zero="the untouched recording",
    one="as near as two halves of the style sound are to each other",
    of_style=None,
)
AUDIO_CONTENT = replace(
    CONTENT,
    how="the mean of three, moment by moment: what sets in, the pitch classes, and how the envelopes of 24 bands move",
    zero="the style sound, as long as the content",
    one="the untouched recording",
    of_style=None,
)
VOICE_STYLE = replace(
    AUDIO_STYLE,
    how="whose voice it is, by three statistics: how its pitches are spread, its mean tone in bands as wide as the "
    "ear's, and how near each of its sounds comes to one of the other voice's",
)
VOICE_CONTENT = replace(
    AUDIO_CONTENT,
    how="the mean of three, moment by moment: which sound is made, however large the mouth, what sets in, and how the "
    "envelopes of 24 bands move",
    of_style=None,
)
FONT_STYLE = replace(
    STYLE,
    how="likeness of the letters' texture and palette to the style's, counted inside the letters alone",
    zero="the untouched font, black",
    one="parts of the style picture against the whole of it",
)
STROKE_STYLE = replace(
    STYLE,
    how="likeness of strokes to the style's: how wide they are, which way their edges run, and how much these turn",
    zero="the untouched font",
    one="as near as halves of the style picture are to the whole of it",
    of_style=None,
)
FONT_CONTENT = replace(
    CONTENT,
    how="legibility: how surely a small network reads each letter at 24 px, on white and on black",
    zero="nothing to be read",
    one="the untouched font in black and in white",
    of_style=None,
)
OF_CLIPS = {CONTENT: CLIP_CONTENT, PHOTO_CONTENT: CLIP_PHOTO_CONTENT}
"""What becomes of a score of pictures where they are the frames of a clip."""
SCENE_STYLE = replace(
    STYLE,
    how="the style score of pictures, the mean of views of the scene that are not painted",
    zero="the untouched scene",
)
SCENE_CONTENT = replace(
    CONTENT,
    how="structural similarity (SSIM) of the luminance with the content, the mean of views that are not painted",
    one="the untouched scene",
)
OF_SCENES = {STYLE: SCENE_STYLE, CONTENT: SCENE_CONTENT}
"""What becomes of a score of pictures where they are views of a scene."""
OBJECTIVES = (STYLE, CONTENT)
"""What a search looks for unless its medium says otherwise; the first is what a plan's ``prefer`` weighs against all
others."""
NAMES = tuple(metric.name for metric in OBJECTIVES)


@dataclass(frozen=True)
class Scores:
    """Scores of one result, by the names of their :class:`Metric`.

    Args:
        objectives: anchored, unclamped.
        raw: unanchored figures.
        held_out: anchored, by a metric no loss or objective shares anything with.
    """

    objectives: dict[str, float]
    raw: dict[str, float] = field(default_factory=dict)
    held_out: dict[str, float] = field(default_factory=dict)

    @property
    def finite(self) -> bool:
        """Whether every objective is a number."""
        return all(map(math.isfinite, self.objectives.values()))


@dataclass(frozen=True)
class ScorerId:
    """What is frozen in a study: another scorer cannot resume it, though words about its metrics may change."""

    style: str
    "``clip:MODEL`` or ``embedded``."
    version: int
    weights_hash: str
    anchors: dict[str, float]
    metrics: tuple[Metric, ...] = OBJECTIVES
    profile: ProfileName = "art"

    def as_json(self) -> dict[str, Any]:
        """As JSON data."""
        data: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return data

    @property
    def objectives(self) -> tuple[str, ...]:
        """Names of the objectives, in the order of a study's points."""
        return tuple(metric.name for metric in self.metrics if metric.kind == "objective")


@cache
def _adapter() -> TypeAdapter[ScorerId]:
    return TypeAdapter(ScorerId)
