"""The chat model asked about pictures, outside the conversation, for an answer as data."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from autostyle.agent.brain import TextDelta, Usage
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.pictures import part
from autostyle.agent.messages import Attachment
from autostyle.agent.workspace import M
from autostyle.errors import AutostyleError, Missing, wrong
from autostyle.json_text import objects


class ChatVisionModel:
    """See :class:`autostyle.agent.workspace.VisionModel`.

    Args:
        brain: whose model looks.
        shown: whether the person lets these pictures be sent.
        spend: told what it cost.
    """

    def __init__(
        self,
        brain: LanguageBrain,
        shown: Callable[[Sequence[Path]], Awaitable[bool]],
        spend: Callable[[Usage], None],
    ) -> None:
        self.name = brain.name
        self._brain = brain
        self._shown = shown
        self._spend = spend

    async def look(self, pictures: Sequence[Path], question: str, answer: type[M]) -> M | None:
        await self._brain.ready()
        if not self._brain.capabilities.vision or not await self._shown(pictures):
            return None
        parts = await asyncio.to_thread(lambda: [part(Attachment.of(path)) for path in pictures])
        messages: list[dict[str, Any]] = [{"role": "system", "content": question}, {"role": "user", "content": parts}]
        said: list[str] = []
        for _ in range(2):
            said.append(await self._said(messages, answer))
            try:
                return answer.model_validate_json(said[-1])
            except ValidationError as error:
                told = f"That is not the JSON asked for. {wrong(error)}. Answer again, with the JSON only."
                messages += [{"role": "assistant", "content": said[-1]}, {"role": "user", "content": told}]
        for found in (data for text in reversed(said) for data in objects(text)):
            try:
                return answer.model_validate({name: found[name] for name in answer.model_fields if name in found})
            except ValidationError:
                continue
        raise Missing("{name} looked, but gave no answer of the form asked for", "choose another model", name=self.name)

    async def _said(self, messages: list[dict[str, Any]], answer: type[M]) -> str:
        try:
            return await self._text(messages, response_format=answer)
        except AutostyleError as error:
            if type(error.__cause__).__name__ not in ("BadRequestError", "UnsupportedParamsError"):
                raise
            return await self._text(messages)  # a server that knows no response formats

    async def _text(self, messages: list[dict[str, Any]], **options: Any) -> str:
        text = ""
        async for delta in self._brain.client.stream(messages, **options):
            match delta:
                case TextDelta():
                    text += delta.text
                case Usage():
                    self._spend(delta)
        return text
