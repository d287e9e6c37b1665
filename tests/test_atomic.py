"""Every file is written whole or not at all: shown by making the writing fail for real."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from autostyle.atomic import atomic_write_bytes, atomic_write_text
from autostyle.errors import BadInput


def python(code: str, *args: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-c", textwrap.dedent(code), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_text_is_written_as_utf_8(tmp_path: Path) -> None:
    atomic_write_text(tmp_path / "a", "물결\n")
    assert (tmp_path / "a").read_bytes() == "물결\n".encode()


def test_a_file_is_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    atomic_write_bytes(tmp_path / "a", b"old")
    atomic_write_bytes(str(tmp_path / "a"), b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"new")]


def test_a_reader_that_has_the_old_file_open_keeps_it(tmp_path: Path) -> None:
    atomic_write_bytes(tmp_path / "a", b"old")
    with (tmp_path / "a").open("rb") as reader:
        atomic_write_bytes(tmp_path / "a", b"new")
        assert reader.read() == b"old"


def test_private_files_are_private_and_stay_so(tmp_path: Path) -> None:
    atomic_write_text(tmp_path / "a", "1", mode=0o600)
    atomic_write_text(tmp_path / "a", "2")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no folder"):
        atomic_write_text(tmp_path / "none" / "a", "1")


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        atomic_write_text(tmp_path / "a", "1")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="too long"):
        atomic_write_text(tmp_path / ("x" * 300), "1")
    assert not list(tmp_path.iterdir())


def test_a_folder_one_may_not_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # root may write everywhere: be nobody for a moment
    try:
        with pytest.raises(BadInput, match="may not be written") as caught:
            atomic_write_text(tmp_path / "a", "1")
        assert caught.value.hint
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o755)


SAVE = """
import resource, sys
import numpy as np
from autostyle.errors import Missing
from autostyle.codecs.image import save_image
noise = np.random.default_rng(0).random((200, 200, 3), dtype=np.float32)
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    save_image(sys.argv[1], noise, overwrite=True)
except Missing as error:
    print(error.message, "|", error.hint)
    raise SystemExit(error.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
@pytest.mark.parametrize("old", [b"the old picture", None])
def test_a_write_that_fails_midway_leaves_what_was_there(tmp_path: Path, old: bytes | None) -> None:
    """The system allows this process files of 20 kB; the picture has 120 kB."""
    path = tmp_path / "a.png"
    if old:
        path.write_bytes(old)
    done = python(SAVE, path, "limit")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith(f"no space left to write {path} | free some space")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([old] if old else [])


def _can_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="this machine does not let us mount a tiny disk")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """A disk of 64 kB, seen only by the child, holds an old file; a picture of 120 kB does not fit beside it."""
    script = """
        mount -t tmpfs -o size=64k tmpfs "$0" && echo old > "$0/a.png" && "$@"
        code=$?; ls -A "$0"; cat "$0/a.png"; exit $code
    """
    done = python(SAVE, tmp_path / "a.png", "disk", before=("unshare", "-rm", "sh", "-c", script, str(tmp_path)))
    first, *rest = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (3, "")
    assert first.startswith("no space left to write")
    assert rest == ["a.png", "old"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    code = """
    import sys
    from autostyle.atomic import atomic_write_bytes
    for i in range(10**9):
        atomic_write_bytes(sys.argv[1], bytes([i % 256]) * 2_000_000)
        if i == 0:
            print("ready", flush=True)
    """
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "a")], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        data = (tmp_path / "a").read_bytes()
        assert len(data) == 2_000_000
        assert len(set(data)) == 1
