"""The language model as a Brain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from typing import Any

from autostyle.agent.brain import Aside, BrainRequest, Capabilities, Delta, TextDelta
from autostyle.agent.brains.language import wire
from autostyle.agent.brains.language.arguments import fit_arguments
from autostyle.agent.brains.language.claims import Verdicts
from autostyle.agent.brains.language.client import Client
from autostyle.agent.brains.language.dialects import known
from autostyle.agent.brains.language.endpoint import capabilities
from autostyle.agent.brains.language.text_calls import TextCalls
from autostyle.agent.messages import ToolCall
from autostyle.agent.tool import Tool
from autostyle.sentences import Sentence


class LanguageBrain:
    """Decides as a language model decides; see :class:`autostyle.agent.brain.Brain`."""

    def __init__(self, client: Client) -> None:
        self.name = client.model.name or ""
        self.capabilities = Capabilities()
        self.client = client
        self._ready = False
        self._looked = False
        self._verdicts = Verdicts()

    async def ready(self) -> None:
        if not self._ready:
            await self.client.load()
            self.capabilities = await asyncio.to_thread(self._capabilities)
            self._ready = True

    async def close(self) -> None:
        await self.client.close()

    async def stream(self, request: BrainRequest) -> AsyncIterator[Delta]:
        if request.tools and not self._looked:
            self._looked = True
            if await self.client.shows_no_tools():
                yield Aside(
                    Sentence(
                        "{where} shows {model} no tools, for its template has none: it can talk and do nothing",
                        where=self.client.endpoint.where,
                        model=self.name,
                    )
                )
        said, calls = "", False
        async for delta in self._heard(request):
            said += delta.text if isinstance(delta, TextDelta) else ""
            calls = calls or isinstance(delta, ToolCall)
            yield delta
        if not calls and await asyncio.to_thread(self._verdicts.unfounded, said, request):
            yield Aside(Sentence("nothing was done or saved, whatever it says: {model} used no tool", model=self.name))

    async def _heard(self, request: BrainRequest) -> AsyncIterator[Delta]:
        """The reply with the calls that are in it, however they are written."""
        messages = await asyncio.to_thread(wire.chat, request, self._verdicts)
        tools = {"tools": wire.functions(request.tools)} if request.tools else {}
        written = TextCalls(request, self.name)
        pieces: Iterable[Delta]
        try:
            async for delta in self.client.stream(messages, **tools):
                match delta:
                    case TextDelta():
                        pieces = written.feed(delta.text)
                    case ToolCall():
                        pieces = (*written.flush(), called(delta, request.tools))
                    case _:
                        pieces = (delta,)
                for piece in pieces:
                    yield piece
        except Exception:
            for piece in written.flush():
                yield piece
            raise
        for piece in written.end():
            yield piece

    def _capabilities(self) -> Capabilities:
        return capabilities(self.client.model, self.client.endpoint.host, self.client.litellm)


def called(call: ToolCall, tools: Sequence[Tool[Any]]) -> ToolCall:
    """``call`` by the tool's own name and with arguments that it takes, where it can be read so; else as it came, and
    the tool says what is wrong with it."""
    name = known(call.name, [tool.name for tool in tools])
    tool = next((tool for tool in tools if tool.name == name), None)
    if tool is None:
        return call
    arguments = fit_arguments(tool, call.arguments)
    return replace(call, name=tool.name, arguments=call.arguments if arguments is None else arguments)
