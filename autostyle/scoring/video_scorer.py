"""Scores of stylized clips: those of pictures, on some frames, and how steady the whole is.

A clip that was made of one picture moves as it likes: its frames are held against that picture, and its steadiness is
measured along its own motion.

What a clip keeps of its content is what its frames show and how they move, so its content score is the mean of the
two; both are 1 for the untouched clip.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.clip import Clip
from autostyle.codecs.transparency import fill_hidden, resize_visible
from autostyle.scoring import temporal
from autostyle.scoring.scorer import ImageScorer, scored_shape
from autostyle.scoring.scores import OF_CLIPS, Metric, ProfileName, ScorerId, Scores
from autostyle.sentences import Sentence
from autostyle.vision.weights import Weights

MEANING = Sentence("content of a clip: the mean of what its frames keep and of how steadily its marks move")
FRAMES = Metric(
    "frames",
    "Content of the frames",
    "raw",
    "the content score of single frames, as pictures have it",
    zero="the style picture",
    one="the untouched content",
)
LOOKS = 3
"""Frames that are looked at as pictures, spread evenly."""


class VideoScorer:
    """Scores clips of one content clip and its styles; attributes as those of :class:`ImageScorer`."""

    def __init__(self, content: Clip, scorers: Mapping[int, ImageScorer]) -> None:
        self._scorers = scorers
        self._shape = scored_shape(*content.frames.shape[1:3])
        small = content.scaled(*self._shape)
        self._content, self._small, self._visible = content, small, small.visible
        self._flows = temporal.motions(small)
        self._steady = temporal.anchors(small, self._flows)
        frozen = [scorer.identity for scorer in scorers.values()]
        anchors = _means(identity.anchors for identity in frozen)
        ends = {"temporal.zero": self._steady.zero, "temporal.one": self._steady.one}
        metrics = tuple(OF_CLIPS.get(metric, metric) for metric in frozen[0].metrics)
        metrics = (*metrics, temporal.STEADINESS, temporal.WARP_ERROR, temporal.SOFTNESS, FRAMES)
        self.identity: ScorerId = replace(frozen[0], anchors=anchors | ends, metrics=metrics)
        self.notes = (*next(iter(scorers.values())).notes, MEANING)

    @classmethod
    def open(
        cls,
        content: Clip,
        styles: tuple[Pixels, ...],
        shares: tuple[float, ...],
        *,
        weights: Weights,
        device: str,
        model: str = "auto",
        profile: ProfileName = "art",
        styles_visible: Sequence[Visibility | None] = (),
    ) -> VideoScorer:
        """Arguments and errors as those of :meth:`Scorer.open`; ``content`` is what a trial works on."""
        scorers = {
            t: ImageScorer.open(
                content[t],
                styles,
                shares,
                weights=weights,
                device=device,
                model=model,
                profile=profile,
                visible=content.seen(t),
                styles_visible=styles_visible,
            )
            for t in _spread(len(content))
        }
        return cls(content, scorers)

    def score(self, clip: Clip) -> Scores:
        """Score a result with as many frames as the content, or any number where that is one picture; ``raw`` holds
        ``temporal``, ``warp_error`` and ``softness``, too."""
        small = replace(_shown(clip, self._content).scaled(*self._shape), visible=self._visible)
        looked_at, flows = self._scorers, self._flows
        if len(self._scorers) == 1 and len(clip) > 1:
            looked_at, flows = dict.fromkeys(_spread(len(clip)), self._scorers[0]), temporal.motions(small)
        looks = [scorer.score(clip[t]) for t, scorer in looked_at.items()]
        steady = self._steady.place(temporal.unsteadiness(small, flows)) if flows else 1.0
        objectives = _means(look.objectives for look in looks)
        pictured = objectives["content"]
        moving = {
            "temporal": steady,
            "warp_error": temporal.warp_error(small, flows),
            "softness": temporal.softness(small, self._small),
            "frames": pictured,
        }
        return Scores(
            # Steadier than the content itself is nothing that it had: blending alone gets there.
            objectives | {"content": (pictured + min(steady, 1.0)) / 2},
            raw=_means(look.raw for look in looks) | moving,
            held_out=_means(look.held_out for look in looks),
        )


def _shown(clip: Clip, content: Clip) -> Clip:
    """``clip``, filled where the content is not to be seen, as that is: motion carries along what lies beside."""
    if content.visible is None:
        return clip
    seen = [resize_visible(content.seen(t), *clip.frames.shape[1:3]) for t in range(len(clip))]
    return Clip.of(
        (clip[t] if where is None else fill_hidden(clip[t], where) for t, where in enumerate(seen)), clip.fps
    )


def _spread(frames: int) -> list[int]:
    """The frames of a clip that are looked at."""
    return sorted({round((frames - 1) * i / (LOOKS - 1)) for i in range(LOOKS)})


def _means(found: Iterable[Mapping[str, float]]) -> dict[str, float]:
    rows = list(found)
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
