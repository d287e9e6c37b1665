"""A size that was said: in pixels of one side of a picture, or the content's own."""

from __future__ import annotations

from typing import Literal

from autostyle.errors import BadInput

Side = Literal["long", "width", "height"]
"""Which side of a picture a size in pixels is of."""
SaidSize = int | Literal["own"]
"""A size in the unit of a medium's scale; or the content's own, however long that takes."""


def read_size(text: str | None) -> SaidSize | None:
    """The size that a person wrote; raises BadInput where it is none."""
    if text is None:
        return None
    if text == "own":
        return "own"
    if not text.isdecimal() or int(text) == 0:
        raise BadInput("{text!r} is no size", "a number of pixels, or own: as large as the content", text=text)
    return int(text)


def long_side(height: int, width: int, pixels: int, side: Side) -> int:
    """The long side, in pixels, of a picture of this aspect whose ``side`` has so many, exactly."""
    if side == "long" or (side == "width") == (width >= height):
        return pixels
    longest, short = max(height, width), min(height, width)
    near = round(pixels * longest / short)
    # The short side follows from the long one, rounded: of those beside it, one gives the very pixels that were said.
    return min((near, near - 1, near + 1), key=lambda long: abs(round(short * (long / longest)) - pixels))
