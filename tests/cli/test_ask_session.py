"""`autostyle ask --session`: one conversation over several programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.cli import app
from tests.cli.running import PROGRAM

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(alone: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask for a plan, in this process."""

    def run(said: str, session: str) -> dict[str, Any]:
        capsys.readouterr()
        app.run(["ask", said, "--session", session, "--offline", "--json", "--plan-only"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def test_the_next_request_knows_what_was_said(ask: Ask) -> None:
    first = ask("make photo.png look like stained glass, 20 trials", "dog")
    assert first["session"] == "dog" and first["trials"] == 20 and not first["wishes"]["keep_color"]
    second = ask("keep the colours", "dog")
    assert second["trials"] == 20 and second["wishes"]["keep_color"] and second["style"] == first["style"]
    third = ask("take that back", "last")
    assert third["session"] == "dog" and third["trials"] == 20 and not third["wishes"]["keep_color"]
    other = ask("keep the colours", "cat")
    assert other["questions"] and other["session"] == "cat"


def test_the_only_picture_here_is_the_one_that_is_meant(ask: Ask, alone: Path) -> None:
    for path in alone.iterdir():
        if path.is_file() and path.name != "photo.png":
            path.unlink()
    first = ask("i want my cat picture to look like its painted", "cat")
    assert first["questions"] and first["content"] == [str(alone / "photo.png")] and first["method"] is None
    second = ask("the stained glass one", "cat")
    assert not second["questions"] and second["content"] == first["content"] and second["study"]


def test_a_name_that_is_none_is_refused(alone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["ask", "hello", "--session", "../../etc/passwd", "--offline", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "'../../etc/passwd' is no name of a conversation"


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_search_is_steered_and_taken_back_by_the_programs_after_it(
    alone: Path, fake_runtime: Callable[..., None]
) -> None:
    def told(said: str) -> dict[str, Any]:
        command = [sys.executable, "-c", PROGRAM, "ask", said, "--session", "dog", "--yes", "--offline", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    study = told("photo.png like stained glass, 4 trials at 64 px")["study"]
    plan = alone / "studies" / study / "plan.yaml"
    before = plan.read_text()
    told("more style")
    assert plan.read_text() != before
    assert "Taken back" in told("take that back")["answer"]
    assert plan.read_text() == before
