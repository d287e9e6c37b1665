"""Pitch: the fundamental frequency of a voice, moment by moment.

Source: Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
sampled sound", 1993, with its costs; written from the paper.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import resample_poly

from autostyle.acoustics.spectra import hann

STEP = 0.005
"""Seconds from one frame to the next."""
LOW, HIGH = 60.0, 500.0
"""Hz between which a voice's pitch is looked for."""
RATE = 8000
"""At which it is looked for."""
_CANDIDATES = 4
_VOICED, _SILENT = 0.45, 0.03
_OCTAVE, _JUMP, _CHANGE = 0.01, 0.35, 0.14
_AT_ONCE = 4000
"""Frames."""


def track(mono: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """The fundamental frequency in Hz, one value every :data:`STEP` seconds from the beginning; 0 where no voice is."""
    common = np.gcd(RATE, rate)
    even = resample_poly(mono, RATE // common, rate // common) if rate != RATE else mono
    window = 2 * round(1.5 * RATE / LOW)
    hop = round(STEP * RATE)
    count = 1 + len(mono) * RATE // rate // hop
    padded = np.pad(even, (window // 2, window + hop)).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop][:count]
    loudest = max(float(np.abs(even).max(initial=0.0)), 1e-9)
    parts = [_candidates(frames[at : at + _AT_ONCE], loudest) for at in range(0, count, _AT_ONCE)]
    pitches, strengths = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _best(pitches, strengths)


def _candidates(frames: NDArray[np.float32], loudest: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pitches and how strong each is, shape (frames, candidates + 1); the last one is no voice."""
    shape = hann(frames.shape[1])
    even = frames - frames.mean(axis=1, keepdims=True)
    size = next_fast_len(2 * frames.shape[1], real=True)
    lags = round(RATE / LOW) + 2

    def alike(of: NDArray[np.float32]) -> NDArray[np.float64]:
        power = irfft(np.square(np.abs(rfft(of, size, axis=-1))), size, axis=-1)[..., :lags].astype(np.float64)
        return np.asarray(power / np.maximum(power[..., :1], 1e-12))

    found = alike(even * shape) / alike(shape)
    shortest = int(RATE / HIGH)
    inner = found[:, shortest : lags - 1]
    before, after = found[:, shortest - 1 : lags - 2], found[:, shortest + 1 : lags]
    peaks = np.where((inner > before) & (inner >= after) & (inner > 0.3 * _VOICED), inner, 0.0)
    places = np.argsort(-peaks, axis=1)[:, :_CANDIDATES]
    left, top, right = (np.take_along_axis(each, places, axis=1) for each in (before, inner, after))
    bend = np.minimum(left + right - 2 * top, -1e-9)
    lag = shortest + places + np.clip(0.5 * (left - right) / bend, -0.5, 0.5)
    pitches = RATE / lag
    strength = top - 0.125 * np.square(left - right) / bend
    strength = np.where(np.take_along_axis(peaks, places, axis=1) > 0, np.minimum(strength, 1.0), -1.0)
    strength = strength + _OCTAVE * np.log2(pitches / LOW)
    level = np.abs(even).max(axis=1, keepdims=True) / loudest
    silence = _VOICED + np.maximum(0, 2 - level / (_SILENT / (1 + _VOICED)))
    return np.hstack([pitches, np.zeros_like(level)]), np.hstack([strength, silence])


def _best(pitches: NDArray[np.float64], strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way through the candidates that is strong and has few jumps."""
    octaves = np.log2(np.maximum(pitches, 1.0))
    voiced = pitches > 0
    change, jump = _CHANGE * 0.01 / STEP, _JUMP * 0.01 / STEP
    total = strengths[0]
    came = np.zeros(pitches.shape, np.int32)
    for now in range(1, len(pitches)):
        both = voiced[now - 1][:, None] & voiced[now][None]
        cost = np.where(both, jump * np.abs(octaves[now - 1][:, None] - octaves[now][None]), 0.0)
        cost += change * (voiced[now - 1][:, None] != voiced[now][None])
        score = total[:, None] - cost
        came[now] = score.argmax(axis=0)
        total = score.max(axis=0) + strengths[now]
    chosen = np.empty(len(pitches), np.int64)
    chosen[-1] = int(total.argmax())
    for now in range(len(pitches) - 1, 0, -1):
        chosen[now - 1] = came[now, chosen[now]]
    return np.asarray(pitches[np.arange(len(pitches)), chosen])
