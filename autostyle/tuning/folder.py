"""What lies in a study's folder, HOME/NAME, and the check that it is no more than that. No Optuna."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from filelock import FileLock

from autostyle import safe_files
from autostyle.errors import BadInput
from autostyle.mediums import registry as mediums
from autostyle.plan import STUDY_NAME

FOLDERS = ("inputs", "live", "trials", "front")
"""They hold nothing but files."""
PLAN_FILE = "plan.yaml"
LOCK, ASKING, RENDERING = ".lock", ".asking.lock", ".final.lock"
LOG, WORKER_LOG = "log.jsonl", "worker.log"
"""What happened, as JSON lines, and what workers write to stderr."""
FILES = (
    *(LOCK, ASKING, RENDERING, LOG, WORKER_LOG, PLAN_FILE, "manifest.json", "trials.csv", "recipe.json"),
    *("report.html", "report.md", "report.json"),
)
"""What can only be a file, beside the final render and what belongs to it."""


def check_folder(home: Path, name: str) -> None:
    """See that the folder of a study, if it is there, holds only files, folders, and links that stay in ``home``.

    Raises:
        BadInput: it does not, or ``name`` is none for a study.
    """
    safe_files.check_folder(home / check_name(name), home, flat=FOLDERS, files=(*FILES, *_finals()))


def _finals() -> list[str]:
    return [name for spec in mediums.built() for name in (spec.best, *spec.beside(spec.best))]


def check_name(name: str) -> str:
    """``name``, if a study may be called so; raises BadInput otherwise."""
    if not re.fullmatch(STUDY_NAME, name):
        raise BadInput(
            "{name!r} is no name for a study", "small letters, digits, '.', '_' and '-', at most 100", name=name
        )
    return name


def lock(path: Path, **options: Any) -> FileLock:
    """A lock on the file at ``path``; raises BadInput where something else than a file is there."""
    safe_files.refuse_other_kinds(path)
    return FileLock(path, **options)
