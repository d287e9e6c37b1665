"""What is to be seen of glyphs on white and on black."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.color import LUMA
from autostyle.typography.font import Font
from autostyle.typography.specimen import BLACK, cells
from autostyle.vision.glyph_reader import SIDE

SMALL = 24
"""Pixels an em at which letters are read."""
_SEEN = 0.25
"""Difference of luma, 0..1, from which on ink counts as seen in full."""
Ink = NDArray[np.float32]
"""(N, H, W): how far each place differs from the ground, 0..1."""


def inks(font: Font, text: str) -> tuple[Ink, Ink]:
    """Of each character at 24 px, on white and on black."""
    white = 1 - cells(font, text, SMALL, SIDE) @ LUMA
    black = cells(font, text, SMALL, SIDE, ground=BLACK) @ LUMA
    return np.asarray(white, np.float32), np.asarray(black, np.float32)


def overlap(made: Ink, plain: Ink) -> float:
    """Of what is seen of glyphs and of the old ones the share that is seen of both, 0..1, in the mean."""
    seen, old = (np.minimum(ink / _SEEN, 1) for ink in (made, plain))
    both, either = np.minimum(seen, old).sum(axis=(1, 2)), np.maximum(seen, old).sum(axis=(1, 2))
    return float((both / np.maximum(either, 1e-6)).mean())
