"""The style pictures that a fast net is taught, and the photographs that it paints while it learns. No torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput
from autostyle.filenames import legible
from autostyle.fingerprints import sha256
from autostyle.named_styles import NAMED_STYLES
from autostyle.train.fast.lessons import Bytes, read

MOST = 32
"""Styles of a net: more share so few numbers that all look alike."""
KEPT, KEPT_FROM = 2, 4
"""Photographs that judge, where there are at least so many."""


@dataclass(frozen=True)
class TaughtStyle:
    """A style picture, (H, W, 3) 0..1, under its name, and the sha256 of its file."""

    name: str
    pixels: Pixels
    sha256: str


@dataclass(frozen=True)
class Photos:
    """The photographs of a training: those that are painted, and those that are kept out; ``sha256`` of them all.

    Args:
        own: whether a person gave them.
    """

    learnt: Sequence[Bytes]
    kept: Sequence[Bytes]
    sha256: str
    own: bool


def taught(paths: Sequence[Path]) -> tuple[TaughtStyle, ...]:
    """The style pictures of ``paths``, each by the name of its file.

    Raises:
        BadInput: one cannot be read, or is there twice, or there are too many.
    """
    if len(paths) > MOST:
        raise BadInput("{n} styles are too many for one net", "give {most} at most", n=len(paths), most=MOST)
    found: dict[str, TaughtStyle] = {}
    for path in paths:
        picture = load_image(path).as_style
        if picture.sha256 in found:
            raise BadInput(
                "{content} and {style} are the same picture",
                "give it once",
                content=found[picture.sha256].name,
                style=path,
            )
        name = legible(path.stem)
        while name in (one.name for one in found.values()):
            name += "-2"
        found[picture.sha256] = TaughtStyle(name, picture.pixels, picture.sha256)
    return tuple(found.values())


def photographs(paths: Sequence[Path], styles: Sequence[TaughtStyle]) -> Photos:
    """Those of ``paths``; of none, the pictures that ship with autostyle; ``styles`` are not among them.

    Raises:
        BadInput: one cannot be read, or all are styles.
    """
    known = {style.sha256 for style in styles}
    files = [path for path in sorted(paths) or [style.path for style in NAMED_STYLES] if sha256(path) not in known]
    if not files:
        raise BadInput("no photographs but the style pictures themselves", "give others: --photos names a folder")
    pictures = read(files)
    kept = min(KEPT, len(pictures)) if len(pictures) >= KEPT_FROM else 0
    marks = hashlib.sha256("".join(sha256(file) for file in files).encode()).hexdigest()
    return Photos(pictures[kept:], pictures[:kept] or pictures[:1], marks, bool(paths))
