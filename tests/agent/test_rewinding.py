"""A conversation goes back to an earlier message: what was said since is forgotten, here and in its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.brain import TextDelta
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.loop import Agent
from autostyle.agent.messages import AssistantMessage, UserMessage
from autostyle.agent.saved_conversations import SavedConversation
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.errors import BadInput
from tests.agent.fakes import ScriptedBrain, agent, heard


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ConversationFile]:
    file = ConversationFile("talk", tmp_path)
    yield file
    file.close()


def talked(file: ConversationFile, *words: str) -> Agent:
    """A conversation in which each of the person's words put a study of that name on the table."""

    class Studies(ScriptedBrain):
        async def stream(self, request: Any) -> Any:
            last = request.messages[-1]
            conversation.workspace.study = last.text
            yield TextDelta(f"heard {last.text}")

    conversation = agent(Studies([]), (), workspace=Workspace(Config()), file=file)
    for said in words:
        heard(conversation, said)
    return conversation


def texts(conversation: Agent | SavedConversation) -> list[str]:
    messages = conversation.history if isinstance(conversation, Agent) else conversation.messages
    return [message.text for message in messages if isinstance(message, UserMessage | AssistantMessage)]


def test_what_was_said_since_is_forgotten_and_the_workspace_is_as_it_was(file: ConversationFile) -> None:
    conversation = talked(file, "one", "two", "three")
    assert conversation.rewind(2) == "two"
    assert texts(conversation) == ["one", "heard one"] and conversation.workspace.study == "one"
    heard(conversation, "zwei")
    file.close()
    again, kept = ConversationFile.resume("talk", file.path.parent)
    again.close()
    assert texts(kept) == ["one", "heard one", "zwei", "heard zwei"]
    assert kept.workspace is not None and kept.workspace["study"] == "zwei"
    assert [(count, workspace["study"]) for count, workspace in kept.workspaces] == [
        (2, "one"),
        (2, "one"),
        (4, "zwei"),
    ]


def test_only_before_a_message_of_the_person_s(file: ConversationFile) -> None:
    conversation = talked(file, "one")
    for place in (1, 7, -1):
        with pytest.raises(BadInput):
            conversation.rewind(place)
    assert conversation.rewind(0) == "one" and conversation.history == [] and conversation.workspace.study is None


def test_a_study_that_is_searched_stays_on_the_table(file: ConversationFile) -> None:
    class Running:
        running = True

    conversation = talked(file, "one", "two")
    conversation.workspace.search = Running()  # type: ignore[assignment]
    conversation.rewind(0)
    assert conversation.workspace.study == "two"


def test_a_conversation_is_begun_and_gone_on_with_by_a_name_of_one_s_own(tmp_path: Path) -> None:
    first, kept = ConversationFile.named("dog-2", tmp_path)
    assert kept == SavedConversation() and not first.path.exists()
    first.keep(UserMessage("hello"))
    first.close()
    for name in ("dog-2", "last"):
        again, kept = ConversationFile.named(name, tmp_path)
        again.close()
        assert again.id == "dog-2" and texts(kept) == ["hello"]
    for name in ("../dog", "a b", "", "x" * 65):
        with pytest.raises(BadInput, match="no name"):
            ConversationFile.named(name, tmp_path)
    with pytest.raises(BadInput, match="no earlier conversation"):
        ConversationFile.named("last", tmp_path / "nowhere")
