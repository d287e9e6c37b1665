"""gatys_video on clips whose true motion is known: at most half of the flicker of frame by frame, and as crisp."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.methods.contract import ClipInputs, Style
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys_video.run import GatysVideo
from autostyle.methods.gatys_video.spec import GatysVideoParams
from autostyle.scoring.temporal import warp_error
from autostyle.scoring.video_scorer import VideoScorer
from autostyle.vision.flow import warp
from autostyle.vision.weights import Weights
from benchmarks.common import pictures
from benchmarks.flicker import Loose, clips, mean_step

(PICTURE, STYLE), (OTHER, _) = pictures()[:2]
CLIPS = clips(PICTURE, OTHER, 96, 4)


@pytest.mark.parametrize("name", CLIPS)
def test_the_motion_that_is_told_carries_each_frame_to_the_next(name: str) -> None:
    known = CLIPS[name]
    for t, flow in enumerate(known.motions, 1):
        assert 0.5 < flow.seen.mean() <= 1
        before, now = known.clip[t - 1], known.clip[t]
        carried = np.abs(warp(before, flow.back) - now).mean(-1)[flow.seen]
        assert carried.mean() < 0.4 * np.abs(before - now).mean(-1)[flow.seen].mean()


@pytest.mark.slow
@pytest.mark.thorough
def test_half_of_the_flicker_is_left_at_nine_tenths_of_the_sharpness_and_the_same_style() -> None:
    known, weights = CLIPS["crossing"], Weights.open(offline=True)  # the others: benchmarks/flicker.py
    judge = VideoScorer.open(known.clip, (STYLE,), (1.0,), weights=weights, device="cpu", model="embedded")
    inputs = ClipInputs(known.clip, Style((STYLE,)))
    alone, held = Loose(Gatys()), GatysVideo()
    alone.load(weights, "cpu")
    held.load(weights, "cpu")
    loose = alone.run(alone.prepare(inputs, 96), GatysParams(), seed=0).clip
    steady = held.run(held.prepare(inputs, 96), GatysVideoParams(), seed=0).clip
    flicker, left = (warp_error(made, known.motions) for made in (loose, steady))
    style, kept = (judge.score(made).objectives["style"] for made in (loose, steady))
    sharp = mean_step(steady) / mean_step(loose)
    assert left < 0.5 * flicker and sharp > 0.9 and kept > style - 0.03, (left, flicker, sharp, kept, style)
