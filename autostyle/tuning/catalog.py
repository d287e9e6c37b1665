"""The studies of a HOME: which there are, and taking one away."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import Timeout

from autostyle import json_text
from autostyle.errors import AutostyleError, BadInput
from autostyle.fingerprints import sha256
from autostyle.methods import registry
from autostyle.plan import STUDY_NAME
from autostyle.sentences import Sentence
from autostyle.tuning import trust
from autostyle.tuning.artifacts import ArtifactNotFound
from autostyle.tuning.folder import LOCK, PLAN_FILE, check_folder, check_name, lock
from autostyle.tuning.handle import Handle
from autostyle.tuning.inputs import linked
from autostyle.tuning.ledger import runs_done
from autostyle.tuning.record import StudySummary
from autostyle.tuning.storage import (
    Storage,
    Tables,
    artifact_folder,
    artifacts,
    explain_errors,
    is_there,
    open_storage,
    tables,
)

NOT_MADE_HERE = "not made here"
"""The note of a study that is only looked at."""


@dataclass(frozen=True)
class Removed:
    """What was taken away of a study: whether there was a folder, how many trials, how many stored pictures."""

    folder: bool
    trials: int
    pictures: int


def list_studies(home: Path, storage_url: str | None = None) -> tuple[StudySummary, ...]:
    """The studies that have a folder in ``home`` or trials in the storage, the last changed first."""
    storage = open_storage(home, storage_url) if is_there(home, storage_url) else None
    with explain_errors(storage_url):
        stored = _stored(home, storage)
    names = {plan.parent.name for plan in home.glob(f"*/{PLAN_FILE}")} if home.is_dir() else set()
    found = [_summary(home, name, storage, storage_url, name in stored) for name in sorted(names | stored)]
    return tuple(sorted(found, key=lambda study: study.changed, reverse=True))


def _stored(home: Path, storage: Storage | None) -> set[str]:
    """Names of the studies in a storage; what others keep there is none of ours, unless it has a plan here."""
    if storage is None:
        return set()
    parts = (name.rpartition("/") for name in tables(storage).names())
    return {
        name
        for name, _, method in parts
        if re.fullmatch(STUDY_NAME, name) and (method in registry.METHODS or os.path.lexists(home / name / PLAN_FILE))
    }


def remove_study(home: Path, name: str, storage_url: str | None = None) -> Removed:
    """Delete a study, or what is left of one: its trials, their stored pictures and its folder.

    What they say may be damaged, or of another version: nothing of it is gone by but names.

    Raises:
        BadInput: there is nothing of it, or it is being run.
    """
    with explain_errors(storage_url):
        check_name(name)
        opened = open_storage(home, storage_url) if is_there(home, storage_url) else None
        storage = tables(opened) if opened is not None else None
        stored = [full for full in storage.names() if full.rpartition("/")[0] == name] if storage is not None else []
        folder = home / name
        there = os.path.lexists(folder)
        if not there and not stored:
            raise BadInput(
                "there is no study {name!r} in {home}", "`autostyle studies` lists them", name=name, home=home
            )
        with _nobody_runs(folder, name):
            left = _thumbnails(folder)
            trials = _count_trials(home, name, opened, stored) if opened is not None else 0
            pictures = _forget(home, storage, stored) if storage is not None else 0
            pictures += _forget_pictures(home, storage, left)
            shutil.rmtree(folder, ignore_errors=not there)  # removes links, not what they lead to
    return Removed(there, trials, pictures)


@contextlib.contextmanager
def _nobody_runs(folder: Path, name: str) -> Iterator[None]:
    """Hold the study in ``folder``, whatever lies there; raises BadInput where somebody runs it."""
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    if not (held := folder / LOCK).is_file() or held.is_symlink():
        held = folder / f"{LOCK}.removing"  # no search of ours holds what is no file
    try:
        with lock(held, timeout=0):
            yield
    except Timeout:
        raise BadInput("study {name} is being run", "stop it first", name=name) from None


def _forget(home: Path, storage: Tables, names: list[str]) -> int:
    """Take the studies called ``names`` out of a storage; how many pictures that was."""
    store, pictures = artifacts(home), 0
    for name in names:
        for id in _artifacts(storage, name):
            with contextlib.suppress(ArtifactNotFound, ValueError, OSError):  # it names something else
                store.remove(id)
                pictures += 1
        storage.forget(name)
    return pictures


def _count_trials(home: Path, name: str, storage: Storage, names: list[str]) -> int:
    """As a person counts them; where the database says what cannot be, as it does."""
    try:
        handle = Handle(home, name, storage)
        handle.refresh()
        return len(handle.slots())
    except AutostyleError:
        return sum(tables(storage).count_trials(name) for name in names)


def _artifacts(storage: Tables, name: str) -> set[str]:
    """Ids of the artifacts of a study that say what they are."""
    ids = set()
    for text in storage.artifacts(name):
        with contextlib.suppress(ValueError, LookupError, TypeError):
            said = json_text.loads(text)  # Optuna keeps JSON in JSON
            ids.add(str(json_text.loads(said)["artifact_id"]))
    return ids


def _thumbnails(folder: Path) -> set[str]:
    """SHA-256 of the trials' pictures in a study's folder, each of which was stored once more as an artifact."""
    files = folder.glob("trials/*.webp") if (folder / "trials").is_dir() else ()
    return {sha256(file) for file in files if file.is_file() and not file.is_symlink()}


def _forget_pictures(home: Path, storage: Tables | None, thumbnails: set[str]) -> int:
    """Remove the artifacts that are these pictures and belong to no trial any more; how many."""
    if not thumbnails or not artifact_folder(home).is_dir():
        return 0
    store = artifacts(home)
    names = storage.names() if storage is not None else ()
    kept = {id for name in names for id in _artifacts(storage, name)}  # type: ignore[arg-type]
    orphans = [
        file.name
        for file in artifact_folder(home).iterdir()
        if file.name not in kept and file.is_file() and not file.is_symlink() and sha256(file) in thumbnails
    ]
    for name in orphans:
        store.remove(name)
    return len(orphans)


def _summary(home: Path, name: str, storage: Storage | None, storage_url: str | None, stored: bool) -> StudySummary:
    folder = home / name
    files: list[os.stat_result] = []
    done = total = 0
    methods: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    note = "" if stored else Sentence("its trials are not in this storage: deleted, or in another one (--storage)")
    try:
        with explain_errors():
            check_folder(home, name)
            files = [path.stat() for path in folder.rglob("*") if path.is_file()]
            if stored and storage is not None:
                handle = Handle(home, name, storage)
                handle.refresh()
                slots = handle.slots()
                done, methods = runs_done(slots), tuple(handle.studies)
                if handle.exists:
                    elsewhere = tuple(link.path for link in linked(handle.plan, folder).values())
                total = handle.plan.budget.total(done) if handle.exists else sum(slot.leads for slot in slots)
                note = "" if handle.exists else Sentence("a part of its trials was deleted, and it cannot go on")
                if handle.exists and not trust.is_trusted(handle, storage_url):
                    note = NOT_MADE_HERE
    except AutostyleError as error:
        note = error.message
    missing = stored and not folder.exists()
    if missing:
        note = Sentence("its folder is gone; `autostyle studies rm {name}` takes away what is left of it", name=name)
    changed = max((status.st_mtime for status in files), default=folder.lstat().st_mtime if folder.exists() else 0.0)
    return StudySummary(
        name=name,
        folder=folder,
        done=done,
        total=total,
        methods=methods,
        size=sum(status.st_size for status in files),
        changed=datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds") if changed else "",
        note=note,
        elsewhere=elsewhere,
        missing=missing,
    )
