"""A folder of studies from somebody else: nothing in it leads out of it, and nothing in it is waited for."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.tuning import events
from autostyle.tuning.catalog import list_studies, remove_study
from autostyle.tuning.folder import FILES, FOLDERS, check_folder
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.storage import check_home

KINDS = ("link out", "dangling link", "link to a folder", "pipe", "folder", "socket", "device")
INNER = ("inputs/content.png", "inputs/index.json", "live/worker-0.webp", "trials/adain-0000.webp", "front/x.png")
MINE = {"bashrc": "alias ll='ls -l'\n", "folder/mine": "mine"}
HOME = ("autostyle.db", "autostyle.db-wal", "autostyle.db-shm", "autostyle.db-journal", ".autostyle.lock", "artifacts")


def put(path: Path, kind: str, outside: Path) -> None:
    """Something of ``kind`` in the place of ``path``; ``outside`` holds a file and a folder of the person's."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if kind == "link out":
        path.symlink_to(outside / "bashrc")
    elif kind == "dangling link":
        path.symlink_to(outside / "new")
    elif kind == "link to a folder":
        path.symlink_to(outside / "folder")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        here = Path.cwd()
        os.chdir(path.parent)  # its path must be short
        socket.socket(socket.AF_UNIX).bind(path.name)
        os.chdir(here)
    else:
        path.symlink_to("/dev/zero")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the person's, beside the home."""
    folder = tmp_path / "outside"
    (folder / "folder").mkdir(parents=True)
    for name, text in MINE.items():
        (folder / name).write_text(text)
    return folder


def impossible(name: str, kind: str) -> bool:
    return kind == "folder" and name in (*FOLDERS, "artifacts")


PLACES = [*(f"s/{name}" for name in (*FILES, *FOLDERS, *INNER)), "s/anything", *HOME]
CASES = [(place, kind) for place in PLACES for kind in KINDS if not impossible(place.removeprefix("s/"), kind)]
CASES.remove(("s/anything", "folder"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("place", "kind"), CASES, ids=[f"{place}: {kind}" for place, kind in CASES])
def test_every_file_of_a_study_as_something_else(place: str, kind: str, tmp_path: Path, outside: Path) -> None:
    home = tmp_path / "home"
    for name in (*FOLDERS, "../artifacts"):
        (home / "s" / name).mkdir(parents=True, exist_ok=True)
    for name in (*FILES, *INNER, *(f"../{name}" for name in HOME if name != "artifacts")):
        (home / "s" / name).write_text("")
    check_folder(home, "s")
    check_home(home)
    put(home / place, kind, outside)
    with pytest.raises(BadInput):
        check_folder(home, "s")
        check_home(home)


@pytest.mark.timeout(20, func_only=True)
@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("s/log.jsonl", "link out"),
        ("s/.lock", "pipe"),
        ("s/plan.yaml", "pipe"),
        ("s/front", "link to a folder"),
        ("s/inputs/content.png", "device"),
        ("s/best.png", "folder"),
        ("autostyle.db", "link out"),
        (".autostyle.lock", "dangling link"),
    ],
)
def test_nothing_is_done_in_such_a_folder_but_taking_it_away(
    place: str, kind: str, copied: Path, outside: Path, run: Callable[..., StudyRecord]
) -> None:
    put(copied / place, kind, outside)
    with pytest.raises(BadInput):
        run(trials=2)
    with pytest.raises(BadInput):
        load_record(copied, "s")
    if place.startswith("s/"):
        assert all(study.note for study in list_studies(copied))
        remove_study(copied, "s")
        assert not (copied / "s").exists()
    files = {str(p.relative_to(outside)): p.read_text() for p in outside.rglob("*") if p.is_file()}
    assert files == MINE


def test_a_link_that_appears_while_a_study_runs_is_not_followed(
    copied: Path, outside: Path, run: Callable[..., StudyRecord]
) -> None:
    def swap(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialStarted):
            put(copied / "s" / "log.jsonl", "link out", outside)
            put(copied / "s" / "live", "link to a folder", outside)
            put(copied / "s" / "best.png", "link out", outside)

    with pytest.raises(BadInput, match=r"log\.jsonl is a link"):
        run(trials=3, on_event=swap)
    files = {str(p.relative_to(outside)): p.read_text() for p in outside.rglob("*") if p.is_file()}
    assert files == MINE
