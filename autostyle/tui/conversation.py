"""An agent, and turns of the conversation with it, one after the other: what is said while one runs waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from autostyle import bugs
from autostyle.agent.events import Answer, ApprovalAsked, Event, TurnEnded
from autostyle.config import Config
from autostyle.errors import BadInput

if TYPE_CHECKING:
    from autostyle.agent.loop import Agent
    from autostyle.agent.messages import Notice
    from autostyle.agent.workspace import Search

Approve = Callable[[ApprovalAsked], Awaitable[Answer]]
Connect = Callable[[Config, Approve, str | None], Awaitable["Agent"]]
"""Makes an agent: settings, who is asked, the id of an earlier conversation."""
Show = Callable[[Event], Awaitable[None]]


class Conversation:
    """A queue of things said, and the turn that is being taken.

    Args:
        config: the settings; what is changed on the way is changed here.
        connect: makes the agent.
        approve: asks the person.
        show: draws an event.
    """

    def __init__(self, config: Config, connect: Connect, approve: Approve, show: Show) -> None:
        self.config = config
        self._connect = connect
        self._approve = approve
        self._show = show
        self._said: asyncio.Queue[str | Notice] = asyncio.Queue()
        self._agent: Agent | None = None
        self._speaking: Agent | None = None

    @property
    def begun(self) -> bool:
        """Whether there is an agent."""
        return self._agent is not None

    @property
    def agent(self) -> Agent:
        """The agent; raises BadInput while there is none."""
        if self._agent is None:
            raise BadInput("the brain is not ready", "wait a moment, or choose another with /model")
        return self._agent

    @property
    def search(self) -> Search | None:
        """The search that runs."""
        search = self._agent.workspace.search if self._agent is not None else None
        return search if search is not None and search.running else None

    async def begin(self, session: str | None = None) -> Agent:
        """Connect to an agent, for a new conversation or that of ``session``."""
        self._agent = await self._connect(self.config, self._approve, session)
        return self._agent

    async def end(self) -> None:
        """Let go of the agent."""
        if self._agent is not None:
            agent, self._agent = self._agent, None
            await agent.close()

    def say(self, said: str | Notice) -> None:
        """Put something to the agent, now or after the turn that runs."""
        self._said.put_nowait(said)

    def stop(self) -> bool:
        """End the running turn, keeping what came of it, and drop what waits; says whether there was one."""
        while not self._said.empty():
            self._said.get_nowait()
        if self._speaking is None:
            return False
        self._speaking.interrupt()
        return True

    async def run(self) -> None:
        """Take one turn after the other, for ever. A bug ends its turn, not the conversation."""
        agent = self.agent
        while True:
            said = await self._said.get()
            self._speaking = agent
            try:
                async for event in agent.turn(said):
                    await self._show(event)
            except Exception as error:
                bug = bugs.report(error)
                await self._show(TurnEnded("error", bug.message, bug.hint, bug.exit_code))
            finally:
                self._speaking = None
