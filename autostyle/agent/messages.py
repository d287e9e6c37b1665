"""A conversation as data: what a brain is shown, and what the file of one keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from autostyle.fingerprints import sha256
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput


@dataclass(frozen=True)
class Attachment:
    """A picture of the conversation, by path and SHA-256 of its bytes; never the bytes themselves."""

    path: Path
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Attachment:
        """The picture in a file; raises OSError if it cannot be read."""
        return cls(path, sha256(path))


@dataclass(frozen=True)
class ToolCall:
    """A brain's wish to use a tool; ``arguments`` is JSON text as the brain wrote it, valid or not."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class UserMessage:
    """What the person said."""

    role: ClassVar[str] = "user"
    text: str
    pictures: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Notice:
    """What happened meanwhile: nobody said it. ``kind`` is ``round``, ``ended`` or ``failed``, all of a study.

    Args:
        text: for a language model and for the screen.
        output: the same in full.
        pictures: the front's thumbnails, for a brain that sees.
    """

    role: ClassVar[str] = "notice"
    kind: str
    text: str
    output: ToolOutput | None = None
    pictures: tuple[Attachment, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The output as JSON data."""
        return {} if self.output is None else self.output.data


@dataclass(frozen=True)
class AssistantMessage:
    """What the brain said, and the tools it called."""

    role: ClassVar[str] = "assistant"
    text: str
    calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True)
class ToolMessage:
    """The one answer to a call.

    Args:
        call: the id of the call.
        name: of the tool.
        ok: False for an error, a refusal or an interruption.
        text: for the brain.
        output: in full, for the screen and for the rule-based brain; None where there is nothing more.
        pictures: for a brain that sees.
    """

    role: ClassVar[str] = "tool"
    call: str
    name: str
    ok: bool
    text: str
    output: ToolOutput | None = None
    pictures: tuple[Attachment, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The output as JSON data."""
        return {} if self.output is None else self.output.data


Message = UserMessage | Notice | AssistantMessage | ToolMessage


def pictures_of(message: Message) -> tuple[Attachment, ...]:
    """What a brain that sees is shown with ``message``."""
    return () if isinstance(message, AssistantMessage) else message.pictures


def without_pictures(message: Message) -> Message:
    """``message`` for a brain that does not see."""
    return message if isinstance(message, AssistantMessage) else replace(message, pictures=())


def only(allowed: AbstractSet[str], message: Message) -> Message:
    """``message`` with the pictures of these SHA-256 only; it says that the others are kept back."""
    if isinstance(message, AssistantMessage) or {picture.sha256 for picture in message.pictures} <= allowed:
        return message
    shown = tuple(picture for picture in message.pictures if picture.sha256 in allowed)
    return replace(message, text=f"{message.text}\n[the person keeps pictures of this to themselves]", pictures=shown)


def unanswered(history: Sequence[Message]) -> tuple[ToolCall, ...]:
    """The calls without an answer, in their order: after an interruption each is due one before the next request."""
    answered = {message.call for message in history if isinstance(message, ToolMessage)}
    calls = (call for message in history if isinstance(message, AssistantMessage) for call in message.calls)
    return tuple(call for call in calls if call.id not in answered)


def repair_history(history: Iterable[Message]) -> list[Message]:
    """``history`` from a file that may lack its end: every call directly followed by exactly one answer."""
    messages = list(history)
    answers: dict[str, ToolMessage] = {}
    for message in messages:
        if isinstance(message, ToolMessage):
            answers.setdefault(message.call, message)
    whole: list[Message] = []
    for message in messages:
        if not isinstance(message, ToolMessage):
            whole.append(message)
        if isinstance(message, AssistantMessage):
            lost = (
                ToolMessage(call.id, call.name, False, Sentence("interrupted: the program ended"))
                for call in message.calls
            )
            whole += (answers.get(answer.call, answer) for answer in lost)
    return whole
