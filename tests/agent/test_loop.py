"""The loop: whatever a brain, a tool or a person does, the turn ends well and the history stays valid."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.brain import Aside, Capabilities, TextDelta, ThoughtDelta, Usage
from autostyle.agent.events import (
    ApprovalAnswer,
    ApprovalAsked,
    Noted,
    Said,
    Spent,
    Thinking,
    ToolFinished,
    ToolProgressed,
    ToolStarted,
    TurnEnded,
    TurnEvent,
)
from autostyle.agent.limits import Limits
from autostyle.agent.loop import Agent
from autostyle.agent.messages import (
    AssistantMessage,
    Attachment,
    Message,
    Notice,
    ToolCall,
    ToolMessage,
    UserMessage,
    pictures_of,
    unanswered,
)
from autostyle.agent.outputs import ToolOutput
from autostyle.agent.tool import Say, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput, Missing, Refused
from tests.agent.fakes import Number, ScriptedBrain, agent, answers, call, events_of, heard, tool


def valid(history: Sequence[Message]) -> bool:
    """Whether every call is answered exactly once, right after the message that made it."""
    rest = list(history)
    while rest:
        message = rest.pop(0)
        if isinstance(message, ToolMessage):
            return False
        if isinstance(message, AssistantMessage):
            replies = [rest.pop(0) for _ in message.calls]
            if [getattr(reply, "call", None) for reply in replies] != [call.id for call in message.calls]:
                return False
    return True


def end(events: Sequence[TurnEvent]) -> TurnEnded:
    assert isinstance(events[-1], TurnEnded)
    assert sum(isinstance(event, TurnEnded) for event in events) == 1
    return events[-1]


def test_what_the_brain_says_comes_piece_by_piece() -> None:
    events = heard(agent(ScriptedBrain([TextDelta("Hel"), TextDelta("lo.")])))
    assert events == [Said("Hel"), Said("lo."), TurnEnded("done")]


def test_a_tool_is_started_and_answered_and_the_brain_goes_on_from_the_answer() -> None:
    brain = ScriptedBrain([TextDelta("Let me see. "), call("twice", n=21)])
    events = heard(conversation := agent(brain, [tool()]), "twice 21?")

    assert [event for event in events if isinstance(event, ToolStarted)] == [
        ToolStarted("id-twice", "twice", "twice 21", {"n": 21})
    ]
    assert answers(events) == [("twice", True, "twice is 42")]
    assert brain.requests[1].messages == (
        UserMessage("twice 21?"),
        AssistantMessage("Let me see. ", (call("twice", n=21),)),
        ToolMessage("id-twice", "twice", True, "twice is 42", ToolOutput(twice=42)),
    )
    assert conversation.history[-1] == AssistantMessage("Done.")
    assert end(events).reason == "done"


def test_several_calls_are_answered_in_their_order() -> None:
    brain = ScriptedBrain([call("twice", "a", n=1), call("twice", "b", n=2)])
    events = heard(conversation := agent(brain, [tool()]))
    assert [text for _, _, text in answers(events)] == ["twice is 2", "twice is 4"]
    assert valid(conversation.history)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (ToolCall("1", "twice", '{"n": 1'), "Invalid JSON"),
        (ToolCall("1", "twice", '{"n": "many"}'), "n: "),
        (ToolCall("1", "twice", '{"n": 1, "m": 2}'), "m: "),
        (ToolCall("1", "thrice", '{"n": 1}'), "tools: twice"),
    ],
    ids=["no JSON", "wrong type", "unknown argument", "unknown tool"],
)
def test_a_call_that_makes_no_sense_goes_back_to_the_brain_with_what_to_mend(wrong: ToolCall, told: str) -> None:
    events = heard(conversation := agent(ScriptedBrain([wrong]), [tool()]))
    ((_, ok, text),) = answers(events)
    assert not ok and told in text
    assert valid(conversation.history) and end(events).reason == "done"


def test_an_error_of_a_tool_goes_back_to_the_brain_with_its_hint() -> None:
    async def lacks(*_: Any) -> ToolResult:
        raise Missing("no weights", "get them")

    events = heard(agent(ScriptedBrain([call("lacks", n=1)]), [tool("lacks", run=lacks)]))
    (finished,) = [event for event in events if isinstance(event, ToolFinished)]
    assert (finished.ok, finished.text) == (False, "error: no weights\nhint: get them")
    assert finished.data == {"error": "no weights", "hint": "get them", "exit_code": 3}


def test_a_bug_in_a_tool_ends_the_turn_with_a_log_and_the_next_turn_works(own_settings: Path) -> None:
    async def breaks(*_: Any) -> ToolResult:
        raise ZeroDivisionError("a bug")

    conversation = agent(
        ScriptedBrain([call("breaks", "a", n=1), call("breaks", "b", n=2)]), [tool("breaks", run=breaks)]
    )
    events = heard(conversation)
    assert end(events).reason == "error" and "a bug" in end(events).error and ".log" in end(events).hint
    assert len(answers(events)) == 2 and valid(conversation.history)
    assert end(heard(conversation)).reason == "done"


def test_a_bug_is_told_even_where_no_log_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert "no log could be written" in end(heard(agent(ScriptedBrain([ZeroDivisionError("a bug")])))).hint


def test_what_the_brain_cannot_do_ends_the_turn_with_a_clear_message() -> None:
    events = heard(agent(ScriptedBrain([TextDelta("I thi"), Missing("no answer from the server", "start it")])))
    assert end(events) == TurnEnded("error", "no answer from the server", "start it", 3)


def test_words_before_an_error_are_kept_and_calls_are_not() -> None:
    brain = ScriptedBrain([TextDelta("I thi"), call("twice", n=1), Refused("cut off")])
    heard(conversation := agent(brain, [tool()]))
    assert conversation.history == [UserMessage("go"), AssistantMessage("I thi")]


def test_a_brain_that_says_nothing_is_an_error_not_a_silence() -> None:
    assert "answered nothing" in end(heard(agent(ScriptedBrain([])))).error


def test_calls_of_one_id_are_told_apart() -> None:
    """Small servers count their calls from 0 in every reply."""
    brain = ScriptedBrain([call("twice", "0", n=1), call("twice", "0", n=2)], [call("twice", "0", n=3)])
    heard(conversation := agent(brain, [tool()]))
    calls = [
        call.id for message in conversation.history if isinstance(message, AssistantMessage) for call in message.calls
    ]
    assert len(set(calls)) == 3 and valid(conversation.history)


def test_asides_are_shown_and_not_kept() -> None:
    events = heard(conversation := agent(ScriptedBrain([Aside("busy, asked again"), TextDelta("Yes.")])))
    assert Noted("busy, asked again") in events
    assert conversation.history[-1] == AssistantMessage("Yes.")


def test_thoughts_are_shown_and_not_kept() -> None:
    conversation = agent(ScriptedBrain([ThoughtDelta("Hm."), TextDelta("Grey.")]))
    events = heard(conversation)
    assert [event for event in events if isinstance(event, Thinking | Said)] == [Thinking("Hm."), Said("Grey.")]
    assert conversation.history[-1] == AssistantMessage("Grey.")


def test_a_tool_may_report_from_any_thread() -> None:
    async def works(workspace: Workspace, arguments: Number, say: Say) -> ToolResult:
        def report() -> None:
            say(f"step {threading.current_thread() is threading.main_thread()}")

        await asyncio.to_thread(report)
        return ToolResult("done")

    events = heard(agent(ScriptedBrain([call("works", n=1)]), [tool("works", run=works)]))
    kinds = [event.kind for event in events]
    assert ToolProgressed("id-works", "step False") in events
    assert kinds.index("tool_started") < kinds.index("tool_progressed") < kinds.index("tool_finished")


def test_a_notice_lets_the_brain_speak_again() -> None:
    notice = Notice("ended", "the search has ended", ToolOutput(best=3))
    brain = ScriptedBrain()
    heard(agent(brain), notice)
    assert brain.requests[0].messages == (notice,)


# ---------------------------------------------------------------------------------------------------- limits


def test_a_brain_that_never_stops_calling_is_stopped() -> None:
    replies = [[call("twice", f"{n}", n=n)] for n in range(9)]
    events = heard(conversation := agent(ScriptedBrain(*replies), [tool()], limits=Limits(steps=3)))
    assert (end(events).reason, end(events).exit_code) == ("steps", 4) and "3 requests" in end(events).error
    assert len(answers(events)) == 3 and valid(conversation.history)


def test_a_turn_takes_no_longer_than_it_may() -> None:
    brain = ScriptedBrain([TextDelta("Hm"), lambda: asyncio.sleep(60)])
    events = heard(conversation := agent(brain, limits=Limits(seconds=0.05)))
    assert (end(events).reason, end(events).exit_code) == ("time", 4)
    assert conversation.history[-1] == AssistantMessage("Hm")


def test_time_of_a_person_and_of_what_they_allowed_does_not_count() -> None:
    async def slowly(*_: Any) -> ToolResult:
        await asyncio.sleep(0.7)
        return ToolResult("made")

    async def person(_: Any) -> Any:
        await asyncio.sleep(0.7)
        return "once"

    events = heard(
        agent(ScriptedBrain([call("make", n=1)]), [tool("make", "writes", slowly)], person, limits=Limits(seconds=0.6))
    )
    assert answers(events) == [("make", True, "made")] and end(events).reason == "done"


def test_tokens_and_dollars_add_up_over_the_session() -> None:
    conversation = agent(ScriptedBrain([TextDelta("a"), Usage(10, 2, 0.5)], [TextDelta("b"), Usage(20, 3, 0.25)]))
    assert Spent(10, 2, 0.5) in heard(conversation)
    assert Spent(30, 5, 0.75) in heard(conversation)


def test_a_session_stops_at_its_price() -> None:
    brain = ScriptedBrain([call("twice", n=1), Usage(10, 2, 0.5)])
    conversation = agent(brain, [tool()], limits=Limits(price=0.5))
    events = heard(conversation)
    assert (end(events).reason, end(events).exit_code) == ("price", 4) and len(brain.requests) == 1
    assert answers(events) == [("twice", True, "twice is 2")]


def test_a_price_limit_that_nobody_can_keep_is_not_pretended() -> None:
    conversation = agent(ScriptedBrain([call("twice", n=1), Usage(10, 2, None)]), [tool()], limits=Limits(price=0.5))
    assert "nobody knows what scripted costs" in end(heard(conversation)).error


# ---------------------------------------------------------------------------------------------------- interruption


def interrupted(conversation: Agent, at: type[TurnEvent]) -> list[TurnEvent]:
    """The events of a turn that is interrupted at the first event of a kind."""

    async def turn() -> list[TurnEvent]:
        events = []
        async for event in conversation.turn("go"):
            events.append(event)
            if isinstance(event, at):
                conversation.interrupt()
        return events

    return asyncio.run(turn())


def test_an_interrupted_answer_is_kept_as_far_as_it_went() -> None:
    conversation = agent(ScriptedBrain([TextDelta("Half an"), lambda: asyncio.sleep(60), TextDelta(" answer")]))
    assert end(interrupted(conversation, Said)) == TurnEnded("stopped", exit_code=130)
    assert conversation.history == [UserMessage("go"), AssistantMessage("Half an")]


def test_an_interrupted_tool_and_those_behind_it_are_answered() -> None:
    ended = []

    async def hangs(*_: Any) -> ToolResult:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)
        raise AssertionError

    conversation = agent(ScriptedBrain([call("hangs", "a", n=1), call("hangs", "b", n=2)]), [tool("hangs", run=hangs)])
    events = interrupted(conversation, ToolStarted)
    assert answers(events) == [("hangs", False, "interrupted")] * 2
    assert valid(conversation.history) and ended == [True]
    assert end(heard(conversation)).reason == "done"


def test_a_turn_that_is_interrupted_before_it_begins_ends_all_the_same() -> None:
    conversation = agent(ScriptedBrain())

    async def turn() -> list[TurnEvent]:
        reading = asyncio.create_task(events_of(conversation))
        await asyncio.sleep(0)
        conversation.interrupt()
        return await reading

    assert end(asyncio.run(turn())).reason == "stopped"


def test_an_interruption_is_an_answer_to_a_question_too() -> None:
    async def thinks(_: ApprovalAsked) -> ApprovalAnswer:
        await asyncio.sleep(60)
        raise AssertionError

    conversation = agent(ScriptedBrain([call("make", n=1)]), [tool("make", "writes")], thinks)
    events = interrupted(conversation, ApprovalAsked)
    assert answers(events) == [("make", False, "interrupted")] and end(events).reason == "stopped"


def test_whoever_leaves_or_is_cancelled_interrupts() -> None:
    conversation = agent(ScriptedBrain([TextDelta("Half"), lambda: asyncio.sleep(60)]))

    async def cancelled() -> None:
        reading = asyncio.create_task(events_of(conversation))
        while len(conversation.history) < 1:
            await asyncio.sleep(0)
        for _ in range(10):
            await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    asyncio.run(cancelled())
    assert conversation.history == [UserMessage("go"), AssistantMessage("Half")]
    assert end(heard(conversation)).reason == "done"


@pytest.mark.parametrize("after", range(12))
def test_wherever_a_turn_is_interrupted_the_history_is_valid(after: int) -> None:
    brain = ScriptedBrain(
        [TextDelta("a"), TextDelta("b"), call("twice", "1", n=1), call("make", "2", n=2)],
        [call("twice", "3", n=3), TextDelta("c")],
    )
    conversation = agent(brain, [tool(), tool("make", "writes")])

    async def turn() -> None:
        seen = 0
        async for _ in conversation.turn("go"):
            seen += 1
            if seen == after:
                conversation.interrupt()

    asyncio.run(turn())
    assert valid(conversation.history)
    assert end(heard(conversation)).reason == "done" and valid(conversation.history)


def test_a_second_turn_waits_for_the_first() -> None:
    brain = ScriptedBrain([TextDelta("one"), lambda: asyncio.sleep(0.05)], [TextDelta("two")])
    conversation = agent(brain)

    async def both() -> None:
        await asyncio.gather(events_of(conversation, "1"), events_of(conversation, "2"))

    asyncio.run(both())
    assert [message.text for message in conversation.history] == ["1", "one", "2", "two"]


def test_a_history_without_its_end_is_mended() -> None:
    """As a session file has it after kill -9 in the middle of a tool."""
    history = [UserMessage("go"), AssistantMessage("", (call("twice", "a", n=1), call("twice", "b", n=2)))]
    history.append(ToolMessage("b", "twice", True, "twice is 4"))
    conversation = agent(ScriptedBrain(), history=history)
    heard(conversation)
    assert valid(conversation.history)
    assert conversation.history[2:4] == [
        ToolMessage("a", "twice", False, "interrupted: the program ended"),
        ToolMessage("b", "twice", True, "twice is 4"),
    ]


# ---------------------------------------------------------------------------------------------------- pictures


def test_only_a_brain_that_sees_is_shown_pictures(tmp_path: Path) -> None:
    (tmp_path / "cat.jpg").write_bytes(b"cat")
    said = UserMessage("look", (Attachment.of(tmp_path / "cat.jpg"),))
    blind, seeing = ScriptedBrain(), ScriptedBrain(capabilities=Capabilities(vision=True))
    for brain in (blind, seeing):
        heard(agent(brain), said)
    assert pictures_of(blind.requests[0].messages[0]) == ()
    assert pictures_of(seeing.requests[0].messages[0]) == said.pictures


def test_a_picture_of_a_tool_that_is_gone_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"a")

    async def shows(*_: Any) -> ToolResult:
        return ToolResult("two", pictures=(tmp_path / "a.png", tmp_path / "gone.png"))

    events = heard(agent(ScriptedBrain([call("shows", n=1)]), [tool("shows", run=shows)]))
    (finished,) = [event for event in events if isinstance(event, ToolFinished)]
    assert finished.pictures == (str(tmp_path / "a.png"),)


def test_errors_of_the_estimate_keep_a_call_from_running() -> None:
    def unknown(*_: Any) -> float:
        raise BadInput("no plan on the table", "plan_study first")

    events = heard(agent(ScriptedBrain([call("start", n=1)]), [tool("start", "compute", seconds=unknown)]))
    assert answers(events) == [("start", False, "error: no plan on the table\nhint: plan_study first")]


@pytest.mark.parametrize(
    ("replies", "ran"),
    [
        ([[call("twice", n=1)]] * 9, 3),
        ([[call("twice", "a", n=1), call("twice", "b", n=1)], [call("twice", n=1)]] * 3, 3),
        ([[call("twice", n=1)], [call("twice", n=2)]] * 5, 5),
        ([[call("nothing", n=1)]] * 9, 3),
    ],
    ids=["alike", "two at once", "in turns", "refused"],
)
def test_the_same_call_again_and_again_is_noticed_after_three(replies: Any, ran: int) -> None:
    conversation = agent(ScriptedBrain(*replies), [tool()])
    events = heard(conversation)
    end = events[-1]
    assert isinstance(end, TurnEnded) and end.reason == "repeated" and end.exit_code == 4
    assert "goes in circles" in end.error and "/model embedded" in end.hint
    assert len(answers(events)) == ran
    assert unanswered(conversation.history) == ()


def test_asking_until_it_is_done_is_no_circle_at_once() -> None:
    count = itertools.count()

    async def status(workspace: Workspace, arguments: Number, say: Say) -> ToolResult:
        return ToolResult(f"{next(count)} of 32")

    conversation = agent(ScriptedBrain(*[[call("status", n=1)]] * 9), [tool("status", run=status)])
    events = heard(conversation)
    assert len(answers(events)) == 6 and events[-1].reason == "repeated"  # type: ignore[attr-defined]
