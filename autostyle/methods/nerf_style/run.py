"""The colours of a radiance field, optimised so that its views take on the style; what is dense stays as it is.

Zhang et al., "ARF: Artistic Radiance Fields", ECCV 2022. Departure: with densities fixed a view is linear in the
colours of the grid's points (autostyle.vision.radiance), so that nothing is rendered anew, and gradients need not be
put off (the paper's deferred back-propagation); all else is that of splat_style.
"""

from __future__ import annotations

from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Scene
from autostyle.errors import BadInput
from autostyle.methods.contract import Inputs, Pixels
from autostyle.methods.nerf_style.spec import SPEC, NerfStyleParams
from autostyle.methods.splat_style.run import PreparedScene, ViewPainting


class NerfStyle(ViewPainting[NerfStyleParams]):
    """See the module's docstring."""

    spec = SPEC

    def prepare(self, inputs: Inputs[Scene, Pixels], size: int) -> PreparedScene:
        if not isinstance(inputs.content, RadianceField):
            raise BadInput(
                "nerf_style takes photographs with their cameras, and this is splats", "name splat_style, or no method"
            )
        return super().prepare(inputs, size)
