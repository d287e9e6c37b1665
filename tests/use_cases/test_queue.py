"""The queue: in order, one program at a time, kept through a crash, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autostyle.errors import BadInput
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.use_cases import queue


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUTOSTYLE_TRUST", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "studies"


def plan(study: str) -> Plan:
    method = (MethodPlan(name="adain"),)
    return Plan(
        study=study, content=Path("p.png"), styles=(Path("s.png"),), methods=method, choice=Choice(method="adain")
    )


def order(home: Path) -> list[str]:
    return [entry.study for entry in queue.to_come(home)]


def test_requests_run_in_their_order_and_are_listed_when_they_are_over(home: Path) -> None:
    for name in "abc":
        queue.add(home, plan(name), f"make {name}")
    with queue.QueueLock(home) as ours:
        assert ours
        first = queue.take(home)
        assert first is not None and first.plan.content == Path.cwd() / "p.png" and first.said == "make a"
        queue.end(home, first.id)
        second = queue.take(home)
        assert second is not None
        queue.end(home, second.id, error="no memory", hint="smaller")
    assert order(home) == ["c"]
    assert [(entry.study, entry.state) for entry in queue.entries(home)] == [
        ("a", "done"),
        ("b", "failed"),
        ("c", "waiting"),
    ]
    assert queue.entries(home)[1].data() | {"added": "", "ended": ""} == {
        "id": second.id,
        "study": "b",
        "state": "failed",
        "said": "make b",
        "added": "",
        "ended": "",
        "content": str(Path.cwd() / "p.png"),
        "style": [str(Path.cwd() / "s.png")],
        "methods": ["adain"],
        "trials": 32,
        "minutes": None,
        "error": "no memory",
        "hint": "smaller",
    }


@pytest.mark.parametrize(
    ("name", "place", "after"),
    [("c", 1, "acbd"), ("b", 3, "acdb"), ("d", 2, "abdc"), ("b", 99, "acdb"), ("b", 0, "acdb"), ("d", 1, "adbc")],
)
def test_what_waits_is_put_in_another_order_behind_what_runs(home: Path, name: str, place: int, after: str) -> None:
    for one in "abcd":
        queue.add(home, plan(one))
    queue.take(home)
    assert "".join(entry.study for entry in queue.move(home, name, place)) == after


def test_what_waits_is_taken_out_and_what_runs_is_not(home: Path) -> None:
    ids = [queue.add(home, plan(one)).id for one in "abc"]
    queue.take(home)
    queue.cancel(home, ids[1])
    assert queue.find(queue.entries(home), ids[1]).state == "cancelled" and order(home) == ["a", "c"]
    with pytest.raises(BadInput, match="a is running"):
        queue.cancel(home, "a")
    with pytest.raises(BadInput, match="there is no 'b'"):
        queue.move(home, "b", 1)
    with pytest.raises(BadInput, match="there is no 'b'"):
        queue.cancel(home, "c", "b")
    assert order(home) == ["a", "c"], "all or none"
    queue.clear(home)
    assert order(home) == ["a"] and queue.find(queue.entries(home), ids[2]).state == "cancelled"


def test_a_program_that_is_gone_leaves_its_entry_as_the_next_one(home: Path) -> None:
    for one in "ab":
        queue.add(home, plan(one))
    worker = queue.QueueLock(home)
    assert worker.begin() and not queue.QueueLock(home).begin()
    taken = queue.take(home)
    assert taken is not None and taken.study == "a"
    worker.end()  # as the system does where it is killed
    with queue.QueueLock(home) as ours:
        again = queue.take(home)
        assert ours and again is not None and again.id == taken.id
        queue.end(home, again.id, again=True)
    assert [(entry.study, entry.state) for entry in queue.to_come(home)] == [("a", "waiting"), ("b", "waiting")]


def test_a_study_is_in_it_once(home: Path) -> None:
    queue.add(home, plan("a"), running=True)
    with pytest.raises(BadInput, match="in the queue already"):
        queue.add(home, plan("a"))
    queue.end(home, queue.to_come(home)[0].id)
    queue.add(home, plan("a"))


@pytest.mark.parametrize("change", [{"signed": ""}, {"said": "mine"}, {"plan": {"content": "/etc/passwd"}}])
def test_what_somebody_else_put_into_the_file_is_not_run(home: Path, change: dict[str, Any]) -> None:
    queue.add(home, plan("a"))
    queue.add(home, plan("b"))
    data = json.loads((home / queue.FILE).read_text())
    data["entries"][0] |= {**change, "plan": {**data["entries"][0]["plan"], **change.get("plan", {})}}
    (home / queue.FILE).write_text(json.dumps(data))
    taken = queue.take(home)
    assert taken is not None and taken.study == "b"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 2, "entries": []}', '{"schema": 1, "entries": [{}]}'])
def test_a_file_that_cannot_be_read_is_named_and_left(home: Path, text: str) -> None:
    home.mkdir()
    (home / queue.FILE).write_text(text)
    with pytest.raises(BadInput, match=r"queue.json cannot be read"):
        queue.add(home, plan("a"))
    assert (home / queue.FILE).read_text() == text


def test_of_what_is_over_the_last_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST_OVER", 2)
    for one in "abcd":
        queue.add(home, plan(one))
        queue.cancel(home, one)
    assert [entry.study for entry in queue.entries(home)] == ["c", "d"]
