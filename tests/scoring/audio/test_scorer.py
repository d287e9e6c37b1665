"""Scores of sound where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.acoustics.loudness import gained, loudness
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.scoring.audio.scorer import METRICS, AudioScorer
from autostyle.testing.inputs import crackling, plucked

RATE = 22_050
TUNE, RAIN = plucked(4.0, RATE), crackling(8.0, RATE, seed=1)
HALVES = RAIN.part(0, 4), RAIN.part(4, 8)


@pytest.fixture(scope="module")
def scorer() -> AudioScorer:
    return AudioScorer(TUNE, [HALVES[0]], (1.0,))


def test_the_untouched_content_is_all_content_and_no_style(scorer: AudioScorer) -> None:
    found = scorer.score(TUNE)
    assert found.objectives == pytest.approx({"style": 0, "content": 1}, abs=1e-6)
    assert found.held_out == pytest.approx({"style": 0, "content": 1}, abs=1e-3)
    assert found.raw["clipping"] == found.raw["loudness_drift"] == found.raw["length_drift"] == 0


def test_the_other_half_of_the_style_sound_is_all_style_and_no_content(scorer: AudioScorer) -> None:
    found = scorer.score(HALVES[1])
    assert found.objectives["style"] > 0.85 and found.held_out["style"] > 0.85
    assert found.objectives["content"] < 0.2 and found.held_out["content"] < 0.2


def test_a_mixture_lies_between_and_more_of_the_style_is_more_style(scorer: AudioScorer) -> None:
    def mixed(share: float) -> dict[str, float]:
        samples = (1 - share) * TUNE.samples + share * gained(HALVES[1], loudness(TUNE) - loudness(RAIN)).samples
        return scorer.score(Recording(samples, RATE)).objectives

    little, much = mixed(0.2), mixed(0.7)
    assert 0 < little["style"] < much["style"] < 1
    assert 1 > little["content"] > much["content"] > 0


def test_what_is_amiss_is_measured(scorer: AudioScorer) -> None:
    loud = scorer.score(gained(TUNE, 20)).raw
    assert loud["loudness_drift"] > 5 and loud["clipping"] > 0.001
    assert scorer.score(TUNE.part(0, 3)).raw["length_drift"] == pytest.approx(0.25, abs=0.01)


def test_it_explains_all_that_it_gives(scorer: AudioScorer) -> None:
    found = scorer.score(TUNE)
    given = {("objective", name) for name in found.objectives} | {("raw", name) for name in found.raw}
    assert {(m.kind, m.name) for m in METRICS} == given | {("held_out", name) for name in found.held_out}


def test_a_style_that_is_the_content_cannot_be_scored() -> None:
    with pytest.raises(BadInput, match="too alike"):
        AudioScorer(TUNE, [TUNE], (1.0,))


def test_loudness_is_the_standards() -> None:
    """997 Hz at full scale in one channel is -3.01 LUFS, whatever the rate."""
    for rate in (48_000, 44_100):
        time = np.arange(3 * rate) / rate
        sine = Recording(np.sin(2 * np.pi * 997 * time)[None].astype(np.float32), rate)
        assert loudness(sine) == pytest.approx(-3.01, abs=0.02)
