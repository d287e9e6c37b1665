"""The picture to look at for a file of any medium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.codecs.preview import preview
from autostyle.mediums import registry
from autostyle.mediums.files import medium, shown

if TYPE_CHECKING:
    from PIL.Image import Image


def picture(path: Path, long_side: int) -> Image:
    """``path`` where it is a picture, that beside it where that is there, else the one that its medium makes of it.

    Quick, not exact: see :func:`autostyle.codecs.preview.preview`; a file of another medium is read as far as
    its medium reads one to know it.

    Returns:
        An 8-bit RGB picture whose longer side is at most ``long_side`` pixels.

    Raises:
        BadInput: it is missing or damaged.
    """
    kind = medium(path)
    if registry.find(kind).shows_itself or not registry.find(kind).built:
        return preview(path, long_side)
    if (beside := shown(path)) != path and beside.is_file():
        return preview(beside, long_side)
    # Imported here: they bring what reads the medium, which nobody waits for who looks at pictures.
    from PIL import Image

    from autostyle.codecs.image import at_most, quantize

    made = registry.create(kind, kind)
    return Image.fromarray(quantize(at_most(made.preview(made.load(path)), long_side)))
