"""What the embedded encoder sees of a picture, in one pass for all measures of it.

Whatever painted the picture, and whatever other encoders are on the machine: scores compare. ``gatys`` optimises the
statistics of the first layer of each block; the style score looks at those of others, leakage at things and not at
statistics, and the Gram distance is recorded and judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from autostyle.losses.style import gram, moments
from autostyle.scoring.measure import References, Sample
from autostyle.vision.encoder import Encoder

TEXTURE = ("relu2_2", "relu3_3", "relu4_3")
"""The last layers of their blocks, which no method optimises."""
GRAMS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
THINGS = "relu5_1"
"""The deepest layer there is: each of its places sees most of a picture of the size at which it is scored."""


@dataclass(frozen=True)
class SeenFeatures:
    """What is kept of a picture's features.

    Args:
        covariances: of the channels of the layers of :data:`TEXTURE`, each (C, C).
        grams: Gram matrices of the layers of :data:`GRAMS`, each (C, C).
        things: features of :data:`THINGS`, shape (1, C, h, w).
    """

    covariances: list[Tensor]
    grams: list[Tensor]
    things: Tensor

    @classmethod
    def of(cls, found: dict[str, Tensor], visible: Tensor | None) -> SeenFeatures:
        """What is kept of :func:`features`."""
        return cls(covariances(found, visible), [gram(found[layer], visible) for layer in GRAMS], found[THINGS])


def seen(references: References, sample: Sample) -> SeenFeatures:
    """What is seen of ``sample``; looked at once."""
    return sample.once("seen", lambda: SeenFeatures.of(features(references.encoder, sample.image), sample.visible))


@torch.inference_mode()
def features(encoder: Encoder, image: Tensor) -> dict[str, Tensor]:
    """Features of a (1, 3, H, W) picture by the names of all layers that are looked at."""
    found: dict[str, Tensor] = encoder(image.contiguous(memory_format=torch.channels_last), {*TEXTURE, *GRAMS, THINGS})
    return found


def covariances(found: dict[str, Tensor], visible: Tensor | None = None) -> list[Tensor]:
    """Covariances of the channels of the layers of :data:`TEXTURE`, each (C, C)."""
    return [moments(found[layer], visible)[:, :-1] for layer in TEXTURE]
