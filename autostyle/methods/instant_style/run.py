"""Wang et al., "InstantStyle", 2024: the scale of an IP-Adapter as a vector over the blocks, and over the steps."""

from __future__ import annotations

from autostyle.diffusion.painting import Adapter
from autostyle.methods.diffusion.run import Diffusion, PreparedPicture, injected
from autostyle.methods.instant_style.spec import SPEC, InstantStyleParams


class InstantStyle(Diffusion[InstantStyleParams]):
    """Where and when, not only how much; see the module's docstring."""

    spec = SPEC
    parts = ("adapter",)

    def adapter(self, prepared: PreparedPicture, params: InstantStyleParams) -> Adapter:
        return injected(self.engine, prepared, params)
