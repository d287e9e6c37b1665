"""Scores of clips: those of pictures on some frames, and steadiness."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from autostyle.codecs.clip import Clip
from autostyle.methods.spec import MOST_SOFTNESS
from autostyle.scoring.scores import Scores
from autostyle.scoring.video_scorer import VideoScorer
from autostyle.testing.inputs import FPS
from autostyle.vision.weights import Weights
from tests.scoring.pictures import painting, photo

PAINTING = painting("swirling-night")
FRAMES = 3


@cache
def content() -> Clip:
    """A pan over a photograph."""
    picture = photo("astronaut")
    return Clip.of((picture[40:200, start : start + 200] for start in range(0, 4 * FRAMES, 4)), FPS)


@cache
def scorer() -> VideoScorer:
    weights = Weights.open(offline=True)
    return VideoScorer.open(content(), (PAINTING,), (1.0,), weights=weights, device="cpu", model="embedded")


def score(clip: Clip) -> Scores:
    return scorer().score(clip)


def test_the_untouched_clip_keeps_all_its_content_and_has_no_style() -> None:
    found = score(content())
    assert found.objectives["content"] == pytest.approx(1, abs=1e-3)
    assert found.objectives["style"] == pytest.approx(0, abs=1e-3)
    assert found.raw["temporal"] == pytest.approx(1, abs=1e-3)


def test_the_style_picture_shown_as_a_clip_has_the_style_and_not_the_content() -> None:
    still = cv2.resize(PAINTING, (200, 160), interpolation=cv2.INTER_AREA)
    found = score(Clip.of([still] * FRAMES, FPS))
    assert found.objectives["style"] > 0.7
    assert found.raw["frames"] == pytest.approx(0, abs=0.1)


def test_flicker_costs_content_and_no_style_pays_for_it() -> None:
    rng = np.random.default_rng(0)
    marks = [rng.normal(0, 0.1, content()[0].shape) for _ in range(FRAMES)]
    flickers = score(Clip.of((content()[t] + marks[t] for t in range(FRAMES)), FPS))
    steady = score(Clip.of((content()[t] * 0.9 for t in range(FRAMES)), FPS))
    assert flickers.objectives["content"] < steady.objectives["content"] - 0.2
    assert flickers.raw["warp_error"] > 2 * steady.raw["warp_error"]
    assert flickers.raw["temporal"] < 0.7 < steady.raw["temporal"]


@pytest.mark.slow
def test_a_blend_gains_nothing_by_being_steadier_than_the_content_and_is_told_to_soften() -> None:
    rng = np.random.default_rng(0)
    noisy = Clip.of((content()[t] + rng.normal(0, 0.05, content()[0].shape) for t in range(FRAMES)), FPS)
    weights = Weights.open(offline=True)
    judge = VideoScorer.open(noisy, (PAINTING,), (1.0,), weights=weights, device="cpu", model="embedded")
    blended = [noisy[0], *(content()[t] for t in range(1, FRAMES))]
    found = judge.score(Clip.of(blended, FPS))
    assert found.raw["temporal"] > 1 and found.raw["softness"] > MOST_SOFTNESS
    assert found.objectives["content"] == pytest.approx((found.raw["frames"] + 1) / 2)


def test_any_size_of_the_same_aspect_is_scored() -> None:
    assert score(content().resized(151)).objectives["content"] == pytest.approx(1, abs=0.1)


def test_what_is_frozen_holds_the_anchors_of_steadiness() -> None:
    anchors = scorer().identity.anchors
    assert anchors["temporal.zero"] > anchors["temporal.one"] > 0
    assert {"content.zero", "held_out.style.one", "style.1.one"} <= anchors.keys()


def test_a_clip_of_one_frame_is_steady() -> None:
    one = Clip(content().frames[:1], FPS)
    weights = Weights.open(offline=True)
    found = VideoScorer.open(one, (PAINTING,), (1.0,), weights=weights, device="cpu", model="embedded").score(one)
    assert found.raw["temporal"] == 1


@pytest.mark.slow
def test_a_clip_made_of_one_picture_is_held_against_it_and_steady_along_its_own_motion() -> None:
    weights, one = Weights.open(offline=True), Clip(content().frames[:1], FPS)
    judge = VideoScorer.open(one, (PAINTING,), (1.0,), weights=weights, device="cpu", model="embedded")
    rng = np.random.default_rng(0)
    flickering = Clip.of((content()[t] + rng.normal(0, 0.1, content()[0].shape) for t in range(FRAMES)), FPS)
    standing, moving, nervous = map(judge.score, (Clip.of([content()[0]] * FRAMES, FPS), content(), flickering))

    assert (standing.objectives["content"], standing.raw["temporal"]) == (
        pytest.approx(1, abs=1e-3),
        pytest.approx(1, abs=1e-3),
    )
    assert moving.raw["temporal"] > nervous.raw["temporal"] + 0.2, "a pan may move, and may not flicker"
    assert moving.raw["frames"] < standing.raw["frames"], "every frame is looked at, not the first alone"


@pytest.mark.slow
def test_what_is_painted_where_nobody_sees_a_clip_changes_no_score() -> None:
    seen = np.zeros(content().frames.shape[:3], np.uint8)
    for t in range(len(seen)):
        cv2.circle(seen[t], (100 - 4 * t, 80), 60, 255, -1)
    clear = replace(content(), visible=seen)
    judge = VideoScorer.open(
        clear, (PAINTING,), (1.0,), weights=Weights.open(offline=True), device="cpu", model="embedded"
    )
    painted = (content().frames * 0.9).astype(np.uint8)
    wild = np.where(seen[..., None] > 0, painted, np.random.default_rng(0).integers(0, 256, painted.shape))
    calm, found = (judge.score(Clip(frames.astype(np.uint8), FPS)) for frames in (painted, wild))
    assert found.raw == pytest.approx(calm.raw, abs=1e-6) and found.objectives == pytest.approx(calm.objectives)
    assert judge.score(content()).objectives["content"] == pytest.approx(1, abs=0.01)
    assert score(Clip(wild.astype(np.uint8), FPS)).raw["temporal"] < found.raw["temporal"] - 0.3
