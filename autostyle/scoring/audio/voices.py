"""Scores of one voice that takes on another: whose voice it is as style, the words as content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from autostyle.acoustics.filterbanks import ear_bands
from autostyle.acoustics.spectra import magnitudes
from autostyle.acoustics.voice import VoiceFrames, shapes
from autostyle.codecs.recording import Recording
from autostyle.scoring.audio.recording_scorer import COMMON, RecordingScorer, mean, refuse_alike
from autostyle.scoring.audio.rhythm import Happening
from autostyle.scoring.measure import Anchors, apart
from autostyle.scoring.scores import VOICE_CONTENT, VOICE_STYLE, Metric, ProfileName

RATE = 16_000
_WINDOW, _HOP, _BANDS = 512, 160, 28
_HIGH = 7600.0
_QUANTILES = np.linspace(0.05, 0.95, 19)
_MOST = 600
"""Frames of a voice that are compared with each other's."""
_SCALES = {"pitch": 4.0, "tone": 5.0, "sounds": 5.0}
"""A difference of this much of each kind counts 1: semitones, dB, dB."""
METRICS = (
    VOICE_STYLE,
    VOICE_CONTENT,
    Metric("words", "Words", "raw", "likeness of each moment's sound, whoever makes it", bounds=(-1.0, 1.0)),
    Metric("onsets", "Onsets", "raw", "correlation of how much sets in with the content's", bounds=(-1.0, 1.0)),
    Metric(
        "movement", "Movement", "raw", "correlation of the envelopes of 24 bands with the content's", bounds=(-1.0, 1.0)
    ),
    Metric(
        "voice",
        "Voice distance",
        "raw",
        "distance of the voice's statistics from the style's, unanchored; 1 is plainly heard",
        direction="minimize",
        bounds=(0.0, None),
    ),
    *COMMON,
)


@dataclass(frozen=True)
class Speaker:
    """Whose voice it is, as far as statistics tell.

    Args:
        pitches: quantiles of the pitch, semitones above 100 Hz; None where there is none.
        sounds: levels of bands as wide as the ear's, dB less the frame's mean, of frames that are heard and have a
            pitch, or of all that are heard where none has: shape (frames, bands).
    """

    pitches: NDArray[np.float64] | None
    sounds: NDArray[np.float64]

    @classmethod
    def of(cls, recording: Recording, voice: VoiceFrames) -> Speaker:
        """``voice`` is what is known of the ``recording``, at :data:`RATE`."""
        power = np.square(magnitudes(recording.mono, _WINDOW, _HOP))
        levels = 10 * np.log10(ear_bands(_BANDS, _HIGH, _WINDOW, RATE) @ power + 1e-10)
        taken = voice.voiced if voice.voiced.sum() > _BANDS else voice.heard
        levels = levels[:, : len(taken)].T[taken[: levels.shape[1]]].astype(np.float64)
        levels = levels[np.linspace(0, len(levels) - 1, min(len(levels), _MOST)).astype(int)]
        pitches = np.quantile(voice.semitones, _QUANTILES) if len(voice.semitones) else None
        return cls(pitches, levels - levels.mean(axis=1, keepdims=True))

    def distance(self, other: Speaker) -> float:
        """0 where the statistics are the same; about 1 where those of each kind differ as much as is plainly heard."""
        if self.pitches is None or other.pitches is None:
            pitch = 0.0 if self.pitches is other.pitches else _SCALES["pitch"]
        else:
            pitch = float(np.abs(self.pitches - other.pitches).mean())
        tone = float(np.sqrt(np.square(self.sounds.mean(axis=0) - other.sounds.mean(axis=0)).mean()))
        # Beside the mean: what single sounds have that the other voice has nowhere, its resonances above all.
        own, theirs = (each.sounds - each.sounds.mean(axis=0) for each in (self, other))
        square = np.square(own).sum(axis=1)[:, None] + np.square(theirs).sum(axis=1)[None]
        near = np.sqrt(np.maximum(square - 2 * own @ theirs.T, 0) / _BANDS)
        sounds = float(near.min(axis=0).mean() + near.min(axis=1).mean()) / 2
        found = {"pitch": pitch, "tone": tone, "sounds": sounds}
        return float(np.mean([value / _SCALES[name] for name, value in found.items()]))


@dataclass(frozen=True)
class Words:
    """What is said, whoever says it.

    Args:
        voice: its frames.
        sounds: shapes of the envelopes, each coefficient with mean 0 and spread 1, shape (frames, 12).
    """

    voice: VoiceFrames
    sounds: NDArray[np.float64]

    @classmethod
    def of(cls, voice: VoiceFrames) -> Words:
        return cls(voice, _sounds(voice, 1.0))

    def kept_by(self, other: Words) -> float:
        """How far ``other`` has the same sound at each moment that is heard, however large the mouth, -1..1."""
        count = min(len(self.sounds), len(other.sounds))
        heard = self.voice.heard[:count]
        if not heard.any() or not other.voice.heard.any():
            return 0.0
        own = self.sounds[:count][heard]
        found = []
        for factor in 2 ** np.linspace(-0.4, 0.4, 9):
            theirs = (other.sounds if factor == 1 else _sounds(other.voice, factor))[:count][heard]
            sizes = np.linalg.norm(own, axis=1) * np.linalg.norm(theirs, axis=1)
            found.append(float(((own * theirs).sum(axis=1) / np.maximum(sizes, 1e-9)).mean()))
        return max(found)


def _sounds(voice: VoiceFrames, factor: float) -> NDArray[np.float64]:
    found = shapes(voice.warped(factor))[:, :12]
    known = found[voice.heard] if voice.heard.any() else found
    return np.asarray((found - known.mean(axis=0)) / np.maximum(known.std(axis=0), 1e-3))


class VoiceScorer(RecordingScorer):
    """See the module's docstring. ``version`` is raised whenever the same recording would score differently."""

    statistics, version, metrics = "voice", 1, METRICS
    profile: ClassVar[ProfileName] = "voice"

    def _anchors(
        self,
        content: Recording,
        styles: Sequence[Recording],
        halves: Sequence[tuple[Recording, Recording]],
        instead: Sequence[Recording],
    ) -> tuple[Anchors, Anchors]:
        own_speaker, self._words = _known(content)
        self._happening = Happening.of(content)
        self._speakers = [_known(style)[0] for style in styles]
        between = [_known(a)[0].distance(_known(b)[0]) for a, b in halves]
        style = apart(-self._distance(own_speaker), -self._blended(between), 0.1, "style")
        kept = [mean(self._kept(each, _known(each)[1])) for each in instead]
        return style, refuse_alike(Anchors(self._blended(kept), 1.0))

    def _measured(self, made: Recording) -> tuple[float, float, Mapping[str, float]]:
        speaker, words = _known(made)
        kept, distance = self._kept(made, words), self._distance(speaker)
        return -distance, mean(kept), {**kept, "voice": distance}

    def _kept(self, made: Recording, words: Words) -> dict[str, float]:
        found = self._happening.kept_by(Happening.of(made))
        return {
            "words": self._words.kept_by(words),
            "onsets": found["onsets"],
            "movement": found["movement"],
        }

    def _distance(self, speaker: Speaker) -> float:
        return self._blended([speaker.distance(style) for style in self._speakers])


def _known(recording: Recording) -> tuple[Speaker, Words]:
    even = recording.at(RATE)
    voice = VoiceFrames.of(even, _HIGH)
    return Speaker.of(even, voice), Words.of(voice)
