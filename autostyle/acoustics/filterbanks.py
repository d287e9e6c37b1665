"""Filterbanks: mel and semitones on the bins of a spectrum, and the envelopes of bands as wide as the ear's."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import ifft, next_fast_len, rfft
from scipy.signal import resample

LOWEST = 50.0
"""Hz."""
ENVELOPE_RATE = 400
"""Samples of an envelope a second."""


@lru_cache(maxsize=16)
def mel(bands: int, window: int, rate: int, low: float = LOWEST) -> NDArray[np.float32]:
    """Triangles on the mel scale (HTK's), each of sum 1, shape (bands, window / 2 + 1)."""
    edges = _hertz(np.linspace(_mels(low), _mels(rate / 2), bands + 2))
    found = np.fft.rfftfreq(window, 1 / rate)
    rise = (found - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - found) / (edges[2:] - edges[1:-1])[:, None]
    bank = np.maximum(np.minimum(rise, fall), 0)
    nearest = np.argmin(abs(found - edges[1:-1, None]), axis=1)  # a low band may lie between two bins
    bank[np.arange(bands), nearest] = np.maximum(bank[np.arange(bands), nearest], 1e-3)
    return np.asarray(bank / bank.sum(axis=1, keepdims=True), np.float32)


@lru_cache(maxsize=8)
def pitch_classes(window: int, rate: int, low: float = 110.0, high: float = 2000.0) -> NDArray[np.float32]:
    """How far each bin belongs to each of the twelve pitch classes, C first, shape (12, window / 2 + 1)."""
    found = np.fft.rfftfreq(window, 1 / rate)
    inside = (found >= low) & (found <= high)
    pitch = 12 * np.log2(np.where(inside, found, low) / 440) + 9
    apart = (pitch - np.arange(12)[:, None] + 6) % 12 - 6
    return (np.exp(-2 * apart**2) * inside).astype(np.float32)


@lru_cache(maxsize=8)
def ear_centres(bands: int, high: float) -> NDArray[np.float64]:
    """Middles of ``bands`` half-overlapping bands that are evenly spaced on the scale of equivalent rectangular
    bandwidths (Glasberg & Moore, 1990), from :data:`LOWEST` to ``high`` Hz, with an edge at either end."""
    low_end, high_end = _erbs(LOWEST), _erbs(high)
    return np.asarray((10 ** (np.linspace(low_end, high_end, bands + 2) / 21.4) - 1) / 0.00437)


@lru_cache(maxsize=8)
def ear_bands(bands: int, high: float, window: int, rate: int) -> NDArray[np.float32]:
    """The same half-cosine bands as :func:`envelopes` takes, on the bins of a spectrum, each of sum 1: shape (bands,
    window / 2 + 1)."""
    edges = _erbs(ear_centres(bands, high))
    found = _erbs(np.asarray(np.fft.rfftfreq(window, 1 / rate), np.float64))
    place = (found - edges[1:-1, None]) / (edges[1] - edges[0])
    bank = np.where(np.abs(place) < 1, np.cos(np.pi / 2 * np.clip(place, -1, 1)), 0)
    nearest = np.argmin(np.abs(place), axis=1)  # a low band may lie between two bins
    bank[np.arange(bands), nearest] = np.maximum(bank[np.arange(bands), nearest], 1e-3)
    return np.asarray(bank / bank.sum(axis=1, keepdims=True), np.float32)


def envelopes(mono: NDArray[np.float32], rate: int, bands: int, high: float) -> NDArray[np.float32]:
    """Envelopes of half-cosine bands (McDermott & Simoncelli, "Sound texture perception via statistics of the auditory
    periphery", Neuron 2011), at :data:`ENVELOPE_RATE`, shape (bands, t)."""
    count = len(mono)
    length = next_fast_len(count, real=True)
    spectrum = rfft(mono, length)
    edges = ear_centres(bands, high)
    erbs = _erbs(np.asarray(np.fft.rfftfreq(length, 1 / rate), np.float64))
    step = _erbs(edges[1]) - _erbs(edges[0])
    wanted = max(8, round(length / rate * ENVELOPE_RATE))
    keep = max(8, round(count / rate * ENVELOPE_RATE))
    found = np.empty((bands, keep), np.float32)
    for band in range(bands):
        middle = _erbs(edges[band + 1])
        first, last = np.searchsorted(erbs, [middle - step, middle + step])
        part = spectrum[first:last] * np.cos(np.pi / 2 * (erbs[first:last] - middle) / step)
        # An envelope does not know where in the spectrum its band was: of the few bins alone it comes at a low rate.
        size = max(next_fast_len(2 * max(1, last - first)), wanted)
        short = np.abs(ifft(part, size)) * (2 * size / length)
        even = short if size == wanted else resample(short, wanted)
        found[band] = np.maximum(even[:keep], 0)
    return found


def _mels(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(700 * (10 ** (mels / 2595) - 1))


def _erbs(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(21.4 * np.log10(1 + 0.00437 * np.asarray(hertz, np.float64)))
