"""What happens in a turn of the conversation, as data; the app draws it, ``ask --output ndjson`` prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from autostyle import events
from autostyle.agent.tool import Cost, Detail

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput


class TurnEvent(events.Event):
    """Something that happened in a turn."""


@dataclass(frozen=True)
class Said(TurnEvent):
    """The next piece of the brain's answer, Markdown."""

    kind = "said"
    text: str


@dataclass(frozen=True)
class Thinking(TurnEvent):
    """The next piece of the brain's reasoning, which is no part of the answer."""

    kind = "thinking"
    text: str


@dataclass(frozen=True)
class ToolStarted(TurnEvent):
    """A tool is called; ``title`` is one line for people."""

    kind = "tool_started"
    call: str
    name: str
    title: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToolProgressed(TurnEvent):
    """A tool is still at it; ``text`` is one line for people."""

    kind = "tool_progressed"
    call: str
    text: str


@dataclass(frozen=True)
class ToolFinished(TurnEvent):
    """The one answer to a call; ``output`` is what the screen shows when the line is opened."""

    kind = "tool_finished"
    call: str
    name: str
    ok: bool
    text: str
    output: ToolOutput | None = None
    pictures: tuple[str, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The output as JSON data."""
        return {} if self.output is None else self.output.data

    def as_json(self) -> dict[str, Any]:
        told = {"call": self.call, "name": self.name, "ok": self.ok, "text": self.text}
        return {"event": self.kind, **told, "data": self.data, "pictures": self.pictures}


ApprovalAnswer = Literal["once", "session", "always", "no"]
"""To a request for approval: for this call, for this conversation, for every conversation to come, or not at all."""


@dataclass(frozen=True)
class AnswerInWords:
    """An answer in the person's own words: no yes, whatever it says; the brain hears it and may ask again."""

    text: str


@dataclass(frozen=True)
class ApprovalAsked(TurnEvent):
    """A person is being asked; the answer goes through the ``approve`` the agent was made with.

    Args:
        call, name: the tool call that waits; both empty where pictures are to leave this machine.
        what: one line for people, with the time it may take or the host it goes to.
        details: what is read, written, replaced and sent, and where: whole paths, one thing each.
        answers: those that would hold; a lasting yes does not once a picture has entered a model's context.
        overwrites: files of the person's own are replaced, of which no yes of earlier was.
    """

    kind = "approval_asked"
    call: str
    name: str
    cost: Cost
    what: str
    answers: tuple[ApprovalAnswer, ...] = ("once", "session", "always", "no")
    details: tuple[Detail, ...] = ()
    overwrites: bool = False


@dataclass(frozen=True)
class Heard(TurnEvent):
    """The person has answered a question in their own words, which the conversation goes on from."""

    kind = "heard"
    text: str


@dataclass(frozen=True)
class Noted(TurnEvent):
    """A line for the person that nobody said: the server is asked again, the conversation cannot be saved."""

    kind = "noted"
    text: str


@dataclass(frozen=True)
class Spent(TurnEvent):
    """Tokens and US dollars of the whole conversation so far; ``price`` is None where nobody knows."""

    kind = "spent"
    tokens_in: int
    tokens_out: int
    price: float | None


NOTHING_SPENT = Spent(0, 0, 0.0)


EndReason = Literal["done", "stopped", "steps", "time", "price", "repeated", "error"]


@dataclass(frozen=True)
class TurnEnded(TurnEvent):
    """The turn is over and the person may speak again; ``error`` and ``hint`` say why, if not done or stopped."""

    kind = "turn_ended"
    reason: EndReason
    error: str = ""
    hint: str = ""
    exit_code: int = 0
