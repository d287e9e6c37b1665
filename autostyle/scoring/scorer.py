"""Scores of results for one content picture and its styles, frozen for a study.

    scorer = Scorer.open(content, styles, shares, weights=weights, device="cpu")
    scorer.score(result).objectives["style"]      # 0 = the untouched content, 1 = the style picture

Every metric sees pictures at one fixed size, so that results of different sizes compare.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.errors import BadInput
from autostyle.scoring import held_out
from autostyle.scoring.color import ColorDistance
from autostyle.scoring.content import ContentScore, MsSsim, Ssim
from autostyle.scoring.held_out import HeldOut
from autostyle.scoring.leakage import Leakage
from autostyle.scoring.measure import Measure, Objective, References, Sample
from autostyle.scoring.scores import ScorerId, Scores
from autostyle.scoring.style import StyleLikeness, StyleSimilarity
from autostyle.scoring.texture import GramMse
from autostyle.scoring.variation import TotalVariation
from autostyle.sentences import Sentence
from autostyle.vision.tensors import resize, to_pixels, to_tensor
from autostyle.vision.weights import STYLE_MODELS, Weights

VERSION = 3
"""Raised whenever the same picture would score differently: a study is resumed only by the scorer it began with."""
LONG_SIDE = 256
SHORT_SIDE = 96
"""A very long picture is scored larger, down to which the filters still find room."""
OBJECTIVES: tuple[type[Objective], ...] = (StyleLikeness, ContentScore)
"""In the order of the points of a study; the specs of media that are scored so name the same ones."""
RAW: tuple[type[Measure], ...] = (Ssim, MsSsim, StyleSimilarity, GramMse, ColorDistance, Leakage, TotalVariation)
METRICS = (*(each.metric for each in OBJECTIVES), *(each.metric for each in RAW), *held_out.METRICS)


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

    def __init__(self, references: References, identity: ScorerId, notes: tuple[str, ...]) -> None:
        """``identity`` without its anchors, which are found here; raises as :meth:`open`."""
        self._content, shares = references.content, references.shares
        self._objectives = [each(references) for each in OBJECTIVES]
        self._raw = [each(references) for each in RAW]
        styles = tuple(to_pixels(style) for style in references.styles)
        self._held_out = HeldOut.of(to_pixels(references.content), styles, shares)
        anchors = {"held_out.style": self._held_out.style, "held_out.content": self._held_out.content}
        anchors |= {name: ends for each in self._objectives for name, ends in each.anchors.items()}
        ends = {f"{name}.{end}": getattr(a, end) for name, a in anchors.items() for end in ("zero", "one")}
        self.identity, self.notes = replace(identity, anchors=ends, metrics=METRICS), notes

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
    ) -> ImageScorer:
        """Prepare everything that does not depend on the result.

        Args:
            content, styles: pictures at any size.
            shares: of the styles, positive, summing to 1.
            model: ``auto`` (CLIP where its weights are), ``embedded`` or ``clip``.

        Raises:
            BadInput: content and style are too alike to measure anything between them.
            Missing: ``model`` is not on this machine.
        """
        judge, encoder = weights.style_model(model, device), weights.encoder("embedded", device)
        base, *others = (_scored(picture, device) for picture in (content, *styles))
        fitted = tuple(resize(style, (base.shape[-2], base.shape[-1])).clamp(0, 1) for style in others)
        identity = ScorerId(
            style=judge.origin,
            version=VERSION,
            weights_hash=weights.fingerprint(STYLE_MODELS["clip" if judge.origin.startswith("clip") else "embedded"]),
            anchors={},
        )
        notes: tuple[str, ...] = ()
        if model == "auto" and judge.origin == "embedded":
            notes = (Sentence("style is scored by the embedded model; for CLIP: {how}", how=weights.entry("clip").how),)
        return cls(References(base, tuple(others), fitted, shares, judge, encoder), identity, notes)

    @torch.inference_mode()
    def score(self, image: Pixels) -> Scores:
        """Score a result of any size with the content's aspect; raises BadInput if it holds no numbers."""
        shape = (self._content.shape[-2], self._content.shape[-1])
        seen = resize(to_tensor(image, self._content.device), shape).clamp(0, 1)
        if not bool(seen.isfinite().all()):
            raise BadInput("this result holds values that are no numbers", "take parameters nearer to the defaults")
        result = Sample(seen)
        return Scores(
            {each.metric.name: each(result) for each in self._objectives},
            {each.metric.name: each(result) for each in self._raw},
            self._held_out.score(result.pixels),
        )


def _scored(pixels: Pixels, device: str) -> Tensor:
    return resize(to_tensor(pixels, device), scored_shape(*pixels.shape[:2])).clamp(0, 1)
