"""The temporal score on clips whose motion is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from autostyle.codecs.clip import Clip
from autostyle.scoring.temporal import anchors, motions, softness, unsteadiness
from autostyle.testing.inputs import FPS, panning
from autostyle.vision.flow import warp

CONTENT = panning(frames=6, height=96, width=128, step=3)
FLOWS = motions(CONTENT)
INNER = (slice(8, -8), slice(8, -12))


def score(frames: list[np.ndarray]) -> float:
    return anchors(CONTENT, FLOWS).place(unsteadiness(Clip.of(frames, FPS), FLOWS))


PICTURES = [CONTENT[t] for t in range(len(CONTENT))]
RNG = np.random.default_rng(0)


def test_the_flow_of_a_pan_is_the_pan() -> None:
    for flow in FLOWS:
        assert np.median(flow.back[INNER], axis=(0, 1)) == pytest.approx([3, 0], abs=0.1)
        assert flow.seen[INNER].mean() > 0.95


def test_what_comes_into_the_picture_was_not_seen_before() -> None:
    assert not any(flow.seen[:, -2:].any() for flow in FLOWS)


def test_frames_too_small_for_the_flow_are_refused_before_it_would_crash() -> None:
    with pytest.raises(ValueError, match="64 x 13"):
        motions(panning(frames=2, height=13, width=64))


def test_carrying_a_frame_along_gives_the_next() -> None:
    carried = warp(CONTENT[0], FLOWS[0].back)
    assert np.abs(carried - CONTENT[1])[INNER].mean() < 0.2 * np.abs(CONTENT[0] - CONTENT[1])[INNER].mean()


def test_the_untouched_clip_is_at_one() -> None:
    assert score(PICTURES) == pytest.approx(1)


def test_frames_painted_each_from_its_own_noise_are_near_zero() -> None:
    assert score([RNG.uniform(0, 1, p.shape).astype(np.float32) for p in PICTURES]) == pytest.approx(0, abs=0.2)


def test_marks_that_move_with_things_count_as_steady_however_strong() -> None:
    assert score([np.clip(1.4 * (1 - p) - 0.2, 0, 1) for p in PICTURES]) > 0.9


@pytest.mark.parametrize("sigma", [0.03, 0.1])
def test_own_marks_in_every_frame_cost(sigma: float) -> None:
    assert score([np.clip(p + RNG.normal(0, sigma, p.shape), 0, 1) for p in PICTURES]) < 0.9


def test_marks_that_stand_still_while_things_move_cost() -> None:
    marks = cv2.GaussianBlur(RNG.normal(0, 0.5, PICTURES[0].shape), (0, 0), 1.5)
    assert score([np.clip(p / 2 + 0.25 + marks, 0, 1) for p in PICTURES]) < 0.7


def test_brightness_that_pulses_costs() -> None:
    assert score([p * (0.8 + 0.2 * (t % 2)) for t, p in enumerate(PICTURES)]) < 0.5


@pytest.mark.parametrize("contrast", [0.2, 0.5])
def test_fading_the_picture_out_buys_nothing(contrast: float) -> None:
    noisy = [p + RNG.normal(0, 0.1, p.shape) for p in PICTURES]
    pale = [(p - 0.5) * contrast + 0.5 for p in noisy]
    assert score(pale) == pytest.approx(score(noisy), abs=0.15)


def test_frames_that_lose_their_crispness_after_the_first_are_soft() -> None:
    blurred = [PICTURES[0], *(cv2.GaussianBlur(picture, (0, 0), 1.5) for picture in PICTURES[1:])]
    assert softness(CONTENT, CONTENT) == 0
    assert 0.2 < softness(Clip.of(blurred, FPS), CONTENT) < 0.9
    fading = Clip.of(blurred, FPS)
    assert softness(fading, fading) == 0, "what the content loses is no loss of the result's"
