"""The queue in the app: worked through between turns, asked about after a restart, and put in another order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from autostyle.agent.events import ToolFinished
from autostyle.agent.messages import Notice
from autostyle.agent.outputs import SearchEnded, SearchFailed, Started
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.use_cases import notify, queue
from tests.tui.driving import drive, grace, seen, sees, until, write
from tests.tui.fakes import FakeSearch, Stage

P = Pilot[None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "studies"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The studies that were begun; nothing is searched. ``bad`` cannot be."""
    begun: list[str] = []

    async def begin(workspace: Workspace, plan: Plan, said: str = "") -> None:
        begun.append(plan.study)
        if plan.study == "bad":
            raise BadInput("there is no file {path}", "check the path", path="p.png")
        workspace.search, workspace.study = FakeSearch(plan.study), plan.study  # type: ignore[assignment]

    monkeypatch.setattr("autostyle.agent.tools.start_study.begin", begin)
    return begun


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    told: list[Any] = []
    monkeypatch.setattr(notify, "run_command", lambda *of, **about: told.append((of, about)) or "")
    return told


def put(home: Path, *studies: str) -> None:
    for study in studies:
        pictures: dict[str, Any] = {"content": Path("p.png"), "styles": (Path("s.png"),)}
        method = {"methods": (MethodPlan(name="adain"),), "choice": Choice(method="adain")}
        queue.add(home, Plan(study=study, **method, **pictures), f"make {study}")


def over(stage: Stage, study: str, error: str = "") -> None:
    """Tell that the search of a study has ended, or failed."""
    assert stage.agent is not None
    workspace = stage.agent.workspace
    workspace.search = None
    ended = SearchEnded.model_validate(
        {"study": study, "best": None, "trials": {"total": 1, "complete": 1}, "front": []}
    )
    output = SearchFailed(study=study, error=error) if error else ended
    for tell in workspace.on_notice:
        tell(Notice("failed" if error else "ended", f"{study} is over", output))


def states(home: Path) -> dict[str, str]:
    return {entry.study: entry.state for entry in queue.entries(home)}


def staged(home: Path, *script: list[Any], **more: Any) -> Stage:
    return Stage(list(script), config=Config(home=home, notify_command=("tell-me",), **more))


def queued(home: Path) -> list[Any]:
    """Steps of a turn in which something is put into the queue while ``first`` is searched."""

    def go() -> None:
        put(home, "second", "bad", "third")

    return [go, ToolFinished("1", "start_study", True, "", Started(study="second", total=4, queued=1))]


def test_what_waits_starts_when_the_search_is_through_and_its_end_is_told(
    home: Path, begun: list[str], told: list[Any]
) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        stage.agent.workspace.search, stage.agent.workspace.study = FakeSearch("first"), "first"  # type: ignore[assignment]
        await write(pilot, "second as well")
        await until(pilot, lambda: states(home) == {"second": "waiting", "bad": "waiting", "third": "waiting"})
        assert begun == []
        over(stage, "first")
        await sees(pilot, "next in the queue: second; 2 more wait", "2 queued")
        over(stage, "second", error="no memory")
        await sees(pilot, "there is no file p.png", "next in the queue: third")
        over(stage, "third")
        await sees(pilot, "the queue is through: 1 done, 2 failed")
        await until(pilot, lambda: told)
        assert "queued" not in seen(pilot).splitlines()[-2]

    drive(staged(home, queued(home)), script)
    assert begun == ["second", "bad", "third"]
    assert states(home) == {"second": "failed", "bad": "failed", "third": "done"}
    assert told == [((("tell-me",), "the queue is through: 1 done, 2 failed"), {"done": 1, "failed": 2})]


@pytest.mark.parametrize(("key", "goes_on"), [("enter", True), ("escape", False)])
def test_what_an_earlier_program_left_is_asked_about_and_goes_on_where_it_was(
    home: Path, begun: list[str], key: str, goes_on: bool
) -> None:
    put(home, "b", "a", "c")
    queue.move(home, "a", 1)
    queue.take(home)

    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "The queue was at a, 3 to come. Go on?")
        await grace(pilot)
        await pilot.press(key)
        await until(pilot, lambda: begun == (["a"] if goes_on else []))

    drive(staged(home), script)
    assert states(home)["a"] == "running"


def test_a_search_that_is_stopped_stops_the_queue_until_it_is_told_to_go_on(home: Path, begun: list[str]) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        stage.agent.workspace.search = FakeSearch("first")  # type: ignore[assignment]
        await write(pilot, "second as well")
        await until(pilot, lambda: len(states(home)) == 3)
        await write(pilot, "/stop")
        await sees(pilot, "3 wait in the queue: /queue goes on with them")
        over(stage, "first")
        await until(pilot, lambda: stage.agent is not None and len(stage.agent.heard) == 2)
        assert begun == []
        await write(pilot, "/queue")
        await sees(pilot, "Go on with the queue")
        await grace(pilot)
        await pilot.press("1")
        await until(pilot, lambda: begun == ["second"])

    drive(staged(home, queued(home)), script)


def test_the_order_is_changed_and_what_waits_is_taken_out(home: Path) -> None:
    put(home, "a", "b", "c")
    queue.take(home)

    async def pick(pilot: P, sees_: str, digit: str) -> None:
        await sees(pilot, sees_)
        await grace(pilot)
        await pilot.press(digit)

    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Go on?")
        await grace(pilot)
        await pilot.press("escape")
        await write(pilot, "/queue")
        await pick(pilot, "make c", "3")  # after "go on"
        await pick(pilot, "c:", "2")  # run it next
        await until(pilot, lambda: [entry.study for entry in queue.to_come(home)] == ["a", "c", "b"])
        await pick(pilot, "The queue, in its order:", "3")
        await pick(pilot, "b:", "1")  # take it out
        await until(pilot, lambda: states(home)["b"] == "cancelled")
        await pick(pilot, "The queue, in its order:", "3")  # close

    drive(staged(home), script)


def test_an_empty_queue_and_one_that_cannot_be_read_are_said(home: Path) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/queue")
        await sees(pilot, "the queue is empty")
        home.mkdir()
        (home / queue.FILE).write_text(json.dumps({"schema": 9}))
        await write(pilot, "/queue")
        await sees(pilot, "cannot be read")

    drive(staged(home), script)


def test_the_queue_of_another_program_is_left_to_it(home: Path, begun: list[str]) -> None:
    put(home, "a")
    other = queue.QueueLock(home)

    async def script(pilot: P, stage: Stage) -> None:
        assert "Go on with them?" not in seen(pilot)
        await write(pilot, "hello")
        await until(pilot, lambda: stage.agent is not None and stage.agent.heard)

    with other as ours:
        assert ours
        drive(staged(home), script)
    assert begun == []


@pytest.mark.parametrize(
    ("term", "tmux", "asked"),
    [
        ("xterm-kitty", "", "\x1b]9;done, 2 of 3\a\x1b]777;notify;autostyle;done, 2 of 3\a"),
        ("linux", "", ""),
        ("dumb", "", ""),
        ("tmux-256color", "/tmp/tmux", "\x1bPtmux;\x1b\x1b]9;done, 2 of 3\a\x1b\\"),
    ],
)
def test_a_terminal_is_asked_for_a_notice_in_its_own_way(term: str, tmux: str, asked: str) -> None:
    sent = notify.desktop_notice("done; 2\x1b[31m of\n3", {"TERM": term, "TMUX": tmux})
    assert sent.startswith(asked) and (asked != "" or sent == "")
