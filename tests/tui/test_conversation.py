"""Everybody speaks at once: the agent, the person, a study, a command. Nothing is lost and nothing crashes the app."""

from __future__ import annotations

import asyncio
import re
from itertools import permutations
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from autostyle.agent.events import (
    AnswerInWords,
    ApprovalAnswer,
    ApprovalAsked,
    Noted,
    Said,
    Thinking,
    ToolFinished,
    ToolProgressed,
    ToolStarted,
    TurnEnded,
)
from autostyle.agent.messages import Notice
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.tui.conversation import Conversation
from autostyle.tui.widgets.activity import Activity
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.messages import AnswerText
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.reasoning import Reasoning
from autostyle.tui.widgets.tool_line import ToolLine
from tests.tui.driving import Clock, drive, seen, sees, until, write
from tests.tui.fakes import Stage

P = Pilot[None]


def chat(pilot: P) -> Chat:
    return pilot.app.screen.query_one(Chat)


def test_an_answer_that_begins_while_others_speak_is_whole() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        for number in range(10):
            here = chat(pilot)
            await asyncio.gather(
                here.show(Said(f"answer {number} ")),
                here.said(f"question {number}"),
                here.show(Said("goes on")),
                here.remark(f"remark {number}"),
            )
            await here.show(TurnEnded("done"))
        answers = [answer.source.strip() for answer in pilot.app.screen.query(AnswerText)]
        assert answers == [f"answer {number} goes on" for number in range(10)]
        await sees(pilot, "question 9", "remark 9", "answer 9 goes on")

    drive(Stage(), script)


EVENTS = (Said("a"), Thinking("t"), Noted("n"), ToolStarted("1", "x", "x"), TurnEnded("done"))


def test_in_whatever_order_it_comes_it_is_drawn() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        here = chat(pilot)
        for order in [*permutations(EVENTS, 3)][::6]:
            tool = [here.show(ToolProgressed("1", "p")), here.show(ToolFinished("1", "x", True, "done"))]
            others = [here.said("s"), here.tell("**b**"), here.begin(), here.show_rows([("k", "v")]), here.trouble("e")]
            await asyncio.gather(*map(here.show, order), *tool, *others)
        await here.begin()
        await here.show(Said("still here"))
        await sees(pilot, "still here")

    drive(Stage(), script)


def test_what_is_said_while_an_answer_runs_is_seen_to_wait_and_is_heard_next() -> None:
    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "first")
        await sees(pilot, "one")
        await write(pilot, "second")
        await sees(pilot, "waits  second")
        goes_on.set()
        await sees(pilot, "two")
        assert "waits" not in seen(pilot)
        assert stage.agent is not None and stage.agent.heard == ["first", "second"]

    drive(Stage([[Said("one"), goes_on], [Said("two")]]), script)


def test_a_command_in_the_middle_of_an_answer_leaves_it_whole() -> None:
    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "begun")
        await write(pilot, "/cost")
        await sees(pilot, "0 tokens in")
        goes_on.set()
        await sees(pilot, "begun and done")
        assert len(pilot.app.screen.query(AnswerText)) == 1

    drive(Stage([[Said("begun"), goes_on, Said(" and done")]]), script)


def test_what_waits_when_the_answer_is_stopped_is_in_the_prompt_again() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "first")
        await sees(pilot, "one")
        await write(pilot, "second")
        await write(pilot, "third")
        assert stage.agent is not None
        for tell in stage.agent.workspace.on_notice:
            tell(Notice("ended", "over"))
        await pilot.press(*"fo", "escape")
        prompt = pilot.app.screen.query_one(Prompt)
        await until(pilot, lambda: prompt.line.text == "second\nthird\nfo")
        await sees(pilot, "stopped; what came of it is kept", "I recommend 3")  # what the study had to say is heard
        assert stage.agent.heard == ["first", Notice("ended", "over")]

    drive(Stage([[Said("one"), asyncio.Event()], [Said("I recommend 3")]]), script)


def test_a_new_conversation_in_the_middle_of_an_answer_begins_empty() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        before = stage.agent
        assert before is not None
        await write(pilot, "go")
        await sees(pilot, "half an answer")
        await write(pilot, "and then this")
        await write(pilot, "/clear")
        await until(pilot, lambda: stage.agent is not before)
        await sees(pilot, "Say how a picture or a sound should be; autostyle finds")
        assert "half an answer" not in seen(pilot) and "stopped" not in seen(pilot)
        assert before.closed and before.heard == ["go"]
        assert pilot.app.screen.query_one(Prompt).line.text == "and then this"

    drive(Stage([[Said("half an answer"), asyncio.Event()]]), script)


