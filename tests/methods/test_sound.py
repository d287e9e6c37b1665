"""Methods of recordings where the truth is known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from autostyle.acoustics.loudness import block_levels, gained, loudness
from autostyle.acoustics.spectra import magnitudes
from autostyle.codecs.recording import Recording
from autostyle.methods import registry
from autostyle.methods.contract import Inputs, Style
from autostyle.testing.inputs import crackling, plucked
from autostyle.vision.weights import Weights

RATE = 16_000
RAIN, TUNE = gained(crackling(3.0, RATE), -10), plucked(3.0, RATE)


def made(name: str, content: Recording, style: Recording, **settings: float) -> Recording:
    method = registry.create(name)
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(Inputs(content, Style((style,))), content.rate)
    found: Recording = method.run(prepared, registry.params(name).parse(dict(settings)), seed=0).recording
    return found


def tones(recording: Recording) -> np.ndarray:
    """Long-term level of each third of an octave from 200 Hz to 6 kHz, dB, less their mean."""
    power = np.square(magnitudes(recording.mono, 2048, 512)).mean(axis=1)
    found = np.fft.rfftfreq(2048, 1 / recording.rate)
    edges = 200 * 2 ** (np.arange(16) / 3)
    levels = [10 * np.log10(power[(found >= a) & (found < b)].mean()) for a, b in pairwise(edges)]
    return np.array(levels) - np.mean(levels)


@pytest.mark.parametrize("sound", [RAIN, TUNE], ids=["rain", "tune"])
def test_tone_match_undoes_a_filter_within_a_quarter_of_a_decibel(sound: Recording) -> None:
    low = sosfilt(butter(1, 700, fs=RATE, output="sos"), sound.samples)
    filtered = Recording((0.3 * (sound.samples + 3 * low)).astype(np.float32), RATE)
    assert np.abs(tones(filtered) - tones(sound)).max() > 6
    undone = made("tone_match", filtered, sound, dynamics=0.0, reach=24.0, smoothness=0.15)
    assert np.abs(tones(undone) - tones(sound)).max() < 0.25
    assert loudness(undone) == pytest.approx(loudness(sound), abs=0.1)


def test_tone_match_brings_loud_and_soft_as_near_as_the_style_has_them() -> None:
    swelling = Recording(RAIN.samples * np.linspace(0.1, 1, RAIN.samples.shape[1], dtype=np.float32), RATE)

    def spread(sound: Recording) -> float:
        return float(np.ptp(np.quantile(block_levels(sound), [0.1, 0.9])))

    evened = made("tone_match", swelling, RAIN, dynamics=1.0, tone=0.0)
    assert spread(evened) < 0.5 * spread(swelling)


def test_tone_match_at_no_strength_changes_nothing() -> None:
    assert np.abs(made("tone_match", TUNE, RAIN, strength=0.0).samples - TUNE.samples).max() < 1e-4


def test_a_loud_style_never_clips() -> None:
    loud = made("tone_match", gained(TUNE, -30), gained(RAIN, 20))
    assert np.abs(loud.samples).max() < 0.999


def test_a_mosaic_of_the_sound_itself_is_that_sound() -> None:
    again = made("sound_mosaic", RAIN, RAIN, envelope=0.0, iterations=30)
    assert 10 * np.log10(np.square(RAIN.samples).sum() / np.square(again.samples - RAIN.samples).sum()) > 20


def test_a_mosaic_sounds_when_the_recording_does_and_with_the_styles_tone() -> None:
    burst = TUNE.samples * (np.arange(TUNE.samples.shape[1]) // (RATE // 2) % 2)
    mosaic = made("sound_mosaic", Recording(burst.astype(np.float32), RATE), RAIN, grain=60.0)
    halves = np.square(mosaic.samples[0]).reshape(6, -1)[:, RATE // 12 : -RATE // 12].mean(axis=1)  # grains have flanks
    assert halves[1::2].min() > 1000 * halves[::2].max()
    apart = {name: np.abs(tones(mosaic) - tones(sound)).mean() for name, sound in (("rain", RAIN), ("tune", TUNE))}
    assert apart["rain"] < apart["tune"] and np.corrcoef(tones(mosaic), tones(RAIN))[0, 1] > 0.8


def test_what_is_longer_than_is_seen_together_has_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    rain = RAIN.part(0, 2)
    whole = made("sound_mosaic", rain, rain, envelope=0.0, iterations=20)
    monkeypatch.setattr("autostyle.methods.sound_mosaic.run.AT_ONCE", 24)
    parts = made("sound_mosaic", rain, rain, envelope=0.0, iterations=20)
    assert 10 * np.log10(np.square(whole.samples).sum() / np.square(parts.samples - whole.samples).sum()) > 15


def test_grains_moved_in_pitch_bring_a_tune_nearer() -> None:
    time = np.arange(2 * RATE) / RATE
    low, high = (
        Recording((0.3 * np.sin(2 * np.pi * f * time) * (1 + np.sin(9 * time)))[None].astype(np.float32), RATE)
        for f in (440, 440 * 2 ** (2 / 12))
    )
    for steps, pitch in ((0, 440), (2, 440 * 2 ** (2 / 12))):
        mosaic = made("sound_mosaic", high, low, transpose=steps, iterations=10)
        assert np.abs(np.fft.rfft(mosaic.mono)).argmax() / 2 == pytest.approx(pitch, abs=5)


def test_a_texture_moves_towards_the_style_the_more_it_weighs_and_keeps_the_rhythm() -> None:
    tune, rain = TUNE.part(0, 1.5), RAIN.part(0, 1.5)
    settings = {"steps": 25, "filters": 64, "levels": 0.8}
    little, much = (made("sound_texture", tune, rain, style_weight=weight, **settings) for weight in (0.01, 30.0))

    def apart(sound: Recording) -> float:
        return float(np.abs(tones(sound) - tones(rain)).mean())

    assert apart(much) < 0.6 * apart(little)
    assert np.corrcoef(tones(little), tones(tune))[0, 1] > 0.98
    starts = [np.square(sound.samples[0]).reshape(60, -1).mean(axis=1) for sound in (much, tune)]
    assert np.corrcoef(*starts)[0, 1] > 0.5
