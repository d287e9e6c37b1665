"""Session files: what was said is there again, whatever ended the program."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autostyle.agent import records
from autostyle.agent.brain import TextDelta, Usage
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.events import Noted, Spent
from autostyle.agent.loop import Agent
from autostyle.agent.messages import AssistantMessage, Attachment, Message, Notice, ToolMessage, UserMessage
from autostyle.agent.outputs import ToolFailure, ToolOutput
from autostyle.agent.saved_conversations import list_conversations, read
from autostyle.agent.workspace import Workspace
from autostyle.brief import Brief, Wishes
from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.plan import Choice
from autostyle.sentences import Sentence
from tests.agent.fakes import ScriptedBrain, agent, call, heard

MESSAGES: tuple[Message, ...] = (
    UserMessage("make 사진.jpg look like paint.png", (Attachment(Path("사진.jpg"), "0" * 64),)),
    AssistantMessage("Let me see.", (call("twice", n=1),)),
    ToolMessage(
        "id-twice",
        "twice",
        True,
        "twice is 2",
        ToolOutput(twice=2),
        (Attachment(Path("out.png"), "1" * 64),),
    ),
    Notice("ended", "the search has ended", ToolOutput(best=3), (Attachment(Path("best.png"), "2" * 64),)),
    AssistantMessage("Trial 3 is best."),
)


@pytest.fixture
def conversation_file(tmp_path: Path) -> Iterator[ConversationFile]:
    conversation_file = ConversationFile(folder=tmp_path / "sessions")
    yield conversation_file
    conversation_file.close()


def resumed(conversation_file: ConversationFile) -> tuple[ConversationFile, list[Message]]:
    conversation_file.close()
    again, kept = ConversationFile.resume(conversation_file.id, conversation_file.path.parent)
    return again, list(kept.messages)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.role)
def test_a_message_is_the_same_when_it_is_read_again(message: Message) -> None:
    assert records.decode_message(json.loads(json.dumps(records.encode_message(message)))) == message


def test_what_went_wrong_keeps_its_template_in_a_conversation_file(conversation_file: ConversationFile) -> None:
    error = Sentence("{study} is being searched", study="night")
    conversation_file.keep(
        ToolMessage("id", "start_study", False, f"error: {error}", ToolFailure(error=error, exit_code=2))
    )
    [message] = resumed(conversation_file)[1]
    assert isinstance(message, ToolMessage)
    assert message.data["error"] == error and message.data["error"].values == {"study": "night"}


def test_a_conversation_is_the_same_when_it_is_taken_up_again(conversation_file: ConversationFile) -> None:
    for message in MESSAGES:
        conversation_file.keep(message)
    again, messages = resumed(conversation_file)
    assert tuple(messages) == MESSAGES
    again.keep(UserMessage("go on"))
    assert resumed(again)[1][-1] == UserMessage("go on")


def test_only_its_owner_reads_it(conversation_file: ConversationFile) -> None:
    conversation_file.keep(UserMessage("hi"))
    assert conversation_file.path.stat().st_mode & 0o777 == 0o600
    assert conversation_file.path.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_is_written_before_something_was_said(conversation_file: ConversationFile) -> None:
    assert not conversation_file.path.exists() and list_conversations(conversation_file.path.parent) == []


def test_the_workspace_is_as_it_was(conversation_file: ConversationFile, tmp_path: Path) -> None:
    workspace = Workspace(
        Config(),
        brief=Brief(content=(Path("a.jpg"),), wishes=Wishes(strength=0.5)),
        language="ko",
        keywords=("swirling",),
        choice=Choice(method="adain", row="realtime"),
        study="a-b-01234567",
    )
    conversation_file.keep_workspace(workspace)
    size = conversation_file.path.stat().st_size
    conversation_file.keep_workspace(workspace)
    assert conversation_file.path.stat().st_size == size, "written only when it has changed"

    restored = Workspace(Config())
    conversation_file.close()
    records.restore_workspace(restored, read(conversation_file.path).workspace or {})
    assert (
        records.encode_workspace(restored) == records.encode_workspace(workspace) and restored.brief == workspace.brief
    )


def test_a_field_from_another_version_is_left_out() -> None:
    workspace = Workspace(Config())
    records.restore_workspace(workspace, {"language": "ko", "brief": {"shape": "round"}, "colour": 1})
    assert (workspace.language, workspace.brief) == ("ko", Brief())


def test_what_was_spent_goes_on_from_there(conversation_file: ConversationFile) -> None:
    heard(agent(ScriptedBrain([TextDelta("a"), Usage(10, 2, 0.5)]), file=conversation_file))
    conversation_file.close()
    again, kept = ConversationFile.resume(conversation_file.id, conversation_file.path.parent)
    more = agent(
        ScriptedBrain([TextDelta("b"), Usage(1, 1, 0.25)]), file=again, history=kept.messages, spent=kept.spent
    )
    assert Spent(11, 3, 0.75) in heard(more)


def test_wherever_a_file_is_cut_off_the_line_is_lost_and_nothing_else(conversation_file: ConversationFile) -> None:
    for message in MESSAGES:
        conversation_file.keep(message)
    conversation_file.close()
    whole = conversation_file.path.read_bytes()
    for cut in range(0, len(whole), 13):
        conversation_file.path.write_bytes(whole[:cut])
        again, messages = resumed(conversation_file)
        complete = max(whole[:cut].count(b"\n") - 1, 0)  # the first line is the file's own
        assert messages == list(MESSAGES[:complete])
        again.keep(UserMessage("go on"))
        once_more, messages = resumed(again)
        assert messages == [*MESSAGES[:complete], UserMessage("go on")]
        once_more.close()


def test_a_spoilt_line_in_the_middle_is_left_out(conversation_file: ConversationFile) -> None:
    conversation_file.keep(UserMessage("one"))
    conversation_file.close()
    with conversation_file.path.open("ab") as file:
        file.write(b'\xff{"kind": "user"}\n{"kind": "riddle"}\n[]\n')
    again, _ = resumed(conversation_file)
    again.keep(UserMessage("two"))
    assert resumed(again)[1] == [UserMessage("one"), UserMessage("two")]


def test_two_programs_do_not_write_one_conversation(conversation_file: ConversationFile) -> None:
    conversation_file.keep(UserMessage("hi"))
    with pytest.raises(BadInput, match="open in another program"):
        ConversationFile.resume(conversation_file.id, conversation_file.path.parent)


def test_an_unknown_conversation_or_a_path_is_none(conversation_file: ConversationFile, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.jsonl").touch()
    conversation_file.keep(UserMessage("hi"))
    for id in ("nothing", "../elsewhere", str(tmp_path / "elsewhere")):
        with pytest.raises(BadInput, match="no conversation"):
            ConversationFile.resume(id, conversation_file.path.parent)


def test_the_list_has_the_newest_first_with_its_first_words(tmp_path: Path) -> None:
    for id, words in (("20260101T000000-aaaaaa", "older"), ("20260102T000000-bbbbbb", "newer\nrequest")):
        conversation_file = ConversationFile(id, tmp_path)
        conversation_file.keep(UserMessage(words))
        conversation_file.keep_workspace(Workspace(Config(), study=f"s-{id[:8]}"))
        conversation_file.close()
    (tmp_path / "20260103T000000-cccccc.jsonl").mkdir()
    assert [(entry.title, entry.study) for entry in list_conversations(tmp_path)] == [
        ("newer request", "s-20260102"),
        ("older", "s-20260101"),
    ]
    assert all(entry.started for entry in list_conversations(tmp_path))


# ---------------------------------------------------------------------------------------------------- trouble


def test_a_full_disk_is_said_once_and_nothing_is_lost_when_there_is_room_again(tmp_path: Path) -> None:
    """A limit on file sizes stands in for the disk; the kernel refuses the same way."""
    code = """
