"""Ye et al., "IP-Adapter", 2023: image tokens beside the text tokens of every cross-attention."""

from __future__ import annotations

from autostyle.diffusion.blocks import everywhere
from autostyle.diffusion.painting import Adapter
from autostyle.methods.diffusion.run import Diffusion, PreparedPicture
from autostyle.methods.ip_adapter.spec import SPEC, IPAdapterParams


class IPAdapter(Diffusion[IPAdapterParams]):
    """One scale for all blocks; see the module's docstring."""

    spec = SPEC
    parts = ("adapter",)

    def adapter(self, prepared: PreparedPicture, params: IPAdapterParams) -> Adapter:
        style = prepared.style
        return Adapter(self.engine.seen(style.exemplars, style.shares), everywhere(params.adapter_scale))
