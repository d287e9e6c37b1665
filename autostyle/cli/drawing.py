"""Tables, bars and lines on a terminal, through Rich: nothing in their words is read as markup or as a command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from autostyle.cli.streams import Cleaned
from autostyle.report.text import clean


class Drawing(Console):
    """Rich's console on a stream. The words it draws are cleaned, its own colours and cursor movements are not.

    Args:
        stream: stdout or stderr as they are now.
        quiet: draw nothing.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        beneath = stream.beneath if isinstance(stream, Cleaned) else stream
        super().__init__(file=beneath, quiet=quiet, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(clean(segment.text), segment.style)
