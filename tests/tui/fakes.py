"""An agent and a search that do what a test says, for an app without a brain and without a job process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autostyle.agent import events
from autostyle.agent.approval import Policy
from autostyle.agent.messages import Message, Notice, UserMessage
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.tui.app import AutostyleApp
from autostyle.tuning import events as study_events

Step = events.TurnEvent | study_events.StudyEvent | asyncio.Event | Callable[[], object] | Exception
"""An event of the agent, one of the study, a gate that the test opens, something that is called, or a bug."""


async def opened(*gates: asyncio.Event) -> None:
    """Wait until one of ``gates`` is open."""
    waiting = [asyncio.create_task(gate.wait()) for gate in gates]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


@dataclass
class FakeBrain:
    """Only a name."""

    name: str = "embedded"


@dataclass
class FakeSearch:
    """A search that only knows whether it runs."""

    study: str = "astronaut-night-1a2b3c4d"
    folder: Path = Path()
    running: bool = True

    async def stop(self) -> None:
        self.running = False


@dataclass
class FakeAgent:
    """Answers whatever is said with ``script``, one list of steps a turn; asks for approval where it says so."""

    workspace: Workspace
    policy: Policy
    approve: Callable[[events.ApprovalAsked], Awaitable[events.ApprovalAnswer | events.AnswerInWords]]
    script: list[Sequence[Step]] = field(default_factory=list)
    brain: FakeBrain = field(default_factory=FakeBrain)
    spent: events.Spent = events.NOTHING_SPENT
    heard: list[str | Notice] = field(default_factory=list)
    approved: list[events.ApprovalAnswer | events.AnswerInWords] = field(default_factory=list)
    history: list[Message] = field(default_factory=list)
    closed: bool = False
    _interrupted: asyncio.Event = field(default_factory=asyncio.Event)

    def interrupt(self) -> None:
        self._interrupted.set()

    async def turn(self, said: str | Notice) -> AsyncIterator[events.TurnEvent]:
        self.heard.append(said)
        self._interrupted.clear()
        for step in self.script.pop(0) if self.script else []:
            if self._interrupted.is_set():
                yield events.TurnEnded("stopped")
                return
            if isinstance(step, asyncio.Event):
                await opened(step, self._interrupted)
            elif isinstance(step, Exception):
                raise step
            elif isinstance(step, study_events.StudyEvent):
                for hear in self.workspace.on_study:
                    hear(step)
            elif isinstance(step, events.TurnEvent):
                yield step
                if isinstance(step, events.ApprovalAsked):
                    self.approved.append(await self.approve(step))
            else:
                step()
        if self._interrupted.is_set():
            yield events.TurnEnded("stopped")
            return
        yield events.TurnEnded("done")

    def rewind(self, to: int) -> str:
        message = self.history[to]
        assert isinstance(message, UserMessage)
        del self.history[to:]
        return message.text

    async def close(self) -> None:
        self.closed = True


@dataclass
class Stage:
    """An app with a fake agent; ``agent`` is there once the app has started."""

    script: list[Sequence[Step]] = field(default_factory=list)
    config: Config = field(default_factory=Config)
    prepare: Callable[[Workspace], Any] = lambda workspace: None
    history: list[Message] = field(default_factory=list)
    agent: FakeAgent | None = None

    def app(self) -> AutostyleApp:
        async def connect(config: Config, approve: Any, session: str | None) -> Any:
            workspace = Workspace(config)
            self.prepare(workspace)
            self.agent = FakeAgent(workspace, Policy(approve), approve, list(self.script), history=self.history)
            return self.agent

        return AutostyleApp(self.config, connect)
