"""Who runs a study: the process that holds its lock, for as long as it lives. No Optuna here."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import Timeout

from autostyle.errors import BadInput
from autostyle.safe_files import open_file
from autostyle.tuning.folder import LOCK, lock

MOMENT = 0.25
"""Seconds that a study's lock is waited for: whoever only looks has it for less."""


@contextlib.contextmanager
def hold(folder: Path, name: str) -> Iterator[None]:
    """Hold the study in ``folder``; raises BadInput where another process does."""
    lease = lock(folder / LOCK)
    try:
        lease.acquire(timeout=MOMENT, poll_interval=MOMENT / 5)
    except Timeout:
        raise BadInput(
            "study {name} is being run by another process",
            "wait for it, or stop it; then the same command goes on",
            name=name,
        ) from None
    try:
        yield
    finally:
        lease.release()


def is_held(folder: Path) -> bool:
    """Whether a process runs the study in ``folder`` at this moment; nothing is created, a killed one holds nothing."""
    try:
        file = open_file(folder / LOCK)
    except (OSError, BadInput):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(file)
