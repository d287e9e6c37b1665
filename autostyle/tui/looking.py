"""Where one looks in a picture, how large, and what of it is seen: places are shares of its width and height."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from autostyle.tui.blocks import Crop, fitted

STEP = 1.5
"""One step of zooming."""
MOST = 16.0
"""Times that a picture is enlarged at most."""
PAN = 0.25
"""Share of what is seen that one step to the side goes."""


@dataclass(frozen=True)
class Viewpoint:
    """A place in a picture.

    Args:
        x, y: its middle, 0..1 from the left and from the top.
        zoom: times as large as where all of the picture is seen.
    """

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    @property
    def whole(self) -> bool:
        """Whether all of the picture is seen."""
        return self.zoom <= 1

    def enlarged(self, times: float, x: float | None = None, y: float | None = None) -> Viewpoint:
        """Nearer by ``times`` or, below 1, farther; the place at ``x``, ``y`` stays where it is."""
        zoom = min(max(self.zoom * times, 1.0), MOST)
        share = self.zoom / zoom
        at_x, at_y = self.x if x is None else x, self.y if y is None else y
        return (
            Viewpoint(at_x + (self.x - at_x) * share, at_y + (self.y - at_y) * share, zoom) if zoom > 1 else Viewpoint()
        )

    def moved(self, right: float, down: float) -> Viewpoint:
        """To the side by that many steps, as far as there is anything."""
        step = PAN / self.zoom
        return replace(self, x=min(max(self.x + right * step, 0.0), 1.0), y=min(max(self.y + down * step, 0.0), 1.0))


@dataclass(frozen=True)
class Placed:
    """A picture on the screen.

    Args:
        left, top, columns, rows: the cells that it takes.
        box: what of it is seen, its edges as shares of its width and height.
    """

    left: int
    top: int
    columns: int
    rows: int
    box: Crop

    def of(self, image: Image.Image) -> Crop:
        """What is seen, in pixels of ``image``."""
        left, upper, right, lower = self.box
        return left * image.width, upper * image.height, right * image.width, lower * image.height

    def at(self, column: float, row: float) -> tuple[float, float]:
        """The place in the picture that a cell shows."""
        left, upper, right, lower = self.box
        across = (column - self.left) / self.columns
        down = (row - self.top) / self.rows
        return left + across * (right - left), upper + down * (lower - upper)


def place(size: tuple[int, int], columns: int, rows: int, view: Viewpoint) -> Placed:
    """A picture of ``size`` pixels within ``columns`` by ``rows`` cells: all of it as large as fits and in the middle,
    or what ``view`` shows, for which there is all the room."""
    whole = fitted(*size, columns, rows)
    wide, high = round(whole[0] * view.zoom), round(whole[1] * view.zoom)
    seen_columns, seen_rows = min(wide, columns), min(high, rows)
    across, down = seen_columns / wide, seen_rows / high
    left = min(max(view.x - across / 2, 0.0), 1 - across)
    upper = min(max(view.y - down / 2, 0.0), 1 - down)
    return Placed(
        (columns - seen_columns) // 2,
        (rows - seen_rows) // 2,
        seen_columns,
        seen_rows,
        (left, upper, left + across, upper + down),
    )


def composed(
    size: tuple[int, int],
    parts: list[tuple[Image.Image, Placed]],
    cells: tuple[int, int],
    color: str,
    line: float | None,
) -> Image.Image:
    """One picture of ``size`` pixels that fills ``cells``, with the parts in their places on ``color``; with a ``line``
    the first is seen to the left of it and the second to its right.

    Args:
        line: where it is, as a share of the first part's width; None draws the parts as they stand.
    """
    frame = Image.new("RGB", size, color)
    across, down = size[0] / cells[0], size[1] / cells[1]
    for number, (image, placed) in enumerate(parts):
        wide, high = round(placed.columns * across), round(placed.rows * down)
        seen = image.resize((max(wide, 1), max(high, 1)), Image.Resampling.LANCZOS, placed.of(image))
        left, top = round(placed.left * across), round(placed.top * down)
        if line is not None and number == 1:
            cut = round(seen.width * line)
            seen, left = seen.crop((cut, 0, seen.width, seen.height)), left + cut
            frame.paste(seen, (left, top))
            ImageDraw.Draw(frame).line((left, top, left, top + seen.height), fill="white", width=2)
        else:
            frame.paste(seen, (left, top))
    return frame
