"""A size in pixels that was said of one side of a picture."""

from __future__ import annotations

from typing import Literal

Side = Literal["long", "width", "height"]
"""Which side of a picture a size in pixels is of."""


def long_side(height: int, width: int, pixels: int, side: Side) -> int:
    """The long side, in pixels, of a picture of this aspect whose ``side`` has so many, exactly."""
    if side == "long" or (side == "width") == (width >= height):
        return pixels
    longest, short = max(height, width), min(height, width)
    near = round(pixels * longest / short)
    # The short side follows from the long one, rounded: of those beside it, one gives the very pixels that were said.
    return min((near, near - 1, near + 1), key=lambda long: abs(round(short * (long / longest)) - pixels))
