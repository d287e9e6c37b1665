"""Pictures for the page, re-encoded small, and what else media show, as data URIs, within a budget of bytes."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from autostyle.codecs.image import fit_size, load_image, webp_thumbnail
from autostyle.errors import AutostyleError
from autostyle.mediums.contract import Exhibit
from autostyle.mediums.files import medium, shown
from autostyle.mediums.registry import create

ELEMENTS = ("audio", "pre", "video")
"""Elements that may show a file."""
NEEDS = {("font-src", "data:"), ("media-src", "data:")}
"""What the page's content security policy may be asked for."""
FONT = re.compile(r"data:font/[a-z0-9]+;base64,[A-Za-z0-9+/]+=*")
"""The only text of an exhibit that becomes part of a style sheet."""


@dataclass(frozen=True)
class Embedded:
    """A picture of the page: its URI, which has the data in it but in a live page, and its size in pixels."""

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


def refuse_active(exhibit: Exhibit) -> None:
    """Raises ValueError where an element might run or fetch something."""
    names = (exhibit.tag, *exhibit.attributes)
    if exhibit.tag not in ELEMENTS or any(not re.fullmatch("(?!on)[a-z]+", name) for name in names):
        raise ValueError(f"{exhibit.tag} with {', '.join(exhibit.attributes)} is not shown on a page")
    if exhibit.font and not FONT.fullmatch(exhibit.font):
        raise ValueError(f"the font of {exhibit.tag} is not shown on a page")
    if not exhibit.needs.items() <= NEEDS:
        raise ValueError(f"{exhibit.tag} needs what no page allows")


class Album:
    """Hands out embedded pictures of one study folder until ``budget`` bytes of the page are spent.

    A picture that is gone, broken or over the budget is None: the page then says so instead of failing.
    """

    def __init__(self, folder: Path, budget: int) -> None:
        self.folder = folder
        self.left = budget

    def exhibit(self, path: Path | None, most: int) -> Exhibit | None:
        """How its medium shows the file at ``path``, in at most ``most`` characters; None where a picture has to do."""
        file = inside(self.folder, path)
        if file is None or (most := min(most, self.left)) <= 0:
            return None
        try:
            kind = medium(file)
            found = create(kind, kind).exhibit(file, most)
            if found is not None:
                refuse_active(found)
        except Exception:  # whatever another package's code does: the picture has to do
            return None
        if found is None or found.size > most:
            return None
        self.left -= found.size
        return found

    def add(self, path: Path | None, side: int, quality: int = 80) -> Embedded | None:
        """The picture at ``path``, or the one that stands for a clip, at most ``side`` pixels on its long side."""
        file = inside(self.folder, None if path is None else shown(path))
        if file is None or self.left <= 0:
            return None
        try:
            pixels = load_image(file).on_white
        except AutostyleError:
            return None
        uri = self.uri(webp_thumbnail(pixels, side, quality))
        if len(uri) > self.left:
            self.left = 0  # what follows matters less, and trying it would cost time
            return None
        self.left -= len(uri)
        height, width = pixels.shape[:2]
        if max(height, width) > side:
            height, width = fit_size(height, width, side)
        return Embedded(uri, width, height)

    def uri(self, data: bytes) -> str:
        """Where the page finds a WebP file."""
        return "data:image/webp;base64," + base64.b64encode(data).decode("ascii")
