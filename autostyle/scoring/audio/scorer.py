"""Scores of sounds and music: texture as style, and what happens when as content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from autostyle.acoustics.texture import Texture
from autostyle.codecs.recording import Recording
from autostyle.scoring.audio.recording_scorer import COMMON, RecordingScorer, mean, refuse_alike
from autostyle.scoring.audio.rhythm import Happening
from autostyle.scoring.measure import Anchors, apart
from autostyle.scoring.scores import AUDIO_CONTENT, AUDIO_STYLE, Metric, ProfileName

METRICS = (
    AUDIO_STYLE,
    AUDIO_CONTENT,
    Metric("onsets", "Onsets", "raw", "correlation of how much sets in with the content's", bounds=(-1.0, 1.0)),
    Metric("pitches", "Pitches", "raw", "likeness of the twelve pitch classes, moment by moment", bounds=(-1.0, 1.0)),
    Metric(
        "movement", "Movement", "raw", "correlation of the envelopes of 24 bands with the content's", bounds=(-1.0, 1.0)
    ),
    Metric(
        "texture",
        "Texture distance",
        "raw",
        "distance of the texture's statistics from the style's, unanchored; 1 is plainly heard",
        direction="minimize",
        bounds=(0.0, None),
    ),
    *COMMON,
)


class AudioScorer(RecordingScorer):
    """See the module's docstring. ``version`` is raised whenever the same recording would score differently."""

    statistics, version, metrics = "texture", 1, METRICS
    profile: ClassVar[ProfileName] = "sound"

    def _anchors(
        self,
        content: Recording,
        styles: Sequence[Recording],
        halves: Sequence[tuple[Recording, Recording]],
        instead: Sequence[Recording],
    ) -> tuple[Anchors, Anchors]:
        self._happening = Happening.of(content)
        self._textures = [Texture.of(style) for style in styles]
        style = apart(
            -self._texture_distance(Texture.of(content)),
            -self._blended([Texture.of(a).distance(Texture.of(b)) for a, b in halves]),
            0.1,
            "style",
        )
        kept = [mean(self._happening.kept_by(Happening.of(each))) for each in instead]
        return style, refuse_alike(Anchors(self._blended(kept), 1.0))

    def _measured(self, made: Recording) -> tuple[float, float, Mapping[str, float]]:
        kept = self._happening.kept_by(Happening.of(made))
        distance = self._texture_distance(Texture.of(made))
        return -distance, mean(kept), {**kept, "texture": distance}

    def _texture_distance(self, texture: Texture) -> float:
        return self._blended([texture.distance(style) for style in self._textures])
