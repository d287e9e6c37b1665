"""A method of pictures at work on a font: it paints a sheet of glyphs, and what it painted becomes layers of outlines.

Letters are lit, and grained, so that there is something for marks to follow. The colours that are most in what was
painted, few of them, become layers that lie on each other, the glyph's own outline lowest: whatever is painted, each
letter keeps its edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autostyle.codecs import Pixels
from autostyle.errors import BadInput
from autostyle.methods.contract import (
    FontInputs,
    FontMethod,
    FontResult,
    ImageInputs,
    Iterate,
    OnIterate,
    P,
    ignore,
)
from autostyle.methods.painter import ByPainter
from autostyle.typography.coloring import Body, Inking, layered, palette_of, shaded
from autostyle.typography.outlines import Sheet, masks

SOFTNESS = 0.01
"""Blur of the borders between colours, em."""


@dataclass(frozen=True)
class InkSettings:
    """How glyphs are painted where the method has no parameters for it."""

    layers: int = 5
    body: Body = field(default_factory=lambda: Body(0.3, 0.15, 0.04))
    inking: Inking = field(default_factory=lambda: Inking(1.6, 0.0, SOFTNESS, 0.025))
    svg: bool = False


@dataclass(frozen=True)
class PreparedSheet:
    """The glyphs as masks in one picture.

    Args:
        ready: what the painter prepared of them, as they are lit, and the seed.
    """

    inputs: FontInputs
    sheet: Sheet
    size: int
    ready: tuple[Body, int, Any] | None = None


class Inked(ByPainter[P], FontMethod[P, PreparedSheet]):
    """See the module's docstring."""

    def settings(self, params: P) -> InkSettings:
        """How glyphs become layers."""
        return InkSettings()

    def prepare(self, inputs: FontInputs, size: int) -> PreparedSheet:
        font = inputs.content
        found = masks(font.tables, inputs.glyphs or font.names, size)
        if not found:
            raise BadInput("there is no glyph with an outline to paint", "name another font")
        prepared = PreparedSheet(inputs, Sheet.of(found), size)
        if inputs.palette:  # of a part of a font whose first sheet is painted: the style was taken then
            return prepared
        body = InkSettings().body
        return replace(prepared, ready=(body, 0, self._ready(prepared, body, 0)))  # refuses styles

    def run(self, prepared: PreparedSheet, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> FontResult:
        inputs, sheet, settings = prepared.inputs, prepared.sheet, self.settings(params)
        if prepared.ready is not None and prepared.ready[:2] == (settings.body, seed):
            ready = prepared.ready[2]
        else:
            ready = self._ready(prepared, settings.body, seed)

        def onward(iterate: Iterate) -> None:
            on_iterate(Iterate(iterate.step, iterate.steps, lambda: _shown(iterate.image(), sheet), iterate.loss))

        result = self.painter.run(ready, params, seed=seed, on_iterate=onward)
        count = settings.layers if inputs.most_layers is None else min(settings.layers, inputs.most_layers + 1)
        found = np.array(inputs.palette) if inputs.palette else palette_of(result.image, sheet.mask, count, seed)
        drawings = layered(result.image, sheet, found, settings.inking, prepared.size)
        palette = tuple((float(r), float(g), float(b)) for r, g, b in found)
        return FontResult(
            inputs.content, drawings, result.steps, palette, settings.svg, result.stopped, result.notes, result.seconds
        )

    def _ready(self, prepared: PreparedSheet, body: Body, seed: int) -> Any:
        content = shaded(prepared.sheet, body, prepared.size, seed)
        return self.painter.prepare(ImageInputs(content, prepared.inputs.style), max(prepared.sheet.shape))


def _shown(painted: Pixels, sheet: Sheet) -> Pixels:
    """What is painted, where it will be seen."""
    if painted.shape[:2] != sheet.shape:
        return painted
    return np.asarray(1 + sheet.mask[..., None] * (painted - 1), np.float32)
