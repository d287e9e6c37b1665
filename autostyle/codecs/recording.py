"""Recordings in memory: samples at a rate, one or two channels."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

Waveform = NDArray[np.float32]
"""Shape (channels, n), -1..1 at full scale."""


@dataclass(frozen=True)
class Recording:
    """A sound.

    Args:
        samples: one or two channels; what is computed may be beyond full scale.
        rate: samples a second.
    """

    samples: Waveform
    rate: int

    @property
    def channels(self) -> int:
        return int(self.samples.shape[0])

    @property
    def seconds(self) -> float:
        return int(self.samples.shape[1]) / self.rate

    @property
    def mono(self) -> NDArray[np.float32]:
        """The mean of its channels, shape (n,)."""
        return np.asarray(self.samples[0] if self.channels == 1 else self.samples.mean(axis=0))

    def at(self, rate: int) -> Recording:
        """The same sound at another rate."""
        if rate == self.rate:
            return self
        common = gcd(rate, self.rate)
        made = resample_poly(self.samples, rate // common, self.rate // common, axis=1)
        return Recording(np.ascontiguousarray(made, np.float32), rate)

    def part(self, start: float, stop: float) -> Recording:
        """From ``start`` to ``stop`` seconds."""
        return Recording(self.samples[:, round(start * self.rate) : round(stop * self.rate)], self.rate)

    def lasting(self, count: int) -> Recording:
        """Of exactly ``count`` samples: cut, or with silence behind."""
        missing = count - self.samples.shape[1]
        if missing > 0:
            return Recording(np.pad(self.samples, ((0, 0), (0, missing))), self.rate)
        return Recording(self.samples[:, :count], self.rate)

    def with_channels(self, channels: int) -> Recording:
        """With as many: one goes to both, of two the mean is taken."""
        if channels == self.channels:
            return self
        samples = self.mono[None] if channels == 1 else np.repeat(self.samples, 2, axis=0)
        return Recording(np.ascontiguousarray(samples, np.float32), self.rate)
