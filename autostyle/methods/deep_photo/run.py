"""Luan, Paris, Shechtman & Bala, "Deep Photo Style Transfer", CVPR 2017: Gatys' losses, and the matting Laplacian of
the content, by which each small window may be an affine function of the content's own colours and nothing else.

Departures from the paper: those of gatys, and the term counts at every size of its pyramid, so that no mark is made
there that it would have to undo, and its fits are held more firmly (losses/matting.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from torch import Tensor

from autostyle.codecs.image import fit_size
from autostyle.losses.matting import MattingLaplacian
from autostyle.methods.contract import ImageInputs
from autostyle.methods.deep_photo.spec import SPEC, DeepPhotoParams
from autostyle.methods.devices import out_of_memory
from autostyle.methods.gatys.levels import PreparedGatys
from autostyle.methods.gatys.objective import Term
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.tensors import resize


@dataclass(frozen=True)
class PreparedDeepPhoto(PreparedGatys):
    """And the matting Laplacians of the content, by the sizes of the pyramid."""

    matting: Mapping[int, MattingLaplacian]


class DeepPhoto(Gatys):
    """Gatys with one more term; see the module's docstring."""

    spec = SPEC

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedDeepPhoto:
        prepared = super().prepare(inputs, size)
        height, width = prepared.content_pixels.shape[:2]
        matting = {
            each: MattingLaplacian(resize(prepared.content.to(self.device), fit_size(height, width, each)).clamp(0, 1))
            for each in prepared.sizes
        }
        return PreparedDeepPhoto(**{one.name: getattr(prepared, one.name) for one in fields(prepared)}, matting=matting)

    def term(self, prepared: PreparedGatys, params: GatysParams, size: int) -> Term:
        assert isinstance(prepared, PreparedDeepPhoto) and isinstance(params, DeepPhotoParams)
        matting, weight = prepared.matting[size], params.laplacian_weight

        def held(image: Tensor) -> Tensor:
            return weight * matting(image)

        return held
