"""The last pictures that were looked at, decoded."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 1600
"""Longer side that is kept of a picture: enough to look closely at a part of it."""
KEPT = 8
"""Pictures; one of these takes 8 MB at most."""


class PictureCache:
    """Decodes in a thread, so that a large picture never holds up a key, and keeps the last few."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Path, int], Image] = OrderedDict()

    async def get(self, path: Path) -> Image | None:
        """What is in a file, of any medium; None where it cannot be shown. A file that was replaced is read again."""
        from autostyle.mediums.showing import picture

        try:
            key = path, path.stat().st_mtime_ns
            found = self._kept.get(key)
            if found is None:
                found = await asyncio.to_thread(picture, path, PIXELS)
        except (BadInput, OSError):
            return None
        self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found
