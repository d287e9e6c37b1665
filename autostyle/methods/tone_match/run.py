"""Tone match at work: an equalizer, gains from loud to soft, one gain for all, and a limiter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft
from scipy.ndimage import gaussian_filter1d
from scipy.signal import oaconvolve

from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.limiter import limited
from autostyle.acoustics.loudness import SILENCE, STEP, block_levels, gained, loudness
from autostyle.acoustics.spectra import frequencies, magnitudes
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.methods.contract import AudioMethod, AudioResult, Inputs, Iterate, OnIterate, Stop, ignore
from autostyle.methods.tone_match.spec import SPEC, ToneMatchParams

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

WINDOW = 0.19
"""Seconds of a frame of the long-term spectrum, and of the equalizer."""
QUIET = 50.0
"""dB below the loudest frame where a frame counts no more; and bins, 30 further."""
LOW = 30.0
"""Hz below which the equalizer does what it does there."""
MOST_GAIN = 12.0
"""dB that the dynamics move anything."""
QUANTILES = np.linspace(0.05, 0.95, 19)
OCTAVE = 48
"""Points on the logarithmic scale on which spectra are smoothed."""


@dataclass(frozen=True)
class ToneTarget:
    """A content at the rate of a run, and what it is moved to.

    Args:
        difference: of the long-term spectra, style less content, dB at each bin and unsmoothed: content, style.
        levels: of the style's blocks above its loudness, at :data:`QUANTILES`.
        loudness: of the style, LUFS.
    """

    content: Recording
    own: NDArray[np.float64]
    wanted: NDArray[np.float64]
    levels: NDArray[np.float64]
    loudness: float


class ToneMatch(AudioMethod[ToneMatchParams, ToneTarget]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        """Nothing to load."""

    def weights_used(self) -> dict[str, str]:
        return {"tone": "long-term spectra"}

    def prepare(self, inputs: Inputs[Recording, Recording], size: int) -> ToneTarget:
        styles, shares = [style.at(size) for style in inputs.style.exemplars], inputs.style.shares
        content = inputs.content.at(size)

        def blended(values: list[NDArray[np.float64]]) -> NDArray[np.float64]:
            return np.asarray(sum(share * value for share, value in zip(shares, values, strict=True)))

        loud = [loudness(style) for style in styles]
        if min(loud) <= SILENCE:
            raise BadInput("the style is silent", "name another recording")
        levels = [np.quantile(_heard(style), QUANTILES) - level for style, level in zip(styles, loud, strict=True)]
        return ToneTarget(
            content,
            _long_term(content),
            blended([_long_term(style) for style in styles]),
            blended([np.asarray(each) for each in levels]),
            float(blended([np.asarray(each) for each in loud])),
        )

    def run(
        self, prepared: ToneTarget, params: ToneMatchParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> AudioResult:
        content, strength = prepared.content, params.strength
        made = _equalized(prepared, params)
        if strength * params.dynamics:
            made = _leveled(made, prepared.levels, strength * params.dynamics)
        own = loudness(content)
        wanted = own + strength * params.loudness * (prepared.loudness - own)
        made = limited(gained(made, wanted - loudness(made)))
        try:
            on_iterate(Iterate(1, 1, lambda: spectrogram(made)))
        except Stop:
            return AudioResult(made, steps=1, stopped=True)
        return AudioResult(made, steps=1)


def _window(rate: int) -> int:
    return 2 * round(WINDOW * rate / 2)


def _long_term(recording: Recording) -> NDArray[np.float64]:
    """The mean power of what is to be heard, at each bin, dB below its highest."""
    window = _window(recording.rate)
    power = np.square(magnitudes(recording.samples, window, window // 2)).mean(axis=0, dtype=np.float64)
    energy = power.sum(axis=0)
    heard = power[:, energy >= energy.max() * 10 ** (-QUIET / 10)].mean(axis=1)
    return np.asarray(np.maximum(heard / max(float(heard.max()), 1e-20), 10 ** (-(QUIET + 30) / 10)))


def _smoothed(power: NDArray[np.float64], rate: int, octaves: float) -> NDArray[np.float64]:
    """The mean of ``power`` over so many octaves about each bin, in dB."""
    found = frequencies(_window(rate), rate)
    even = LOW * 2 ** (np.arange(int(OCTAVE * np.log2(found[-1] / LOW)) + 1) / OCTAVE)
    # Of a band that is narrower than a bin there is that bin; of a wide one the mean of all in it.
    total = np.concatenate([[0.0], np.cumsum(power)])
    half = 2 ** (octaves / 2)
    step = found[1]
    low, high = even / half / step, even * half / step
    low, high = np.minimum(low, high - 1) + 0.5, high + 0.5
    places = np.arange(len(total))
    mean = (np.interp(high, places, total) - np.interp(low, places, total)) / np.maximum(
        np.minimum(high, places[-1]) - np.clip(low, 0, places[-1]), 1e-3
    )
    return np.asarray(np.interp(np.maximum(found, LOW), even, 10 * np.log10(np.maximum(mean, 1e-12))))


def _equalized(prepared: ToneTarget, params: ToneMatchParams) -> Recording:
    content = prepared.content
    apart = _smoothed(prepared.wanted, content.rate, params.smoothness) - _smoothed(
        prepared.own, content.rate, params.smoothness
    )
    # What is louder as a whole is no matter of tone: the middle of what is heard stays.
    weight = np.sqrt(prepared.own / np.maximum(frequencies(_window(content.rate), content.rate), LOW))
    apart = apart - float((apart * weight).sum() / weight.sum())
    gain = params.strength * params.tone * np.clip(apart, -params.reach, params.reach)
    length = _window(content.rate)
    impulse = np.roll(irfft(10 ** (gain / 20), length), length // 2) * np.hanning(length + 1)[:-1]
    made = oaconvolve(content.samples, impulse[None].astype(np.float32), mode="full", axes=1)
    begin = length // 2
    return Recording(np.ascontiguousarray(made[:, begin : begin + content.samples.shape[1]], np.float32), content.rate)


def _heard(recording: Recording) -> NDArray[np.float64]:
    """The levels of the blocks in which there is something to hear."""
    levels = block_levels(recording)
    return np.asarray(levels[levels > levels.max() - QUIET + 10])


def _leveled(recording: Recording, wanted: NDArray[np.float64], share: float) -> Recording:
    """With levels as far apart as ``wanted`` at :data:`QUANTILES`."""
    own = np.quantile(_heard(recording), QUANTILES) - loudness(recording)
    own = np.maximum.accumulate(own + 1e-6 * np.arange(len(own)))
    levels = block_levels(recording) - loudness(recording)
    gains = np.clip(np.interp(levels, own, wanted - own), -MOST_GAIN, MOST_GAIN) * share
    gains = gaussian_filter1d(gains, 2.0, mode="nearest")
    middles = (np.arange(len(gains)) * STEP + 0.2) * recording.rate
    decibels = np.interp(np.arange(recording.samples.shape[1]), middles, gains)
    return Recording((recording.samples * 10 ** (decibels / 20)).astype(np.float32), recording.rate)
