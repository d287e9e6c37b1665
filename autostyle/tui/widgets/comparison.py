"""Two pictures in one place: the one or the other, side by side, or the one up to a line and the other from there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, cast

from PIL import Image
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from autostyle.tui.blocks import strips
from autostyle.tui.looking import Placed, Viewpoint, composed, place
from autostyle.tui.widgets.picture import Draws

Mode = Literal["first", "second", "beside", "wipe"]
LINE_STEP = 1 / 16
"""Share of the picture that the line goes at a time."""
PIXELS = 1280
"""Width of what the terminal's own graphics are given."""
PlacedPicture = tuple[Image.Image, Placed]


class Comparison(Widget):
    """The first picture is how it was, the second what became of it; both are seen in the same place.

    Args:
        describe: what is seen in a picture, in words, where none can be drawn; called in a thread.
    """

    class Changed(Message):
        """Somebody has moved, zoomed or turned over by mouse."""

    def __init__(self, describe: Callable[[Image.Image], str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._describe = describe
        self.first: Image.Image | None = None
        self.second: Image.Image | None = None
        self.mode: Mode = "second"
        self.line = 0.5
        self.view = Viewpoint()
        self._placed: list[Placed] = []
        self._strips: list[list[Strip]] = []
        self._wanted = self._drawing = False
        self._dragged: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        self._canvas = cast(Draws, self.app).canvas
        self._own: Any = None
        if self._canvas.kind == "off":
            self._own = Static("", markup=False)
            yield self._own
        elif self._canvas.draws_itself:
            self._own = self._canvas()
            yield self._own

    def show(self, first: Image.Image | None, second: Image.Image | None) -> None:
        """Put these pictures here; what of them is seen stays."""
        self.first, self.second = first, second
        self.draw()

    def look(self, mode: Mode | None = None, *, view: Viewpoint | None = None, line: float | None = None) -> None:
        """Look in another way, at another place, or with the line at this share of the width."""
        self.mode = mode or self.mode
        self.view = view or self.view
        if line is not None:
            self.line = min(max(line, 0.0), 1.0)
            if not self._canvas.draws_itself and mode is None and view is None:
                self.refresh()  # nothing is drawn anew
                return
        self.draw()

    def move(self, right: float, down: float) -> None:
        """Look farther to the side; what cannot be seen there is not gone to."""
        moved = self.view.moved(right, down)
        if shown := self._shown:
            left, upper, far, lower = place(shown[-1].size, *self._room, moved).box
            moved = replace(moved, x=(left + far) / 2, y=(upper + lower) / 2)
        self.look(view=moved)

    @property
    def compares(self) -> bool:
        """Whether there are two pictures."""
        return self.first is not None and self.second is not None

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw it anew, out of the way of keys; of what is asked for meanwhile the last counts."""
        self._wanted = True
        if not self._drawing and self.is_mounted and self.is_attached:
            self._drawing = True
            self.run_worker(self._draw_on())

    async def _draw_on(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                await self._draw_once()
        finally:
            self._drawing = False

    async def _draw_once(self) -> None:
        shown = self._shown
        if not shown or not self.size.area:
            self._placed, self._strips = [], []
            if self._canvas.kind == "off":
                self._own.update("")
            self.refresh()
            return
        if self._canvas.kind == "off":
            self._own.update(await asyncio.to_thread(self._in_words, shown))
            return
        placed = [
            place(shown[-1 if self.mode == "wipe" else n].size, *self._room, self.view) for n in range(len(shown))
        ]
        parts = list(zip(shown, placed, strict=True))
        if self._canvas.draws_itself:
            frame = await asyncio.to_thread(self._frame, parts, self.background_colors[1].hex)
            self._own.image = frame
        else:
            drawn = await asyncio.to_thread(self._in_blocks, parts)
            self._placed, self._strips = placed, drawn
            self.refresh()

    @property
    def _shown(self) -> list[Image.Image]:
        """The pictures that are to be seen now."""
        both = [picture for picture in (self.first, self.second) if picture is not None]
        if len(both) < 2 or self.mode in ("beside", "wipe"):
            return both
        return [both[0] if self.mode == "first" else both[1]]

    @property
    def _room(self) -> tuple[int, int]:
        """Columns and rows for one picture."""
        beside = self.mode == "beside" and self.compares
        return max((self.size.width - 1) // 2 if beside else self.size.width, 1), max(self.size.height, 1)

    def _in_words(self, shown: list[Image.Image]) -> str:
        return "\n\n".join(map(self._describe, shown))

    def _in_blocks(self, parts: list[PlacedPicture]) -> list[list[Strip]]:
        style = self._canvas.style
        return [strips(image, placed.columns, placed.rows, style, placed.of(image)) for image, placed in parts]

    def _frame(self, parts: list[PlacedPicture], color: str) -> Image.Image:
        columns, rows = self.size
        if self.mode == "beside" and len(parts) > 1:
            image, placed = parts[1]
            parts = [parts[0], (image, replace(placed, left=placed.left + self._room[0] + 1))]
        line = self.line if self.mode == "wipe" and len(parts) > 1 else None
        size = PIXELS, max(PIXELS * 2 * rows // columns, 1)  # a cell is twice as high as wide
        return composed(size, parts, (columns, rows), color, line)

    def render_line(self, y: int) -> Strip:
        if not self._strips:
            return self._blank(self.size.width)
        if self.mode == "beside" and len(self._strips) > 1:
            room = self._room[0]
            left, right = (self._row(number, y, room) for number in (0, 1))
            return Strip.join([left, self._blank(self.size.width - 2 * room), right])
        if self.mode == "wipe" and len(self._strips) > 1:
            return self._wiped(y)
        return self._row(-1, y, self.size.width)

    def _wiped(self, y: int) -> Strip:
        placed = self._placed[1]
        if not 0 <= y - placed.top < placed.rows:
            return self._blank(self.size.width)
        cut = placed.left + min(round(placed.columns * self.line), placed.columns - 1)
        first, second = (self._row(number, y, self.size.width) for number in (0, 1))
        line = Strip([Segment("┃", Style(color="#ffffff", bgcolor="#000000"))], 1)
        return Strip.join([first.crop(0, cut), line, second.crop(cut + 1, self.size.width)])

    def _row(self, number: int, y: int, room: int) -> Strip:
        placed, drawn = self._placed[number], self._strips[number]
        row = y - placed.top
        if not 0 <= row < min(placed.rows, len(drawn)):
            return self._blank(room)
        right = max(room - placed.left - placed.columns, 0)
        return Strip.join([self._blank(placed.left), drawn[row], self._blank(right)]).crop(0, room)

    def _blank(self, columns: int) -> Strip:
        return Strip.blank(columns, self.rich_style)

    # The mouse

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._zoom(event, 1.25)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._zoom(event, 0.8)

    def _zoom(self, event: events.MouseEvent, times: float) -> None:
        event.stop()
        at = self._at(event)
        self.look(view=self.view.enlarged(times, *at) if at else self.view.enlarged(times))
        self.post_message(self.Changed())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        self.capture_mouse()
        self._dragged = event.x, event.y
        if self.mode == "wipe":
            self._drag_line(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged is None:
            return
        if self.mode == "wipe":
            self._drag_line(event)
        elif not self.view.whole and self._placed:
            placed = self._placed[-1]
            left, upper, right, lower = placed.box
            across = (self._dragged[0] - event.x) / placed.columns * (right - left)
            down = (self._dragged[1] - event.y) / placed.rows * (lower - upper)
            self._dragged = event.x, event.y
            self.look(view=replace(self.view, x=(left + right) / 2 + across, y=(upper + lower) / 2 + down))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self.release_mouse()
        if self._dragged == (event.x, event.y) and self.mode in ("first", "second") and self.compares:
            self.look("second" if self.mode == "first" else "first")
        self._dragged = None
        self.post_message(self.Changed())

    def _drag_line(self, event: events.MouseEvent) -> None:
        shown = self._shown
        if len(shown) > 1:
            placed = place(shown[-1].size, *self._room, self.view)
            self.look(line=(event.x - placed.left) / placed.columns)

    def _at(self, event: events.MouseEvent) -> tuple[float, float] | None:
        """The place in the picture that the mouse is at."""
        return self._placed[-1].at(event.x, event.y) if len(self._placed) == 1 else None
