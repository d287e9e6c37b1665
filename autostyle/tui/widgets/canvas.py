"""What a picture is drawn with: the terminal's own graphics where it has some, half blocks everywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import util
from typing import Literal

from PIL import Image
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from autostyle.tui.half_cells import fitted, strips

GraphicsProtocol = Literal["auto", "kitty", "sixel", "halfcell", "off"]
KITTY = frozenset({"kitty", "ghostty"})
SIXEL = frozenset({"foot", "mlterm", "contour", "WezTerm", "iTerm.app"})


class HalfCells(Widget):
    """A picture in half blocks, as large as fits, in the middle."""

    image: reactive[Image.Image | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[object, list[Strip]] = (None, [])

    def render_line(self, y: int) -> Strip:
        blank = Strip.blank(self.size.width, self.rich_style)
        if self.image is None or not self.size.area:
            return blank
        columns, rows = fitted(self.image, *self.size)
        key = (id(self.image), columns, rows)
        if self._drawn[0] != key:
            self._drawn = (key, strips(self.image, columns, rows))
        row = y - (self.size.height - rows) // 2
        if not 0 <= row < rows:
            return blank
        left = (self.size.width - columns) // 2
        right = self.size.width - columns - left
        return Strip.join([self._padding(left), self._drawn[1][row], self._padding(right)])

    def _padding(self, columns: int) -> Strip:
        return Strip([Segment(" " * columns, self.rich_style)], columns)


class Nothing(HalfCells):
    """No picture at all; its caption says which it would be."""

    def render_line(self, y: int) -> Strip:
        return Strip.blank(self.size.width, self.rich_style)


def graphics(environ: Mapping[str, str]) -> GraphicsProtocol:
    """What the terminal can show, by its name. It is not asked: over a slow line the answer comes as typed text.

    Inside tmux or screen, whose support depends on their own settings, half blocks are safe.
    """
    if environ.get("TMUX") or environ.get("TERM", "").startswith(("screen", "tmux")):
        return "halfcell"
    names = {environ.get("TERM_PROGRAM", ""), environ.get("TERM", "").removeprefix("xterm-").partition("-")[0]}
    if names & KITTY:
        return "kitty"
    return "sixel" if names & SIXEL else "halfcell"


def canvas(kind: GraphicsProtocol) -> type[Widget]:
    """The widget class that draws pictures; its ``image`` takes a PIL image or None.

    Call it before the app runs: textual-image (LGPL, the ``graphics`` extra) asks the terminal for the size of a cell
    when it is imported. Without it everything is half blocks.
    """
    if kind == "auto":
        kind = graphics(os.environ) if util.find_spec("textual_image") else "halfcell"
    if kind == "off":
        return Nothing
    if kind == "halfcell" or not util.find_spec("textual_image"):
        return HalfCells
    from textual_image.widget import SixelImage, TGPImage

    return TGPImage if kind == "kitty" else SixelImage
