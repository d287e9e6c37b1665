"""Cubic outlines (CFF, CFF2) as TrueType's quadratic ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fontTools.misc.psCharStrings import T2CharString, T2OutlineExtractor
from fontTools.pens.basePen import NullPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

DEEPEST = 16
"""Subroutines within each other; the format allows 10."""
MOST_STEPS = 2**26
"""Bytes of programs that the glyphs of a font run in all, subroutines as often as they are called."""

MOST_OF_GLYPH = 2**18
"""Of these, those of one glyph: TrueType has no room for more than 65,535 points."""


class Endless(Exception):
    """The outlines of a font take too long to draw: subroutines call each other, and few bytes say billions."""


def _bounded(font: TTFont) -> Any:
    """The glyph set of a font of cubic outlines, all of whose glyphs together raise :class:`Endless` at a bound."""
    left = MOST_STEPS

    class Bounded(T2OutlineExtractor):  # type: ignore[misc]  # fontTools has no types
        own = MOST_OF_GLYPH

        def execute(self, program: T2CharString, **options: Any) -> None:
            nonlocal left
            steps = 1 + len(program.bytecode or program.program)
            left, self.own = left - steps, self.own - steps
            if left < 0 or self.own < 0 or len(self.callingStack) > DEEPEST:
                raise Endless
            super().execute(program, **options)

    glyphs = font.getGlyphSet()
    for name in font.getGlyphOrder():
        glyphs.charStrings[name].outlineExtractor = Bounded
    return glyphs


def refuse_endless(font: TTFont) -> None:
    """Raises :class:`Endless` before anything else runs the programs of a font's glyphs."""
    glyphs, pen = _bounded(font), NullPen()
    for name in font.getGlyphOrder():
        glyphs[name].draw(pen)


def to_truetype(font: TTFont) -> None:
    """Outlines off by at most a thousandth of an em; raises :class:`Endless`."""
    glyphs, order = _bounded(font), font.getGlyphOrder()
    most = font["head"].unitsPerEm / 1000
    made: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, most, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    for name in order:
        made[name].recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(made[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours"):
        setattr(maxp, field, 0)
    for field in ("maxCompositePoints", "maxCompositeContours", "maxComponentDepth"):
        setattr(maxp, field, 0)
    maxp.compile(font)
    for table in ("CFF ", "CFF2", "VORG"):
        if table in font:
            del font[table]
    if "post" in font:
        font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
