"""A voice as frames: pitch, spectral envelope and level, and the envelope's shape on a scale like the ear's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, irfft, rfft

from autostyle.acoustics import pitch
from autostyle.acoustics.spectra import Magnitudes, magnitudes
from autostyle.codecs.recording import Recording

WINDOW = 0.032
"""Seconds of a frame."""
STEP = 2 * pitch.STEP
"""Seconds from one frame to the next."""
BANDS = 48
"""Points of an envelope, evenly spaced on the mel scale from :data:`LOW` Hz."""
LOW, HIGH = 80.0, 8000.0
QUIET = 40.0
"""dB below the loudest frame where a frame counts no more."""
SHAPE = 14
"""Cepstral coefficients of the shape of an envelope."""
_ROUNDS = 6
_FARTHEST, _SOUNDS = 0.42, 500
"""Octaves by which vocal tracts are apart at most; sounds that are compared."""
_DECIBELS = 20 / np.log(10)

Envelopes = NDArray[np.float32]
"""dB, shape (bins or bands, frames)."""


def envelopes(seen: Magnitudes, rate: int, quefrency: float) -> Envelopes:
    """The curve over the harmonics of each frame (true envelope: Röbel & Rodet, 2005), as fine as ``quefrency``
    seconds let it, of magnitudes (bins, frames)."""
    window = 2 * (len(seen) - 1)
    places = np.minimum(np.arange(window // 2 + 1), window // 2)
    lifter = np.clip(1.5 - places / max(1.0, quefrency * rate), 0, 1)[:, None].astype(np.float32)
    floor = 1e-5 * float(seen.max(initial=0.0)) + 1e-9
    own = np.log(seen + floor).astype(np.float32)
    smooth = own
    for _ in range(_ROUNDS):
        raised = np.maximum(own, smooth) if smooth is not own else own
        cepstra = irfft(raised, window, axis=0)[: window // 2 + 1] * lifter
        full = np.concatenate([cepstra, cepstra[-2:0:-1]])
        smooth = rfft(full, axis=0).real.astype(np.float32)
    return np.asarray(_DECIBELS * smooth, np.float32)


def points(high: float, bands: int = BANDS) -> NDArray[np.float64]:
    """Hz of ``bands`` points from :data:`LOW` to ``high``."""
    low, top = (float(2595 * np.log10(1 + hertz / 700)) for hertz in (LOW, high))
    return np.asarray(700 * (10 ** (np.linspace(low, top, bands) / 2595) - 1))


def at_points(seen: Envelopes, rate: int, where: NDArray[np.float64]) -> Envelopes:
    """Envelopes (bins, frames) at other frequencies, in Hz; past the last bin the last counts."""
    place = np.clip(where * 2 * (len(seen) - 1) / rate, 0, len(seen) - 1.001)
    below = place.astype(int)
    share = (place - below)[:, None].astype(np.float32)
    return np.asarray((1 - share) * seen[below] + share * seen[below + 1], np.float32)


def frame_window(rate: int) -> tuple[int, int]:
    """Samples of a frame, and from one to the next."""
    hop = round(STEP * rate)
    return 2 * round(WINDOW * rate / 2), hop


@dataclass(frozen=True)
class VoiceFrames:
    """What is known of a recording of a voice, by frames of :data:`STEP` seconds.

    Args:
        pitch: Hz every half of a step, 0 where there is none.
        envelope: dB at :func:`points` of ``high``, shape (bands, frames).
        level: dB of each frame.
        high: Hz of the last point.
    """

    pitch: NDArray[np.float64]
    envelope: Envelopes
    level: NDArray[np.float64]
    high: float

    @classmethod
    def of(cls, recording: Recording, high: float, quefrency: float = 0.002) -> VoiceFrames:
        """``high`` is at most half of the recording's rate."""
        window, hop = frame_window(recording.rate)
        mono = recording.mono
        where = points(high)
        found, levels = [], []
        part = 2000 * hop
        for start in range(0, max(1, len(mono)), part):  # frames have their middles at multiples of the hop
            margin = min(start, -(-window // hop) * hop)
            cut = mono[start - margin : start + part + window]
            seen = magnitudes(cut, window, hop)[:, margin // hop :][:, : 2000 if start + part < len(mono) else None]
            found.append(at_points(envelopes(seen, recording.rate, quefrency), recording.rate, where))
            levels.append(10 * np.log10(np.square(seen).mean(axis=0, dtype=np.float64) + 1e-12))
        return cls(pitch.track(mono, recording.rate), np.concatenate(found, axis=1), np.concatenate(levels), high)

    @cached_property
    def heard(self) -> NDArray[np.bool_]:
        """The frames that are no pause."""
        return np.asarray(self.level > self.level.max() - QUIET)

    @cached_property
    def voiced(self) -> NDArray[np.bool_]:
        """The frames that are heard and have a pitch."""
        every = self.pitch[::2]
        seen = np.zeros(len(self.level), bool)
        seen[: len(every)] = every[: len(seen)] > 0
        return np.asarray(seen & self.heard)

    @cached_property
    def semitones(self) -> NDArray[np.float64]:
        """The pitches, in semitones above 100 Hz, of all that have one."""
        return np.asarray(12 * np.log2(self.pitch[self.pitch > 0] / 100))

    def warped(self, factor: float) -> Envelopes:
        """The envelopes of a vocal tract whose resonances are so many times as high."""
        where = points(self.high)
        place = np.interp(where / factor, where, np.arange(BANDS))
        below = np.minimum(place.astype(int), BANDS - 2)
        share = (place - below)[:, None].astype(np.float32)
        return np.asarray((1 - share) * self.envelope[below] + share * self.envelope[below + 1], np.float32)


def shapes(envelope: Envelopes) -> NDArray[np.float64]:
    """Cepstra of envelopes without their level, shape (frames, :data:`SHAPE`)."""
    return np.asarray(dct(envelope, axis=0, norm="ortho")[1 : SHAPE + 1].T, np.float64)


def tract_ratio(own: VoiceFrames, wanted: VoiceFrames) -> float:
    """How many times as high the resonances of ``wanted`` are as those of ``own``: the factor at which the sounds of
    each have their nearest counterparts in the other; 1 where one of them has no voiced sound."""
    if own.voiced.sum() < SHAPE or wanted.voiced.sum() < SHAPE:
        return 1.0
    factors = 2 ** np.linspace(-_FARTHEST, _FARTHEST, 29)
    costs = _apart(own, wanted, factors) + _apart(wanted, own, factors)[::-1]
    best = int(np.clip(costs.argmin(), 1, len(factors) - 2))
    before, at, after = costs[best - 1 : best + 2]
    moved = 0.5 * (before - after) / max(before + after - 2 * at, 1e-9)
    return float(factors[best] * (factors[1] / factors[0]) ** np.clip(moved, -1, 1))


def _apart(own: VoiceFrames, wanted: VoiceFrames, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the sounds of ``own`` are from those of ``wanted`` with each of ``factors``."""
    # The mean is of microphones and of how loud one speaks, too; the resonances of single sounds stand out from it.
    weight = np.sqrt(np.arange(1, SHAPE + 1))

    def sounds(envelope: Envelopes) -> NDArray[np.float64]:
        found = shapes(envelope)
        found = (found - found.mean(axis=0)) * weight
        return np.asarray(found[np.linspace(0, len(found) - 1, min(len(found), _SOUNDS)).astype(int)])

    theirs = sounds(wanted.envelope[:, wanted.voiced])
    costs = []
    for factor in factors:
        ours = sounds(own.warped(factor)[:, own.voiced])
        square = np.square(theirs).sum(1)[:, None] + np.square(ours).sum(1)[None] - 2 * theirs @ ours.T
        near = np.sqrt(np.maximum(square, 0))
        costs.append(near.min(axis=0).mean() + near.min(axis=1).mean())
    return np.array(costs)
