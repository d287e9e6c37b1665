"""Zhang, Rao & Agrawala, "ControlNet", ICCV 2023, beside the style picture of InstantStyle."""

from __future__ import annotations

from autostyle.diffusion.families import ESTIMATOR
from autostyle.diffusion.painting import Adapter, Control, PaintInputs
from autostyle.diffusion.schedule import Schedule
from autostyle.methods.controlnet.spec import SPEC, ControlNetParams
from autostyle.methods.diffusion.run import Diffusion, PreparedPicture, injected
from autostyle.sentences import Sentence


class ControlNet(Diffusion[ControlNetParams]):
    """Two schedules at once: when the style acts and when edges or depth hold; see the module's docstring.

    What estimates and holds depth is loaded by the first run that asks for it.
    """

    spec = SPEC
    parts = ("adapter", "canny")

    def adapter(self, prepared: PreparedPicture, params: ControlNetParams) -> Adapter:
        return injected(self.engine, prepared, params)

    def control(self, prepared: PreparedPicture, params: ControlNetParams) -> Control:
        schedule = Schedule(params.control_start, params.control_end, params.control_shape)
        self.engine.add(params.control)
        by_depth = params.control == "depth"
        image = self.engine.depth(prepared.padded) if by_depth else self.engine.edges(prepared.padded, params.edges)
        return Control(image, params.control_scale, schedule, params.control)

    def notes(self, job: PaintInputs) -> tuple[str, ...]:
        if job.control is None or job.control.kind == "canny":
            return ()
        return (
            Sentence(
                "held by depth, with {depth} and {estimator}",
                depth=self.engine.origins["depth"],
                estimator=self.engine.origins[ESTIMATOR],
            ),
        )
