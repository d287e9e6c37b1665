"""When the app looks for cyclic garbage: not while somebody types.

The modules and widgets of the app are 200 000 objects and more. To look through all of them takes 150 ms, in which no
key shows, and Python does it whenever it has made a quarter as many anew.
"""

from __future__ import annotations

import gc
from time import monotonic

NEVER = 1_000_000
EVERY = 20.0
"""Seconds between two looks."""
CALM = 3.0
"""Seconds without a key after which nobody types."""


def wait_for_calm() -> None:
    """From here on only what is young is looked through by itself."""
    young, older, _ = gc.get_threshold()
    gc.set_threshold(young, older, NEVER)


def set_aside() -> None:
    """What is there now stays, and is not looked through any more."""
    gc.collect(1)  # next to nothing that nobody needs is set aside
    gc.freeze()


def tidy(pressed: float) -> None:
    """Look through all of it, unless a key was ``pressed`` (on the monotonic clock) a moment ago."""
    if monotonic() - pressed >= CALM:
        gc.collect()
