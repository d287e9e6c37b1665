"""A medium as data: what the front ends know of it without its implementation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from autostyle.errors import BadInput
from autostyle.scoring.scores import OBJECTIVES, Metric

MOST_SIZE = 10**9
"""No scale of any medium goes further."""
PREVIEW = ".preview.png"
"""Ending of the picture to show for a file that is none, in place of its own."""
LINK = ".link"
"""Ending of what stands in a study for a file that is kept elsewhere: autostyle.mediums.links."""


@dataclass(frozen=True)
class SizeRange:
    """What the size of a work is counted in, and how large it may be.

    Args:
        unit: behind a number (``px``).
        name: what is counted (``long side``).
        low, high: least and most of a search.
        search: of a search where nobody said otherwise.
        final: most of a final render, or of a run without a search.
        own: where nobody said otherwise a final render takes the content's own size, up to this.
    """

    unit: str
    name: str
    low: int
    high: int
    search: int
    final: int
    own: int

    def told(self, size: int) -> str:
        """A size, for people."""
        return f"{size} {self.unit}"

    def check(self, size: int, most: int) -> None:
        """Raises BadInput where a size is less than ``low`` or more than ``most``."""
        if not self.low <= size <= most:
            raise BadInput(
                "size {size} is out of range: {low} to {high} {unit}",
                "give another size",
                size=size,
                low=self.low,
                high=most,
                unit=self.unit,
            )


@dataclass(frozen=True)
class MediumSpec:
    """A medium as the registry knows it.

    Args:
        name: the identifier used everywhere (``image``).
        one, many: for people (``picture``, ``pictures``).
        readable: endings of the files that are read.
        unreadable: endings of files of it that people have and that are not read here.
        unreadable_hint: what to do with such a file.
        writable: endings of what is made, the default first; none while it is planned.
        recognises_folder: whether a folder is one work of this medium (a scene), seen from the names in it.
        recognises: whether a file's first 4096 bytes are of it, where autostyle.formats does not know them.
        scale: None while it is planned.
        best: file name of a study's final render.
        kept: ending of what a study keeps of its front.
        companions: endings of what may lie beside a result, each in place of its own (``.json`` beside ``out.txt``).
        objectives: what a search looks for, at least two, in the order in which the scorer gives them.
        run: medium of the content -> ``module:Class`` of the :class:`autostyle.mediums.contract.Medium` that makes
            works of this one from it; imported only when one is opened. Empty while it is planned.
        styles: media whose files may be a style; its own alone where none is named.
        in_folders: a folder may stand for the files of this medium in it.
        alike: trials at one size take alike, whatever the content.
        borrows: medium of other methods -> how they serve this one, in a sentence; their own Medium wraps them.
    """

    name: str
    one: str
    many: str
    readable: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    unreadable_hint: str = ""
    writable: tuple[str, ...] = ()
    recognises: Callable[[bytes], bool] | None = None
    recognises_folder: Callable[[Path], bool] | None = None
    scale: SizeRange | None = None
    best: str = ""
    kept: str = ""
    companions: tuple[str, ...] = ()
    objectives: tuple[Metric, ...] = OBJECTIVES
    run: Mapping[str, str] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    in_folders: bool = False
    alike: bool = False
    borrows: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "styles", self.styles or (self.name,))

    @property
    def built(self) -> bool:
        return bool(self.run)

    @property
    def shows_itself(self) -> bool:
        """Whether its files are pictures to look at; of any other a picture stands beside each file of ours."""
        return self.name == "image"

    def beside(self, file: str) -> tuple[str, ...]:
        """What may lie beside a result called ``file``: the picture to show for it, and its companions."""
        stem = file.removesuffix(PurePath(file).suffix)
        return tuple(f"{stem}{ending}" for ending in (*(() if self.shows_itself else (PREVIEW,)), *self.companions))
