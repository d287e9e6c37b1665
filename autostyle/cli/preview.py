"""Frames drawn on the terminal, one over the other: by its own graphics where it has some, else in block characters."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from autostyle.cli.streams import Cleaned

if TYPE_CHECKING:
    from textual_image.renderable import TGPImage

    from autostyle.tui.widgets.canvas import GraphicsProtocol


class Preview:
    """The alternate screen of the terminal while entered: a frame, and a line below it.

    Args:
        kind: as in the settings of the app.
    """

    def __init__(self, kind: GraphicsProtocol) -> None:
        from rich.console import Console

        from autostyle.tui.blocks import BlockStyle
        from autostyle.tui.widgets.canvas import DEPTHS, Canvas

        stream = sys.stdout.beneath if isinstance(sys.stdout, Cleaned) else sys.stdout
        # No words from outside are drawn on it, and what is cleaned of commands is no picture any more.
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        canvas = Canvas(kind)
        self._kind = canvas.kind
        depth = "grey" if self._console.no_color else DEPTHS.get(self._console.color_system, "full")
        self._style = BlockStyle(canvas.style.kind, depth)
        self._before: TGPImage | None = None
        self._drawn = (0, 0)
        "Columns and rows of the last one: under another size the screen is cleared."

    def __enter__(self) -> Self:
        self._console.set_alt_screen(True)
        self._console.show_cursor(False)
        return self

    def __exit__(self, *_: object) -> None:
        self._free()
        self._console.show_cursor(True)
        self._console.set_alt_screen(False)

    def _free(self) -> None:
        if self._before is not None:
            self._before.cleanup()  # kitty keeps what it was sent until it is told not to

    def show(self, frame: NDArray[np.uint8], line: str) -> None:
        """Draw one, and ``line``, which is ours, below it."""
        from PIL import Image
        from rich.control import Control
        from rich.segment import Segment, Segments

        from autostyle.tui.blocks import fitted, strips

        image = Image.fromarray(frame)
        columns, rows = fitted(*image.size, self._console.width, max(1, self._console.height - 1))
        if self._drawn != (columns, rows):
            self._console.clear()
            self._drawn = (columns, rows)
        self._console.control(Control.home())
        if self._kind in ("kitty", "sixel"):
            from textual_image.renderable import SixelImage, TGPImage

            drawn = (TGPImage if self._kind == "kitty" else SixelImage)(image, width=columns, height=rows)
            self._console.print(drawn, end="")
            self._free()
            self._before = drawn if isinstance(drawn, TGPImage) else None
        elif self._kind != "off":
            segments: list[Segment] = []
            for strip in strips(image, columns, rows, self._style):
                segments += [*strip, Segment.line()]
            self._console.print(Segments(segments), end="")
        width = self._console.width - 1
        self._console.print(line[:width].ljust(width), end="", no_wrap=True)
