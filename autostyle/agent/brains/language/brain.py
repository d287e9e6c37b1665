"""The language model as a Brain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from autostyle.agent.brain import Capabilities, Delta, Request
from autostyle.agent.brains.language import wire
from autostyle.agent.brains.language.client import Client
from autostyle.agent.brains.language.endpoint import capabilities


class LanguageBrain:
    """Decides as a language model decides; see :class:`autostyle.agent.brain.Brain`."""

    def __init__(self, client: Client) -> None:
        self.name = client.model.name or ""
        self.capabilities = Capabilities()
        self.client = client
        self._ready = False

    async def ready(self) -> None:
        if not self._ready:
            await self.client.load()
            self.capabilities = await asyncio.to_thread(self._capabilities)
            self._ready = True

    async def close(self) -> None:
        await self.client.close()

    async def stream(self, request: Request) -> AsyncIterator[Delta]:
        messages = await asyncio.to_thread(wire.chat, request)
        tools = {"tools": wire.functions(request.tools)} if request.tools else {}
        async for delta in self.client.stream(messages, **tools):
            yield delta

    def _capabilities(self) -> Capabilities:
        return capabilities(self.client.model, self.client.endpoint.host, self.client.litellm)
