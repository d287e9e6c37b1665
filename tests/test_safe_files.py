"""Files that somebody else may have put there."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from autostyle import formats, safe_files
from autostyle.atomic import atomic_copy, atomic_write_bytes, replacing
from autostyle.codecs.clip_container import open_container
from autostyle.codecs.image import load_image
from autostyle.codecs.preview import preview
from autostyle.codecs.recipe import read_recipe
from autostyle.errors import BadInput
from autostyle.fingerprints import sha256
from autostyle.report import recipe
from autostyle.use_cases.plans import from_file


def test_append_makes_and_extends_a_file(tmp_path: Path) -> None:
    safe_files.append(tmp_path / "log", "a\n")
    safe_files.append(tmp_path / "log", "b\n")
    assert safe_files.read(tmp_path / "log", 10) == b"a\nb\n"
    with pytest.raises(ValueError, match="larger than 3"):
        safe_files.read(tmp_path / "log", 3)


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder", "socket"])
def test_what_is_no_file_is_neither_written_nor_waited_for(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    target, path = tmp_path / "target", Path("log")
    if kind != "dangling link":
        target.write_text("mine")
    {
        "link": lambda: path.symlink_to(target),
        "dangling link": lambda: path.symlink_to(target),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "socket": lambda: socket.socket(socket.AF_UNIX).bind(str(path)),
    }[kind]()
    with pytest.raises(BadInput, match=f"log is a {kind.split()[-1]}"):
        safe_files.append(path, "rm -rf ~\n")
    with pytest.raises(BadInput):
        safe_files.read(path, 10)
    assert not target.exists() if kind == "dangling link" else target.read_text() == "mine"


def test_a_link_that_a_person_named_is_followed_but_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with os.fdopen(safe_files.open_file(tmp_path / "link", follow=True)) as file:
        assert file.read() == "here"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="is a pipe"):
        safe_files.open_file(tmp_path / "pipe", follow=True)


def test_places_below_a_folder_do_not_leave_it(tmp_path: Path) -> None:
    root = tmp_path / "home"
    (root / "study").mkdir(parents=True)
    (root / "out").symlink_to(tmp_path)
    assert safe_files.place(root, "study", "log") == root / "study" / "log"
    assert safe_files.place(root, "new", "log") == root / "new" / "log"
    for parts in (("out", "log"), ("..", "log"), ("study", "..", "..", "log"), ("/etc", "passwd"), ("study", "/etc/x")):
        with pytest.raises(BadInput, match="leads out of"):
            safe_files.place(root, *parts)


def test_a_home_that_is_itself_a_link_is_the_persons_own_choice(tmp_path: Path) -> None:
    (tmp_path / "disk" / "study").mkdir(parents=True)
    (tmp_path / "home").symlink_to(tmp_path / "disk")
    assert safe_files.place(tmp_path / "home", "study", "log")
    safe_files.check_folder(tmp_path / "home" / "study", tmp_path / "home")


def test_links_within_the_home_are_followed(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.png").write_text("")
    (tmp_path / "study" / "latest.png").symlink_to("../other/a.png")
    safe_files.check_folder(tmp_path / "study", tmp_path)
    assert safe_files.inside(tmp_path, "study", "latest.png")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "a").symlink_to("a")
    with pytest.raises(BadInput, match="leads out of"):
        safe_files.check_folder(tmp_path / "study", tmp_path)


def test_a_link_to_itself_that_a_person_named_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        safe_files.open_file(tmp_path / "a", follow=True)


def test_below_a_confined_root_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "home" / "study").mkdir(parents=True)
    (tmp_path / "home" / "out").symlink_to(tmp_path / "outside")
    safe_files.confine(tmp_path / "home")
    for write in (lambda path: atomic_write_bytes(path, b""), lambda path: safe_files.append(path, "")):
        write(tmp_path / "home" / "study" / "a")
        with pytest.raises(BadInput, match="leads out of"):
            write(tmp_path / "home" / "out" / "a")
    assert not list((tmp_path / "outside").iterdir())


def test_a_folder_that_is_swapped_for_a_link_in_the_midst_of_writing_gets_nothing(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    study = tmp_path / "home" / "study"
    study.mkdir(parents=True)
    with replacing(study / "best.png") as part:
        study.rename(tmp_path / "home" / "moved")
        study.symlink_to(tmp_path / "outside")
        part.write_bytes(b"here")
    assert (tmp_path / "home" / "moved" / "best.png").read_bytes() == b"here"
    assert not list((tmp_path / "outside").iterdir())


def swap(path: Path, for_what: Path) -> None:
    """Put a link in the place of a file or a folder."""
    path.rename(path.with_name("moved"))
    path.symlink_to(for_what)


READERS = {
    "whole": lambda path: safe_files.read(path, 100),
    "whole, followed": lambda path: safe_files.read(path, 100, follow=True),
    "opened": lambda path: safe_files.reading(path).close(),
    "hashed": sha256,
    "picture": load_image,
    "recipe": recipe.load,
    "recipe in a picture": read_recipe,
    "plan": from_file,
    "clip": lambda path: open_container(path).__enter__(),
    "copied": lambda path: atomic_copy(path, path.with_name("copy")),
    "preview": lambda path: preview(path, 8),
    "kind": lambda path: formats.at(path) or (_ for _ in ()).throw(BadInput("nothing", "")),
}


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("reader", READERS)
def test_what_is_swapped_for_a_link_between_looking_and_opening_is_not_read(
    reader: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.png").write_text("mine")
    study = tmp_path / "home" / "study"
    study.mkdir(parents=True)
    (study / "a.png").write_text("here")
    safe_files.confine(tmp_path / "home", "study")
    look = safe_files.refuse_other_kinds

    def look_and_swap(path: Path, *rest: str) -> None:
        look(path, *rest)
        monkeypatch.setattr(safe_files, "refuse_other_kinds", look)
        if what == "file":
            swap(study / "a.png", tmp_path / "outside" / "a.png")
        else:
            swap(study, tmp_path / "outside")

    monkeypatch.setattr(safe_files, "refuse_other_kinds", look_and_swap)
    opened_files = []
    fdopen = os.fdopen
    monkeypatch.setattr(
        os, "fdopen", lambda handle, *rest, **more: opened_files.append(handle) or fdopen(handle, *rest)
    )
    with pytest.raises((BadInput, OSError)):
        READERS[reader](study / "a.png")
    assert not opened_files, "nothing was handed out to read from"


def test_a_pipe_that_appears_between_looking_and_opening_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("here")

    def put_pipe(path: Path, *rest: str) -> None:
        path.unlink()
        os.mkfifo(path)

    monkeypatch.setattr(safe_files, "refuse_other_kinds", put_pipe)
    with pytest.raises(BadInput, match="is a pipe"):
        safe_files.reading(tmp_path / "a")


def test_a_file_of_ones_own_is_read_wherever_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "photo").write_text("here")
    (tmp_path / "home" / "study").mkdir(parents=True)
    for name in ("home/a", "home/study/a"):
        (tmp_path / name).symlink_to(tmp_path / "photo")
    safe_files.confine(tmp_path / "home", "study")
    with safe_files.reading(tmp_path / "home" / "a") as file:
        assert file.read() == b"here"
    with pytest.raises(BadInput, match="leads out of"):
        safe_files.reading(tmp_path / "home" / "study" / "a")
