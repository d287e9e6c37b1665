"""What a person has said yes to for good: a private file in their config folder."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.media.atomic import atomic_write_text
from autostyle.resources import config_folder

FILE = "approvals.json"


def always() -> frozenset[str]:
    """The names of tools, and ``pictures to HOST``; nothing where the file cannot be read."""
    try:
        data = json.loads(_path().read_text("utf-8"))
        return frozenset(str(name) for name in data["always"])
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()


def remember(name: str) -> None:
    """Keep a yes for good; where that cannot be written, the person is asked again another day."""
    with contextlib.suppress(AutostyleError, OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        atomic_write_text(_path(), json.dumps({"always": sorted(always() | {name})}, indent=1) + "\n", mode=0o600)


def _path() -> Path:
    return config_folder() / FILE
