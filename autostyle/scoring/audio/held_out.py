"""Style and content once more, by mel cepstra, which no method and no objective looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct
from scipy.linalg import sqrtm

from autostyle.acoustics.filterbanks import mel
from autostyle.acoustics.spectra import magnitudes
from autostyle.codecs.recording import Recording

RATE = 16_000
_WINDOW, _HOP, _BANDS, _COUNT = 512, 160, 40, 13
_MOMENT = 10
"""Frames of 10 ms that are one moment of the plan of a recording."""


@dataclass(frozen=True)
class Cepstra:
    """How a recording sounds, and its plan.

    Args:
        mean, spread: of its mel cepstra and how they change: a normal distribution of 24 dimensions.
        plan: how like each moment is to each other, shape (moments, moments), less its mean.
    """

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    plan: NDArray[np.float64]

    @classmethod
    def of(cls, recording: Recording) -> Cepstra:
        """Of what is to be heard at :data:`RATE`."""
        energy = mel(_BANDS, _WINDOW, RATE, 20.0) @ np.square(magnitudes(recording.at(RATE).mono, _WINDOW, _HOP))
        levels = np.log(energy + 1e-6 * float(energy.max(initial=1e-9)) + 1e-12).astype(np.float64)
        cepstra = dct(levels, axis=0, norm="ortho")[:_COUNT]
        shape = cepstra[1:]
        changes = np.diff(shape, axis=1, prepend=shape[:, :1])
        both = np.concatenate([shape, changes])
        moments = max(2, cepstra.shape[1] // _MOMENT)
        middles = np.stack([part.mean(axis=1) for part in np.array_split(cepstra, moments, axis=1)])
        middles = (middles - middles.mean(axis=0)) / np.maximum(
            np.linalg.norm(middles - middles.mean(axis=0), axis=0), 1e-9
        )
        plan = -np.sqrt(np.maximum(np.square(middles[:, None] - middles[None]).sum(axis=2), 0))
        return cls(both.mean(axis=1), np.cov(both) + 1e-6 * np.eye(len(both)), plan - plan.mean())

    def distance(self, other: Cepstra) -> float:
        """Fréchet's, of the two distributions."""
        root = np.real(sqrtm(self.spread @ other.spread))
        apart = np.square(self.mean - other.mean).sum() + np.trace(self.spread + other.spread - 2 * root)
        return float(np.sqrt(max(float(apart), 0.0)))

    def plan_kept_by(self, other: Cepstra) -> float:
        """How far the moments of ``other`` are alike where those of this are, 1 where just so."""
        size = float(np.linalg.norm(self.plan) * np.linalg.norm(other.plan))
        return float((self.plan * other.plan).sum()) / size if size > 1e-9 else 0.0
