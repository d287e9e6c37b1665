"""Loudness as broadcasters measure it: ITU-R BS.1770-4."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from autostyle.codecs.recording import Recording

SILENCE = -70.0
"""LUFS below which there is nothing to hear, and the least that is told."""
BLOCK, STEP = 0.4, 0.1
"""Seconds of a block, and from one to the next."""


def loudness(recording: Recording) -> float:
    """Integrated loudness in LUFS; :data:`SILENCE` where there is nothing louder."""
    powers = block_powers(recording)
    heard = powers[_level(powers) > SILENCE]
    if not len(heard):
        return SILENCE
    heard = heard[_level(heard) > _level(heard.mean()) - 10]
    return float(_level(heard.mean()))


def block_levels(recording: Recording) -> NDArray[np.float64]:
    """The loudness of each block, one every :data:`STEP` seconds, in LUFS."""
    return np.maximum(_level(block_powers(recording)), SILENCE)


def block_powers(recording: Recording) -> NDArray[np.float64]:
    """The power of each block as the ear weighs it, of both channels together."""
    weighed = _weighed(recording)
    block, step = round(BLOCK * recording.rate), round(STEP * recording.rate)
    total = np.concatenate([[0.0], np.cumsum((weighed**2).sum(axis=0))])
    if len(total) <= block:
        return np.array([total[-1] / max(1, len(total) - 1)])
    starts = np.arange(0, len(total) - block, step)
    return np.asarray((total[starts + block] - total[starts]) / block)


def gained(recording: Recording, decibels: float) -> Recording:
    """As much louder."""
    return Recording(recording.samples * np.float32(10 ** (decibels / 20)), recording.rate)


def _weighed(recording: Recording) -> NDArray[np.float64]:
    samples = np.asarray(recording.samples, np.float64)
    for above, below in _filters(recording.rate):
        samples = lfilter(above, below, samples, axis=1)
    return samples


def _filters(rate: int) -> tuple[tuple[list[float], list[float]], tuple[list[float], list[float]]]:
    """The two filters of the standard, for any rate: the shelf of a head, and the weak hearing of what is low."""
    k = np.tan(np.pi * min(1681.974450955533, 0.49 * rate) / rate)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    below = 1 + k / q + k * k
    shelf = [
        (high + middle * k / q + k * k) / below,
        2 * (k * k - high) / below,
        (high - middle * k / q + k * k) / below,
    ]
    after = [1.0, 2 * (k * k - 1) / below, (1 - k / q + k * k) / below]
    k = np.tan(np.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    below = 1 + k / q + k * k
    return (shelf, after), ([1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / below, (1 - k / q + k * k) / below])


def _level(powers: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(powers, 1e-12)))
