"""A recording as a picture: its spectrogram, low tones below, time to the right."""

from __future__ import annotations

import numpy as np

from autostyle.acoustics.filterbanks import mel
from autostyle.acoustics.spectra import magnitudes
from autostyle.codecs import Pixels
from autostyle.codecs.recording import Recording

WIDTH, HEIGHT = 512, 256
RATE = 22050
_WINDOW, _BANDS = 1024, 128
_RANGE = 70.0
"""dB from black to white."""
_STOPS = np.array(
    [
        (0, 0, 4),
        (40, 11, 84),
        (101, 21, 110),
        (159, 42, 99),
        (212, 72, 66),
        (245, 125, 21),
        (250, 193, 39),
        (252, 255, 164),
    ]
)
"""Matplotlib's inferno: brighter is louder, in grey, too."""
_MOST = 120
"""Seconds that are drawn closely; of more, as many evenly spaced frames."""


def spectrogram(recording: Recording) -> Pixels:
    """Shape (:data:`HEIGHT`, :data:`WIDTH`, 3): mel bands from 50 Hz to 11 kHz, 70 dB from black to the loudest."""
    mono = recording.at(RATE).mono
    bank = mel(_BANDS, _WINDOW, RATE)
    columns = WIDTH
    if len(mono) > _MOST * RATE:
        starts = np.linspace(0, len(mono) - _WINDOW, columns * 4).astype(int)
        mono = np.concatenate([mono[start : start + _WINDOW] for start in starts])
        power = bank @ np.square(magnitudes(mono, _WINDOW, _WINDOW)[:, : len(starts)])
    else:
        hop = max(64, len(mono) // columns // 2)
        power = bank @ np.square(magnitudes(mono, _WINDOW, hop))
    edges = np.linspace(0, power.shape[1], columns + 1).astype(int)
    starts = np.minimum(edges[:-1], power.shape[1] - 1)
    seen = np.add.reduceat(power, starts, axis=1) / np.maximum(np.diff(edges), 1)
    decibels = 10 * np.log10(np.maximum(seen, 1e-12))
    share = np.clip(1 + (decibels - max(float(decibels.max()), -60.0)) / _RANGE, 0, 1)
    place = share[::-1].repeat(HEIGHT // _BANDS, axis=0) * (len(_STOPS) - 1)
    below = np.minimum(place.astype(int), len(_STOPS) - 2)
    between = (place - below)[..., None]
    mixed = (1 - between) * _STOPS[below] + between * _STOPS[below + 1]
    return np.asarray(mixed / 255, np.float32)
