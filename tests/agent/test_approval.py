"""Approval: what runs unasked, what is asked about, and how far a yes reaches."""

from __future__ import annotations

import asyncio
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent import calls, grants
from autostyle.agent.approval import MOMENT, Policy, by_flags, duration, plainly
from autostyle.agent.brain import Capabilities, TextDelta
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked, Heard, Said, ToolFinished, TurnEnded
from autostyle.agent.limits import Limits
from autostyle.agent.messages import AssistantMessage, Attachment, ToolMessage, UserMessage, pictures_of
from autostyle.agent.tool import Cost, Detail, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.errors import Refused, Unconsented, Untrusted
from tests.agent.fakes import Number, Person, ScriptedBrain, agent, answers, call, heard, tool

SEES = Capabilities(vision=True)
SEES_FAR = Capabilities(vision=True, host="example.org")


def costing(seconds: float) -> Tool[Any]:
    return tool("start", "compute", seconds=lambda workspace, arguments: seconds)


def ran(tools: Tool[Any], person: Person, **more: Any) -> bool:
    """Whether a call of the tool ran."""
    events = heard(agent(ScriptedBrain([call(tools.name, n=1)]), [tools], person, **more))
    return next(event.ok for event in events if isinstance(event, ToolFinished))


@pytest.fixture
def photo(tmp_path: Path) -> Attachment:
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    return Attachment.of(tmp_path / "photo.jpg")


def test_a_free_tool_and_a_moment_of_compute_run_unasked() -> None:
    person = Person("no")
    assert ran(tool(), person) and ran(costing(MOMENT), person) and person.asked == []


@pytest.mark.parametrize("cost", ["writes", "network"])
def test_writing_and_the_network_are_asked_about(cost: Cost) -> None:
    assert ran(tool("go", cost), yes := Person()) and len(yes.asked) == 1
    assert not ran(tool("go", cost), Person("no"))


def test_the_question_says_what_and_for_how_long() -> None:
    person = Person("no")
    events = heard(agent(ScriptedBrain([call("start", n=7)]), [costing(720)], person))
    assert person.asked == [event for event in events if isinstance(event, ApprovalAsked)]
    assert [asked.what for asked in person.asked] == ["start 7, about 12 min"]
    assert answers(events)[0][2].startswith("error: the person said no")


def test_a_tool_that_does_not_know_how_long_it_takes_asks() -> None:
    assert not ran(tool("start", "compute"), person := Person("no"))
    assert person.asked[0].what == "start 1, nobody knows how long"


@pytest.mark.parametrize(("answer", "times"), [("once", 2), ("no", 2), ("session", 1), ("always", 1)])
def test_a_yes_reaches_as_far_as_it_says(answer: ApprovalAnswer, times: int) -> None:
    person = Person(answer)
    heard(agent(ScriptedBrain([call("start", "a", n=1)], [call("start", "b", n=2)]), [costing(720)], person))
    assert len(person.asked) == times


def test_a_yes_to_one_tool_is_none_to_another() -> None:
    person = Person("session")
    brain = ScriptedBrain([call("start", n=1), call("write", n=1)])
    heard(agent(brain, [costing(720), tool("write", "writes")], person))
    assert [asked.name for asked in person.asked] == ["start", "write"]


def test_an_answer_in_words_is_no_yes_and_the_brain_hears_it() -> None:
    person = Person(AnswerInWords("no, make it 3 min"))
    brain = ScriptedBrain([call("start", "a", n=1), call("start", "b", n=2)], [TextDelta("Three minutes.")])
    conversation = agent(brain, [costing(720)], person)
    events = heard(conversation)
    assert len(person.asked) == 1 and [ok for _, ok, _ in answers(events)] == [False, False]
    assert Heard("no, make it 3 min") in events and Said("Three minutes.") in events
    assert [type(message) for message in conversation.history[1:]] == [
        AssistantMessage, ToolMessage, ToolMessage, UserMessage, AssistantMessage,
    ]  # fmt: skip
    assert brain.requests[1].messages[-1] == UserMessage("no, make it 3 min")
    assert conversation.workspace.said[-1] == "no, make it 3 min"  # files that are named there may be used


