"""Tables of colours: what becomes of each colour, wherever in a picture it is; and the files that hold such a one.

A table is float32 of shape (SIDE, SIDE, SIDE, 3): indices are blue, green and red, as .cube files have them (red
fastest), values sRGB as a display shows it, 0..1 inside of the picture and out.

Sources: Adobe, "Cube LUT Specification 1.0", 2013; Hald CLUT: Eskil Steenberg, as ImageMagick and ffmpeg read it.
"""

from __future__ import annotations

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter

from autostyle.codecs import ColorTable
from autostyle.codecs.color import LUMA, with_chroma

SIDE = 33
"""Nodes along each colour: what Resolve, OBS and ffmpeg take without asking."""
LEAST_SLOPE = 0.08
"""Of the greys of a table: between nodes other colours mix in, and what is flat there would fall."""
HALD_LEVEL = 8
"""Side of the square of squares of a Hald picture: 64 nodes a colour, 512 pixels."""


def identity(side: int = SIDE) -> ColorTable:
    """The table that leaves everything as it is."""
    axis = np.linspace(0, 1, side, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], axis=-1)


def smoothed(change: ColorTable, share: float) -> ColorTable:
    """What a table adds to each colour, smoothed by a Gaussian of ``share`` of the range of a colour."""
    if share <= 0:
        return change
    sigma = share * (change.shape[0] - 1)
    found: ColorTable = gaussian_filter(change, (sigma, sigma, sigma, 0), mode="nearest", truncate=3.0)
    return found


def rising(table: ColorTable) -> ColorTable:
    """``table`` with greys that rise everywhere by a little: what is missing to that is added to every colour of that
    luma."""
    slope = np.linspace(0, LEAST_SLOPE, len(table), dtype=np.float32)
    greys = table[(np.arange(len(table)),) * 3] @ LUMA - slope
    up, down = np.maximum.accumulate(greys), np.minimum.accumulate(greys[::-1])[::-1]
    missing = (up + down) / 2 - greys
    if not missing.any():
        return table
    light = identity(len(table)) @ LUMA
    added = np.interp(light, np.linspace(0, 1, len(table)), missing)[..., None]
    return np.asarray(table + added, np.float32)


def inside(table: ColorTable) -> ColorTable:
    """``table`` within 0..1: what lies beyond is drawn towards its own luma."""
    light = np.clip(table @ LUMA, 0, 1)[..., None]
    return with_chroma(light, table - light)


def cube(table: ColorTable, title: str) -> bytes:
    """``table`` as a .cube file; quotes in the title, and what is not ASCII, are left out."""
    name = "".join(c for c in title if c.isascii() and c.isprintable() and c != '"')
    head = f'TITLE "{name}"\nLUT_3D_SIZE {len(table)}\nDOMAIN_MIN 0.0 0.0 0.0\nDOMAIN_MAX 1.0 1.0 1.0\n'
    rows = "\n".join("{:.6f} {:.6f} {:.6f}".format(*row) for row in table.reshape(-1, 3).tolist())
    return f"{head}{rows}\n".encode("ascii")


def hald(table: ColorTable) -> bytes:
    """``table`` as a Hald picture, a PNG of 16 bits a channel."""
    from scipy.interpolate import RegularGridInterpolator  # which takes as long to load as all else of SciPy here

    side = HALD_LEVEL**2
    axis = np.linspace(0, 1, len(table))
    between = RegularGridInterpolator((axis, axis, axis), table)
    values = between(identity(side)[..., ::-1].reshape(-1, 3))
    samples = (np.clip(values, 0, 1) * 65535 + 0.5).astype(np.uint16).reshape(HALD_LEVEL**3, HALD_LEVEL**3, 3)
    _, encoded = cv2.imencode(".png", samples[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return encoded.tobytes()
