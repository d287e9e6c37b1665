"""The picture of a file on the screen, with a word below about what it is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from autostyle.errors import BadInput
from autostyle.report.text import one_line
from autostyle.tui.captions import in_words
from autostyle.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 640
"""Longer side that is kept of a picture; more than a terminal shows of it."""


class Draws(Protocol):
    """An app that knows what pictures are drawn with."""

    canvas: Canvas


class CaptionedPicture(Vertical):
    """One picture; decoded in a thread, so that a large one never holds up a key.

    Args:
        caption: the lines below it, two at most.
        path: the file, of any medium; None for an empty place.
    """

    class Picked(Message):
        """It was clicked, to be seen larger."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self, caption: str = "", path: Path | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._caption = caption
        self._path = path
        self._loaded: object = None
        "What is drawn: a file, when it was written and, for the terminal's graphics, the size of its place."

    def compose(self) -> ComposeResult:
        self._draws = cast(Draws, self.app).canvas
        self._canvas: Any = self._draws()
        yield self._canvas
        yield Static(_lines(self._caption), classes="caption", markup=False)

    def on_mount(self) -> None:
        if self._path is not None:
            self._load(self._path)

    def show(self, path: Path | None, caption: str | None = None) -> None:
        """Put another picture here; the same path again reads the file again where it was written since."""
        self._path = path
        if caption is not None and caption != self._caption:
            self._caption = caption
            self.query_one(".caption", Static).update(_lines(caption))
        if path is not None:
            self._load(path)

    def on_click(self, event: Click) -> None:
        event.stop()
        if self._path is not None:
            self.post_message(self.Picked(self._path))

    @work(exclusive=True)
    async def _load(self, path: Path) -> None:
        from PIL import ImageOps

        place = self._canvas.size if self._draws.draws_itself else None
        try:
            wanted = path, path.stat().st_mtime_ns, place
            if wanted == self._loaded:
                return
            image = await asyncio.to_thread(_decoded, path)
        except (BadInput, OSError):
            return  # replaced or taken away meanwhile: the last one stays
        if self._draws.kind == "off":
            self._canvas.update(await asyncio.to_thread(in_words, image, self._draws.language))
            self._loaded = wanted
            return
        if place is not None and place.area:
            # The terminal's graphics fill their place; margins keep the aspect, two cells making a square.
            columns, rows = place
            image = ImageOps.pad(image, (PIXELS, PIXELS * 2 * rows // columns), color=self.background_colors[1].hex)
        self._canvas.image, self._loaded = image, wanted


def _decoded(path: Path) -> Image:
    # Imported here, in a thread: it brings NumPy, which neither the first paint nor a key waits for.
    from autostyle.mediums.showing import picture

    return picture(path, PIXELS)


def _lines(caption: str) -> str:
    return "\n".join(map(one_line, caption.split("\n")))
