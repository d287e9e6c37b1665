"""An agent, and turns of the conversation with it, one after the other: what is said while one runs waits for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from autostyle import crash_reports
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked, TurnEnded, TurnEvent
from autostyle.config import Config
from autostyle.errors import BadInput

if TYPE_CHECKING:
    from autostyle.agent.loop import Agent
    from autostyle.agent.messages import Notice
    from autostyle.jobs.running_search import RunningSearch

PATIENCE = 20.0
"""Seconds that a command waits for a brain that is being made ready."""
Approve = Callable[[ApprovalAsked], Awaitable[ApprovalAnswer | AnswerInWords]]
Connect = Callable[[Config, Approve, str | None], Awaitable["Agent"]]
"""Makes an agent: settings, who is asked, the id of an earlier conversation."""
Show = Callable[[TurnEvent], Awaitable[None]]
Begin = Callable[[str | None], Awaitable[None]]
"""Draws the beginning of a turn: the person's words, None for what a study has to say."""
ShowWaiting = Callable[[Sequence[str]], None]
"""Draws the person's words that wait for their turn."""


class Conversation:
    """What was said and waits, and the turn that is being taken.

    Args:
        config: the settings; what is changed on the way is changed here.
        connect: makes the agent.
        approve: asks the person.
        show, begin, wait: draw.
        rest: done after a turn behind which nothing waits, and before the next.
    """

    def __init__(
        self,
        config: Config,
        connect: Connect,
        approve: Approve,
        *,
        show: Show,
        begin: Begin,
        wait: ShowWaiting,
        rest: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.config = config
        self._connect = connect
        self._approve = approve
        self._show, self._begin, self._wait, self._rest = show, begin, wait, rest
        self._said: deque[str | Notice] = deque()
        self._news = asyncio.Event()
        self._turns = asyncio.Lock()
        self._agent: Agent | None = None
        self._begun = asyncio.Event()
        self._speaking: Agent | None = None
        self._stopped = False

    @property
    def begun(self) -> bool:
        """Whether there is an agent."""
        return self._agent is not None

    @property
    def speaking(self) -> bool:
        """Whether a turn is being taken."""
        return self._speaking is not None

    @property
    def agent(self) -> Agent:
        """The agent; raises BadInput while there is none."""
        if self._agent is None:
            raise BadInput("the brain is not ready", "wait a moment, or choose another with /model")
        return self._agent

    @property
    def search(self) -> RunningSearch | None:
        """The search that runs."""
        search = self._agent.workspace.search if self._agent is not None else None
        return search if search is not None and search.running else None

    async def begin(self, past: str | None = None) -> Agent:
        """Connect to an agent, for a new conversation or that of ``past``."""
        self._begun.clear()
        try:
            self._agent = await self._connect(self.config, self._approve, past)
        finally:
            self._begun.set()  # where it failed, nobody waits for it
        return self._agent

    async def ready(self) -> None:
        """Wait while an agent is connected to, but not for ever."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._begun.wait(), PATIENCE)

    async def end(self) -> None:
        """Let go of the agent, once its turn has been drawn to its end; what waits is left for the next agent."""
        agent, self._agent = self._agent, None
        if agent is not None:
            self.stop()
            async with self._turns:
                await agent.close()

    async def between_turns(self, change: Callable[[Agent], Awaitable[None]]) -> None:
        """Do ``change`` to the agent after the running turn, which is stopped, and before the next; raises BadInput
        where there is no agent."""
        agent = self.agent
        self.stop()
        async with self._turns:
            await change(agent)

    def say(self, said: str | Notice) -> None:
        """Put something to the agent, now or after the turn that runs."""
        self._said.append(said)
        self._tell()

    def stop(self) -> bool:
        """End the running turn, keeping what came of it; says whether there was one."""
        if self._speaking is None:
            return False
        self._stopped = True
        self._speaking.interrupt()
        return True

    def take_back(self) -> list[str]:
        """The person's words that nobody has heard yet; they wait no longer. What a study had to say still does."""
        words = [said for said in self._said if isinstance(said, str)]
        self._said = deque(said for said in self._said if not isinstance(said, str))
        self._tell()
        return words

    async def run(self) -> None:
        """Take one turn after the other until the agent is let go. A bug ends its turn, not the conversation."""
        agent = self.agent
        while True:
            while not self._said:
                self._news.clear()
                await self._news.wait()
            async with self._turns:
                if self._agent is not agent:
                    return
                if self._said:
                    await self._turn(agent, self._said.popleft())
                if not self._said and self._rest is not None:
                    await self._rest()

    async def _turn(self, agent: Agent, said: str | Notice) -> None:
        self._speaking, self._stopped = agent, False
        self._tell()
        try:
            await self._begin(said if isinstance(said, str) else None)
            if self._stopped:  # before there was anything to stop
                await self._show(TurnEnded("stopped", exit_code=130))
                return
            async with aclosing(agent.turn(said)) as turn:
                async for event in turn:
                    await self._show(event)
        except Exception as error:
            bug = crash_reports.report(error)
            await self._show(TurnEnded("error", bug.message, bug.hint, bug.exit_code))
        finally:
            self._speaking = None

    def _tell(self) -> None:
        self._news.set()
        self._wait([said for said in self._said if isinstance(said, str)])