def test_pictures_are_kept_back_by_an_answer_in_words(photo: Attachment) -> None:
    person = Person(AnswerInWords("use the one on this machine"))
    brain = ScriptedBrain([TextDelta("Right.")], capabilities=SEES_FAR)
    conversation = agent(brain, [], person)
    heard(conversation, UserMessage("look", (photo,)))
    assert [message.text for message in brain.requests[0].messages][-1] == "use the one on this machine"
    assert not any(pictures_of(message) for message in brain.requests[0].messages) and len(person.asked) == 1
    assert [(detail.kind, detail.text) for detail in person.asked[0].details] == [
        ("sends", str(photo.path)), ("to", "example.org"),
    ]  # fmt: skip


def test_what_was_begun_before_an_answer_in_words_is_known_to_what_follows_it() -> None:
    async def begins(workspace: Workspace, arguments: Number, say: Say) -> ToolResult:
        workspace.study = "s"
        return ToolResult("it has begun")

    brain = ScriptedBrain([call("begin", n=1), call("more", n=2)])
    person = Person(AnswerInWords("not yet"))
    heard(agent(brain, [tool("begin", run=begins), tool("more", "writes")], person))

    assert [request.study and request.study.name for request in brain.requests] == [None, "s"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("y", "once"), (" Yes! ", "once"), ("네", "once"), ("n", "no"), ("", "no"), ("아니요", "no"),
        ("yes please, but less", AnswerInWords("yes please, but less")),
        ("always", AnswerInWords("always")), ("1", AnswerInWords("1")), ("ok", AnswerInWords("ok")),
        ("no make it 3 min", AnswerInWords("no make it 3 min")),
    ],
)  # fmt: skip
def test_of_what_is_typed_only_a_bare_yes_is_one(typed: str, meant: ApprovalAnswer | AnswerInWords) -> None:
    assert plainly(typed) == meant


def test_what_was_allowed_is_told_and_taken_back(photo: Attachment) -> None:
    policy = Policy(Person("always"))
    brain = ScriptedBrain([call("start", n=1)], capabilities=SEES_FAR)
    heard(agent(brain, [costing(720)], policy=policy), "go")
    policy._approve = Person("once")
    heard(agent(ScriptedBrain(capabilities=SEES_FAR), policy=policy), UserMessage("look", (photo,)))
    assert policy.granted == {"pictures to example.org": "session", "start": "always"}

    for key in ("pictures to example.org", "start"):
        policy.take_back(key)
    assert policy.granted == {} == dict(Policy(Person()).granted)
    policy._approve = person = Person("no")
    heard(agent(ScriptedBrain(capabilities=SEES_FAR), policy=policy), UserMessage("look", (photo,)))
    assert len(person.asked) == 1 and policy.granted == {"pictures to example.org": "no"}


def test_always_holds_in_the_next_conversation_and_only_its_owner_reads_it(own_settings: Path) -> None:
    ran(costing(720), Person("always"))
    ran(costing(720), tomorrow := Person("no"))
    file = own_settings / grants.FILE
    assert tomorrow.asked == [] and json.loads(file.read_text()) == {"always": ["start"]}
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"always": 1}', "\xff"])
def test_a_spoilt_file_of_approvals_approves_nothing(own_settings: Path, text: str) -> None:
    (own_settings / grants.FILE).write_text(text, "latin-1")
    assert not ran(costing(720), person := Person("no")) and len(person.asked) == 1


def test_once_a_picture_was_seen_no_earlier_yes_counts(photo: Attachment, own_settings: Path) -> None:
    """What the model wants next may be what the picture's text wants."""
    grants.remember("start")
    person = Person("once")
    conversation = agent(ScriptedBrain([TextDelta("Nice.")], capabilities=SEES), [costing(1)], person)
    heard(conversation, UserMessage("look", (photo,)))
    conversation.brain = ScriptedBrain([call("start", n=1)], capabilities=SEES)
    heard(conversation)
    assert [asked.answers for asked in person.asked] == [("once", "no")]


def test_an_answer_that_was_not_offered_is_a_no(photo: Attachment) -> None:
    person = Person("always")
    brain = ScriptedBrain([call("start", n=1)], capabilities=SEES)
    events = heard(agent(brain, [costing(720)], person), UserMessage("look", (photo,)))
    assert [ok for _, ok, _ in answers(events)] == [False]


def test_a_brain_that_does_not_see_is_not_led_astray_by_pictures(photo: Attachment) -> None:
    person = Person()
    heard(agent(ScriptedBrain([call("start", n=1)]), [costing(1)], person), UserMessage("look", (photo,)))
    assert person.asked == []


