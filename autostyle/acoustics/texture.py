"""The statistics by which the ear tells one texture from another.

Source: McDermott & Simoncelli, "Sound texture perception via statistics of the auditory periphery", Neuron 2011:
moments of the envelopes of bands, correlations between bands, and how fast each band's envelope moves. The distances
between two sets of them are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft

from autostyle.acoustics.filterbanks import ENVELOPE_RATE, envelopes
from autostyle.codecs.recording import Recording

RATE = 22050
BANDS, HIGH = 30, 10_000.0
_COMPRESSED = 0.3
_BETWEEN = (1, 2, 3, 5, 8, 11)
"""Bands so far apart are correlated."""
_SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 200.0)
"""Edges of the bands of modulation, in Hz."""
_QUIET = 60.0
"""dB below the loudest band where a band counts no more."""
_SCALES = {"spectrum": 6.0, "variation": 0.5, "skew": 1.0, "correlation": 0.3, "speed": 0.12}
"""A difference of this much of each kind counts 1: dB, then natural units."""


@dataclass(frozen=True)
class Texture:
    """The statistics of a recording, whatever its loudness; each by band.

    Args:
        spectrum: mean of the envelope, dB below the loudest band.
        variation: of the compressed envelope, standard deviation over mean, as a logarithm.
        skew: of the compressed envelope.
        correlation: with the bands 1 to 11 above it, shape (6, bands); 0 past the last.
        speed: root of the share of the variance in each band of modulation, shape (9, bands).
        weight: how far each band counts, 0..1.
    """

    spectrum: NDArray[np.float64]
    variation: NDArray[np.float64]
    skew: NDArray[np.float64]
    correlation: NDArray[np.float64]
    speed: NDArray[np.float64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, recording: Recording) -> Texture:
        """Of what is to be heard at :data:`RATE`."""
        raw = envelopes(recording.at(RATE).mono, RATE, BANDS, HIGH).astype(np.float64)
        means = 10 * np.log10(np.maximum(np.square(raw).mean(axis=1), 1e-12))
        spectrum = np.maximum(means - means.max(), -_QUIET)
        floor = max(float(raw.max()) * 1e-4, 1e-9)
        seen = np.maximum(raw, floor) ** _COMPRESSED
        mean, spread = seen.mean(axis=1), seen.std(axis=1) + 1e-9
        even = (seen - mean[:, None]) / spread[:, None]
        correlation = np.zeros((len(_BETWEEN), BANDS))
        for row, apart in enumerate(_BETWEEN):
            correlation[row, : BANDS - apart] = (even[:-apart] * even[apart:]).mean(axis=1)
        moving = np.square(np.abs(rfft(even, axis=1)))
        speeds = np.fft.rfftfreq(even.shape[1], 1 / ENVELOPE_RATE)
        edges = np.searchsorted(speeds, _SPEEDS)
        power = np.stack([moving[:, a:b].sum(axis=1) for a, b in pairwise(edges)])
        return cls(
            spectrum,
            np.log(spread / mean + 0.02),
            np.clip((even**3).mean(axis=1), -5, 5),
            correlation,
            np.sqrt(power / np.maximum(moving[:, 1:].sum(axis=1), 1e-9)),
            np.clip(1 + (spectrum + 20) / (_QUIET - 20), 0, 1),
        )

    def distance(self, other: Texture) -> float:
        """0 where the statistics are the same; about 1 where those of each kind differ as much as is plainly heard."""
        weight = np.maximum(self.weight, other.weight)
        weight = weight / weight.sum()
        found = []
        for name, scale in _SCALES.items():
            apart = np.square((getattr(self, name) - getattr(other, name)) / scale)
            found.append(np.sqrt((np.atleast_2d(apart) @ weight).mean()))
        return float(np.mean(found))
