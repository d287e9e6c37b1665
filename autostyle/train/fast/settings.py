"""What can be chosen about the training of a fast net. Neither torch nor pydantic is imported: ``--help`` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from autostyle.train.settings import COMMON, SettingBounds, TrainingSettings

ContentLayer = Literal["relu2_1", "relu3_1", "relu4_1"]
StyleLayers = Literal["fine", "usual", "coarse"]
FOR_CLIPS = 0.25
"""``steady`` of the net for clips that ships with autostyle, and of those that are asked for in words."""


@dataclass(frozen=True, kw_only=True)
class FastSettings(TrainingSettings):
    """The defaults come to a net worth keeping in half an hour to an hour on two cores."""

    bounds: ClassVar[SettingBounds] = {
        **COMMON,
        "size": (64, 512),
        "style_size": (64, 2048),
        "style_weight": (0.01, 1e4),
        "variation": (0.0, 10.0),
        "steady": (0.0, 100.0),
    }

    begin: Literal["embedded", "nothing"] = "embedded"
    "From the net that ships with autostyle, which has learnt to paint, or from random numbers."
    encoder: Literal["auto", "embedded", "vgg16", "vgg19"] = "embedded"
    "The eye that judges what is painted; auto: the largest here, three times as slow."
    size: int = 128
    "Side in pixels of the squares that are painted, a multiple of 32."
    style_size: int = 512
    "Long side in pixels at which the style pictures are seen: marks are as large as they are there."
    style_weight: float = 30.0
    "What the style counts against the content at full strength."
    content_layer: ContentLayer = "relu3_1"
    "What keeps the photograph: deeper, and marks are freer of its lines."
    style_layers: StyleLayers = "usual"
    "Which sizes of marks the style is told by: fine, to the strokes; coarse, without the grain; or both."
    variation: float = 0.003
    "What smoothness counts: total variation, in units of the style's own."
    steady: float = 0.0
    "What counts that marks move with the things they are painted on: 0.25 for a net for clips; it costs some style."
    steps: int = 2000
    batch: int = 2
    "Styles a step, each on two squares."
    rate: float = 1e-3
    every: int = 200
