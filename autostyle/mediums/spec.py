"""A medium as data: what the front ends know of it without its implementation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autostyle.errors import BadInput


@dataclass(frozen=True)
class Scale:
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
            raise BadInput(f"size {size} is out of range: {self.low} to {most} {self.unit}", "give another size")


@dataclass(frozen=True)
class MediumSpec:
    """A medium as the registry knows it.

    Args:
        name: the identifier used everywhere (``image``).
        one, many: for people (``picture``, ``pictures``).
        readable: endings of the files that are read.
        unreadable: endings of files of it that people have and that are not read here.
        writable: endings of what is made, the default first; none while it is planned.
        recognises: whether a file's first 4096 bytes are of it, where autostyle.formats does not know them.
        scale: None while it is planned.
        best: file name of a study's final render.
        kept: ending of what a study keeps of its front.
        excerpt: what of a content a trial works on, in words.
        run: medium of the content -> ``module:Class`` of the :class:`autostyle.mediums.contract.Medium` that makes
            works of this one from it; imported only when one is opened. Empty while it is planned.
        alike: trials at one size take alike, whatever the content.
        borrows: medium of other methods -> how they serve this one, in a sentence; their own Medium wraps them.
    """

    name: str
    one: str
    many: str
    readable: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    recognises: Callable[[bytes], bool] | None = None
    scale: Scale | None = None
    best: str = ""
    kept: str = ""
    excerpt: str = ""
    run: Mapping[str, str] = field(default_factory=dict)
    alike: bool = False
    borrows: Mapping[str, str] = field(default_factory=dict)

    @property
    def built(self) -> bool:
        return bool(self.run)

    @property
    def shows_itself(self) -> bool:
        """Whether its files are pictures to look at; of any other a picture stands beside each file of ours."""
        return self.name == "image"
