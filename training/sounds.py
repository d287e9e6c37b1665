"""Recordings made by code, for examples, benchmarks and tests: a tune on strings, rain, birds, a drum, and two voices,
which say vowels and are nobody's.

python -m training.sounds --out studies/examples/sounds
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

from autostyle.codecs.recording import Recording
from autostyle.codecs.recording_file import write_recording
from autostyle.testing.inputs import speaking

RATE = 24_000
SECONDS = 7.0
TUNE = (0, 4, 7, 12, 9, 7, 4, 2, 0, 5, 9, 12, 11, 7, 4, 0)
BEATS = (0.5, 0.25, 0.25, 0.5)
Mono = NDArray[np.float64]


def tune(rng: np.random.Generator, seconds: float) -> Mono:
    """Plucked strings (Karplus & Strong, 1983)."""
    made = np.zeros(round(seconds * RATE))
    time, number = 0.0, 0
    while time < seconds - 0.2:
        pitch = 220 * 2 ** (TUNE[number % len(TUNE)] / 12)
        start, period = round(time * RATE), round(RATE / pitch)
        burst = np.zeros(min(round(1.5 * RATE), len(made) - start))
        burst[:period] = rng.uniform(-1, 1, min(period, len(burst)))
        string = np.zeros(period + 2)
        string[[0, period, period + 1]] = 1, -0.498, -0.498
        made[start : start + len(burst)] += lfilter([1.0], string, burst)
        time += BEATS[number % len(BEATS)]
        number += 1
    return made


def rain(rng: np.random.Generator, seconds: float) -> Mono:
    """Hiss, and sixty drops a second."""
    count = round(seconds * RATE)
    hiss = sosfilt(butter(2, [800, 9000], "bandpass", fs=RATE, output="sos"), rng.normal(0, 1, count))
    made = 0.06 * np.asarray(hiss)
    time = np.arange(1600) / RATE
    for _ in range(round(60 * seconds)):
        start = rng.integers(0, count - len(time))
        rise = 1 + rng.uniform(0, 20) * time
        drop = np.exp(-rng.uniform(60, 400) * time) * np.sin(2 * np.pi * rng.uniform(1500, 7000) * time * rise)
        made[start : start + len(time)] += 0.16 * rng.exponential() * drop
    return made


def birds(rng: np.random.Generator, seconds: float) -> Mono:
    """Chirps that glide and tremble."""
    made = rng.normal(0, 0.0005, round(seconds * RATE))
    time = 0.0
    while time < seconds - 0.3:
        lasts = rng.uniform(0.06, 0.22)
        now = np.arange(round(lasts * RATE)) / RATE
        first = rng.uniform(2000, 5000)
        pitch = first + first * rng.uniform(-0.4, 0.6) * now / lasts + 300 * np.sin(2 * np.pi * 30 * now)
        start = round(time * RATE)
        made[start : start + len(now)] += (
            np.hanning(len(now)) * np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * rng.uniform(0.1, 0.4)
        )
        time += lasts + rng.uniform(0, 0.15)
    return made


def drum(rng: np.random.Generator, seconds: float) -> Mono:
    """Four beats: a deep one, a snare, and a tick on each."""
    made = np.zeros(round(seconds * RATE) + RATE)
    time = np.arange(RATE // 2) / RATE
    for number in range(int(seconds / 0.25)):
        beat = made[round(number * 0.25 * RATE) :][: len(time)]
        beat += np.exp(-60 * time) * np.diff(rng.normal(0, 0.15, len(time) + 1))
        if number % 4 == 0:
            beat += np.exp(-9 * time) * np.sin(2 * np.pi * (50 * time + 12 * (1 - np.exp(-30 * time)))) * 0.8
        elif number % 4 == 2:
            beat += np.exp(-14 * time) * rng.normal(0, 0.3, len(time))
    return made[: round(seconds * RATE)]


def low(rng: np.random.Generator, seconds: float) -> Mono:
    """Vowels of a low voice."""
    return np.asarray(speaking(seconds, RATE, 1, 110.0, 1.0).samples[0], np.float64)


def high(rng: np.random.Generator, seconds: float) -> Mono:
    """Other vowels of a high voice from a smaller mouth."""
    return np.asarray(speaking(seconds, RATE, 2, 200.0, 1.18).samples[0], np.float64)


SOUNDS: Mapping[str, Callable[[np.random.Generator, float], Mono]] = {
    "tune": tune,
    "rain": rain,
    "birds": birds,
    "drum": drum,
    "low": low,
    "high": high,
}


def make(name: str, seconds: float = SECONDS, seed: int = 0) -> Recording:
    """The sound called ``name``, with its peak at half of full scale."""
    made = SOUNDS[name](np.random.default_rng([seed, len(name)]), seconds)
    return Recording((made / abs(made).max() / 2)[None].astype(np.float32), RATE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", default=["tune", "rain", "birds", "low", "high"], choices=sorted(SOUNDS))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.only:
        write_recording(given.out / f"{name}.ogg", make(name), overwrite=True)


if __name__ == "__main__":
    main()
