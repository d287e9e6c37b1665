"""Zhang, Rao & Agrawala, "ControlNet", ICCV 2023, beside the style picture of InstantStyle."""

from __future__ import annotations

from autostyle.diffusion.painting import Adapter, Control
from autostyle.diffusion.schedule import Schedule
from autostyle.methods.controlnet.spec import SPEC, ControlNetParams
from autostyle.methods.diffusion.run import Diffusion, PreparedPicture, injected


class ControlNet(Diffusion[ControlNetParams]):
    """Two schedules at once: when the style acts and when the edges hold; see the module's docstring."""

    spec = SPEC
    parts = ("adapter", "canny")

    def adapter(self, prepared: PreparedPicture, params: ControlNetParams) -> Adapter:
        return injected(self.engine, prepared, params)

    def control(self, prepared: PreparedPicture, params: ControlNetParams) -> Control:
        schedule = Schedule(params.control_start, params.control_end, params.control_shape)
        return Control(self.engine.edges(prepared.padded, params.edges), params.control_scale, schedule)
