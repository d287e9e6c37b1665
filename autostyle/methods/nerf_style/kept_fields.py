"""The folder in the user's cache where fitted fields are kept, and its bounds: the one place that removes any.

Nothing leans on what is here: a study has a copy of its field, and one that was removed is fitted again.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from platformdirs import user_cache_path

MOST_BYTES = 2**29
"""Of all that is kept; the least recently used go first."""
LONGEST = 90 * 24 * 3600.0
"""Seconds that what nobody used is kept."""
RECENT = 3600.0
"""Seconds for which nothing goes: a fit may be at work on it, or a study about to copy it."""


def folder() -> Path:
    """Where they are; it may not be there yet."""
    return user_cache_path("autostyle") / "fields"


def use(path: Path) -> None:
    """Note that the field at ``path`` is used now."""
    with contextlib.suppress(OSError):  # somebody else's cache that may only be read
        os.utime(path)


def tidy() -> None:
    """Remove what is too old or too much, finished or not; what cannot be removed stays."""
    now, room = time.time(), MOST_BYTES
    for changed, size, path in sorted(_files(), reverse=True):
        room -= size
        if now - changed > RECENT and (room < 0 or now - changed > LONGEST):
            with contextlib.suppress(OSError):
                path.unlink()


def _files() -> list[tuple[float, int, Path]]:
    """When each was last used, its bytes, and where it is."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder().iterdir():
            with contextlib.suppress(OSError):
                status = path.lstat()
                found.append((status.st_mtime, status.st_size, path))
    return found
