"""The pictures that one walks through, as a line of points."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from autostyle.tui.theme import MUTED
from autostyle.tui.walk import Station


class CurveLine(Static):
    """From the content to the style; a click goes there."""

    class Picked(Message):
        """A point was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._stations: Sequence[Station] = ()
        self._at = 0
        self._begin = self._end = ""
        self._columns: list[int] = []

    def show(self, stations: Sequence[Station], at: int, begin: str, end: str) -> None:
        """Draw the way, where one is on it, and what is at both ends."""
        self._stations, self._at, self._begin, self._end = stations, at, begin, end
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        begin = Content.styled(f"{self._begin} ", MUTED)
        end = Content.styled(f" {self._end}", MUTED)
        room = self.content_size.width - begin.cell_length - end.cell_length
        count = len(self._stations)
        if count < 2 or room < count:
            self.update("")
            return
        step = min((room - 1) / (count - 1), 8)
        places = [round(number * step) for number in range(count)]
        self._columns = [begin.cell_length + place for place in places]
        line: list[str | tuple[str, str] | Content] = [begin]
        for number, place in enumerate(places):
            if number:
                line.append(("─" * (place - places[number - 1] - 1), MUTED))
            line.append(_mark(self._stations[number], number == self._at))
        self.update(Content.assemble(*line, end))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self._columns:
            near = min(range(len(self._columns)), key=lambda number: abs(self._columns[number] - event.x))
            self.post_message(self.Picked(near))


def _mark(station: Station, here: bool) -> tuple[str, str]:
    if here:
        return ("◆" if station.best else "●"), "$accent bold"
    return ("◇", "$success") if station.best else ("○", MUTED)
