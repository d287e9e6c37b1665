"""The study on the table: whether it runs is asked of it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from autostyle.agent import current_study, saved_conversations
from autostyle.agent.brain import BrainRequest, StudyNow
from autostyle.agent.brains.language.wire import chat
from autostyle.agent.calls import SAID_NO
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.current_study import (
    plan_left,
    resume_left_plan,
    resume_left_search,
    speaks_of_a_study,
    study_now,
)
from autostyle.agent.messages import ToolMessage, UserMessage
from autostyle.agent.outputs import ToolFailure
from autostyle.agent.saved_conversations import SavedConversation
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.report.payload import full
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.study_lock import hold, is_held
from tests.report.study import study

NAME = "harbour-brush-1a2b3c4d"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(Config(home=tmp_path / "home"))


def test_a_study_runs_for_as_long_as_a_process_holds_it(workspace: Workspace) -> None:
    folder = workspace.config.home / "s"
    folder.mkdir(parents=True)
    assert not is_held(folder) and list(folder.iterdir()) == [], "whoever looks leaves nothing"
    workspace.study = "s"
    with hold(folder, "s"):
        assert study_now(workspace) == StudyNow("s", running=True, elsewhere=True)
        with pytest.raises(BadInput, match="run by another process"), hold(folder, "s"):
            pass
    assert study_now(workspace) == StudyNow("s")


def test_whoever_only_looks_keeps_nobody_from_running_a_study(tmp_path: Path) -> None:
    with hold(tmp_path, "s"):
        pass
    assert not is_held(tmp_path)
    with hold(tmp_path, "s"):
        assert is_held(tmp_path)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (StudyNow("s"), "Nothing runs it now, whatever was said before"),
        (StudyNow("s", running=True), "Its search is running"),
        (StudyNow("s", running=True, elsewhere=True), "Another program"),
    ],
)
def test_a_model_is_told_whether_the_study_runs(now: StudyNow, told: str) -> None:
    system, *_ = chat(BrainRequest((UserMessage("go on"),), (), now))
    assert told in system["content"]
    assert "on the table" not in chat(BrainRequest((UserMessage("go on"),), ()))[0]["content"]


@pytest.fixture
def left(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StudyRecord:
    """The last conversation was about a study of which 23 of 32 trials are done."""
    record = study(workspace.config.home / NAME, hostile=False)
    (record.folder / "plan.yaml").write_text(record.plan.to_yaml())

    async def read(*_: object) -> StudyRecord:
        return record

    monkeypatch.setattr(current_study, "record", read)
    elsewhere = SavedConversation(workspace={"study": "in-another-folder"})
    here = SavedConversation(workspace={"study": NAME, "language": "ko"})
    monkeypatch.setattr(saved_conversations, "recent", lambda: iter([(tmp_path, elsewhere), (tmp_path, here)]))
    return record


def test_the_search_that_the_last_conversation_left_is_put_on_the_table(
    workspace: Workspace, left: StudyRecord
) -> None:
    assert asyncio.run(resume_left_search(workspace)) is left
    assert workspace.study == NAME and workspace.language == "ko"
    assert workspace.plan is not None and workspace.plan.budget.trials == 32 and workspace.plan.content.is_absolute()


def test_some_words_only_a_study_can_answer() -> None:
    assert all(map(speaks_of_a_study, ["save it on my desktop", "show it bigger", "왜?", "원본 크기로 저장해줘"]))
    assert not any(map(speaks_of_a_study, ["hello", "make a.jpg look like b.jpg and save it as c.png", "고마워"]))


def test_what_is_finished_gone_or_elsewhere_is_not_offered(
    workspace: Workspace, left: StudyRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (left.folder / "report.json").write_text(json.dumps(full(replace(left, time_is_up=True))))
    assert asyncio.run(resume_left_search(workspace)) is None
    (left.folder / "report.json").write_text("no json")
    workspace.study = "another"
    assert asyncio.run(resume_left_search(workspace)) is None
    workspace.study = None
    outside = (tmp_path, SavedConversation(workspace={"study": "../up"}))
    monkeypatch.setattr(saved_conversations, "recent", lambda: iter([outside]))
    assert asyncio.run(resume_left_search(workspace)) is None
    monkeypatch.setattr(saved_conversations, "recent", lambda: iter(()))
    assert asyncio.run(resume_left_search(workspace)) is None and workspace.study is None


@pytest.fixture
def unbegun(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationFile:
    """The last conversation, closed, made a plan that nobody said yes to."""
    plan = study(tmp_path / "elsewhere", hostile=False).plan
    for name in ("photo.png", "paint.png"):
        (tmp_path / name).touch()
    plan = plan.model_copy(update={"content": tmp_path / "photo.png", "styles": (tmp_path / "paint.png",)})
    session = ConversationFile("one", tmp_path / "sessions")
    session.keep(UserMessage("photo.png처럼 paint.png"))
    session.keep_workspace(Workspace(workspace.config, plan=plan, language="ko"))
    session.close()
    monkeypatch.setattr(saved_conversations, "last", lambda last=saved_conversations.last: last(tmp_path / "sessions"))
    return session


def test_a_plan_that_nobody_said_yes_to_is_put_on_the_table(workspace: Workspace, unbegun: ConversationFile) -> None:
    workspace.trials = 7
    plan = asyncio.run(resume_left_plan(workspace))
    assert plan is not None and plan is workspace.plan and plan.budget.trials == 7
    assert plan_left(workspace) == plan.study and workspace.study is None and workspace.language == "ko"
    assert plan.content.resolve() in workspace.named_files
    system, *_ = chat(BrainRequest((UserMessage("go on"),), (), None, plan_left(workspace)))
    assert "nothing of it has run" in system["content"]
    workspace.study = plan.study
    assert plan_left(workspace) is None, "it was begun"


def test_a_plan_that_was_begun_refused_or_is_open_elsewhere_is_not_offered(
    workspace: Workspace, unbegun: ConversationFile, tmp_path: Path
) -> None:
    assert asyncio.run(resume_left_plan(Workspace(workspace.config, study="another"))) is None
    folder = workspace.config.home / NAME
    with hold(folder, NAME):
        assert asyncio.run(resume_left_plan(workspace)) is None, "another program makes the study"
    (folder / "plan.yaml").touch()
    assert asyncio.run(resume_left_plan(workspace)) is None, "there is a study"
    (folder / "plan.yaml").unlink()
    (tmp_path / "paint.png").rename(tmp_path / "gone.png")
    assert asyncio.run(resume_left_plan(workspace)) is None, "a picture is gone"
    (tmp_path / "gone.png").rename(tmp_path / "paint.png")
    unbegun.keep(ToolMessage("1", "start_study", False, SAID_NO, ToolFailure(error=SAID_NO)))
    assert asyncio.run(resume_left_plan(workspace)) is None, "the person said no"
    unbegun.keep(ToolMessage("2", "plan_study", True, ""))
    assert asyncio.run(resume_left_plan(workspace)) is None, "still open"
    unbegun.close()
    assert asyncio.run(resume_left_plan(workspace)) is not None
