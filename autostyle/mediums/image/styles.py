"""Styles that are pictures, whatever is made of them: read, and packed small enough to travel with a recipe."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.image import load_image, webp_thumbnail
from autostyle.codecs.transparency import fill_hidden, visibility
from autostyle.errors import BadInput
from autostyle.mediums.contract import LoadedStyle
from autostyle.sentences import Sentence

SMALL = 64 * 1024
"""Bytes; a copy that has to be smaller than this has a long side of at most 512 pixels."""
LARGE_SIDES = ((1024, 85), (512, 80))
SMALL_SIDES = ((512, 80), (512, 60), (384, 60), (256, 60), (192, 50))
"""(side, quality), the first that fits is taken."""


class PictureStyles:
    """The part of a :class:`~autostyle.mediums.contract.Medium` that is about styles, where these are pictures."""

    def load_style(self, path: Path) -> LoadedStyle[Pixels]:
        """The style picture at ``path``."""
        picture = load_image(path).as_style
        return LoadedStyle(picture.pixels, picture.notes, picture.sha256, picture.visible)

    def pack_style(self, style: LoadedStyle[Pixels], most: int) -> bytes | None:
        """A copy of a style picture of at most ``most`` bytes; None where even the smallest is larger."""
        sides = LARGE_SIDES if most > SMALL else SMALL_SIDES
        copies = (webp_thumbnail(style.exemplar, side, quality, alpha=style.visible) for side, quality in sides)
        return next((copy for copy in copies if len(copy) <= most), None)

    def unpack_style(self, data: bytes) -> LoadedStyle[Pixels]:
        """What :meth:`pack_style` packed, shape (H, W, 3), 0..1; raises BadInput where it is none."""
        try:
            with Image.open(BytesIO(data), formats=["WEBP"]) as picture:
                mode = "RGBA" if picture.has_transparency_data else "RGB"
                pixels = np.asarray(picture.convert(mode), dtype=np.float32) / np.float32(255)
            visible: Visibility | None = None
            if mode == "RGBA":
                pixels, alpha = np.ascontiguousarray(pixels[..., :3]), pixels[..., 3]
                pixels, visible = fill_hidden(pixels, alpha), visibility(alpha)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise BadInput("the style picture inside this recipe is damaged", "use the study's recipe.json") from error
        note = Sentence("its {side} px copy is used", side=max(pixels.shape[:2]))
        return LoadedStyle(pixels, (note,), sha256(data).hexdigest(), visible)
