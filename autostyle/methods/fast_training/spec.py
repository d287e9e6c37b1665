"""A short training of a fast net as a method: what it is searched for is how to train.

``autostyle tune --train fast`` makes a study of it; its run is in :mod:`autostyle.train.fast.proxy`, above the methods.
"""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.methods.aids import AidSpec
from autostyle.methods.params import Choices, Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime

PHOTOS = "photos"


class FastTrainingParams(Params):
    """Parameters of :data:`SPEC`; those that are searched are settings of ``autostyle train fast`` of the same name."""

    style_weight: Annotated[float, Range(1.0, 1000.0, log=True)] = 30.0
    "What the style counts against the content at full strength."

    rate: Annotated[float, Range(2e-4, 4e-3, log=True)] = 1e-3
    "Learning rate."

    content_layer: Literal["relu2_1", "relu3_1", "relu4_1"] = "relu3_1"
    "What keeps the photograph: deeper, and marks are freer of its lines."

    style_layers: Literal["fine", "usual", "coarse"] = "usual"
    "Which sizes of marks the style is told by: fine, to the strokes; coarse, without the grain; or both."

    variation: Annotated[float, Range(1e-4, 1.0, log=True)] = 0.003
    "What smoothness counts: total variation, in units of the style's own."

    steps: Annotated[int, Range(1, 5000, tune=False, timed=True)] = 60
    "Steps of a trial, the same for all; a whole training takes thousands."

    sheet: Annotated[Literal["one", "two", "four"], Choices(tune=False)] = "one"
    "Pictures that lie on the content, of one width and height: each is painted by itself."


SPEC = MethodSpec(
    name="fast_training",
    title="Short training: a fast net learns the style for a few seconds; its study finds how to train one",
    medium="image",
    params=FastTrainingParams,
    run="autostyle.train.fast.proxy:FastTraining",
    presets=({}, {"style_weight": 8.0}, {"style_weight": 120.0}),
    aids=(
        AidSpec(
            PHOTOS,
            "Photographs that it learns on; none: what ships with autostyle.",
            many=True,
        ),
    ),
    ratio="style_weight",
    aliases=("short training", "짧은 학습"),
    time=TrialTime(25.0, 1e-6),
    source=(
        "Johnson, Alahi & Fei-Fei, Perceptual Losses for Real-Time Style Transfer and Super-Resolution, ECCV 2016; "
        "proxies: Li et al., Hyperband, JMLR 2018"
    ),
)
