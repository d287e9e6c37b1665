"""Pictures for the page: re-encoded small, as data URIs, within a byte budget."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.media.image import fitted, load_image, webp_thumbnail
from autostyle.mediums.files import shown


@dataclass(frozen=True)
class Embedded:
    """A picture inside the page: its data URI and its size in pixels."""

    uri: str
    width: int
    height: int

    @property
    def ratio(self) -> float:
        return self.width / self.height


def inside(folder: Path, path: Path | None) -> Path | None:
    """The existing file ``path`` of ``folder``, or None where it is gone or leads out of the folder."""
    if path is None:
        return None
    found = (folder / path).resolve()
    return found if found.is_relative_to(folder.resolve()) and found.is_file() else None


class Album:
    """Hands out embedded pictures of one study folder until ``budget`` bytes of the page are spent.

    A picture that is gone, broken or over the budget is None: the page then says so instead of failing.
    """

    def __init__(self, folder: Path, budget: int) -> None:
        self.folder = folder
        self.left = budget

    def add(self, path: Path | None, side: int, quality: int = 80) -> Embedded | None:
        """The picture at ``path``, or the one that stands for a clip, at most ``side`` pixels on its long side."""
        file = inside(self.folder, None if path is None else shown(path))
        if file is None or self.left <= 0:
            return None
        try:
            pixels = load_image(file).on_white
        except AutostyleError:
            return None
        uri = "data:image/webp;base64," + base64.b64encode(webp_thumbnail(pixels, side, quality)).decode("ascii")
        if len(uri) > self.left:
            self.left = 0  # what follows matters less, and trying it would cost time
            return None
        self.left -= len(uri)
        height, width = pixels.shape[:2]
        if max(height, width) > side:
            height, width = fitted(height, width, side)
        return Embedded(uri, width, height)
