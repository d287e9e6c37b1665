"""The short-time Fourier transform and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

Spectrum = NDArray[np.complex64]
"""Shape (..., bins, frames)."""
Magnitudes = NDArray[np.float32]
"""Shape (..., bins, frames)."""


def hann(length: int) -> NDArray[np.float32]:
    """The periodic window."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)).astype(np.float32)


def frames_of(count: int, hop: int) -> int:
    """How many frames :func:`stft` makes of so many samples."""
    return 1 + -(-count // hop)


def stft(samples: NDArray[np.float32], window: int, hop: int) -> Spectrum:
    """Frame number m has its middle at sample m x ``hop``; before the beginning and behind the end is silence.

    Args:
        samples: shape (..., n).
        window: samples of a frame, even; Hann.

    Returns:
        Shape (..., window / 2 + 1, frames).
    """
    number = frames_of(samples.shape[-1], hop)
    behind = (number - 1) * hop + window // 2 - samples.shape[-1]
    padded = np.pad(samples, [(0, 0)] * (samples.ndim - 1) + [(window // 2, max(0, behind))])
    cut = np.lib.stride_tricks.sliding_window_view(padded, window, axis=-1)[..., ::hop, :][..., :number, :]
    return np.ascontiguousarray(np.swapaxes(rfft(cut * hann(window), axis=-1), -1, -2), np.complex64)


def istft(spectrum: Spectrum, window: int, hop: int, count: int) -> NDArray[np.float32]:
    """The ``count`` samples whose :func:`stft` is nearest to ``spectrum`` (Griffin & Lim, 1984), shape (..., count)."""
    number = spectrum.shape[-1]
    shape = hann(window)
    pieces = irfft(np.swapaxes(spectrum, -1, -2), window, axis=-1).astype(np.float32) * shape
    length = (number - 1) * hop + window
    made = np.zeros((*spectrum.shape[:-2], length), np.float32)
    weight = np.zeros(length, np.float32)
    square = shape * shape
    for frame in range(number):
        place = slice(frame * hop, frame * hop + window)
        made[..., place] += pieces[..., frame, :]
        weight[place] += square
    made /= np.maximum(weight, 1e-3 * float(weight.max()))
    begin = window // 2
    found = made[..., begin : begin + count]
    short = count - found.shape[-1]
    return np.pad(found, [(0, 0)] * (found.ndim - 1) + [(0, short)]) if short > 0 else found


def magnitudes(samples: NDArray[np.float32], window: int, hop: int) -> Magnitudes:
    """The magnitudes of :func:`stft`."""
    return np.abs(stft(samples, window, hop))


def frequencies(window: int, rate: int) -> NDArray[np.float64]:
    """Of the bins of :func:`stft`, in Hz."""
    return np.asarray(np.fft.rfftfreq(window, 1 / rate), np.float64)
