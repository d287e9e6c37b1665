"""manifest.json: what was made with what, and every file of the report with its hash."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from autostyle.fingerprints import sha256
from autostyle.report.payload import finite
from autostyle.tuning.record import StudyRecord

SCHEMA = 1
NAME = "manifest.json"
PACKAGES = (
    "torch",
    "torchvision",
    "optuna",
    "numpy",
    "scikit-image",
    "opencv-python-headless",
    "pillow",
    "open_clip_torch",
)
CHANGING = ("live", "log.jsonl")
"""Not listed: they change while a study runs, so a hash of them would soon be wrong."""


def manifest(record: StudyRecord, folder: Path) -> dict[str, Any]:
    """Describe ``folder``, which holds the finished report of ``record``; paths are relative to it."""
    data: dict[str, Any] = finite(
        {
            "schema": SCHEMA,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "autostyle": version("autostyle"),
            "study": record.plan.study,
            "command": record.command,
            "reproduce": "autostyle reproduce recipe.json" if record.best is not None else None,
            "seeds": {"base": record.plan.seed, "trials": {str(t.number): t.seed for t in record.trials}},
            "objectives": [{"name": metric.name, "direction": metric.direction} for metric in record.objectives],
            "sampler": record.plan.sampler,
            "scorer": record.scorer,
            "weights": record.weights,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "packages": {name: found for name in PACKAGES if (found := _version(name))},
            "elsewhere": [dict(entry) for entry in record.elsewhere],
            "files": [_entry(file, folder) for file in _files(folder)],
        }
    )
    return data


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        listed = parts[0] not in CHANGING and not any(part.startswith(".") for part in parts) and parts != (NAME,)
        if listed and file.is_file() and not file.is_symlink():
            yield file


def _entry(file: Path, folder: Path) -> dict[str, Any]:
    return {"path": file.relative_to(folder).as_posix(), "bytes": file.stat().st_size, "sha256": sha256(file)}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
