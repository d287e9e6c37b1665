"""A command of the person's own: its words as they are, no shell, from their own folder."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autostyle.use_cases import notify


def test_the_command_gets_the_message_and_no_shell_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    script = tmp_path / "tell"
    script.write_text(
        f'#!/bin/sh\nprintf "%s|" "$@" "$AUTOSTYLE_DONE" "$PWD" > {tmp_path}/new; mv {tmp_path}/new {tmp_path}/out\n'
    )
    script.chmod(0o700)
    assert notify.run_command([str(script), "a b", "$(touch x)"], "it's over; rm -rf", done=2, failed=0) == ""
    end = time.monotonic() + 30
    while not (tmp_path / "out").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    assert (tmp_path / "out").read_text() == f"a b|$(touch x)|it's over; rm -rf|2|{tmp_path}|"


def test_one_that_is_not_there_is_said_and_none_is_nothing() -> None:
    assert "notify_command cannot be run: No such file" in notify.run_command(["/nowhere/tell"], "over")
    assert notify.run_command([], "over") == ""
