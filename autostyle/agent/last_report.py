"""The report.json of a study as it was written last: what is known of the study without a process to look into it."""

from __future__ import annotations

from pathlib import Path

from autostyle import json_text, safe_files
from autostyle.errors import AutostyleError
from autostyle.report.payload import parse
from autostyle.tuning.record import StudyRecord

MOST = 64 * 2**20
"""Bytes of it that are read."""
LONGEST = 1e9
"""Seconds that anything took."""
UNREADABLE = (
    AutostyleError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What reading one may raise that is gone, cut short or somebody else's."""


def read(folder: Path) -> StudyRecord | None:
    """The study in ``folder`` as it stood then; None without a report of ours that says what can be."""
    try:
        record = parse(json_text.loads(safe_files.read(folder / "report.json", MOST)), folder)
    except UNREADABLE:
        return None
    times = (record.seconds, *(trial.seconds for trial in record.trials))
    return record if all(0 <= seconds <= LONGEST for seconds in times) else None
