"""A voice moved towards another, where both are known: made by code."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.acoustics.pitch import track
from autostyle.acoustics.voice import VoiceFrames, tract_ratio
from autostyle.codecs.recording import Recording
from autostyle.methods import registry
from autostyle.methods.contract import Inputs, Style
from autostyle.scoring.audio.voices import VoiceScorer
from autostyle.testing.inputs import speaking
from autostyle.vision.weights import Weights

RATE = 16_000
LOW, HIGH = speaking(3.0, RATE, 1, 110, 1.0), speaking(3.0, RATE, 2, 200, 1.18)
SAME_WORDS = speaking(3.0, RATE, 1, 200, 1.18)


def made(content: Recording, style: Recording, **settings: float) -> Recording:
    method = registry.create("voice_match")
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(Inputs(content, Style((style,))), content.rate)
    found: Recording = method.run(prepared, registry.params("voice_match").parse(dict(settings)), seed=0).recording
    return found


def middle(recording: Recording) -> float:
    found = track(recording.mono, recording.rate)
    return float(np.median(found[found > 0]))


def test_pitch_is_found_and_none_where_there_is_none() -> None:
    time = np.arange(RATE) / RATE
    glide = np.sign(np.sin(2 * np.pi * np.cumsum(100 * 2 ** (time)) / RATE)).astype(np.float32)
    found = track(glide, RATE)[10:-10]
    wanted = 100 * 2 ** (np.arange(10, 10 + len(found)) * 0.005)
    assert np.abs(np.log2(found / wanted)).max() < 0.01
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert (track(noise, RATE) > 0).mean() < 0.1


def test_the_larger_mouth_is_told_whatever_is_said() -> None:
    low, high = VoiceFrames.of(LOW, 7600.0), VoiceFrames.of(HIGH, 7600.0)
    assert tract_ratio(low, high) == pytest.approx(1.18, abs=0.05)
    assert tract_ratio(high, low) == pytest.approx(1 / 1.18, abs=0.05)
    assert tract_ratio(low, VoiceFrames.of(speaking(3.0, RATE, 5, 110, 1.0), 7600.0)) == pytest.approx(1, abs=0.03)


def test_a_voice_as_itself_and_at_no_strength_is_as_it_was() -> None:
    for again in (made(LOW, LOW), made(LOW, HIGH, strength=0.0)):
        assert 10 * np.log10(np.square(LOW.samples).sum() / np.square(again.samples - LOW.samples).sum()) > 30


def test_pitch_and_resonances_reach_the_other_voice_and_the_words_stay() -> None:
    moved = made(LOW, HIGH, formants=1.0)
    assert middle(moved) == pytest.approx(middle(HIGH), rel=0.05)
    half = made(LOW, HIGH, pitch=0.5)
    assert middle(half) == pytest.approx((middle(LOW) * middle(HIGH)) ** 0.5, rel=0.05)
    assert abs(np.log2(tract_ratio(VoiceFrames.of(moved, 7600.0), VoiceFrames.of(HIGH, 7600.0)))) < 0.08
    scorer = VoiceScorer(LOW, [HIGH], (1.0,))
    nothing, found, truth = scorer.score(LOW), scorer.score(moved), scorer.score(SAME_WORDS)
    assert nothing.objectives == pytest.approx({"style": 0, "content": 1}, abs=1e-6)
    assert found.objectives["style"] > 0.7 and truth.objectives["style"] > 0.8
    assert found.raw["words"] > 0.8 and truth.raw["words"] > 0.8
    other = scorer.score(HIGH)
    assert other.objectives["style"] > 0.9 and other.raw["words"] < 0.5
