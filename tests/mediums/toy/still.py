"""A page of text as a picture."""

from __future__ import annotations

import textwrap

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from autostyle.codecs import Pixels


def still(text: str) -> Pixels:
    """The beginning of ``text`` on a white page, shape (240, 320, 3)."""
    page = Image.new("RGB", (320, 240), "white")
    lines = [line for part in text.splitlines() for line in textwrap.wrap(part, 42) or [""]]
    ImageDraw.Draw(page).multiline_text((12, 10), "\n".join(lines[:14]), "black", ImageFont.load_default(14))
    return np.asarray(page, dtype=np.float32) / np.float32(255)
