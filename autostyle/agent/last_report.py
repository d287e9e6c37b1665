"""The report.json of a study as it was written last: what is known of the study without a process to look into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle import json_text, safe_files
from autostyle.errors import AutostyleError

MOST = 64 * 2**20
"""Bytes of it that are read."""
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
"""What reading one may raise, or looking into it, that is gone, cut short or somebody else's."""


def read(folder: Path) -> Any:
    """What it says, in whatever form: a study may come from anybody. Raises one of :data:`UNREADABLE` without one."""
    return json_text.loads(safe_files.read(folder / "report.json", MOST))
