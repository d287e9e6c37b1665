"""An app that leaves while others still draw: they draw nothing and harm nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.worker import Worker, WorkerState

from autostyle.agent.events import ApprovalAsked, Said, ToolStarted
from autostyle.agent.messages import Attachment, Notice, UserMessage
from autostyle.tui import commands
from autostyle.tui.actions import Actions
from autostyle.tui.main_screen import MainScreen
from autostyle.tui.widgets.question import AnswerOption, Question
from autostyle.tuning import events as study
from tests.tui.driving import drive, sees, until, write
from tests.tui.fakes import FakeSearch, Stage

P = Pilot[None]


def main_screen(pilot: P) -> MainScreen:
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen)
    return screen


async def ends(pilot: P, group: str, begin: Callable[[], Awaitable[None]]) -> None:
    """Whatever ``begin`` has done in that group of workers ends, and none of it as a failure."""
    seen: set[Worker[Any]] = {worker for worker in pilot.app.workers if worker.group == group}
    add = pilot.app.workers.add_worker

    def add_worker(worker: Worker[Any], *args: Any, **kwargs: Any) -> None:
        if worker.group == group:
            seen.add(worker)
        add(worker, *args, **kwargs)

    pilot.app.workers.add_worker = add_worker  # type: ignore[method-assign]
    await begin()
    await until(pilot, lambda: seen and all(worker.is_finished for worker in seen))
    assert [worker.state for worker in seen if worker.state == WorkerState.ERROR] == []


async def draw_everything(here: MainScreen) -> None:
    """Everything that others draw by."""
    chat, panel = here.chat, here.panel
    await asyncio.gather(
        chat.said("s"), chat.tell("**b**"), chat.show(Said("a")), chat.begin_turn("t"), chat.show_rows([("k", "v")]),
        chat.remark("r"), chat.trouble("e", "h"), chat.show_pictures([Path("p.png")], {}), chat.begin(),
        chat.replay([UserMessage("before")]),
    )  # fmt: skip
    assert await chat.ask("?", [AnswerOption("yes", "once")], "no") == "no"
    assert await here.approve(ApprovalAsked("1", "start_study", "compute", "search")) == "no"
    chat.prompt.give_back("unsent")
    panel.log_line("line")
    panel.show_inputs(Path("p.png"), (Path("q.png"),))
    here.status.tell(brain="b")
    here.wait(["waits"])
    here.study.ended("trouble")
    here.study.happened(study.Note("note"))
    here.study_tells(Notice("ended", "over", None, (Attachment(Path("p.png"), ""),)))


def test_whatever_draws_after_the_end_draws_nothing_and_harms_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        async with Stage().app().run_test(notifications=True) as pilot:
            await sees(pilot, "embedded")
            here = main_screen(pilot)
            before = len(here.chat.transcript.children)
            pilot.app.exit()
            await draw_everything(here)
            here.notify("notice")
            assert len(here.chat.transcript.children) == before and not here.query(Question)
        await draw_everything(here)  # its widgets are gone, too

    with caplog.at_level(logging.ERROR, "asyncio"):
        asyncio.run(run())
    assert caplog.text == ""


def test_a_command_in_the_middle_of_its_drawing_ends_with_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        async def leaves(actions: Actions, _: str) -> None:
            pilot.app.exit()
            await actions.chat.remark("too late")

        monkeypatch.setattr(commands, "COMMANDS", (commands.Command("leaves", "", leaves),))
        await ends(pilot, "commands", lambda: write(pilot, "/leaves"))

    drive(Stage(), script)


@pytest.mark.parametrize(
    "rest",
    [
        [Said("begins"), Said(" and goes on"), ToolStarted("1", "x", "look")],
        [ApprovalAsked("1", "start_study", "compute", "search")],
        [study.Note("note"), ZeroDivisionError("a bug")],
    ],
    ids=["answer", "question", "study"],
)
def test_a_turn_in_the_middle_of_its_drawing_ends_with_the_app(rest: list[Any]) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        stage.agent.script = [[pilot.app.exit, *rest]]
        await ends(pilot, "conversation", lambda: write(pilot, "go"))
        assert not {"once", "session", "always"}.intersection(stage.agent.approved)  # type: ignore[arg-type]

    drive(Stage(), script)


def test_a_question_that_is_open_is_no_yes_when_the_app_leaves() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "May this run?")
        assert stage.agent is not None
        await ends(pilot, "conversation", lambda: leave(pilot))
        assert stage.agent.approved == []

    async def leave(pilot: P) -> None:
        pilot.app.exit()

    drive(Stage([[ApprovalAsked("1", "start_study", "compute", "search")]]), script)


def test_leaving_ends_every_work_before_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def script(pilot: P, stage: Stage) -> None:
        here = main_screen(pilot)
        search = here.conversation.agent.workspace.search
        real = pilot.app.exit

        async def command() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await here.chat.remark("ended")  # there is still something to draw on
                ended.append("command")

        def leave(*args: Any, **kwargs: Any) -> None:
            ended.append("app")
            real(*args, **kwargs)

        monkeypatch.setattr(pilot.app, "exit", leave)
        here._do(command())
        await write(pilot, "go")
        await sees(pilot, "half")
        await here.leave()
        assert search is not None and not search.running
        assert stage.agent is not None and stage.agent.closed
        assert not stage.agent.workspace.on_study and not stage.agent.workspace.on_notice
        assert ended == ["command", "app"]

    def prepare(workspace: Any) -> None:
        workspace.search = FakeSearch()

    drive(Stage([[Said("half"), asyncio.Event()]], prepare=prepare), script)
