"""An exception nobody meant to raise becomes an error with a log to send along; the front ends show only its line."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from platformdirs import user_log_path

from autostyle.errors import AutostyleError


class Bug(AutostyleError):
    """An exception nobody meant to raise; its cause is that exception."""


def report(error: Exception) -> Bug:
    """Write the traceback of ``error`` to the user's log folder and say where it is."""
    try:
        folder = user_log_path("autostyle", ensure_exists=True)
        log = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
        log.write_text("".join(traceback.format_exception(error)), "utf-8")
        where = f"the log is {log}"
    except OSError as full:
        where = f"no log could be written: {full.strerror}"
    bug = Bug(f"autostyle failed: {type(error).__name__}: {error}", f"this is a bug; {where}")
    bug.__cause__ = error
    return bug