def test_a_change_that_costs_nothing_runs_even_then(photo: Attachment) -> None:
    person = Person("no")
    brain = ScriptedBrain([call("start", n=1)], capabilities=SEES)
    events = heard(agent(brain, [costing(0)], person), UserMessage("look", (photo,)))
    assert [ok for _, ok, _ in answers(events)] == [True]


def test_only_a_plan_means_that_the_rest_is_not_even_offered() -> None:
    brain = ScriptedBrain([call("start", n=1)])
    person = Person()
    planning = agent(brain, [tool(), costing(1), tool("w", "writes")], policy=Policy(person, plan_only=True))
    events = heard(planning)
    assert [offered.name for offered in brain.requests[0].tools] == ["twice"]
    assert answers(events)[0][1:] == (
        False,
        "error: start is withheld: only a plan is wanted\nhint: end with the plan",
    )
    assert person.asked == [] and planning.withholds("start") and not planning.withholds("twice")


@pytest.mark.parametrize(
    ("flags", "cost", "runs"),
    [
        ({"compute": True, "rest": False}, "compute", True),
        ({"compute": True, "rest": False}, "writes", False),
        ({"compute": True, "rest": False}, "network", False),
        ({"compute": False, "rest": True}, "compute", False),
        ({"compute": False, "rest": True}, "writes", True),
    ],
)
def test_who_is_not_there_has_answered_by_flags(flags: dict[str, bool], cost: Cost, runs: bool) -> None:
    events = heard(agent(ScriptedBrain([call("go", n=1)]), [tool("go", cost)], by_flags(**flags)))
    assert [ok for _, ok, _ in answers(events)] == [runs]


def test_replacing_a_file_is_asked_about_whatever_was_allowed_and_no_flag_allows_it() -> None:
    replaces = replace(
        tool("go", "writes"),
        overwrites=lambda workspace, arguments: True,
        details=lambda workspace, arguments: [Detail("replaces", "/home/me/dog.png")],
    )
    person = Person("session")
    policy = Policy(person)
    for go in (tool("go", "writes"), replaces):
        heard(agent(ScriptedBrain([call("go", n=1)]), [go], policy=policy))
    assert [(asked.overwrites, asked.answers) for asked in person.asked] == [
        (False, ("once", "session", "always", "no")),
        (True, ("once", "no")),
    ]
    unattended = heard(agent(ScriptedBrain([call("go", n=1)]), [replaces], by_flags(compute=True, rest=True)))
    assert answers(unattended)[0][1:] == (
        False,
        "error: nobody is here to allow this: /home/me/dog.png exists\nhint: name another file",
    )


# ---------------------------------------------------------------------------------------------------- pictures


def test_the_first_picture_for_another_machine_is_asked_about(photo: Attachment) -> None:
    person = Person("session")
    conversation = agent(brain := ScriptedBrain(capabilities=SEES_FAR), approve=person)
    heard(conversation, UserMessage("look", (photo,)))
    heard(conversation, "and now?")
    assert [(asked.cost, asked.what) for asked in person.asked] == [("network", "send photo.jpg to example.org")]
    assert all(pictures_of(request.messages[0]) == (photo,) for request in brain.requests)


def test_a_picture_the_person_keeps_here_is_not_sent_and_not_asked_about_again(photo: Attachment) -> None:
    person = Person("no")
    conversation = agent(brain := ScriptedBrain(capabilities=SEES_FAR), approve=person)
    heard(conversation, UserMessage("look", (photo,)))
    heard(conversation, "and now?")
    assert len(person.asked) == 1
    for request in brain.requests:
        said = request.messages[0]
        assert pictures_of(said) == () and "keeps pictures" in said.text, "a model must not describe what it never saw"


def test_a_yes_to_one_picture_is_none_to_the_next(photo: Attachment, tmp_path: Path) -> None:
    (tmp_path / "other.jpg").write_bytes(b"other")
    person = Person("once")
    conversation = agent(ScriptedBrain(capabilities=SEES_FAR), approve=person)
    heard(conversation, UserMessage("look", (photo,)))
    heard(conversation, UserMessage("and this", (Attachment.of(tmp_path / "other.jpg"),)))
    assert [asked.what for asked in person.asked] == [f"send {n}.jpg to example.org" for n in ("photo", "other")]


def test_a_yes_to_one_machine_is_none_to_another(photo: Attachment) -> None:
    person = Person("session")
    conversation = agent(ScriptedBrain(capabilities=SEES_FAR), approve=person)
    heard(conversation, UserMessage("look", (photo,)))
    conversation.brain = ScriptedBrain(capabilities=Capabilities(vision=True, host="example.com"))
    heard(conversation)
    assert len(person.asked) == 2


