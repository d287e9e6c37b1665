"""Drawings put into a font: colour layers (COLR version 0, and an SVG table beside it) or new outlines.

COLR version 0 is what most programs read; Adobe's read the SVG table alone. Advance widths, kerning, characters and
features are those of the font: glyphs keep their numbers, and what is new comes after them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.S_V_G_ import SVGDocument

from autostyle.typography import licence
from autostyle.typography.font import MOST_GLYPHS, STALE, Font, written
from autostyle.typography.outlines import Contour, Drawings, InkLayer

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


def layers_within_limit(font: Font, count: int, wanted: int) -> int:
    """How many layers of their own ``count`` glyphs may have, at most ``wanted``: a font has 65,535 glyphs at most."""
    return min(wanted, (MOST_GLYPHS - len(font.tables.getGlyphOrder())) // max(1, count))


def drawn(font: Font, drawings: Drawings, *, svg: bool = False) -> Font:
    """``font`` with glyphs as they are drawn; those without a drawing keep the colour of the text. It is renamed."""
    tables = font.open()
    for table in STALE:
        if table in tables:
            del tables[table]
    glyf, metrics = tables["glyf"], tables["hmtx"].metrics
    order = list(tables.getGlyphOrder())
    taken = set(order)
    vertical = tables["vmtx"].metrics if "vmtx" in tables else None
    for name in order:
        glyf[name].removeHinting()
    new: dict[str, Any] = {}
    colored: dict[str, list[tuple[str, int]]] = {}
    for name, layers in drawings.glyphs.items():
        if all(layer.color < 0 for layer in layers):
            glyf[name] = made = _glyph([contour for layer in layers for contour in layer.contours])
            metrics[name] = (metrics[name][0], getattr(made, "xMin", 0))
            continue
        rows: list[tuple[str, int]] = []
        for layer in layers:
            if not layer.contours:
                rows.append((name, layer.color))
                continue
            called = f"{name}.layer{len(rows)}"
            while called in taken:
                called += "_"
            taken.add(called)
            new[called] = made = _glyph(layer.contours)
            metrics[called] = (metrics[name][0], made.xMin)
            if vertical is not None:
                vertical[called] = vertical[name]
            rows.append((called, layer.color))
        colored[name] = rows
    for called, made in new.items():
        glyf[called] = made
    tables.setGlyphOrder([*order, *new])
    glyf.glyphOrder = tables.getGlyphOrder()
    if "post" in tables:
        tables["post"].formatType = 3.0
    if colored:
        tables["COLR"] = buildCOLR(colored, version=0, glyphMap=tables.getReverseGlyphMap(rebuild=True))
        tables["CPAL"] = buildCPAL([[(*color, 1.0) for color in drawings.palette]])
        if svg:
            tables["SVG "] = _svg(tables, font, drawings)
    licence.rename(tables)
    return Font(written(tables), font.sample)


def _glyph(contours: Sequence[Contour]) -> Any:
    glyph = Glyph()
    glyph.numberOfContours = len(contours)
    if not contours:
        return glyph
    points = np.concatenate(contours)
    glyph.coordinates = GlyphCoordinates([tuple(place) for place in points[:, :2].tolist()])
    glyph.flags = array("B", points[:, 2].astype(np.uint8).tobytes())
    glyph.endPtsOfContours = (np.cumsum([len(contour) for contour in contours]) - 1).tolist()
    (glyph.xMin, glyph.yMin), (glyph.xMax, glyph.yMax) = points[:, :2].min(0).tolist(), points[:, :2].max(0).tolist()
    glyph.program = _no_program()
    return glyph


def _no_program() -> Any:
    from fontTools.ttLib.tables.ttProgram import Program

    program = Program()
    program.fromBytecode(b"")
    return program


def path(contour: Contour) -> str:
    """A contour as the ``d`` of an SVG path, y upwards."""
    if not contour[:, 2].any():  # a spline that is on the curve nowhere: begin in between
        middle = (contour[-1, :2] + contour[0, :2]) // 2
        contour = np.concatenate([[[*middle, 1]], contour])
    contour = np.roll(contour, -int(np.flatnonzero(contour[:, 2])[0]), axis=0)
    return "".join(_commands(contour.tolist()))


def _commands(points: list[list[int]]) -> Iterator[str]:
    (x0, y0, _), *rest = points
    yield f"M{x0} {y0}"
    control: tuple[int, int] | None = None
    for x, y, on in [*rest, [x0, y0, 1]]:
        if on:
            yield f"L{x} {y}" if control is None else f"Q{control[0]} {control[1]} {x} {y}"
            control = None
        else:
            if control is not None:
                yield f"Q{control[0]} {control[1]} {(control[0] + x) // 2} {(control[1] + y) // 2}"
            control = (x, y)
    yield "Z"


def _own(font: Font, name: str) -> list[Contour]:
    glyf = font.tables["glyf"]
    coordinates, ends, flags = glyf[name].getCoordinates(glyf)
    points = np.array([(x, y, flag & 1) for (x, y), flag in zip(coordinates, flags, strict=True)], np.int16)
    return [part for part in np.split(points, np.array(ends[:-1], int) + 1) if len(part) > 2]


def _svg(tables: TTFont, font: Font, drawings: Drawings) -> Any:
    table = newTable("SVG ")
    colors = ["#" + "".join(f"{round(255 * part):02x}" for part in color) for color in drawings.palette]
    documents = []
    for name, layers in drawings.glyphs.items():
        number = tables.getGlyphID(name)

        def shapes(layer: InkLayer, of: str = name) -> str:
            return "".join(map(path, layer.contours or _own(font, of)))

        paths = "".join(f'<path fill="{colors[layer.color]}" d="{shapes(layer)}"/>' for layer in layers)
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg"><g id="glyph{number}" transform="scale(1 -1)">{paths}</g></svg>'
        )
        documents.append(SVGDocument(text, number, number, True))
    table.docList = sorted(documents, key=lambda document: document.startGlyphID)
    return table
