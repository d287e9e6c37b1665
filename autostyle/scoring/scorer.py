"""Scores of results for one content picture and its styles, frozen for a study.

    scorer = Scorer.open(content, styles, shares, weights=weights, device="cpu")
    scorer.score(result).objectives["style"]      # 0 = the untouched content, 1 = the style picture

Every metric sees pictures at one fixed size, so that results of different sizes compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
import torch.nn.functional as F

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.transparency import fill_hidden, resize_visible
from autostyle.errors import BadInput
from autostyle.scoring import held_out, photo
from autostyle.scoring.color import ColorDistance
from autostyle.scoring.content import ContentScore, MsSsim, Ssim
from autostyle.scoring.held_out import HeldOut
from autostyle.scoring.leakage import Leakage
from autostyle.scoring.measure import Anchors, Measure, Objective, References, Sample
from autostyle.scoring.scores import Metric, ProfileName, ScorerId, Scores
from autostyle.scoring.style import StyleLikeness, StyleSimilarity
from autostyle.scoring.texture import GramMse, TextureSimilarity
from autostyle.scoring.variation import TotalVariation
from autostyle.sentences import Sentence
from autostyle.vision.tensors import resize, to_tensor, to_visible
from autostyle.vision.weights import ENCODERS, STYLE_MODELS, Weights

VERSION = 4
"""Raised whenever the same picture would score differently: a study is resumed only by the scorer it began with."""
LONG_SIDE = 256
SHORT_SIDE = 96
"""A very long picture is scored larger, down to which the filters still find room."""


class HeldOutMetric(Protocol):
    """Prepared for one content and its styles."""

    @property
    def anchors(self) -> Mapping[str, Anchors]: ...

    def score(self, result: Sample) -> dict[str, float]:
        """Anchored, unclamped ``style`` and ``content`` of a picture of the content's size."""


@dataclass(frozen=True)
class Profile:
    """What results are judged by.

    Args:
        objectives: in the order of the points of a study; the specs of media that are scored so name the same ones.
        raw: figures beside them.
        held_out: prepares what shares nothing with the objectives.
    """

    objectives: tuple[type[Objective], ...]
    raw: tuple[type[Measure], ...]
    held_out: Callable[[References], HeldOutMetric]
    held_out_metrics: tuple[Metric, ...]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return (*(each.metric for each in (*self.objectives, *self.raw)), *self.held_out_metrics)


PROFILES: Mapping[ProfileName, Profile] = {
    "art": Profile(
        (StyleLikeness, ContentScore),
        (Ssim, MsSsim, TextureSimilarity, StyleSimilarity, GramMse, ColorDistance, Leakage, TotalVariation),
        lambda references: HeldOut.of(references.content, references.styles, references.shares),
        held_out.METRICS,
    ),
    "photo": Profile(
        (photo.LookLikeness, photo.Photorealism),
        (Ssim, MsSsim, *photo.RAW, Leakage, TotalVariation),
        photo.HeldOutPhoto,
        photo.METRICS,
    ),
}


def scored_shape(height: int, width: int) -> tuple[int, int]:
    """(height, width) at which a picture of this size is scored."""
    scale = max(LONG_SIDE / max(height, width), SHORT_SIDE / min(height, width))
    return round(height * scale), round(width * scale)


