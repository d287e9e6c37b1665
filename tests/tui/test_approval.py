"""May this run? What answers the question, what does not, and what becomes of words typed at it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import OptionList

from autostyle.agent import grants
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked, Said
from autostyle.agent.tool import Detail
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import Question
from tests.tui.driving import closed, drive, grace, seen, sees, until, write
from tests.tui.fakes import FakeAgent, Stage

P = Pilot[None]
DETAILS = (
    Detail("content", "/home/somebody/a folder of a long name/and another below it/holiday in the mountains.jpg"),
    Detail("writes", "/home/somebody/studies/holiday-night-1a2b3c4d"),
    Detail("time", "about 4 min"),
)
ASKED = ApprovalAsked("1", "start_study", "compute", "search 16 trials of gatys, about 4 min", details=DETAILS)


def line(pilot: P) -> str:
    return pilot.app.screen.query_one(Prompt).line.text


async def asked(pilot: P, stage: Stage) -> FakeAgent:
    """The agent, once it has asked and keys count."""
    await write(pilot, "go")
    await sees(pilot, "May this run?")
    await grace(pilot)
    assert stage.agent is not None
    return stage.agent


Answers = list[tuple[list[str], ApprovalAnswer | AnswerInWords]]
ANSWERS: Answers = [
    (["enter"], "no"),
    (["escape"], "no"),
    (["up", "up", "up", "enter"], "once"),
    (["up", "enter", "up", "enter"], "once"),  # always, and on second thoughts only this once
    ([*"yes", "enter"], "once"),
    (["1", "enter"], AnswerInWords("1")),
    ([*"yes, but 3", "enter"], AnswerInWords("yes, but 3")),
]
"""What is pressed, and what it means; all of it in one conversation, one question after the other."""
MORE: Answers = [
    ([*"no 3 min", "enter"], AnswerInWords("no 3 min")),
    (["up", "up", "enter"], "session"),
    (["up", "enter", "enter"], "no"),
    ([*"네", "enter"], "once"),
    (["n", "enter"], "no"),
    ([*"3 min", "enter"], AnswerInWords("3 min")),
    (["up", "enter", *"no", "space", *"way", "enter"], AnswerInWords("no way")),
    (["x", "backspace", "enter"], "no"),
    (["space", "enter"], "no"),
    (["x", "escape", "enter"], "no"),
]


@pytest.mark.parametrize("answers", [ANSWERS, pytest.param(MORE, marks=pytest.mark.slow)], ids=["first", "more"])
def test_the_cursor_starts_on_no_and_typed_words_are_words(answers: Answers) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        for keys, answer in answers:
            agent = await asked(pilot, stage)
            agent.approved.clear()
            for key in keys:
                await pilot.press(key)
                if key == "enter":
                    await until(pilot, lambda agent=agent: agent.approved or closed(pilot))
                    if not agent.approved:
                        await grace(pilot)
            await until(pilot, lambda agent=agent: agent.approved and not pilot.app.screen.query(Question))
            assert agent.approved == [answer], keys
            pilot.app.screen.query_one(Prompt).take_all()

    drive(Stage([[ASKED] for _ in answers]), script, size=(80, 24))


def test_always_takes_a_second_step(own_settings: Path) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        agent = await asked(pilot, stage)
        await pilot.press("up", "enter")
        await sees(pilot, "Never ask again, in any conversation: starting searches?", "/permissions takes it back")
        assert agent.approved == []
        await grace(pilot)
        await pilot.press("up", "up", "enter")
        await sees(pilot, "after")
        assert agent.approved == ["always"]

    drive(Stage([[ASKED, Said("after")]]), script)


def test_the_question_names_whole_paths_and_the_prompt_is_back_after_it() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await asked(pilot, stage)
        shown = "".join(seen(pilot).split()).replace("▌", "")
        for detail in DETAILS:
            assert detail.text.replace(" ", "") in shown
        await pilot.press("enter")
        await sees(pilot, "after")
        await pilot.press("x")
        assert line(pilot) == "x"

    drive(Stage([[ASKED, Said("after")]]), script, size=(80, 24))


def test_keys_pressed_for_the_prompt_answer_nothing_and_are_not_lost() -> None:
    """The question comes in the middle of a sentence: the sentence goes on in it, and is no yes, whatever it says."""
    asks = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await pilot.press(*"ye")
        asks.set()
        await sees(pilot, "May this run?")
        await pilot.press("s", "enter", "up", "enter")  # still for the prompt
        assert stage.agent is not None and stage.agent.approved == []
        await grace(pilot)
        assert pilot.app.screen.query_one(OptionList).highlighted is None
        await pilot.press("enter")
        await until(pilot, lambda: stage.agent is not None and stage.agent.approved == [AnswerInWords("yes")])

    drive(Stage([[asks, ASKED]]), script)


def test_words_that_were_not_sent_are_in_the_prompt_again() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        agent = await asked(pilot, stage)
        await pilot.press(*"less", "escape", "escape")
        await until(pilot, lambda: line(pilot) == "less")
        assert agent.approved == ["no"]

    drive(Stage([[ASKED]]), script)


def test_what_is_pasted_is_words() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        agent = await asked(pilot, stage)
        pilot.app.post_message(Paste("y\n1\n"))
        await until(pilot, lambda: pilot.app.screen.query_one(Question).unsent)
        assert agent.approved == []
        await pilot.press("enter")
        await until(pilot, lambda: agent.approved == [AnswerInWords("y\n1")])

    drive(Stage([[ASKED]]), script)


def test_after_a_picture_was_shown_to_a_model_only_this_once_or_no_can_be_said() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "Yes, this once", "No")
        assert "always" not in seen(pilot)

    drive(Stage([[ApprovalAsked("1", "apply_best", "writes", "write 3 pictures", ("once", "no"))]]), script)


def test_a_question_of_an_answer_that_is_stopped_goes_with_it() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await asked(pilot, stage)
        await pilot.press(*"less")
        pilot.app.workers.cancel_group(pilot.app.screen, "conversation")
        await until(pilot, lambda: not pilot.app.screen.query(Question))
        assert line(pilot) == "less"

    drive(Stage([[ASKED]]), script)


def test_what_was_allowed_for_longer_is_listed_and_taken_back(own_settings: Path) -> None:
    grants.remember("start_study")
    grants.remember("pictures to example.org")

    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        stage.agent.policy._granted = {"export_report"}
        await write(pilot, "/permissions")
        await sees(pilot, "1  writing reports  in this conversation", "2  showing pictures to example.org  always")
        await sees(pilot, "3  starting searches  always", "4  All of them")
        await grace(pilot)
        await pilot.press("3")
        await sees(pilot, "asked about again: starting searches")
        assert json.loads((own_settings / grants.FILE).read_text()) == {"always": ["pictures to example.org"]}
        await write(pilot, "/permissions")
        await sees(pilot, "3  All of them")
        await grace(pilot)
        await pilot.press("3")
        await sees(pilot, "asked about again: writing reports")
        assert stage.agent.policy.granted == {}
        await write(pilot, "/permissions")
        await sees(pilot, "Everything is asked about")

    drive(Stage(), script)
