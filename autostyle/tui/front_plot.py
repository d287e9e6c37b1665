"""The front as text: the first objective (style) to the right, the second (content) upwards, and stairs between."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content

from autostyle.scoring.scores import NAMES
from autostyle.tui.theme import MUTED
from autostyle.tuning import pareto
from autostyle.tuning.pareto import Point

MARKS = {"other": ("·", MUTED), "front": ("●", "$accent"), "best": ("◆", "$success bold")}
LEFT = 5
"""Columns of the scale on the left: four characters and the axis."""


def draw(
    points: Mapping[int, Point],
    front: Sequence[int],
    best: int | None,
    width: int,
    height: int,
    names: Sequence[str] = NAMES,
) -> Content:
    """A plot of ``width`` by ``height`` cells; too small a place or no point gives an empty one.

    Args:
        points: of every complete trial, by number.
        front: the non-dominated ones, by rising first score.
        best: the recommended one.
        names: of the objectives: the first goes to the right, the second upwards, further ones show in the legend.
    """
    columns, rows = _room(width, height)
    places = _places(points, columns, rows)
    if not places:
        return Content("")
    across = PlotAxis.around([point[0] for point in points.values()], columns)
    upwards = PlotAxis.around([point[1] for point in points.values()], rows)
    steps = pareto.front({number: points[number][:2] for number in front})
    cells = {place: (line, "$accent 60%") for place, line in _stairs([places[number] for number in steps]).items()}
    others = [number for number in points if number not in front]
    for kind, numbers in (("other", others), ("front", front), ("best", [n for n in front if n == best])):
        cells |= {places[number]: MARKS[kind] for number in numbers}
    labels = {0: upwards.high, rows - 1: upwards.low}
    parts: list[str | tuple[str, str]] = [
        (names[1], MUTED),
        *_legend(points, best, width - cell_len(names[1]), names),
        "\n",
    ]
    for row in range(rows):
        scale = f"{labels[row]:4.2f}" if row in labels else "    "
        parts.append((f"{scale}{'┤' if row in labels else '│'}", MUTED))
        parts += [cells.get((column, row), " ") for column in range(columns)]
        parts.append("\n")
    low, high = f"{across.low:.2f}", f"{across.high:.2f}"
    parts.append((f"    └{'─' * columns}\n", MUTED))
    room = columns - len(low) - len(high) - (cell_len(names[0]) - len(names[0]))
    parts.append((f"     {low}{names[0].center(room)}{high}", MUTED))
    return Content.assemble(*parts)


REACH = 4
"""Cells around a mark in which a click is still meant for it; a row counts twice, as it is as high as two are wide."""


def pick(
    points: Mapping[int, Point], front: Sequence[int], width: int, height: int, column: int, row: int
) -> int | None:
    """The number of the trial whose mark is next to a cell of the plot, one of the front before others; None where none
    is near."""
    places = _places(points, *_room(width, height))
    away = {
        number: abs(x + LEFT - column) + 2 * abs(y + 1 - row) for number, (x, y) in places.items()
    }  # the legend is the first row
    near = [number for number, cells in away.items() if cells <= REACH]
    return min(near, key=lambda number: (away[number], number not in front), default=None)


def _room(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of a plot within its axes."""
    return width - LEFT - 1, height - 3


def _places(points: Mapping[int, Point], columns: int, rows: int) -> dict[int, tuple[int, int]]:
    """Number -> column and row of a trial's mark; none in too small a place."""
    if not points or columns < 8 or rows < 3:
        return {}
    across = PlotAxis.around([point[0] for point in points.values()], columns)
    upwards = PlotAxis.around([point[1] for point in points.values()], rows)
    return {number: (across.cell(point[0]), rows - 1 - upwards.cell(point[1])) for number, point in points.items()}


def _legend(
    points: Mapping[int, Point], best: int | None, width: int, names: Sequence[str]
) -> list[str | tuple[str, str]]:
    """The recommended trial and its scores at the right end of ``width``; nothing where that is too little."""
    if best is None or best not in points:
        return []
    text = f" {best}" + "".join(f"  {name} {score:.2f}" for name, score in zip(names, points[best], strict=True))
    room = width - cell_len(text) - 1
    return [" " * room, MARKS["best"], text] if room > 1 else []


class PlotAxis:
    """A stretch of score laid over ``cells`` cells: from a low to a high round to a twentieth."""

    def __init__(self, low: float, high: float, cells: int) -> None:
        self.low, self.high, self.cells = low, high, cells

    @classmethod
    def around(cls, values: Sequence[float], cells: int) -> PlotAxis:
        """The narrowest one that holds ``values``."""
        low, high = math.floor(min(values) * 20 + 1e-9) / 20, math.ceil(max(values) * 20 - 1e-9) / 20
        return cls(low, high if high > low else low + 0.05, cells)

    def cell(self, value: float) -> int:
        """Which cell holds ``value``."""
        return min(int((value - self.low) / (self.high - self.low) * self.cells), self.cells - 1)


def _stairs(corners: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The border of what the front dominates, by cell: from one corner down to the next one's height, then across."""
    cells: dict[tuple[int, int], str] = {}
    for (x0, y0), (x1, y1) in pairwise(corners):
        cells |= {(x, y1): "─" for x in range(x0 + 1, x1)}
        cells |= {(x0, y): "│" for y in range(y0 + 1, y1)}
        if x1 > x0 and y1 > y0:
            cells[x0, y1] = "╰"
    return cells
