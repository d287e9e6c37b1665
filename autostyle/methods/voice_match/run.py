"""Voice match at work: pitch by moving periods, then a filter for each moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2
from scipy.ndimage import gaussian_filter1d
from scipy.spatial.distance import cdist

from autostyle.acoustics import pitch, psola
from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.limiter import limited
from autostyle.acoustics.loudness import SILENCE, gained, loudness
from autostyle.acoustics.spectra import istft, stft
from autostyle.acoustics.voice import (
    HIGH,
    STEP,
    Envelopes,
    VoiceFrames,
    at_points,
    envelopes,
    frame_window,
    points,
    shapes,
    tract_ratio,
)
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.methods.contract import AudioMethod, AudioResult, Inputs, Iterate, OnIterate, Stop, ignore
from autostyle.methods.voice_match.spec import SPEC, VoiceMatchParams
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

MOST_GAIN = 20.0
"""dB by which the filter raises or lowers anything."""
MOST_PITCH = 2.5
"""Times that a pitch is moved up or down."""
OWN_SOUNDS = 40.0
"""Frames that count for a sound of which there are few: as many of all sounds are taken with them."""
AT_ONCE = 2000
"""Frames that are filtered together."""


@dataclass(frozen=True)
class VoicePair:
    """A content and the voices it is moved to.

    Args:
        content: at the rate of the run.
        marks: of its periods.
        own, voices: what is known of them, up to the same frequency.
        tracts: how many times as high the resonances of each voice are.
        shares: of the voices.
    """

    content: Recording
    marks: psola.Marks
    own: VoiceFrames
    voices: tuple[VoiceFrames, ...]
    tracts: tuple[float, ...]
    shares: tuple[float, ...]


class VoiceMatch(AudioMethod[VoiceMatchParams, VoicePair]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        """Nothing to load."""

    def weights_used(self) -> dict[str, str]:
        return {"voice": "statistics of the recordings"}

    def prepare(self, inputs: Inputs[Recording, Recording], size: int) -> VoicePair:
        content = inputs.content.at(size)
        styles = inputs.style.exemplars
        if min(loudness(style) for style in styles) <= SILENCE:
            raise BadInput("the style is silent", "name another recording")
        high = min(HIGH, *(0.48 * each.rate for each in (content, inputs.content, *styles)))
        own = VoiceFrames.of(content, high)
        voices = tuple(VoiceFrames.of(style.at(size), high) for style in styles)
        marks = psola.marks(content.mono, content.rate, own.pitch)
        tracts = tuple(tract_ratio(own, voice) for voice in voices)
        return VoicePair(content, marks, own, voices, tracts, inputs.style.shares)

    def run(
        self, prepared: VoicePair, params: VoiceMatchParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> AudioResult:
        content = prepared.content
        made, stopped = psola.moved(content, prepared.marks, _pitch_ratios(prepared, params)), False
        try:
            on_iterate(Iterate(1, 2, lambda: spectrogram(content)))
        except Stop:
            stopped = True
        if not stopped:
            tract = _blended(prepared, [float(np.log2(each)) for each in prepared.tracts])
            factor = float(2 ** (tract * params.strength * params.formants))
            made = _filtered(made, prepared, _tone(prepared, params, factor, seed), factor, params.detail / 1000)
        level = loudness(content)
        if level > SILENCE:
            made = gained(made, float(np.clip(level - loudness(made), -30, 30)))
        made = limited(made)
        if not stopped:
            try:
                on_iterate(Iterate(2, 2, lambda: spectrogram(made)))
            except Stop:
                stopped = True
        return AudioResult(made, steps=1 if stopped else 2, stopped=stopped, notes=tuple(_notes(prepared)))


def _notes(prepared: VoicePair) -> Iterator[str]:
    if not prepared.own.voiced.any():
        yield Sentence("no pitch is to be heard in the recording: is it a voice?")
    if not all(voice.voiced.any() for voice in prepared.voices):
        yield Sentence("no pitch is to be heard in the style: is it a voice?")


def _blended(prepared: VoicePair, values: list[float]) -> float:
    return sum(share * value for share, value in zip(prepared.shares, values, strict=True))


def _pitch_ratios(prepared: VoicePair, params: VoiceMatchParams) -> NDArray[np.float64]:
    """How many times as high each period of the content is to be."""
    own, places = prepared.own, prepared.marks / prepared.content.rate / pitch.STEP
    if not own.pitch.any() or not all(voice.pitch.any() for voice in prepared.voices):
        return np.ones(len(places))
    middle, spread = _level_and_range(own)
    theirs = [_level_and_range(voice) for voice in prepared.voices]
    goal, width = (_blended(prepared, [each[which] for each in theirs]) for which in (0, 1))
    now = 12 * np.log2(np.maximum(own.pitch, 1.0) / 100)
    wider = np.clip(width / max(spread, 0.3), 0.4, 2.5)
    wanted = middle + params.pitch * (goal - middle) + (now - middle) * wider**params.intonation
    apart = np.where(own.pitch > 0, wanted - now, 0.0) * params.strength / 12
    ratios = 2 ** np.clip(apart, -np.log2(MOST_PITCH), np.log2(MOST_PITCH))
    return np.asarray(ratios[np.minimum(np.round(places).astype(int), len(ratios) - 1)])


def _level_and_range(voice: VoiceFrames) -> tuple[float, float]:
    """Median of the pitch, and how far apart its quartiles are, in semitones."""
    low, middle, high = np.quantile(voice.semitones, [0.25, 0.5, 0.75])
    return float(middle), float(high - low)


def _tone(prepared: VoicePair, params: VoiceMatchParams, factor: float, seed: int) -> Envelopes:
    """dB by which each frame of the content is raised at each point, beyond its resonances being moved."""
    own = prepared.own
    moved = own.warped(factor)
    gains = np.zeros_like(moved)
    amount = params.strength * params.envelope
    if not amount or not own.heard.any():
        return gains
    even = _shape_only(moved)
    features = _features(moved, own)
    for voice, share in zip(prepared.voices, prepared.shares, strict=True):
        theirs, wanted = _features(voice.envelope, voice)[voice.heard], _shape_only(voice.envelope)[:, voice.heard]
        count = max(1, min(params.classes, len(theirs) // 8))
        rng = np.random.default_rng(seed)
        centres, labels = kmeans2(theirs, count, iter=12, minit="++", rng=rng)
        spread = np.square(theirs - centres[labels]).sum(axis=1).mean() + 1e-6
        square = cdist(features, centres, "sqeuclidean")
        belongs = np.exp(-(square - square.min(axis=1, keepdims=True)) / spread)
        belongs /= belongs.sum(axis=1, keepdims=True)
        heard = belongs * own.heard[:, None]
        mean_own = even @ heard / np.maximum(heard.sum(axis=0), 1e-9)
        members = np.eye(count)[labels]
        mean_theirs = wanted @ members / np.maximum(members.sum(axis=0), 1)
        overall = wanted.mean(axis=1) - even[:, own.heard].mean(axis=1)
        counted = np.minimum(heard.sum(axis=0), members.sum(axis=0))
        apart = (counted * (mean_theirs - mean_own) + OWN_SOUNDS * overall[:, None]) / (counted + OWN_SOUNDS)
        gains += np.asarray(share * amount * (apart @ belongs.T), np.float32)
    smooth = gaussian_filter1d(gains, params.smoothness / 1000 / STEP / 2, axis=1)
    # Pauses are left as they are.
    near = np.clip((own.level - own.level.max() + 60) / 15, 0, 1)
    return np.asarray(np.clip(smooth, -MOST_GAIN, MOST_GAIN) * near, np.float32)


def _shape_only(envelope: Envelopes) -> Envelopes:
    return np.asarray(envelope - envelope.mean(axis=0), np.float32)


def _features(envelope: Envelopes, voice: VoiceFrames) -> NDArray[np.float64]:
    """What tells sounds apart, whoever makes them: shapes of envelopes less the voice's own mean, and whether there is
    a pitch; shape (frames, 13)."""
    found = shapes(envelope)[:, :12]
    known = found[voice.heard] if voice.heard.any() else found
    even = (found - known.mean(axis=0)) / np.maximum(known.std(axis=0), 1e-3)
    return np.hstack([even, 2.0 * voice.voiced[:, None]])


def _filtered(recording: Recording, prepared: VoicePair, tone: Envelopes, factor: float, quefrency: float) -> Recording:
    """With its resonances ``factor`` times as high, and raised by ``tone``."""
    rate, count = recording.rate, recording.samples.shape[1]
    window, hop = frame_window(rate)
    bins = np.arange(window // 2 + 1) * rate / window
    where = points(prepared.own.high)
    place = np.interp(bins, where, np.arange(len(where)))
    below = np.minimum(place.astype(int), len(where) - 2)
    share = (place - below)[:, None].astype(np.float32)
    made = np.empty_like(recording.samples)
    part, margin = AT_ONCE * hop, -(-window // hop) * hop
    for start in range(0, count, part):
        first = max(0, start - margin)
        cut = recording.samples[:, first : min(count, start + part + margin)]
        spectrum = stft(cut, window, hop)
        frames = np.minimum(first // hop + np.arange(spectrum.shape[-1]), tone.shape[1] - 1)
        gain = (1 - share) * tone[below][:, frames] + share * tone[below + 1][:, frames]
        if factor != 1:
            seen = envelopes(np.sqrt(np.square(np.abs(spectrum)).mean(axis=0)), rate, quefrency)
            gain = gain + np.clip(at_points(seen, rate, bins / factor) - seen, -MOST_GAIN, MOST_GAIN)
        filtered = istft((spectrum * 10 ** (gain / 20)).astype(np.complex64), window, hop, cut.shape[1])
        stop = min(count, start + part)
        made[:, start:stop] = filtered[:, start - first : stop - first]
    return Recording(made, rate)
