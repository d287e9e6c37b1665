"""Scores of results for one content picture and its styles, frozen for a study.

    scorer = Scorer.open(content, styles, shares, weights=weights, device="cpu")
    scorer.score(result).style      # 0 = the untouched content, 1 = the style picture

Every metric sees pictures at one fixed size, so that results of different sizes compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.media import Pixels
from autostyle.scoring.anchors import Anchors, apart
from autostyle.scoring.color import Quantiles, color_distance, palette_quantiles
from autostyle.scoring.content import ms_ssim, ssim
from autostyle.scoring.held_out import HeldOut
from autostyle.scoring.leakage import layout, leakage
from autostyle.scoring.scores import ScorerId, Scores
from autostyle.scoring.style import StyleScore, embed
from autostyle.scoring.texture import gram_mse, grams
from autostyle.vision.encoder import Encoder
from autostyle.vision.tensors import resize, to_pixels, to_tensor
from autostyle.vision.weights import STYLE_MODELS, StyleModel, Weights

VERSION = 3
"""Raised whenever the same picture would score differently: a study is resumed only by the scorer it began with."""
LONG_SIDE = 256
SHORT_SIDE = 96
"""A very long picture is scored larger, down to which the filters still find room."""
LEAST_GAP = 0.05


@dataclass(frozen=True)
class _Style:
    """One style picture, prepared."""

    share: float
    score: StyleScore
    grams: list[Tensor]
    palette: Quantiles
    layout: Tensor


def scored_shape(height: int, width: int) -> tuple[int, int]:
    """(height, width) at which a picture of this size is scored."""
    scale = max(LONG_SIDE / max(height, width), SHORT_SIDE / min(height, width))
    return round(height * scale), round(width * scale)


class Scorer:
    """See the module's docstring; made by :meth:`open`, never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: stand-ins, to be said aloud.
    """

    def __init__(
        self,
        content: Tensor,
        styles: tuple[_Style, ...],
        ssim_anchors: Anchors,
        held_out: HeldOut,
        model: StyleModel,
        encoder: Encoder,
        identity: ScorerId,
        notes: tuple[str, ...],
    ) -> None:
        self._content, self._styles, self._ssim, self._held_out = content, styles, ssim_anchors, held_out
        self._model, self._encoder, self._layout = model, encoder, layout(content)
        self._shape = (content.shape[-2], content.shape[-1])
        self.identity, self.notes = identity, notes

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
    ) -> Scorer:
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
        inputs = [_scored(picture, device) for picture in (content, *styles)]
        base, others = inputs[0], inputs[1:]
        stretched = [resize(style, (base.shape[-2], base.shape[-1])).clamp(0, 1) for style in others]
        alien = sum(share * ssim(style, base) for style, share in zip(stretched, shares, strict=True))
        ssim_anchors = apart(alien, 1.0, LEAST_GAP, "content")
        prepared = tuple(
            _Style(
                share,
                StyleScore.of(judge, base, style),
                grams(encoder, style),
                palette_quantiles(to_pixels(style)),
                layout(fitted),
            )
            for share, style, fitted in zip(shares, others, stretched, strict=True)
        )
        held_out = HeldOut.of(to_pixels(base), tuple(to_pixels(style) for style in others), shares)
        anchors = {"content": ssim_anchors, "held_out.style": held_out.style, "held_out.content": held_out.content}
        anchors |= {f"style.{number}": style.score.anchors for number, style in enumerate(prepared, 1)}
        identity = ScorerId(
            style=judge.origin,
            version=VERSION,
            weights_hash=weights.fingerprint(STYLE_MODELS["clip" if judge.origin.startswith("clip") else "embedded"]),
            anchors={f"{name}.{end}": getattr(a, end) for name, a in anchors.items() for end in ("zero", "one")},
        )
        notes: tuple[str, ...] = ()
        if model == "auto" and judge.origin == "embedded":
            notes = (f"style is scored by the embedded model; for CLIP: {weights.entry('clip').how}",)
        return cls(base, prepared, ssim_anchors, held_out, judge, encoder, identity, notes)

    @torch.inference_mode()
    def score(self, image: Pixels) -> Scores:
        """Score a result of any size with the content's aspect; raises BadInput if it holds no numbers."""
        result = resize(to_tensor(image, self._content.device), self._shape).clamp(0, 1)
        if not bool(result.isfinite().all()):
            raise BadInput("this result holds values that are no numbers", "lower style_weight or the learning rate")
        pixels = to_pixels(result)
        crops, _ = embed(self._model, result)
        found_grams, palette, coarse = grams(self._encoder, result), palette_quantiles(pixels), layout(result)
        likeness = ssim(result, self._content)
        step_y, step_x = result.diff(dim=-2).abs().mean(), result.diff(dim=-1).abs().mean()

        def blended(values: list[float]) -> float:
            return sum(style.share * value for style, value in zip(self._styles, values, strict=True))

        raws = [style.score.raw(crops) for style in self._styles]
        return Scores(
            style=blended([style.score.anchors.place(raw) for style, raw in zip(self._styles, raws, strict=True)]),
            content=self._ssim.place(likeness),
            raw={
                "ssim": likeness,
                "ms_ssim": ms_ssim(result, self._content),
                "style_similarity": blended(raws),
                "gram_mse": blended([gram_mse(found_grams, style.grams) for style in self._styles]),
                "color_distance": blended([color_distance(palette, style.palette) for style in self._styles]),
                "leakage": max(leakage(coarse, self._layout, style.layout) for style in self._styles),
                "tv": float(step_y + step_x),
            },
            held_out=self._held_out.score(pixels),
        )


def _scored(pixels: Pixels, device: str) -> Tensor:
    return resize(to_tensor(pixels, device), scored_shape(*pixels.shape[:2])).clamp(0, 1)
