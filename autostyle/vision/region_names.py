"""What parts of pictures are called, for those who ask for them without looking for them."""

from __future__ import annotations

from typing import Literal

RegionWay = Literal["segmenter", "faces", "guess", "place", "box"]
"""How a region was found: by a network of the person's own, by a detector of faces, by a guess; or it is a plain part
of the picture, or a box that the person named."""
Which = Literal["all", "left", "right", "upper", "lower", "largest", "smallest"]
"""Of several things found."""
PixelBox = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the picture."""
HALVES = ("left half", "right half", "top half", "bottom half")
KNOWN = ("sky", "ground", "face", "person", "subject", "background", *HALVES)
"""What is found without a segmenter."""
