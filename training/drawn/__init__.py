"""Style pictures drawn by our own code: painterly, seeded, any size. No torch.

    picture = draw("swirling-night", seed=3, size=512)    # uint8 RGB (512, 512, 3)

A seed changes palette, composition and marks within the style's character; the same name, seed and size give the
same picture, and another size gives the same composition. ``python -m training.drawn --out DIR`` writes
them all.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from autostyle.errors import BadInput
from training.drawn import (
    abstracts,
    cloth,
    dry,
    impasto,
    impressions,
    patterns,
    pen,
    posters,
    prints,
    tiles,
    washes,
)
from training.drawn.paint import Picture

FAMILIES = (impasto, impressions, tiles, prints, posters, washes, dry, pen, abstracts, patterns, cloth)
STYLES: dict[str, Callable[[np.random.Generator, int], Picture]] = {
    name: style for family in FAMILIES for name, style in family.STYLES.items()
}


def draw(name: str, seed: int, size: int) -> Picture:
    """The style ``name`` under ``seed`` (>= 0) as uint8 RGB (size, size, 3); ``size`` is at least 32.

    Raises BadInput for an unknown name or a size that is too small.
    """
    if name not in STYLES:
        raise BadInput(f"no drawn style is called {name!r}", f"drawn styles: {', '.join(STYLES)}")
    if size < 32:
        raise BadInput(f"{size} px is too small for a style picture", "draw at 32 px or more")
    # Each style has its own stream, so that adding one leaves the pictures of the others alone.
    return STYLES[name](np.random.default_rng([seed, zlib.crc32(name.encode())]), size)