@pytest.mark.slow
def test_the_screen_may_change_its_size_and_colours_while_an_answer_comes() -> None:
    sizes = [asyncio.Event() for _ in range(4)]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        for number, (width, height) in enumerate([(80, 24), (200, 60), (40, 10), (120, 36)]):
            await pilot.resize_terminal(width, height)
            pilot.app.theme = ("autostyle-light", "autostyle-dark")[number % 2]
            sizes[number].set()
            await pilot.press("f2")
        await sees(pilot, "the end")

    steps = [part for n in range(8) for part in (Said(f"part {n}\n"), ToolStarted(str(n), "x", f"t{n}"), sizes[n // 2])]
    drive(Stage([[*steps, Said("the end")]]), script)


def test_a_bug_in_drawing_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(self: Chat, text: str, language: str) -> None:
        raise AttributeError("'NoneType' object has no attribute 'write'")

    monkeypatch.setattr(Chat, "_think", broken)

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "✗ ")
        await write(pilot, "again")
        await sees(pilot, "whole")

    drive(Stage([[Thinking("hm")], [Said("whole")]]), script)


class Agent:
    """Only says what it heard."""

    def __init__(self, heard: list[str]) -> None:
        self.workspace = Workspace(Config())
        self.heard = heard
        self.go = asyncio.Event()

    async def turn(self, said: str) -> object:  # type: ignore[misc]
        self.heard.append(said)
        yield Said("…")
        await self.go.wait()
        yield TurnEnded("stopped")

    def interrupt(self) -> None:
        self.go.set()

    async def close(self) -> None:
        self.heard.append("closed")


def test_what_is_said_between_two_agents_is_heard_by_the_second(tmp_path: Path) -> None:
    heard: list[str] = []

    async def connect(config: Config, approve: object, session: str | None) -> Agent:
        return Agent(heard)

    async def approve(asked: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
        return "no"

    async def nothing(what: object) -> None: ...

    async def whole() -> None:
        conversation = Conversation(
            Config(), connect, approve, show=nothing, begin=nothing, wait=lambda said: None  # type: ignore[arg-type]
        )  # fmt: skip
        conversation.say("before there is one")
        await conversation.begin()
        first = asyncio.create_task(conversation.run())
        await hears("before there is one")
        conversation.say("while it speaks")
        await conversation.end()
        await first
        conversation.say("between")
        await conversation.begin()
        second = asyncio.create_task(conversation.run())
        await hears("while it speaks")
        conversation.stop()
        await hears("between")
        second.cancel()

    async def hears(words: str) -> None:
        while words not in heard:
            await asyncio.sleep(0)

    asyncio.run(whole())
    assert heard == ["before there is one", "closed", "while it speaks", "between"]


async def matches(pilot: P, pattern: str) -> None:
    await until(pilot, lambda: re.search(pattern, seen(pilot)))


def test_a_wait_shows_what_is_done_and_for_how_long_and_reasoning_opens(clock: Clock) -> None:
    thinks, speaks = asyncio.Event(), asyncio.Event()
    thoughts = [Thinking("Which method? "), Thinking("Gatys\x1b[2J it is.")]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await matches(pilot, r"… thinking · 0:00 · Esc stops")
        clock.move(2)
        await matches(pilot, r"… thinking · 0:02 · Esc stops")
        thinks.set()
        await matches(pilot, r"▸ … thinking  Which method\? Gatys")
        clock.move(3)
        await matches(pilot, r"▸ … thinking  0:03  Which method\? Gatys")
        speaks.set()
        await sees(pilot, "I take gatys")
        await matches(pilot, r"▸   thought  0:03")
        assert "Which method?" not in seen(pilot)
        pilot.app.screen.query_one(Reasoning).focus()
        await pilot.press("enter")
        await sees(pilot, "Which method? Gatys it is.")
        await until(pilot, lambda: not pilot.app.screen.query_one(Activity).has_class("-shown"))

    drive(Stage([[thinks, *thoughts, speaks, Said("I take gatys")]]), script)


def test_a_tool_counts_its_seconds_but_not_those_of_the_person(clock: Clock) -> None:
    done = asyncio.Event()
    asked = ApprovalAsked("1", "start_study", "compute", "search")

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "… first")
        clock.move(2)
        await matches(pilot, r"… first  0:02")
        done.set()
        await matches(pilot, r"✓ first  0:02")
        await sees(pilot, "May this run?", "… second")
        clock.move(3)
        second = pilot.app.screen.query(ToolLine).last()
        second.redraw()
        assert "0:0" not in second.query_one(".head", Static).content.plain  # type: ignore[union-attr]

    first = [ToolStarted("0", "x", "first"), done, ToolFinished("0", "x", True, "")]
    drive(Stage([[*first, ToolStarted("1", "y", "second"), asked]]), script)
