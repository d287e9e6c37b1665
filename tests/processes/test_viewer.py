"""A file in the viewer of the desktop."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autostyle.errors import BadInput, Missing
from autostyle.processes.viewer import open_file, viewer


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bin_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    monkeypatch.setattr("autostyle.processes.viewer.sys.platform", "linux")
    return tmp_path / "bin"


def test_the_desktop_opens_it_and_nothing_reaches_the_terminal(
    bin_: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program(bin_, "xdg-open", f'echo noise; echo noise >&2; printf %s "$1" > {tmp_path}/opened')
    picture = tmp_path / "my picture.png"
    picture.touch()
    open_file(picture)
    assert (tmp_path / "opened").read_text() == str(picture)
    assert capfd.readouterr() == ("", "")


def test_one_that_stays_open_is_not_waited_for(bin_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.processes.viewer.ENDS_WITHIN", 0.1)
    program(bin_, "xdg-open", "sleep 5")
    began = time.monotonic()
    open_file(tmp_path)
    assert time.monotonic() - began < 3


def test_one_that_fails_is_told(bin_: Path, tmp_path: Path) -> None:
    program(bin_, "xdg-open", "exit 3")
    with pytest.raises(Missing, match="xdg-open cannot open the picture"):
        open_file(tmp_path)


def test_without_a_desktop_there_is_a_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("autostyle.processes.viewer.sys.platform", "linux")
    with pytest.raises(Missing, match="no desktop") as error:
        open_file(tmp_path)
    assert str(tmp_path) in error.value.hint


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no file"):
        open_file(tmp_path / "gone.png")


def test_what_opens_a_file_is_that_of_the_system(tmp_path: Path) -> None:
    program(tmp_path, "wslview", "")
    assert viewer("darwin", {}) == ["open"]
    assert viewer("linux", {"WSL_DISTRO_NAME": "Ubuntu", "PATH": str(tmp_path)}) == ["wslview"]
    assert viewer("linux", {"PATH": str(tmp_path)}) is None
    assert viewer("linux", {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}) is None
    program(tmp_path, "gio", "")
    assert viewer("linux", {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}) == ["gio", "open"]


def test_without_a_desktop_a_recording_is_played_by_what_plays_sound(
    bin_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(bin_))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "a.wav").touch()
    with pytest.raises(Missing, match="nothing here plays sound"):
        open_file(tmp_path / "a.wav")
    program(bin_, "paplay", f'printf %s "$1" > {tmp_path}/played')
    open_file(tmp_path / "a.wav")
    assert (tmp_path / "played").read_text() == str(tmp_path / "a.wav")
