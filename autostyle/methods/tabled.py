"""A method whose work is one table of colours, at work on a clip: one table for all of it, each frame through it.

What moves is told of nothing: the table comes of frames that stand for the whole clip, so that no part of it is graded
otherwise than another, and nothing has to be held together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic

import numpy as np

from autostyle.codecs import ColorTable
from autostyle.codecs.clip import Clip
from autostyle.codecs.image import quantize
from autostyle.methods.contract import (
    ClipInputs,
    ClipMethod,
    ClipResult,
    ImageInputs,
    Inputs,
    Iterate,
    OnIterate,
    P,
    Stop,
    TableMethod,
    at_ratio,
    ignore,
)
from autostyle.vision.color_table import apply_table

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


@dataclass(frozen=True)
class PreparedGrade:
    """The clip at the size of the run, and what the method prepared of the frame that stands for all."""

    content: Clip
    known: Any


class Tabled(ClipMethod[P, PreparedGrade], Generic[P]):
    """See the module's docstring.

    Args:
        painter: the method of pictures.
    """

    whole: ClassVar[bool] = True
    independent = True

    def __init__(self, painter: TableMethod[P, Any]) -> None:
        self.painter = painter
        self.spec = painter.spec
        self.device = "cpu"

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.painter.load(weights, device)

    def weights_used(self) -> dict[str, str]:
        return self.painter.weights_used()

    def weights_of(self, inputs: Inputs[Any, Any]) -> dict[str, str]:
        return self.painter.weights_of(inputs)

    def prepare(self, inputs: ClipInputs, size: int) -> PreparedGrade:
        shown = inputs.whole or inputs.content
        known = self.painter.prepare(ImageInputs(shown.middle, inputs.style, aids=inputs.aids), size)
        return PreparedGrade(inputs.content.resized(size), known)

    def table(self, prepared: PreparedGrade, params: P) -> ColorTable:
        """What becomes of each colour, in all of the clip."""
        return self.painter.table(prepared.known, params)

    def run(self, prepared: PreparedGrade, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> ClipResult:
        value = float(getattr(params, self.spec.ratio))
        return next(self.run_path(prepared, params, [value], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedGrade,
        params: P,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ClipResult]:
        for value in values:
            table = self.table(prepared, at_ratio(self.spec, params, value))
            yield (made := self._graded(prepared.content, table, on_iterate))
            if made.stopped:
                return

    def _graded(self, content: Clip, table: ColorTable, on_iterate: OnIterate) -> ClipResult:
        frames, stopped = [], False
        for number in range(len(content)):
            made = apply_table(table, content[number], self.device)
            frames.append(quantize(made))
            try:
                on_iterate(Iterate.of(number + 1, len(content), made))
            except Stop:
                stopped = True
                break
        return ClipResult(Clip(np.stack(frames), content.fps), len(frames), stopped, table=table)
