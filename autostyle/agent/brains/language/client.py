"""One request to the model's server, asked again where that may help."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import cached_property
from typing import Any

from autostyle.agent.brain import Aside, Delta
from autostyle.agent.brains.language import library
from autostyle.agent.brains.language.endpoint import Endpoint, endpoint
from autostyle.agent.brains.language.failures import (
    MOST_WAITED,
    NO_MODEL,
    OTHER_ADDRESS,
    OTHER_MODELS,
    ModelFailure,
    describe_failure_in_words,
    failure_of,
)
from autostyle.agent.brains.language.faults import wanted_pause
from autostyle.agent.brains.language.offers import models_at, shows_no_tools
from autostyle.agent.brains.language.reply import Reply
from autostyle.agent.brains.language.thinking import Sorter
from autostyle.config import ModelConfig
from autostyle.errors import AutostyleError
from autostyle.sentences import Sentence

PAUSES = (0.5, 2.0)
"""Seconds before a request is made a second and a third time."""


class Client:
    """Speaks to one model. :meth:`load` comes first.

    Args:
        model: as the settings name it.
        pauses: seconds before each further try.
    """

    def __init__(self, model: ModelConfig, pauses: Sequence[float] = PAUSES) -> None:
        self.model = model
        self._pauses = tuple(pauses)
        self._wary = True
        self._own: Any = None
        self.endpoint: Endpoint

    @cached_property
    def litellm(self) -> Any:
        return library.load()

    async def load(self) -> None:
        """Import litellm, in a thread, and find the server; raises Missing where there is none of that name."""
        if not hasattr(self, "endpoint"):
            self.endpoint = await asyncio.to_thread(lambda: endpoint(self.model, self.litellm))

    async def stream(self, messages: list[dict[str, Any]], **options: Any) -> AsyncIterator[Delta]:
        """The reply, piece by piece; once it has begun it is not asked for again.

        Raises:
            Missing, Refused: as :mod:`failures` tells them.
        """
        pauses = iter(self._pauses)
        while True:
            begun = False
            try:
                async for delta in self._once(messages, options):
                    begun = True
                    yield delta
                return
            except Exception as error:
                failure = failure_of(error)
                if failure is None:
                    raise
                wrong = await self._told(failure, error, first=_is_first(messages))
                pause = max(next(pauses, MOST_WAITED + 1), wanted_pause(error))
                if begun or not failure.again or pause > MOST_WAITED:
                    raise wrong from error
            yield Aside(Sentence("{problem}; asking again in {pause:g} s", problem=wrong.message, pause=pause))
            await asyncio.sleep(pause)

    async def shows_no_tools(self) -> bool:
        """Whether the server says that the model's template leaves the tools out; False where it does not say."""
        return self.endpoint.own and await shows_no_tools(str(self.endpoint.base), self.endpoint.key)

    async def close(self) -> None:
        """Close the connections kept open on this event loop."""
        if self._own is not None:
            own, self._own = self._own, None
            await own.close()
        if "litellm" in self.__dict__:
            from litellm.llms.custom_httpx.async_client_cleanup import close_litellm_async_clients

            await close_litellm_async_clients()

    async def _once(self, messages: list[dict[str, Any]], options: dict[str, Any]) -> AsyncIterator[Delta]:
        # A provider tells reasoning apart; of another server that is known once it has said something.
        reply = Reply(Sorter(wary=self._wary and self.endpoint.base is not None))
        seconds = self.model.timeout
        async with asyncio.timeout(seconds):
            chunks = await self.litellm.acompletion(
                model=self.endpoint.model,
                messages=messages,
                stream=True,
                stream_options={"include_usage": True},
                timeout=seconds + 1,  # ours, which also sees a stream that stalls, comes first
                max_retries=0,
                api_base=self.endpoint.base,
                api_key=self.endpoint.key,
                client=self._connections(),
                **options,
            )
        try:
            while True:
                async with asyncio.timeout(seconds):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    break
                for delta in reply.feed(chunk):
                    yield delta
                if reply.finish == "babble":
                    break
        except Exception:
            for delta in reply.sorter.end():
                yield delta
            raise
        finally:
            await chunks.aclose()
        for delta in reply.rest(self._price(reply.usage)):
            yield delta
        self._wary = reply.sorter.wary_of_the_next

    def _connections(self) -> Any:
        """The connections to a server of one's own, whose answers are mended; None leaves them to litellm."""
        if not self.endpoint.own:
            return None
        if self._own is None:
            import httpx
            from litellm.llms.custom_httpx.http_handler import get_ssl_configuration
            from openai import AsyncOpenAI

            from autostyle.agent.brains.language.repair import mend

            self._own = AsyncOpenAI(
                api_key=self.endpoint.key,
                base_url=self.endpoint.base,
                max_retries=0,
                default_headers={"accept-encoding": "identity"},  # mended as it comes
                http_client=httpx.AsyncClient(
                    verify=get_ssl_configuration(),
                    timeout=self.model.timeout + 1,
                    follow_redirects=True,
                    event_hooks={"response": [mend]},
                ),
            )
        return self._own

    def _price(self, usage: Any) -> float | None:
        """US dollars by litellm's list; what is not on it costs nothing on this machine, and elsewhere who knows."""
        unlisted = None if self.endpoint.host else 0.0
        if usage is None:
            return unlisted
        try:
            return float(sum(self.litellm.cost_per_token(model=self.model.name, usage_object=usage)))
        except Exception:  # ModelNotMappedError, and others with providers it knows half
            return unlisted

    async def _told(self, failure: ModelFailure, error: Exception, *, first: bool) -> AutostyleError:
        model, place = self.model, self.endpoint
        keys = " or ".join(place.keys)
        more: dict[str, object] = {}
        if failure is NO_MODEL and place.base is not None:
            if models := await models_at(place.base, place.key):
                first_one = f"{str(model.name).partition('/')[0]}/{models[0]}"
                failure, more = OTHER_MODELS, {"models": ", ".join(models), "first": first_one}
            elif not place.base.rstrip("/").endswith("/v1") and await models_at(f"{place.base}/v1", place.key):
                failure = OTHER_ADDRESS
        return describe_failure_in_words(
            failure, error, opening=first, model=model.name, where=place.where, keys=keys, seconds=model.timeout, **more
        )


def _is_first(messages: Sequence[dict[str, Any]]) -> bool:
    """Whether the model has said nothing yet."""
    return not any(message["role"] == "assistant" for message in messages)
