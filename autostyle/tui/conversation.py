"""Turns of the conversation, one after the other: what is said while one runs waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from autostyle import bugs
from autostyle.agent.events import Event, TurnEnded

if TYPE_CHECKING:
    from autostyle.agent.loop import Agent
    from autostyle.agent.messages import Notice

Show = Callable[[Event], Awaitable[None]]


class Conversation:
    """A queue of things said, and the turn that is being taken.

    Args:
        show: draws an event.
    """

    def __init__(self, show: Show) -> None:
        self._show = show
        self._said: asyncio.Queue[str | Notice] = asyncio.Queue()
        self._speaking: Agent | None = None

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

    async def run(self, agent: Agent) -> None:
        """Take one turn with ``agent`` after the other, for ever. A bug ends its turn, not the conversation."""
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
