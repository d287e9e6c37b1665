"""An exception nobody meant to raise becomes an error with a log to send along; the front ends show only its line."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from autostyle.errors import AutostyleError
from autostyle.sentences import Sentence, reason


class Bug(AutostyleError):
    """An exception nobody meant to raise; its cause is that exception."""


def report(error: Exception) -> Bug:
    """Write the traceback of ``error`` to the user's log folder and say where it is."""
    where = write_log("".join(traceback.format_exception(error)))
    bug = Bug(
        "autostyle failed: {kind}: {error}",
        "this is a bug; {where}",
        kind=type(error).__name__,
        error=error,
        where=where,
    )
    bug.__cause__ = error
    return bug


def write_log(text: str, name: str = "") -> str:
    """Write ``text`` to the user's log folder, ``name`` in front of the file's; where it is, as a hint says it."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("autostyle", ensure_exists=True)
        log = folder / f"{name}{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{os.getpid()}.log"
        log.write_text(text, "utf-8", "backslashreplace")
    except OSError as full:
        return Sentence("no log could be written: {why}", why=reason(full))
    return Sentence("the log is {place}", place=log)
