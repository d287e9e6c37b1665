"""Ways to talk to the language model's brain in tests."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from autostyle.agent.brain import BrainRequest, Delta
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.messages import Message, UserMessage
from autostyle.config import ModelConfig
from autostyle.errors import AutostyleError
from tests.agent.fakes import tool


def brain(url: str, name: str = "openai/local", timeout: float = 5.0, **model: Any) -> LanguageBrain:
    return LanguageBrain(Client(ModelConfig(name=name, api_base=url, timeout=timeout, **model), pauses=(0.01, 0.01)))


def reply(brain: LanguageBrain, *messages: Message) -> list[Delta]:
    """All that the brain says to ``messages``."""

    async def all_of_it() -> list[Delta]:
        await brain.ready()
        request = BrainRequest(messages or (UserMessage("hi"),), (tool(),))
        deltas = [delta async for delta in brain.stream(request)]
        await brain.close()
        return deltas

    return asyncio.run(all_of_it())


def error_of(brain: LanguageBrain) -> AutostyleError:
    with pytest.raises(AutostyleError) as caught:
        reply(brain)
    return caught.value
