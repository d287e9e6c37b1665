"""Which block character fits the pixels of a cell, and its two colours."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CellPixels = NDArray[np.uint8]
CellColors = list[list[list[int]]]
"""By row, column and channel."""


def split(image: Image.Image, across: int, down: int) -> tuple[list[str], CellColors, CellColors]:
    """Each row's characters, and its cells' colours in front and behind.

    Args:
        image: RGB, as many whole cells as it is large.
        across, down: pixels of a cell; one alone across has a half block, each pixel in its own colour.
    """
    pixels = np.asarray(image)
    characters, front, back = _halves(pixels) if across == 1 else _two_colored(pixels, across, down)
    return characters, front.tolist(), back.tolist()


def _halves(pixels: CellPixels) -> tuple[list[str], CellPixels, CellPixels]:
    """Each pixel in its own colour."""
    front, back = pixels[0::2], pixels[1::2]
    return ["▀" * front.shape[1]] * front.shape[0], front, back


def _two_colored(pixels: CellPixels, across: int, down: int) -> tuple[list[str], CellPixels, CellPixels]:
    """Of each cell the split into two colours that leaves the least squared error."""
    rows, columns = pixels.shape[0] // down, pixels.shape[1] // across
    cells = pixels.reshape(rows, down, columns, across, 3).transpose(0, 2, 1, 3, 4).reshape(-1, across * down, 3)
    cells = cells.astype(np.float32)
    masks, characters = _patterns(across * down)
    in_front = masks.sum(1)
    behind = np.maximum(across * down - in_front, 1)
    front = np.einsum("pk,nkc->npc", masks, cells)
    back = cells.sum(1)[:, None] - front
    # The squares' sum is the same for all splits, so the least error has the most of what the two means explain.
    explained = (front**2).sum(2) / in_front + (back**2).sum(2) / behind
    best = explained.argmax(1)
    chosen = np.arange(len(cells)), best
    means = front[chosen] / in_front[best][:, None], back[chosen] / behind[best][:, None]
    over, under = (np.rint(mean).astype(np.uint8).reshape(rows, columns, 3) for mean in means)
    return ["".join(row) for row in characters[best].reshape(rows, columns)], over, under


@cache
def _patterns(pixels: int) -> tuple[NDArray[np.float32], NDArray[np.str_]]:
    """The splits of a cell in which its first pixel is in front, and the character of each."""
    codes = np.arange(1, 2**pixels, 2)
    masks = (codes[:, None] >> np.arange(pixels)) & 1
    return masks.astype(np.float32), np.array([_character(int(code), pixels) for code in codes])


def _character(code: int, pixels: int) -> str:
    """The block character of those pixels, the first one the lowest bit, row by row from the upper left."""
    if pixels == 4:
        return " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"[code]
    known = {0: " ", 0b010101: "▌", 0b101010: "▐", 0b111111: "█"}
    # Unicode 13, "Symbols for Legacy Computing": those four are left out of the row of sextants.
    return known.get(code) or chr(0x1FB00 + code - 1 - sum(other < code for other in known if other))
