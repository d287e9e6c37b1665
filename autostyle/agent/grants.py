"""What a person has said yes to for good: a private file in their config folder."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from autostyle import json_text, safe_files
from autostyle.atomic import atomic_write_text
from autostyle.errors import AutostyleError
from autostyle.resources import config_folder

FILE = "approvals.json"
MOST = 2**20
"""Bytes of it that are read."""
PICTURES_TO = "pictures to "
"""How the yes to showing a model pictures is called, before the host."""


def always() -> frozenset[str]:
    """The names of tools, and ``pictures to HOST``; nothing where the file cannot be read."""
    try:
        data = json_text.loads(safe_files.read(_path(), MOST, follow=True))
        return frozenset(str(name) for name in data["always"])
    except (AutostyleError, OSError, ValueError, TypeError, KeyError):
        return frozenset()


def remember(name: str) -> None:
    """Keep a yes for good; where that cannot be written, the person is asked again another day."""
    with contextlib.suppress(AutostyleError, OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        atomic_write_text(_path(), json.dumps({"always": sorted(always() | {name})}, indent=1) + "\n", mode=0o600)


def forget(name: str) -> None:
    """Take a yes back; raises an AutostyleError or OSError where that cannot be written: then it still holds."""
    if name in (kept := always()):
        atomic_write_text(_path(), json.dumps({"always": sorted(kept - {name})}, indent=1) + "\n", mode=0o600)


def _path() -> Path:
    return config_folder() / FILE
