"""A limiter: nothing is louder than a file can hold."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d
from scipy.signal import oaconvolve

from autostyle.codecs.recording import Recording

CEILING = 0.98
LOOK_AHEAD = 0.005
"""Seconds in which it turns down."""


def limited(recording: Recording) -> Recording:
    """With no sample beyond full scale: turned down for some milliseconds about each that would be."""
    peaks = np.abs(recording.samples).max(axis=0)
    if not (peaks > CEILING).any():
        return recording
    half = max(1, round(LOOK_AHEAD * recording.rate))
    highest = maximum_filter1d(peaks, 2 * half + 1)
    gain = np.minimum(1.0, CEILING / np.maximum(highest, 1e-9))
    shape = np.hanning(2 * half + 3)[1:-1]
    even = oaconvolve(np.pad(gain, half, mode="edge"), shape / shape.sum(), mode="valid")
    return Recording((recording.samples * np.minimum(even, 1.0)).astype(np.float32), recording.rate)
