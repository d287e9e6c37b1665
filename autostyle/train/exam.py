"""How much of the style has been learnt: pictures painted from the captions of kept-out ones, compared with those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.scoring.measure import Anchors
from autostyle.scoring.style import LEAST_GAP, embed
from autostyle.vision.weights import StyleModel


@dataclass(frozen=True)
class Exam:
    """Likeness to the kept-out pictures, with what the base model paints from the same words taken out.

    Args:
        model: the style model, which no part of the training has seen.
        direction: mean of the kept-out crops' vectors without the base model's direction, shape (D,).
        anchors: 0 is what the base model paints, 1 the pictures that are learnt from.
    """

    model: StyleModel
    direction: Tensor
    anchors: Anchors

    @classmethod
    def set(
        cls, model: StyleModel, kept: Sequence[Tensor], learnt: Sequence[Tensor], untouched: Sequence[Tensor]
    ) -> Exam | None:
        """Prepare for (1, 3, H, W) pictures; None where the base model's are too like the style to tell them apart."""
        axis = F.normalize(_seen(model, untouched).mean(0), dim=0)
        crops = _seen(model, kept)
        direction = F.normalize(crops - (crops @ axis)[:, None] * axis, dim=1).mean(0)
        zero, one = (float((_seen(model, some) @ direction).mean()) for some in (untouched, learnt))
        return cls(model, direction, Anchors(zero, one)) if one - zero >= LEAST_GAP else None

    def score(self, painted: Sequence[Tensor]) -> float:
        """0 like the base model, 1 like the pictures that were learnt from; past either end it leaves 0..1."""
        return self.anchors.place(float((_seen(self.model, painted) @ self.direction).mean()))


def _seen(model: StyleModel, pictures: Sequence[Tensor]) -> Tensor:
    return torch.cat([embed(model, picture)[0] for picture in pictures])
