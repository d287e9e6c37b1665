"""A fast net at work on clips: :class:`autostyle.methods.steady.Steady` with a fast net as its painter.

What keeps it steady was learnt (:mod:`autostyle.train.fast.steady`): frames that are blended have much the same marks
at the same places, so that nine tenths may be carried from the one before and stay crisp (``benchmarks/flicker.py``).
"""

from __future__ import annotations

from autostyle.methods.fast_net.run import FastStyle
from autostyle.methods.steady import Steady
from autostyle.methods.temporal_net.spec import SPEC, TemporalNetParams


class SteadyStyle(FastStyle):
    """Paints single frames, with a net that has learnt to be steady where there is one."""

    steady = True


class TemporalNet(Steady[TemporalNetParams]):
    """See the module's docstring."""

    def __init__(self) -> None:
        super().__init__(SteadyStyle())
        self.spec = SPEC

    def hold(self, params: TemporalNetParams) -> float:
        return params.hold
