"""MicroAST at work on clips: :class:`autostyle.methods.steady.Steady` with MicroAST as its painter."""

from __future__ import annotations

from autostyle.methods.flow_microast.spec import SPEC, FlowMicroASTParams
from autostyle.methods.microast.run import MicroAST
from autostyle.methods.steady import Steady


class FlowMicroAST(Steady[FlowMicroASTParams]):
    """How much is carried from frame to frame is a parameter here."""

    def __init__(self) -> None:
        super().__init__(MicroAST())
        self.spec = SPEC

    def hold(self, params: FlowMicroASTParams) -> float:
        return params.hold
