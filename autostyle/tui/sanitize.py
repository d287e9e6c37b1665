"""The last look at every line of the screen: a terminal obeys nothing in it, whichever widget it comes from."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction; a picture's placeholders are none of them."""


class ControlCharacterFilter(LineFilter):
    """Takes control characters out of the lines of widgets. Each widget cleans its words itself, before they are laid
    out; one that forgets it is only drawn askew."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub("", segment.text), segment.style)
            for segment in segments
        ]
