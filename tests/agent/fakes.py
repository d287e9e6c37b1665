"""A brain that follows a script, tools that do next to nothing, and a person who answers as told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any

from autostyle.agent.approval import Approve, Policy
from autostyle.agent.brain import BrainRequest, Capabilities, Delta, TextDelta
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked, ToolFinished, TurnEvent
from autostyle.agent.loop import Agent
from autostyle.agent.messages import Notice, ToolCall, UserMessage
from autostyle.agent.outputs import ToolOutput
from autostyle.agent.tool import Arguments, Cost, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.config import Config

Line = Delta | BaseException | Callable[[], Any]
"""A piece of a reply; or an error to raise; or something to await before the next piece."""


def call(name: str, id: str = "", **arguments: Any) -> ToolCall:
    """A tool call as a brain writes it."""
    return ToolCall(id or f"id-{name}", name, json.dumps(arguments))


class ScriptedBrain:
    """Says one reply of its script at each request; afterwards only "Done."."""

    name = "scripted"

    def __init__(self, *replies: Sequence[Line], capabilities: Capabilities | None = None) -> None:
        self.capabilities = capabilities or Capabilities()
        self.requests: list[BrainRequest] = []
        self._replies = list(replies)

    async def ready(self) -> None: ...

    async def close(self) -> None: ...

    async def stream(self, request: BrainRequest) -> AsyncIterator[Delta]:
        self.requests.append(request)
        for line in self._replies.pop(0) if self._replies else [TextDelta("Done.")]:
            await asyncio.sleep(0)
            if isinstance(line, BaseException):
                raise line
            if callable(line):
                await line()
            else:
                yield line


class Number(Arguments):
    """Arguments of the tools here."""

    n: int
    "Any number."


Run = Callable[[Workspace, Number, Say], Any]


async def _twice(workspace: Workspace, arguments: Number, say: Say) -> ToolResult[ToolOutput]:
    return ToolResult(f"twice is {2 * arguments.n}", ToolOutput(twice=2 * arguments.n))


def tool(name: str = "twice", cost: Cost = "free", run: Run = _twice, seconds: Any = None) -> Tool[Number]:
    more = {} if seconds is None else {"seconds": seconds}
    return Tool(name, f"{name} does it", Number, cost, run, title=lambda arguments: f"{name} {arguments.n}", **more)


class Person:
    """Gives the same answer to everything, and remembers what was asked."""

    def __init__(self, answer: ApprovalAnswer | AnswerInWords = "once") -> None:
        self.answer = answer
        self.asked: list[ApprovalAsked] = []

    async def __call__(self, asked: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
        self.asked.append(asked)
        return self.answer


def agent(brain: Any, tools: Iterable[Tool[Any]] = (), approve: Approve | None = None, **more: Any) -> Agent:
    policy = more.pop("policy", None) or Policy(approve or Person())
    return Agent(brain, tuple(tools), more.pop("workspace", None) or Workspace(Config()), policy, **more)


async def events_of(agent: Agent, said: str | UserMessage | Notice = "go") -> list[TurnEvent]:
    return [event async for event in agent.turn(said)]


def heard(agent: Agent, said: str | UserMessage | Notice = "go") -> list[TurnEvent]:
    """All events of one turn."""
    return asyncio.run(events_of(agent, said))


def answers(events: Iterable[TurnEvent]) -> list[tuple[str, bool, str]]:
    """The tool answers among ``events``: name, whether it went well, text."""
    return [(event.name, event.ok, event.text) for event in events if isinstance(event, ToolFinished)]
