"""What scores of recordings have in common: anchors, what is held out, and what no trial may have too much of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from autostyle.acoustics.loudness import loudness
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.scoring.audio.held_out import Cepstra
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scores import Metric, ProfileName, ScorerId, Scores
from autostyle.sentences import Sentence

FULL = 0.9999
"""Of full scale, from which a sample is cut off."""
HALF = "as near as two halves of the style sound are to each other"
COMMON = (
    Metric(
        "clipping",
        "Clipping",
        "raw",
        "share of the samples that are at full scale or beyond",
        direction="minimize",
        bounds=(0.0, 1.0),
    ),
    Metric(
        "loudness_drift",
        "Loudness drift",
        "raw",
        "how much louder or softer than both content and style, in LU (ITU-R BS.1770)",
        direction="minimize",
        bounds=(0.0, None),
    ),
    Metric(
        "length_drift",
        "Length drift",
        "raw",
        "how much longer or shorter than the content, as a share",
        direction="minimize",
        bounds=(0.0, None),
    ),
    Metric(
        "style",
        "Style by cepstra",
        "held_out",
        "Fréchet distance of mel cepstra and their changes",
        zero="the untouched recording",
        one=HALF,
        of_content=0.0,
    ),
    Metric(
        "content",
        "Content by cepstra",
        "held_out",
        "which moments are alike, by mel cepstra, against the content's",
        zero="the style sound, as long as the content",
        one="the untouched recording",
        of_content=1.0,
    ),
)
"""Metrics of every profile of sound."""


class RecordingScorer(ABC):
    """Scores of what is made of one recording and its style sounds, frozen for a study; never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: none.
    """

    notes: tuple[str, ...] = ()
    statistics: ClassVar[str]
    version: ClassVar[int]
    metrics: ClassVar[tuple[Metric, ...]]
    profile: ClassVar[ProfileName]

    def __init__(self, content: Recording, styles: Sequence[Recording], shares: Sequence[float]) -> None:
        """Raises BadInput where content and style are too alike to measure anything between them."""
        self._count, self._shares = content.seconds, tuple(shares)
        self._cepstra = Cepstra.of(content)
        self._sounds = [Cepstra.of(style) for style in styles]
        levels = [loudness(each) for each in (content, *styles)]
        self._levels = min(levels), max(levels)
        halves = [(style.part(0, style.seconds / 2), style.part(style.seconds / 2, style.seconds)) for style in styles]
        instead = [_as_long(style, content) for style in styles]
        self._style, self._content = self._anchors(content, styles, halves, instead)
        own = [Cepstra.of(a).distance(Cepstra.of(b)) for a, b in halves]
        self._held_out_style = _ends(-self._cepstral_distance(self._cepstra), -self._blended(own))
        plans = [self._cepstra.plan_kept_by(Cepstra.of(each)) for each in instead]
        self._held_out_content = _ends(self._blended(plans), 1.0)
        ends = {
            "style": self._style,
            "content": self._content,
            "held_out.style": self._held_out_style,
            "held_out.content": self._held_out_content,
        }
        anchors = {f"{name}.{end}": getattr(at, end) for name, at in ends.items() for end in ("zero", "one")}
        self.identity = ScorerId(
            self.statistics, self.version, "statistics", anchors, self.metrics, profile=self.profile
        )

    @abstractmethod
    def _anchors(
        self,
        content: Recording,
        styles: Sequence[Recording],
        halves: Sequence[tuple[Recording, Recording]],
        instead: Sequence[Recording],
    ) -> tuple[Anchors, Anchors]:
        """Of style and content; ``halves`` of each style, and ``instead`` each style as long as the content."""

    @abstractmethod
    def _measured(self, made: Recording) -> tuple[float, float, Mapping[str, float]]:
        """Style and content before they are anchored, and the raw figures beside them."""

    def score(self, made: Recording) -> Scores:
        """Score what was made of the content; raises BadInput if it holds no numbers."""
        if not np.isfinite(made.samples).all():
            raise BadInput("this result holds values that are no numbers", "take parameters nearer to the defaults")
        drift = abs(made.seconds / self._count - 1)
        level = loudness(made)
        low, high = self._levels
        made = made.lasting(round(self._count * made.rate))
        style, content, raw = self._measured(made)
        cepstra = Cepstra.of(made)
        return Scores(
            {"style": self._style.place(style), "content": self._content.place(content)},
            {
                **raw,
                "clipping": float((np.abs(made.samples) >= FULL).mean()),
                "loudness_drift": max(low - level, level - high, 0.0),
                "length_drift": drift,
            },
            {
                "style": self._held_out_style.place(-self._cepstral_distance(cepstra)),
                "content": self._held_out_content.place(self._cepstra.plan_kept_by(cepstra)),
            },
        )

    def _cepstral_distance(self, cepstra: Cepstra) -> float:
        return self._blended([cepstra.distance(style) for style in self._sounds])

    def _blended(self, values: Sequence[float]) -> float:
        return sum(share * value for share, value in zip(self._shares, values, strict=True))


def mean(kept: Mapping[str, float]) -> float:
    """Of what is kept of several things."""
    return sum(kept.values()) / len(kept)


def refuse_alike(content: Anchors) -> Anchors:
    """Raises BadInput where a style sound in the place of the content keeps nearly all of it."""
    if content.zero > 0.9:
        raise BadInput(
            "content and style are too alike to score {what}",
            "choose a style sound of another kind",
            what=Sentence("content"),
        )
    return content


def _ends(zero: float, one: float) -> Anchors:
    """Anchors that are apart, however alike the two ends are: what is held out refuses nothing."""
    return Anchors(zero, max(one, zero + 0.05))


def _as_long(style: Recording, content: Recording) -> Recording:
    """The style sound over and over, as long as the content."""
    count = round(content.seconds * style.rate)
    times = -(-count // style.samples.shape[1])
    return replace(style, samples=np.tile(style.samples, (1, times))[:, :count])
