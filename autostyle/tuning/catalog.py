"""The studies of a HOME: which there are, and taking one away."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import optuna
from filelock import Timeout
from optuna.storages import BaseStorage

from autostyle.errors import AutostyleError, BadInput
from autostyle.tuning.artifacts import ArtifactNotFound, get_all_artifact_meta
from autostyle.tuning.folder import LOCK, PLAN_FILE, check_folder, lock
from autostyle.tuning.handle import Handle
from autostyle.tuning.storage import artifacts, explained, is_there, open_storage


@dataclass(frozen=True)
class StudySummary:
    """One study of a HOME.

    Args:
        done, total: finished and planned trials; 0 for a study whose storage is elsewhere or cannot be read.
        methods: that it searches.
        size: bytes on disk: its folder.
        changed: when something was last written there, ISO 8601 in UTC.
        note: why nothing is known about its trials; empty otherwise.
    """

    name: str
    folder: Path
    done: int
    total: int
    methods: tuple[str, ...]
    size: int
    changed: str
    note: str = ""


def list_studies(home: Path, storage_url: str | None = None) -> tuple[StudySummary, ...]:
    """The studies whose folders are in ``home``, the last changed first."""
    folders = [plan.parent for plan in home.glob(f"*/{PLAN_FILE}")] if home.is_dir() else []
    if not folders:
        return ()
    storage = open_storage(home, storage_url) if is_there(home, storage_url) else storage_url
    found = [_summary(home, folder, storage) for folder in folders]
    return tuple(sorted(found, key=lambda study: study.changed, reverse=True))


def remove_study(home: Path, name: str, storage_url: str | None = None) -> None:
    """Delete a study: its trials, its artifacts and its folder.

    Raises:
        BadInput: there is none, or it is being run.
    """
    with explained(storage_url):
        handle = Handle.find(home, name, storage_url, whatever_lies_there=True)
        if handle.folder.is_symlink():
            handle.folder.unlink()
        handle.folder.mkdir(exist_ok=True)
        if not (held := handle.folder / LOCK).is_file() or held.is_symlink():
            held = handle.folder / f"{LOCK}.removing"  # no search of ours holds what is no file
        try:
            with lock(held, timeout=0):
                _forget(handle)
                shutil.rmtree(handle.folder)  # removes links, not what they lead to
        except Timeout:
            raise BadInput(f"study {name} is being run", "stop it first") from None


def _forget(handle: Handle) -> None:
    store = artifacts(handle.home)
    for method, attempts in handle.trials().items():
        for attempt in attempts:
            for meta in get_all_artifact_meta(attempt, storage=handle.storage):
                try:
                    store.remove(meta.artifact_id)
                except ArtifactNotFound:
                    continue
        optuna.delete_study(study_name=f"{handle.name}/{method}", storage=handle.storage)


def _summary(home: Path, folder: Path, storage: BaseStorage | str | None) -> StudySummary:
    files: list[os.stat_result] = []
    done = total = 0
    methods: tuple[str, ...] = ()
    note = ""
    try:
        with explained():
            check_folder(home, folder.name)
            files = [path.stat() for path in folder.rglob("*") if path.is_file()]
            handle = Handle.find(home, folder.name, storage)
            done, total = sum(slot.finished for slot in handle.slots()), handle.plan.budget.trials
            methods = tuple(handle.studies)
    except AutostyleError as error:
        note = error.message
    changed = max((status.st_mtime for status in files), default=folder.lstat().st_mtime)
    return StudySummary(
        name=folder.name,
        folder=folder,
        done=done,
        total=total,
        methods=methods,
        size=sum(status.st_size for status in files),
        changed=datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds"),
        note=note,
    )
