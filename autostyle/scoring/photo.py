"""Scores of photographs that are to stay photographs: the profile ``photo``.

Style is the look that a photograph was given: its tones, its palette, its local contrast, none of the things in it.
Content is what keeps a photograph one: edges where they were and of the sign they had, nothing drawn that was not
there, no steps in what was even, nothing burnt out or drowned: grade.py and flaws.py measure both.
"""

from __future__ import annotations

import math

import numpy as np

from autostyle.codecs.color import luma
from autostyle.codecs.transparency import opposite_halves
from autostyle.scoring.color import ColorDistance
from autostyle.scoring.content import Ssim, ssim
from autostyle.scoring.flaws import (
    Banding,
    Clipping,
    EdgeAgreement,
    Edges,
    NewTexture,
    SkinClipping,
    SkinTurn,
    agreement,
    edges_of,
)
from autostyle.scoring.grade import ContrastDistance, Grade, ToneDistance, grade_of
from autostyle.scoring.measure import Anchors, Measure, Objective, References, Sample, apart
from autostyle.scoring.scores import PHOTO_CONTENT, PHOTO_STYLE, Metric
from autostyle.scoring.style import StyleScore, embed

LEAST_GAP = 0.25
"""Of the untouched photograph from the style, in these units: below it there is no look to take on."""
_LEAST_GAIN = 0.6
TEXTURE_COST, STEPS_COST, CLIPPING_COST = 3.0, 1.0, 2.0
"""What they take: e to the minus this times the figure is left."""
TURNED, TURN_UNIT = 20.0, 40.0
"""Degrees that a warm or a cold light turns skin by, and beyond them those that leave 1 / e."""


def _halves(sample: Sample) -> float:
    """What two parts of one photograph differ by."""
    shown = np.ones(sample.pixels.shape[:2], np.float32) if sample.shown is None else sample.shown
    one, other = (Grade.of(sample.pixels, half) for half in opposite_halves(shown))
    return one.distance(other)


class LookLikeness(Objective):
    """See the module's docstring."""

    metric = PHOTO_STYLE

    def __init__(self, references: References) -> None:
        self._references = references
        untouched = self._distance(references.content)
        within = references.blended(map(_halves, references.styles))
        apart(0.0, untouched, LEAST_GAP, "style")
        self._ends = Anchors(untouched, min(within, (1 - _LEAST_GAIN) * untouched))
        self.anchors = {"look": self._ends}

    def __call__(self, result: Sample) -> float:
        return self._ends.place(self._distance(result))

    def _distance(self, sample: Sample) -> float:
        return self._references.blended(grade_of(sample).distance(grade_of(style)) for style in self._references.styles)


class Photorealism(Objective):
    """:class:`EdgeAgreement` between the style photograph's, 0, and 1, times less the more :class:`NewTexture`,
    :class:`Banding` and :class:`Clipping` find, and the further skin has turned from its hue."""

    metric = PHOTO_CONTENT

    def __init__(self, references: References) -> None:
        self._edges, self._texture = EdgeAgreement(references), NewTexture(references)
        self._banding, self._clipping = Banding(references), Clipping(references)
        self._turned = SkinTurn(references)
        content = references.content
        alien = references.blended(
            agreement(Edges.of(luma(style.pixels)), edges_of(content), style.shown) for style in references.fitted
        )
        self._ends = Anchors(min(alien, 0.5), 1.0)
        self.anchors = {"photorealism": self._ends}

    def __call__(self, result: Sample) -> float:
        cost = (
            TEXTURE_COST * self._texture(result)
            + STEPS_COST * self._banding(result)
            + CLIPPING_COST * self._clipping(result)
            + max(0.0, self._turned(result) - TURNED) / TURN_UNIT
        )
        return self._ends.place(self._edges(result)) * math.exp(-cost)


RAW: tuple[type[Measure], ...] = (
    ToneDistance,
    ColorDistance,
    ContrastDistance,
    EdgeAgreement,
    NewTexture,
    Banding,
    Clipping,
    SkinClipping,
    SkinTurn,
)


METRICS = (
    Metric(
        "style",
        "Style, held out",
        "held_out",
        "cosine of the crops with the style's in a style model, the content's direction taken out",
        zero="the untouched photograph",
        one="crops of the style photograph against the rest of it",
        of_content=0.0,
        of_style=1.0,
    ),
    Metric(
        "content",
        "Content, held out",
        "held_out",
        "structural similarity (SSIM) of the luminance with the content",
        zero="the style photograph",
        one="the untouched photograph",
        of_content=1.0,
        of_style=0.0,
    ),
)
_LEAST_HELD_OUT = 0.05
"""Between the anchors: a style model that can hardly tell two photographs apart judges little, and refuses nothing."""


class HeldOutPhoto:
    """What shares nothing with the objectives: a style model (CLIP where it is), and SSIM."""

    def __init__(self, references: References) -> None:
        self._references, self._ssim = references, Ssim(references)
        model, content = references.model, references.content
        self._styles = [StyleScore.between(model, content, style, _LEAST_HELD_OUT) for style in references.styles]
        alien = references.blended(ssim(style.image, content.image, style.visible) for style in references.fitted)
        self._content = Anchors(min(alien, 0.9), 1.0)

    @property
    def anchors(self) -> dict[str, Anchors]:
        numbered = {f"style.{number}": style.anchors for number, style in enumerate(self._styles, 1)}
        return {**numbered, "content": self._content}

    def score(self, result: Sample) -> dict[str, float]:
        crops = embed(self._references.model, result.image, result.visible)
        styles = (style.anchors.place(style.raw(crops)) for style in self._styles)
        return {"style": self._references.blended(styles), "content": self._content.place(self._ssim(result))}
