"""What a person is told before they allow a call: what is read, written and replaced, and where, by whole paths."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.allowed_files import hear
from autostyle.agent.approval import duration
from autostyle.agent.brains.embedded import EmbeddedBrain
from autostyle.agent.brains.replies import detail_rows, words
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked
from autostyle.agent.outputs import TrialOutput
from autostyle.agent.tool import Detail, Tool
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.tools.study_status import by_interest
from autostyle.agent.workspace import Workspace
from autostyle.brief import Budget
from autostyle.errors import BadInput
from autostyle.plan import Choice, MethodPlan, Plan
from tests.agent.fakes import agent, events_of


def told(workspace: Workspace, name: str, **arguments: Any) -> list[tuple[str, str]]:
    tool = next(tool for tool in TOOLS if tool.name == name)
    return [(one.kind, one.text) for one in tool.details(workspace, tool.arguments.model_validate(arguments))]


def test_of_a_study_s_pictures_the_recommended_one_comes_first_then_both_ends_of_the_front() -> None:
    front = [TrialOutput(number=number, method="adain") for number in (3, 14, 9, 17, 5, 0)]
    assert [trial.number for trial in by_interest(front, 0)] == [0, 3, 5, 14, 17, 9]
    assert [trial.number for trial in by_interest(front, None)] == [3, 0, 14, 5, 9, 17]


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    """The workspace with a plan for its two pictures, and a study of that name on the table."""
    workspace.plan = Plan(
        study="s",
        content=Path("photo.png"),
        styles=(Path("paint.png"),),
        methods=(MethodPlan(name="gatys"), MethodPlan(name="adain")),
        choice=Choice(method="gatys"),
        budget=Budget(trials=4),
        size=64,
    )
    workspace.study = "s"
    return workspace


def test_a_search_tells_its_pictures_and_the_folder_it_writes(planned: Workspace) -> None:
    here = Path.cwd()
    rows = [
        ("content", f"{here}/photo.png"),
        ("style", f"{here}/paint.png"),
        ("trials", "4: gatys, adain, 64 px"),
    ]
    assert told(planned, "start_study") == [*rows, ("writes", f"{here}/studies/s")]
    (here / "studies" / "s").mkdir(parents=True)
    assert told(planned, "start_study") == [*rows, ("goes_on", f"{here}/studies/s")]
    assert told(planned, "steer_study", why="more", add_trials=3) == [("goes_on", f"{here}/studies/s")]


def test_writing_tells_what_is_read_and_what_is_replaced(planned: Workspace) -> None:
    here = Path.cwd()
    own, out = here / "studies" / "s", here / "out"
    for folder in (own, out):
        folder.mkdir(parents=True)
        (folder / "report.html").touch()
    (out / "mine.txt").touch()
    hear(planned, "put it into out/ and paint secret.png, too")
    replaced = [("writes", str(out)), ("replaces", str(out / "report.html"))]
    assert told(planned, "export_report", out="out", force=True) == replaced
    assert told(planned, "export_report", out="out") == [("writes", str(out))]  # it would refuse
    assert told(planned, "export_report") == [("writes", str(own)), ("replaces", str(own / "report.html"))]
    assert told(planned, "save_best", out="out", format="jpg") == [("writes", str(out / "s.jpg"))]
    applied = [("reads", f"{here}/secret.png"), ("writes", str(own / "applied"))]
    assert told(planned, "apply_best", inputs=["secret.png"]) == applied
    trained = [("reads", f"{here}/paint.png"), ("writes", f"{here}/lora")]
    assert told(planned, "train_lora", images=["paint.png"]) == trained


def test_the_folder_of_their_own_picture_is_as_good_as_named_and_no_other(planned: Workspace) -> None:
    here = Path.cwd()
    planned.brief = planned.brief.model_copy(update={"content": (here / "photo.png",)})
    assert ("reads", str(here)) in told(planned, "apply_best", inputs=["."])
    with pytest.raises(BadInput, match="has not named"):
        told(planned, "apply_best", inputs=[".."])


def test_of_many_paths_the_first_are_shown_and_the_others_counted() -> None:
    many = [Detail("reads", f"/p/{n}.jpg") for n in range(7)]
    rows = [*detail_rows("en", [*many, Detail("time", "about 3 min")])]
    assert rows == [*(("reads", f"/p/{n}.jpg") for n in range(4)), ("", "and 3 more"), ("time", "about 3 min")]
    assert [*detail_rows("ko", [Detail("time", duration(180.0))])] == [("시간", "3분쯤")]


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool.cost != "free"], ids=lambda tool: tool.name)
def test_what_may_be_allowed_for_longer_has_a_name_for_people_and_says_where_it_writes(tool: Any) -> None:
    assert tool.details is not Tool.__dataclass_fields__["details"].default
    assert all(f"permit:{tool.name}" in words(language) for language in ("en", "ko"))


@pytest.mark.parametrize("words", ["no, make it 3 min", "아니 3분으로 해줘"])
def test_an_answer_in_words_changes_the_plan_and_it_is_asked_about_again(
    workspace: Workspace, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ApprovalAsked] = []

    async def person(question: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
        asked.append(question)
        return AnswerInWords(words) if len(asked) == 1 else "no"

    conversation = agent(EmbeddedBrain(), TOOLS, person, workspace=workspace)
    asyncio.run(events_of(conversation, "make photo.png look like paint.png, 200 trials"))
    assert [question.name for question in asked] == ["start_study"] * 2
    assert workspace.plan is not None and workspace.plan.budget.minutes == 3 and workspace.search is None
    assert not Path("studies").exists()
