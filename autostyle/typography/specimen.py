"""Fonts shown as pictures: set by FreeType, in colour where they have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from autostyle.codecs import Pixels
from autostyle.errors import BadInput
from autostyle.typography.font import Font

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@contextmanager
def _drawable() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # FreeType's
        raise BadInput("the font has a glyph that cannot be drawn", "name another font") from error


def face(font: Font, pixels: int) -> ImageFont.FreeTypeFont:
    """The font at ``pixels`` an em, glyph by glyph as the file has them."""
    return ImageFont.truetype(BytesIO(font.seen), pixels, layout_engine=ImageFont.Layout.BASIC)


@_drawable()
def set_lines(
    font: Font, lines: Sequence[str], pixels: int, *, ground: tuple[int, int, int] = WHITE, margin: float = 0.4
) -> Pixels:
    """Lines of text, (H, W, 3), black on white or white on black."""
    used, gap, around = face(font, pixels), round(1.3 * pixels), round(margin * pixels)
    width = round(max(used.getlength(line) for line in lines)) + 2 * around
    picture = Image.new("RGB", (max(width, pixels), gap * len(lines) + 2 * around), ground)
    draw = ImageDraw.Draw(picture)
    fill = BLACK if sum(ground) > 380 else WHITE
    ascent = round(0.95 * pixels)
    for number, line in enumerate(lines):
        draw.text((around, around + number * gap + ascent), line, fill, used, anchor="ls", embedded_color=True)
    return np.asarray(picture, np.float32) / np.float32(255)


def both_grounds(font: Font, lines: Sequence[str] = (), pixels: int = 64) -> Pixels:
    """A specimen on white, and the same on black below it."""
    shown = tuple(lines) or font.lines
    return np.concatenate([set_lines(font, shown, pixels), set_lines(font, shown, pixels, ground=BLACK)])


@_drawable()
def cells(font: Font, text: str, pixels: int, cell: int, *, ground: tuple[int, int, int] = WHITE) -> Pixels:
    """Each character of ``text`` in the middle of a square of its own, (N, cell, cell, 3), by its ink's box in ``font``
    at ``pixels`` an em."""
    used = face(font, pixels)
    fill = BLACK if sum(ground) > 380 else WHITE
    found = np.empty((len(text), cell, cell, 3), np.float32)
    for number, one in enumerate(text):
        picture = Image.new("RGB", (cell, cell), ground)
        left, top, right, bottom = used.getbbox(one, anchor="ls")
        at = ((cell - left - right) / 2, (cell - top - bottom) / 2)
        ImageDraw.Draw(picture).text(at, one, fill, used, anchor="ls", embedded_color=True)
        found[number] = np.asarray(picture, np.float32) / 255
    return found