@pytest.mark.parametrize(("answer", "may"), [("once", True), ("no", False)])
def test_a_tool_that_shows_pictures_to_the_model_asks_too(photo: Attachment, answer: ApprovalAnswer, may: bool) -> None:
    async def looks(*_: Any) -> ToolResult:
        return ToolResult(f"shown: {await conversation.shown([photo.path])}")

    person = Person(answer)
    brain = ScriptedBrain([call("look", n=1)], [call("start", n=1)], capabilities=SEES_FAR)
    conversation = agent(brain, [tool("look", run=looks), costing(1)], person)
    events = heard(conversation)
    assert answers(events)[0] == ("look", True, f"shown: {may}")
    asked = ["send photo.jpg to example.org", "start 1, about 1 s"]
    assert [event.what for event in events if isinstance(event, ApprovalAsked)] == asked[: 2 if may else 1]


def test_this_machine_is_shown_everything(photo: Attachment) -> None:
    person = Person("no")
    brain = ScriptedBrain(capabilities=SEES)
    heard(agent(brain, approve=person), UserMessage("look", (photo,)))
    assert person.asked == [] and pictures_of(brain.requests[0].messages[0]) == (photo,)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40.0, "about 40 s"), (720.0, "about 12 min"), (161160.0, "about 45 h"), (math.inf, "nobody knows how long")],
)
def test_durations_are_for_people(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_study_that_was_not_made_here_is_asked_about_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted: list[str] = []

    async def work(request: Any, say: Any) -> dict[str, Any]:
        trusted.append(request.study)
        return {}

    async def start(workspace: Any, arguments: Any, say: Any) -> ToolResult:
        if not trusted:
            raise Untrusted.of("theirs")
        return ToolResult("started")

    monkeypatch.setattr(calls, "work", work)
    assert not ran(replace(tool(), run=start), no := Person("no"))
    assert [asked.what for asked in no.asked] == ["go on with theirs, which was not made here"]
    assert no.asked[0].answers == ("once", "no") and trusted == []
    assert ran(replace(tool(), run=start), Person("once")) and trusted == ["theirs"]


def test_whether_the_owner_of_a_voice_agreed_is_asked_and_a_lasting_yes_is_none() -> None:
    async def start(workspace: Any, arguments: Any, say: Any) -> ToolResult:
        if "mum.wav" not in workspace.consented:
            raise Unconsented.of("mum.wav")
        return ToolResult("started")

    assert not ran(replace(tool(), run=start), no := Person("no"))
    assert [(asked.what, asked.answers) for asked in no.asked] == [("imitate the voice in mum.wav", ("once", "no"))]
    assert ran(replace(tool(), run=start), Person("once")) and not ran(replace(tool(), run=start), Person("always"))


def test_a_voice_needs_a_flag_of_its_own_unattended() -> None:
    asked = ApprovalAsked("1", "start_study", "consent", "imitate the voice in mum.wav")
    with pytest.raises(Refused) as caught:
        asyncio.run(by_flags(compute=True, rest=True)(asked))
    assert "--consent" in caught.value.hint
    assert asyncio.run(by_flags(compute=False, rest=False, consent=True)(asked)) == "once"


def test_the_time_in_which_a_person_looks_at_a_study_of_others_does_not_count() -> None:
    async def start(workspace: Any, arguments: Any, say: Any) -> ToolResult:
        raise Untrusted.of("theirs")

    async def slowly(asked: ApprovalAsked) -> ApprovalAnswer:
        await asyncio.sleep(0.7)
        return "no"

    free = replace(tool(), run=start)
    events = heard(agent(ScriptedBrain([call("twice", n=1)]), [free], slowly, limits=Limits(seconds=0.6)))
    assert (
        [said for _, _, said in answers(events)]
        == ["error: the person said no to this call\nhint: leave it, unless they ask for it again"]
        and isinstance(events[-1], TurnEnded)
        and events[-1].reason == "done"
    )


def test_no_flag_trusts_a_study_unattended() -> None:
    asked = ApprovalAsked("1", "start_study", "trust", "go on with theirs, which was not made here")
    with pytest.raises(Refused) as caught:
        asyncio.run(by_flags(compute=True, rest=True)(asked))
    assert "studies trust" in caught.value.hint
