"""What a picture is drawn with: the terminal's own graphics where it has some, block characters everywhere else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from importlib import util
from typing import Literal

from PIL import Image
from rich.segment import Segment
from textual.app import App
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from autostyle.tui.blocks import HALF, BlockKind, BlockStyle, ColorDepth, fitted, strips

GraphicsProtocol = Literal["auto", "kitty", "sixel", "halfcell", "quadrant", "sextant", "off"]
KITTY = frozenset({"kitty", "ghostty"})
SIXEL = frozenset({"foot", "mlterm", "contour", "WezTerm", "iTerm.app"})
SEXTANTS = KITTY | {"foot", "contour", "WezTerm"}
"""Terminals that draw these characters themselves, whatever the font has."""
DEPTHS: Mapping[str | None, ColorDepth] = {"256": "256", "standard": "16", "windows": "16"}
"""Of a terminal, by Rich's name."""


class BlockCanvas(Widget):
    """A picture in block characters, as large as fits, in the middle."""

    image: reactive[Image.Image | None] = reactive(None)

    def __init__(self, style: BlockStyle = HALF) -> None:
        super().__init__()
        self._style = style
        self._drawn: tuple[tuple[int, int], list[Strip]] = ((0, 0), [])

    def watch_image(self) -> None:
        self._drawn = ((0, 0), [])

    def render_line(self, y: int) -> Strip:
        blank = Strip.blank(self.size.width, self.rich_style)
        if self.image is None or not self.size.area:
            return blank
        columns, rows = fitted(*self.image.size, *self.size)
        if self._drawn[0] != (columns, rows):
            self._drawn = ((columns, rows), strips(self.image, columns, rows, self._style))
        row = y - (self.size.height - rows) // 2
        if not 0 <= row < rows:
            return blank
        left = (self.size.width - columns) // 2
        right = self.size.width - columns - left
        return Strip.join([self._padding(left), self._drawn[1][row], self._padding(right)])

    def _padding(self, columns: int) -> Strip:
        return Strip([Segment(" " * columns, self.rich_style)], columns)


class InWords(Static):
    """No picture at all, but what is seen in it, in words, for who reads the screen by ear."""

    def __init__(self) -> None:
        super().__init__("", markup=False)


class Canvas:
    """What an app draws its pictures with.

    Make it before the app runs: textual-image (LGPL, the ``graphics`` extra) asks the terminal for the size of a cell
    when it is imported. Without it everything is block characters.

    Args:
        kind: as in the settings.
        app: what knows how many colours its terminal shows.
    """

    def __init__(self, kind: GraphicsProtocol, app: App[None] | None = None) -> None:
        known = util.find_spec("textual_image") is not None
        if kind == "auto":
            kind = graphics(os.environ) if known else "halfcell"
            kind = blocks(os.environ) if kind == "halfcell" else kind
        elif kind in ("kitty", "sixel") and not known:
            kind = blocks(os.environ)
        self.kind: GraphicsProtocol = kind
        shape: BlockKind = "half"
        if kind in ("quadrant", "sextant"):
            shape = kind
        self.language = "en"
        "Of what is said in place of a picture."
        self.style = BlockStyle(shape, "full" if app is None else depth(app))
        self._make: Callable[[], Widget] = self._widget()

    @property
    def draws_itself(self) -> bool:
        """Whether the terminal's own graphics draw, rather than characters."""
        return self.kind in ("kitty", "sixel")

    def __call__(self) -> Widget:
        """A widget; its ``image`` takes a PIL image or None."""
        return self._make()

    def _widget(self) -> Callable[[], Widget]:
        if self.kind == "off":
            return InWords
        if not self.draws_itself:
            return partial(BlockCanvas, self.style)
        from textual_image.widget import SixelImage, TGPImage

        return TGPImage if self.kind == "kitty" else SixelImage


def graphics(environ: Mapping[str, str]) -> GraphicsProtocol:
    """What the terminal can show, by its name. It is not asked: over a slow line the answer comes as typed text.

    Inside tmux or screen, whose support depends on their own settings, block characters are safe.
    """
    if multiplexed(environ):
        return "halfcell"
    names = terminal(environ)
    if names & KITTY:
        return "kitty"
    return "sixel" if names & SIXEL else "halfcell"


def blocks(environ: Mapping[str, str]) -> GraphicsProtocol:
    """The finest block characters that the terminal's font is sure to have: quadrants are in the fonts of all that open
    windows, half blocks on the console, too."""
    if environ.get("TERM", "dumb") in ("linux", "dumb", "vt100", "vt220"):
        return "halfcell"
    return "sextant" if terminal(environ) & SEXTANTS and not multiplexed(environ) else "quadrant"


def terminal(environ: Mapping[str, str]) -> set[str]:
    """The names that a terminal goes by."""
    return {environ.get("TERM_PROGRAM", ""), environ.get("TERM", "").removeprefix("xterm-").partition("-")[0]}


def multiplexed(environ: Mapping[str, str]) -> bool:
    """Whether tmux or screen stands between here and the terminal."""
    return bool(environ.get("TMUX")) or environ.get("TERM", "").startswith(("screen", "tmux"))


def depth(app: App[None]) -> ColorDepth:
    """How many colours the terminal of ``app`` shows."""
    return "grey" if app.no_color else DEPTHS.get(app.console.color_system, "full")
