"""AdaIN at work on clips: :class:`autostyle.methods.steady.Steady` with AdaIN as its painter."""

from __future__ import annotations

from autostyle.methods.adain.run import AdaIN
from autostyle.methods.flow_adain.spec import SPEC, FlowAdaINParams
from autostyle.methods.steady import Steady


class FlowAdaIN(Steady[FlowAdaINParams]):
    """How much is carried from frame to frame is a parameter here."""

    def __init__(self) -> None:
        super().__init__(AdaIN())  # type: ignore[arg-type]  # a method of AdaIN's parameters takes any that add to them
        self.spec = SPEC  # type: ignore[misc]

    def hold(self, params: FlowAdaINParams) -> float:
        return params.hold
