"""What there is of a large picture while it is painted, in a hidden file beside its place, so that the same run goes on
from there after whatever ended it; that of another run is swept away when a new one begins to keep its own."""

from __future__ import annotations

import contextlib
import glob
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from autostyle.atomic import replacing
from autostyle.codecs import Pixels
from autostyle.errors import AutostyleError


@dataclass(frozen=True)
class UnfinishedPicture:
    """The state of one run: a :class:`autostyle.methods.contract.Unfinished`.

    Args:
        place: of the finished picture.
        named: everything that decides how it looks, as one text; asked for only where there is something to keep.
    """

    place: Path
    named: Callable[[], str]

    @cached_property
    def _file(self) -> Path:
        return self.place.parent / f"{self._stem}{sha256(self.named().encode()).hexdigest()[:16]}"

    @property
    def _stem(self) -> str:
        return f".{self.place.name}.unfinished-"

    def read(self) -> tuple[int, Pixels] | None:
        """How many steps were taken, and what they came to; None where nothing was kept."""
        try:
            with self._file.open("rb") as file:
                steps, picture = np.load(file, allow_pickle=False), np.load(file, allow_pickle=False)
                return int(steps), picture
        except (OSError, ValueError, EOFError):  # nothing, or cut short: painted again
            return None

    def keep(self, steps: int, picture: Pixels) -> None:
        """Take the place of what was kept before; without room nothing is."""
        with contextlib.suppress(AutostyleError, OSError):
            for other in self.place.parent.glob(f"{glob.escape(self._stem)}*"):
                if other != self._file:
                    other.unlink()
            with replacing(self._file) as hidden, hidden.open("xb") as file:
                np.save(file, np.int64(steps), allow_pickle=False)
                np.save(file, picture, allow_pickle=False)

    def remove(self) -> None:
        """The picture is finished."""
        for file in self.place.parent.glob(f"{glob.escape(self._stem)}*"):
            with contextlib.suppress(OSError):
                file.unlink()
