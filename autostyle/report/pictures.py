"""Pictures for the page: re-encoded small, as data URIs, within a byte budget."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

MAX_PIXELS = 64_000_000


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


def webp(source: Path | bytes, side: int, quality: int) -> tuple[bytes, int, int] | None:
    """``source`` as WebP of at most ``side`` pixels, with its width and height; None where it is no picture."""
    try:
        with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            picture.draft("RGB", (side, side))
            small = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    data = io.BytesIO()
    small.save(data, "WEBP", quality=quality, method=4)
    return data.getvalue(), small.width, small.height


class Album:
    """Hands out embedded pictures of one study folder until ``budget`` bytes of the page are spent.

    A picture that is gone, broken or over the budget is None: the page then says so instead of failing.
    """

    def __init__(self, folder: Path, budget: int) -> None:
        self.folder = folder
        self.left = budget

    def add(self, path: Path | None, side: int, quality: int = 80) -> Embedded | None:
        """The picture at ``path``, at most ``side`` pixels on its long side."""
        file = inside(self.folder, path)
        small = webp(file, side, quality) if file is not None and self.left > 0 else None
        if small is None:
            return None
        uri = "data:image/webp;base64," + base64.b64encode(small[0]).decode("ascii")
        if len(uri) > self.left:
            return None
        self.left -= len(uri)
        return Embedded(uri, small[1], small[2])
