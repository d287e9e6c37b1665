"""What was freed goes back to the system, where memory is what bounds the work."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def give_back() -> None:
    """Hand what this process has freed back to the system; glibc keeps it for allocations of the same sizes, and what
    is larger is asked of the system beside it. Takes milliseconds; elsewhere than with glibc nothing happens."""
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return None