class ImageScorer:
    """See the module's docstring; made by :meth:`open`, never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: stand-ins, to be said aloud.
    """

    def __init__(
        self,
        references: References,
        identity: ScorerId,
        notes: tuple[str, ...],
        visible: Visibility | None = None,
    ) -> None:
        """``identity`` without its anchors, which are found here; raises as :meth:`open`."""
        self._content, self._visible = references.content, visible
        profile = PROFILES[identity.profile]
        self._objectives = [each(references) for each in profile.objectives]
        self._raw = [each(references) for each in profile.raw]
        self._held_out = profile.held_out(references)
        anchors = {f"held_out.{name}": ends for name, ends in self._held_out.anchors.items()}
        anchors |= {name: ends for each in self._objectives for name, ends in each.anchors.items()}
        ends = {f"{name}.{end}": getattr(a, end) for name, a in anchors.items() for end in ("zero", "one")}
        self.identity, self.notes = replace(identity, anchors=ends, metrics=profile.metrics), notes

    @classmethod
    def open(
        cls,
        content: Pixels,
        styles: tuple[Pixels, ...],
        shares: tuple[float, ...],
        *,
        weights: Weights,
        device: str,
        model: str = "auto",
        profile: ProfileName = "art",
        visible: Visibility | None = None,
        styles_visible: Sequence[Visibility | None] = (),
    ) -> ImageScorer:
        """Prepare everything that does not depend on the result.

        Args:
            content, styles: pictures at any size.
            shares: of the styles, positive, summing to 1.
            visible, styles_visible: how far places of the content, and of what is made of it, and of the styles are to
                be seen, and count; None, or nothing: all alike.
            model: ``auto`` (CLIP where its weights are), ``embedded`` or ``clip``.
            profile: what results are judged by.

        Raises:
            BadInput: content and style are too alike to measure anything between them.
            Missing: ``model`` is not on this machine.
        """
        judge, encoder = weights.style_model(model, device), weights.encoder("embedded", device)
        seen = (visible, *(styles_visible or (None,) * len(styles)))
        base, *others = (_scored(*each, device) for each in zip((content, *styles), seen, strict=True))
        fitted = tuple(_fitted(style, base) for style in others)
        identity = ScorerId(
            style=judge.origin,
            version=VERSION,
            weights_hash=_fingerprint(weights, judge.origin),
            anchors={},
            profile=profile,
        )
        notes: tuple[str, ...] = ()
        if model == "auto" and judge.origin == "embedded":
            notes = (Sentence("style is scored by the embedded model; for CLIP: {how}", how=weights.entry("clip").how),)
        return cls(References(base, tuple(others), fitted, shares, judge, encoder), identity, notes, visible)

    @torch.inference_mode()
    def score(self, image: Pixels) -> Scores:
        """Score a result of any size with the content's aspect; raises BadInput if it holds no numbers."""
        content = self._content.image
        shape = (content.shape[-2], content.shape[-1])
        seen = resize(to_tensor(_shown(image, self._visible), content.device), shape).clamp(0, 1)
        if not bool(seen.isfinite().all()):
            raise BadInput("this result holds values that are no numbers", "take parameters nearer to the defaults")
        result = Sample(seen, self._content.visible)
        return Scores(
            {each.metric.name: each(result) for each in self._objectives},
            {each.metric.name: each(result) for each in self._raw},
            self._held_out.score(result),
        )


def _fingerprint(weights: Weights, origin: str) -> str:
    """16 hex digits that tell the weights of the style score from others."""
    ids = (STYLE_MODELS["clip" if origin.startswith("clip") else "embedded"], ENCODERS["embedded"])
    return hashlib.sha256(" ".join(map(weights.fingerprint, ids)).encode()).hexdigest()[:16]


def _scored(pixels: Pixels, visible: Visibility | None, device: str) -> Sample:
    shape = scored_shape(*pixels.shape[:2])
    return Sample(
        resize(to_tensor(_shown(pixels, visible), device), shape).clamp(0, 1), to_visible(visible, shape, device)
    )


def _shown(pixels: Pixels, visible: Visibility | None) -> Pixels:
    """``pixels`` with what is to be seen of them everywhere: what was painted where nobody sees it would be mixed in by
    resizing, and is within sight of networks."""
    seen = resize_visible(visible, *pixels.shape[:2])
    return pixels if seen is None else fill_hidden(pixels, seen)


def _fitted(style: Sample, content: Sample) -> Sample:
    """``style`` at the size of ``content``, to be seen where both are."""
    shape = (content.image.shape[-2], content.image.shape[-1])
    visible = content.visible
    if style.visible is not None:
        own = F.interpolate(style.visible, size=shape, mode="area")
        visible = own if visible is None else own * visible
    return Sample(resize(style.image, shape).clamp(0, 1), visible)
