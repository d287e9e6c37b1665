"""Pictures, clips and recordings for tests, made by code."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
from scipy.signal import lfilter

from autostyle.codecs import Pixels
from autostyle.codecs.clip import Clip
from autostyle.codecs.recording import Recording

FPS = Fraction(12)
"""Frames a second of every clip here."""


def scene(height: int, width: int, seed: int) -> Pixels:
    """Smooth shapes and a little texture: enough for every loss to have something to hold."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(rng.uniform(4, 25) * (x * np.cos(a) + y * np.sin(a)) + a) for a in rng.uniform(0, 6, 3)]
    noise = rng.normal(0, 0.05, (height, width, 3))
    return np.clip(np.stack(waves, axis=-1) * 0.3 + 0.5 + noise, 0, 1).astype(np.float32)


def panning(frames: int = 8, height: int = 48, width: int = 64, step: int = 2, seed: int = 0) -> Clip:
    """A window that slides over a textured picture: everything moves ``step`` pixels to the left a frame."""
    rng = np.random.default_rng(seed)
    wide = width + frames * abs(step)
    coarse = cv2.resize(rng.uniform(0, 1, (height // 8, wide // 8, 3)), (wide, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.normal(0, 0.4, (height, wide)), (0, 0), 1.2)[..., None]
    picture = np.clip(coarse * 0.7 + 0.15 + fine, 0, 1).astype(np.float32)
    starts = range(0, frames * step, step) if step else [0] * frames
    return Clip.of((picture[:, start : start + width] for start in starts), FPS)


def plucked(seconds: float = 2.0, rate: int = 8000, seed: int = 0) -> Recording:
    """A tune on plucked strings (Karplus & Strong, 1983), one note every quarter of a second, from loud to soft."""
    rng = np.random.default_rng(seed)
    made = np.zeros(round(seconds * rate))
    for number, start in enumerate(range(0, len(made), rate // 4)):
        period = round(rate / (220 * 2 ** (rng.choice((0, 2, 4, 7, 9, 12)) / 12)))
        burst = np.zeros(len(made) - start)
        burst[:period] = rng.uniform(-1, 1, min(period, len(burst)))[: len(burst)]
        string = np.zeros(period + 2)
        string[[0, period, period + 1]] = 1, -0.495, -0.495
        made[start:] += lfilter([1.0], string, burst) * 0.3 * (0.4 if number % 3 else 1)
    return Recording(made[None].astype(np.float32), rate)


def crackling(seconds: float = 2.0, rate: int = 8000, seed: int = 0, density: float = 60) -> Recording:
    """Something like rain: soft hiss, and so many drops a second, each a short tone that dies away."""
    rng = np.random.default_rng(seed)
    made = 0.02 * rng.normal(0, 1, round(seconds * rate))
    time = np.arange(rate // 20) / rate
    for _ in range(round(seconds * density)):
        start = rng.integers(0, len(made) - len(time))
        drop = np.exp(-rng.uniform(60, 300) * time) * np.sin(2 * np.pi * rng.uniform(0.12, 0.4) * rate * time)
        made[start : start + len(time)] += 0.3 * rng.exponential(0.5) * drop
    return Recording(np.clip(made, -1, 1)[None].astype(np.float32), rate)


_VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
"""Formants of vowels in Hz (Peterson & Barney, 1952: ah, ee, oo, eh, aw)."""


def speaking(
    seconds: float = 2.0, rate: int = 8000, seed: int = 0, pitch: float = 110.0, tract: float = 1.0
) -> Recording:
    """Vowels one after another, with pauses: pulses through resonances that are ``tract`` times as high."""
    rng = np.random.default_rng(seed)
    made = np.zeros(round(seconds * rate))
    start = 0
    while start < len(made) - rate // 8:
        count = min(round(rng.uniform(0.12, 0.3) * rate), len(made) - start)
        glide = pitch * 2 ** (rng.uniform(-0.2, 0.2) * np.linspace(-1, 1, count) + rng.uniform(-0.1, 0.1))
        turns = np.cumsum(glide) / rate
        sound = np.diff(np.floor(turns), prepend=0) + rng.normal(0, 0.01, count)
        sound = lfilter([1], [1, -0.95], sound)
        for formant in _VOWELS[rng.integers(len(_VOWELS))]:
            place = formant * tract
            if place < 0.45 * rate:
                radius = np.exp(-np.pi * 90 / rate)
                sound = lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * place / rate), radius**2], sound)
        made[start : start + count] = sound * np.hanning(count) ** 0.3
        start += count + round(rng.choice([0, 0, 0.1]) * rate)
    return Recording((0.4 * made / np.abs(made).max())[None].astype(np.float32), rate)
