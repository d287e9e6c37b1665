"""What is to be started while a search runs waits in the queue, where a front end works through it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent import asked
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.use_cases import queue
from autostyle.use_cases.queue import QueueLock
from tests.agent.tools.conftest import use


class Search:
    """One that runs."""

    study = "first"
    running = True


@pytest.fixture
def searching(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Workspace:
    """The study ``first`` is searched, and ``second`` is planned."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    home = workspace.config.home
    plans = [
        Plan(
            study=name,
            content=tmp_path / f"{content}.png",
            styles=(tmp_path / "paint.png",),
            methods=(MethodPlan(name="adain"),),
            choice=Choice(method="adain"),
        )
        for name, content in (("first", "photo"), ("second", "secret"))
    ]
    (home / "first").mkdir(parents=True)
    (home / "first" / "plan.yaml").write_text(plans[0].to_yaml())
    workspace.search, workspace.study, workspace.plan = Search(), "first", plans[1]  # type: ignore[assignment]
    workspace.brief = workspace.brief.model_copy(update={"content": (plans[1].content,)})
    return workspace


def start(workspace: Workspace) -> dict[str, Any]:
    return asyncio.run(use(workspace, "start_study")).data


def test_a_second_request_waits_and_what_was_spoken_of_before_is_on_the_table(searching: Workspace) -> None:
    home = searching.config.home
    searching.queue = QueueLock(home)
    for text in ("make photo.png look like paint.png", "how far is it?", "and save it as dog.tiff"):
        asked.note(searching, text)
    told = start(searching)
    assert (told["study"], told["queued"], told["total"]) == ("second", 1, 32)
    assert [(entry.study, entry.state, entry.said) for entry in queue.to_come(home)] == [
        ("first", "running", ""),
        ("second", "waiting", "make photo.png look like paint.png\nand save it as dog.tiff"),
    ]
    assert not QueueLock(home).begin(), "another program leaves the queue alone meanwhile"
    assert searching.plan is not None and searching.plan.study == "first" == searching.study
    assert searching.brief.content == (Path("photo.png").absolute(),)


def test_what_waits_is_listed_put_first_and_taken_out(searching: Workspace) -> None:
    searching.queue = QueueLock(searching.config.home)
    start(searching)
    plan = queue.to_come(searching.config.home)[1].plan
    queue.add(searching.config.home, plan.model_copy(update={"study": "third"}))

    def manage(**arguments: Any) -> list[str]:
        data = asyncio.run(use(searching, "manage_queue", **arguments)).data
        return [entry["study"] for entry in data["entries"]]

    assert manage() == ["first", "second", "third"]
    assert manage(first="third") == ["first", "third", "second"]
    assert manage(take_out=["second"]) == ["first", "third"]
    with pytest.raises(BadInput, match="first is running"):
        manage(take_out=["first"])


def test_without_a_queue_that_is_worked_through_nothing_waits(searching: Workspace) -> None:
    with pytest.raises(BadInput, match="first is being searched"):
        start(searching)
    searching.queue = QueueLock(searching.config.home)
    searching.plan = searching.plan and searching.plan.model_copy(update={"study": "first"})
    with pytest.raises(BadInput, match="first is being searched"):
        start(searching)
    assert queue.to_come(searching.config.home) == ()
