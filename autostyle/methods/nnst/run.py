"""Kolkin et al., "Neural Neighbor Style Transfer", 2022: each place is held against the one place of the style that is
most like it, and what is optimised are the levels of a Laplacian pyramid.

Departures from the paper: the losses and the sizes are those of gatys, of whose statistics a share stays beside the
neighbours; neighbours are looked for anew at every size and every weight of the way, not once a size; what holds the
content is gatys' own loss with the self-similarity of STROTSS (Kolkin et al., CVPR 2019). Sizes too large to be seen
whole are painted on by statistics alone.
"""

from __future__ import annotations

from autostyle.codecs import Pixels
from autostyle.methods.gatys.levels import PreparedGatys
from autostyle.methods.gatys.run import Gatys, strength
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.nnst.neighbours import Neighbours
from autostyle.methods.nnst.spec import SPEC, NNSTParams
from autostyle.methods.regions import recolor_regions


class NNST(Gatys):
    """Gatys with nearest neighbours; see the module's docstring."""

    spec = SPEC

    def seen_terms(self, prepared: PreparedGatys, params: GatysParams, seed: int) -> Neighbours:
        assert isinstance(params, NNSTParams)
        return Neighbours(self.encoder, params, seed)

    def finished(self, image: Pixels, prepared: PreparedGatys, params: GatysParams) -> Pixels:
        assert isinstance(params, NNSTParams)
        if params.color_mode == "match":
            return image
        amount = params.match_palette * strength(params.style_weight)
        return recolor_regions(image, prepared.style, amount, prepared.visible, prepared.regions)
