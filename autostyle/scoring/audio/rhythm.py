"""How much of a recording is still to be heard in another: moment by moment, whatever it sounds like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from autostyle.acoustics.filterbanks import mel, pitch_classes
from autostyle.acoustics.spectra import magnitudes
from autostyle.codecs.recording import Recording

RATE = 22050
_WINDOW, _HOP = 1024, 256
_LONG, _LONG_HOP = 4096, 1024
_BANDS = 24
_FLOOR = 1e-3
"""Of the loudest, below which a band counts as silent."""


@dataclass(frozen=True)
class Happening:
    """What happens when in a recording.

    Args:
        onsets: how much sets in, shape (t,).
        pitches: energy of the twelve pitch classes less their mean, shape (12, s).
        bands: logarithmic envelopes, less their mean, shape (24, t).
    """

    onsets: NDArray[np.float64]
    pitches: NDArray[np.float64]
    bands: NDArray[np.float64]

    @classmethod
    def of(cls, recording: Recording) -> Happening:
        """Of what is to be heard at :data:`RATE`."""
        mono = recording.at(RATE).mono
        energy = mel(_BANDS, _WINDOW, RATE) @ np.square(magnitudes(mono, _WINDOW, _HOP))
        levels = np.log(energy + _FLOOR**2 * float(energy.max(initial=1e-9)) + 1e-12).astype(np.float64)
        rises = np.maximum(np.diff(gaussian_filter1d(levels, 1.0), axis=1, prepend=levels[:, :1]), 0).mean(axis=0)
        onsets = gaussian_filter1d(rises, 2.0)
        seen = np.sqrt(magnitudes(mono, _LONG, _LONG_HOP))
        pitches = (pitch_classes(_LONG, RATE) @ seen).astype(np.float64)
        bands = gaussian_filter1d(levels, 4.0)
        return cls(
            onsets - onsets.mean(),
            pitches - pitches.mean(axis=0),
            bands - bands.mean(axis=1, keepdims=True),
        )

    def kept_by(self, other: Happening) -> dict[str, float]:
        """``onsets``, ``pitches`` and ``movement``: how far ``other`` has them at the same moments, 1 where all."""
        each = np.linalg.norm(self.pitches, axis=0) * np.linalg.norm(other.pitches, axis=0)
        alike = (self.pitches * other.pitches).sum(axis=0) / np.maximum(each, 1e-9)
        heard = np.linalg.norm(self.pitches, axis=0)
        spread = self.bands.std(axis=1)
        moved = [_correlation(a, b) for a, b in zip(self.bands, other.bands, strict=True)]
        return {
            "onsets": _correlation(self.onsets, other.onsets),
            "pitches": float((alike * heard).sum() / max(float(heard.sum()), 1e-9)),
            "movement": float((np.array(moved) * spread).sum() / max(float(spread.sum()), 1e-9)),
        }


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Of two that have no mean; 0 where one of them never moves."""
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / size if size > 1e-9 else 0.0
