"""Fonts in colour at work: :class:`autostyle.methods.inked.Inked` with MicroAST as its painter."""

from __future__ import annotations

from autostyle.methods.font_color.spec import SPEC, FontColorParams
from autostyle.methods.inked import SOFTNESS, Inked, InkSettings
from autostyle.methods.microast.run import MicroAST
from autostyle.typography.coloring import Body, Inking


class FontColor(Inked[FontColorParams]):
    """How glyphs become layers is a matter of parameters here."""

    def __init__(self) -> None:
        super().__init__(MicroAST())
        self.spec = SPEC

    def settings(self, params: FontColorParams) -> InkSettings:
        return InkSettings(
            params.layers,
            Body(params.relief, params.grain, params.grain_size),
            Inking(params.contrast, params.rim, SOFTNESS, params.detail),
            params.svg,
        )
