"""Kolkin et al., "Neural Neighbor Style Transfer", 2022: each place is held against the one place of the style that is
most like it, and what is optimised are the levels of a Laplacian pyramid.

Departures from the paper: it begins at what gatys painted, which has the style's large marks already, and goes on with
the statistics of gatys beside the neighbours; what holds the content is gatys' own loss, with one finer layer, and the
self-similarity of STROTSS (Kolkin et al., CVPR 2019). Sizes too large to be seen whole are painted on by statistics
alone.
"""

from __future__ import annotations

from autostyle.codecs import Pixels
from autostyle.methods.gatys.levels import PreparedGatys
from autostyle.methods.gatys.run import Gatys, Polish, strength
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.nnst.neighbours import Neighbours
from autostyle.methods.nnst.spec import SPEC, NNSTParams
from autostyle.methods.regions import recolor_regions

HELD = "relu2_1"
"""What holds the content beside its own layers from where neighbours come in: they are found in cells of 4 pixels, and
contours finer than that would go with the marks."""


class NNST(Gatys):
    """Gatys, and nearest neighbours after it; see the module's docstring."""

    spec = SPEC

    def polish(self, prepared: PreparedGatys, params: GatysParams, seed: int) -> Polish | None:
        assert isinstance(params, NNSTParams)
        if not params.polish:
            return None
        held = {"content_layers": f"{HELD}+{params.content_layers}"}
        pyramid = params.model_copy(update={"representation": "laplacian", **held})
        return Polish(pyramid, params.polish, Neighbours(self.encoder, params, seed))

    def finished(self, image: Pixels, prepared: PreparedGatys, params: GatysParams) -> Pixels:
        assert isinstance(params, NNSTParams)
        if params.color_mode == "match":
            return image
        amount = params.match_palette * strength(params.style_weight)
        return recolor_regions(image, prepared.style, amount, prepared.visible, prepared.regions)
