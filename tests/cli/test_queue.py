"""`autostyle queue`: put in by tune, listed, put in another order, worked through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.cli import tune
from autostyle.errors import Missing
from autostyle.plan import Plan
from autostyle.use_cases import notify, queue
from tests.cli.running import Done

Run = Callable[[str], Done]
HOME = Path("studies")


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The studies that were searched; nothing is."""
    searched: list[str] = []

    def search(invocation: Any, plan: Plan, storage: str | None, interrupts: Any) -> dict[str, Any]:
        searched.append(plan.study)
        if plan.study == "b":
            raise Missing("no space is left", "make room")
        if plan.study == "stop":
            interrupts.stop.set()
            interrupts.exit_code = 130
        return {"study": plan.study, "report": f"{plan.study}/report.html"}

    monkeypatch.setattr(tune, "search", search)
    return searched


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    told: list[Any] = []
    monkeypatch.setattr(notify, "run_command", lambda *of, **about: told.append((of[1], about)) or "")
    return told


def put(autostyle: Run, *names: str) -> None:
    for name in names:
        line = f"tune photo.png paint.png --study {name} -m adain --trials 4 --size 64 --queue"
        assert autostyle(line).code == 0


def test_requests_wait_are_listed_and_run_in_the_order_they_are_given(
    autostyle: Run, searched: list[str], told: list[Any]
) -> None:
    added = autostyle("tune photo.png paint.png --study a -m adain --queue --json").data
    assert (added["study"], added["state"], added["methods"]) == ("a", "waiting", ["adain"])
    assert searched == [] and not (HOME / "a").exists()
    put(autostyle, "b", "c")
    assert [entry["study"] for entry in autostyle("queue move c 1 --json").data["entries"]] == ["c", "a", "b"]
    assert autostyle("queue rm a").code == 0
    listed = autostyle("queue")
    assert "cancelled" in listed.out and "waiting" in listed.out
    done = autostyle("queue run --json")
    assert done.code == Missing.exit_code and searched == ["c", "b"]
    assert [(entry["study"], entry["state"]) for entry in done.data["entries"]] == [("c", "done"), ("b", "failed")]
    assert done.data["entries"][0]["result"]["report"] == "c/report.html" and done.data["entries"][1]["exit_code"] == 3
    assert "error: no space is left" in done.err and "the queue is through: 1 done, 1 failed" in done.err
    assert told == [("the queue is through: 1 done, 1 failed", {"done": 1, "failed": 1})]
    assert {entry.study: entry.state for entry in queue.entries(HOME)} == {"a": "cancelled", "b": "failed", "c": "done"}
    assert autostyle("queue run").code == 0 and len(told) == 1


def test_an_interrupted_one_is_the_next_one(autostyle: Run, searched: list[str], told: list[Any]) -> None:
    put(autostyle, "stop", "c")
    done = autostyle("queue run --json")
    assert (done.code, done.data["stopped"], searched, told) == (130, True, ["stop"], [])
    assert [(entry.study, entry.state) for entry in queue.to_come(HOME)] == [("stop", "waiting"), ("c", "waiting")]


def test_what_cannot_be_is_refused(autostyle: Run, searched: list[str]) -> None:
    put(autostyle, "a")
    again = autostyle("tune photo.png paint.png --study a -m adain --queue")
    assert (again.code, "a is in the queue already" in again.err) == (2, True)
    assert autostyle("queue rm").code == 2 and autostyle("queue rm nothing").code == 2
    assert autostyle("queue rm --all").code == 0 and queue.to_come(HOME) == ()
    with queue.QueueLock(HOME):
        taken = autostyle("queue run")
    assert (taken.code, "another program works through this queue" in taken.err) == (2, True)
    assert searched == []
