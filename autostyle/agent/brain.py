"""What decides: a language model behind litellm, or the embedded rules. The loop knows only this page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from autostyle.agent.messages import Message, ToolCall
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.agent.tool import Tool


@dataclass(frozen=True)
class Capabilities:
    """What a brain can do.

    Args:
        vision: it can look at pictures.
        host: where what it is shown goes, if it leaves this machine; pictures for there are asked about first.
    """

    vision: bool = False
    host: str = ""


@dataclass(frozen=True)
class TextDelta:
    """The next piece of what the brain says, Markdown."""

    text: str


@dataclass(frozen=True)
class ThoughtDelta:
    """The next piece of what the brain thinks before it speaks: shown folded, never kept, no part of the answer."""

    text: str


@dataclass(frozen=True)
class Usage:
    """What a request cost.

    Args:
        tokens_in, tokens_out: as the server counted them, else as litellm estimates.
        price: US dollars; None where nobody knows.
    """

    tokens_in: int
    tokens_out: int
    price: float | None


@dataclass(frozen=True)
class Aside:
    """A line for the person that is no part of the answer: the server is busy and is asked again."""

    text: str


Delta = TextDelta | ThoughtDelta | ToolCall | Usage | Aside


@dataclass(frozen=True)
class StudyNow:
    """The study on the table as it was when the person last spoke, asked of the study itself: a conversation that is
    taken up again tells of searches that ended with the program.

    Args:
        name: of the study.
        running: a process runs it.
        elsewhere: that process is no search of this conversation.
        viewed: the trial that the person is looking at; None where that is the recommended one, or several are shown.
    """

    name: str
    running: bool = False
    elsewhere: bool = False
    viewed: int | None = None


@dataclass(frozen=True)
class BrainRequest:
    """What a brain is asked to go on from.

    Args:
        messages: the whole conversation; every call in it is answered.
        tools: what it may call now.
        study: the one on the table, if there is one.
        left: name of the plan on the table that an earlier conversation made and nobody started, if there is one.
    """

    messages: tuple[Message, ...]
    tools: tuple[Tool[Any], ...]
    study: StudyNow | None = None
    left: str | None = None


class Brain(Protocol):
    """One request, one streamed reply. Keeps no history of its own."""

    name: str
    "For the status line: the model's name, or ``embedded``."
    capabilities: Capabilities
    "Final once :meth:`ready` has returned."

    async def ready(self) -> None:
        """Load what the first request needs, once; an app calls it after its first paint. Raises Missing."""

    async def close(self) -> None:
        """Let go of connections; on the event loop that made them."""

    def stream(self, request: BrainRequest) -> AsyncIterator[Delta]:
        """The reply, in pieces; a tool call comes whole. Cancelling the consuming task ends the request at once.

        Raises:
            Missing: the server cannot be reached or refuses the key.
            Refused: a limit of the provider (rate, context) that retrying did not cure.
        """


def or_without(hint: str) -> Sentence:
    """``hint``, and the way to go on where the language model does not."""
    return Sentence(
        "{hint}; /model embedded does without a model (for `ask`, AUTOSTYLE_MODEL=embedded)", hint=Sentence(hint)
    )
