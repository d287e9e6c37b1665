"""Masks that are clips: each frame says which place of the same frame of another clip belongs to which region."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from autostyle import formats
from autostyle.codecs import Pixels
from autostyle.codecs.clip_reader import probe, read_frames
from autostyle.codecs.image import at_most
from autostyle.codecs.masks import MOST_SIDE, Mask, find_colors, places_of

LOOKED_AT, LOOKED_SIDE = 24, 256
"""Frames among which its colours are looked for, and their long side."""
REMEMBERED = 16
"""Frames that are kept: as many as a trial looks at, and more."""


def is_clip(path: Path) -> bool:
    """Whether the mask in a file has frames."""
    return formats.medium_of(path) == "video"


class MaskClip:
    """A clip of masks, read frame by frame.

    Attributes:
        frames: how many it has.
        colors: of its regions in any frame, as in :class:`autostyle.codecs.masks.Mask`.

    Raises:
        BadInput: it cannot be read, or is a clip of something.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.frames = path, probe(path).frames
        step = max(1, self.frames // LOOKED_AT)
        seen = [at_most(pixels, LOOKED_SIDE) for pixels in islice(_pixels(path), 0, None, step)]
        self.colors = find_colors(np.concatenate(seen), path)
        self._known: dict[int, Mask] = {}
        self._next, self._coming = 0, _pixels(path)
        self._last = Mask(self.colors, places_of(seen[-1], self.colors))

    def at(self, number: int) -> Mask:
        """The mask of a frame; where there are no more, the last one's."""
        if number not in self._known:
            if number < self._next:
                self._next, self._coming = 0, _pixels(self.path)
            for pixels in islice(self._coming, number - self._next, number - self._next + 1):
                self._last = Mask(self.colors, places_of(pixels, self.colors))
            self._next = number + 1
            self._known[number] = self._last
            while len(self._known) > REMEMBERED:
                self._known.pop(next(iter(self._known)))
        return self._known[number]


def _pixels(path: Path) -> Iterator[Pixels]:
    """Its frames; what is transparent in them is black."""
    for frame in read_frames(path):
        pixels = frame.pixels.astype(np.float32) / np.float32(255)
        yield at_most(pixels if frame.alpha is None else pixels * frame.alpha[..., None], MOST_SIDE)