import resource, signal, sys
from pathlib import Path
from autostyle.agent.messages import UserMessage
from autostyle.agent.conversation_file import ConversationFile

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
conversation_file = ConversationFile("s", Path(sys.argv[1]))
print(conversation_file.keep(UserMessage("before")))
resource.setrlimit(resource.RLIMIT_FSIZE, (400, resource.RLIM_INFINITY))
print(conversation_file.keep(UserMessage("x" * 500)), "\\n", conversation_file.keep(UserMessage("y" * 500)))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(conversation_file.keep(UserMessage("after")))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60)
    first, full, again, after = done.stdout.splitlines()
    assert (first, again.strip(), after) == ("None", "None", "None"), done.stderr
    assert full.startswith("this conversation is not being saved: File too large")
    assert [message.text[:6] for message in read(tmp_path / "s.jsonl").messages] == [
        "before",
        "xxxxxx",
        "yyyyyy",
        "after",
    ]


def test_a_conversation_that_cannot_be_saved_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    events = heard(conversation := agent(ScriptedBrain(), file=ConversationFile(folder=tmp_path / "file" / "sessions")))
    (noted,) = [event for event in events if isinstance(event, Noted)]
    assert "not being saved" in noted.text
    assert conversation.history[-1] == AssistantMessage("Done.")


KILLED = """
import asyncio, sys
from pathlib import Path
from autostyle.agent.conversation_file import ConversationFile
from tests.agent.fakes import ScriptedBrain, agent, call, events_of, tool

async def hangs(*_):
    print("in the tool", flush=True)
    await asyncio.sleep(60)

conversation_file = ConversationFile("s", Path(sys.argv[1]))
brain = ScriptedBrain([call("twice", n=1)], [call("hangs", n=1)])
asyncio.run(events_of(agent(brain, [tool(), tool("hangs", run=hangs)], file=conversation_file), "go"))
"""


def test_after_a_kill_the_conversation_goes_on(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None and process.stdout.readline() == b"in the tool\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    again, kept = ConversationFile.resume("s", tmp_path)
    conversation: Agent = agent(brain := ScriptedBrain(), file=again, history=kept.messages)
    heard(conversation, "are you there?")
    assert brain.requests[0].messages == (
        UserMessage("go"),
        AssistantMessage("", (call("twice", n=1),)),
        ToolMessage("id-twice", "twice", True, "twice is 2", ToolOutput(twice=2)),
        AssistantMessage("", (call("hangs", n=1),)),
        ToolMessage("id-hangs", "hangs", False, "interrupted: the program ended"),
        UserMessage("are you there?"),
    )
    again.close()


def test_a_thousand_messages_are_written_in_no_time(conversation_file: ConversationFile) -> None:
    began = time.process_time()
    for n in range(1000):
        conversation_file.keep(UserMessage(f"message {n}"))
    assert time.process_time() - began < 5, "a message must not cost what the whole conversation costs"
    assert len(resumed(conversation_file)[1]) == 1000
