"""The request that is being answered: where its progress goes, and how the person behind the client is asked.

Up to the protocol of 2025 a question is a request of the server's own in the midst of a call. From 2026 on a call ends
with the question and is made again with the answer, so everything before a question must be free of effects, or be
there already the second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from autostyle.agent.brains.replies import say


class InputNeeded(Exception):
    """The call waits for an answer.

    Args:
        key: of the question.
        question: for the client.
    """

    def __init__(self, key: str, question: types.ElicitRequest) -> None:
        super().__init__(key)
        self.key = key
        self.question = question


@dataclass
class AskedCall:
    """One call of a client.

    Args:
        context: the SDK's.
        answers: what was answered to questions of this call so far, by their keys.
    """

    context: ServerRequestContext[Any]
    answers: dict[str, str] = field(default_factory=dict)
    _far: float = 0.0

    async def progress(self, far: float, total: float | None, text: str) -> None:
        """Tell the client, if it wants to know; ``far`` never goes back."""
        self._far = max(far, self._far)
        await self.context.session.report_progress(self._far, total, text)

    async def step(self, text: str) -> None:
        """Tell a line of a work whose length nobody knows."""
        await self.progress(self._far + 1, None, text)

    async def ask(self, question: str, answers: Sequence[str]) -> str | None:
        """The person's answer to ``question``, one of ``answers``; None where the client cannot ask."""
        if not self._can_ask:
            return None
        key = hashlib.sha256(question.encode()).hexdigest()
        if key in self.answers:
            return self.answers[key] if self.answers[key] in answers else "no"
        asked = types.ElicitRequestFormParams(message=question, requested_schema=_schema(answers))
        if self.context.protocol_version in MODERN_PROTOCOL_VERSIONS:
            raise InputNeeded(key, types.ElicitRequest(params=asked))
        try:
            answer = await self.context.session.elicit_form(
                asked.message, asked.requested_schema, related_request_id=self.context.request_id
            )
        except MCPError:  # it said that it can, and could not
            return None
        return meaning(answer, answers)

    @property
    def _can_ask(self) -> bool:
        can = self.context.session.client_capabilities
        modes = None if can is None else can.elicitation
        return modes is not None and (modes.form is not None or modes.url is None)


def meaning(answer: Any, answers: Sequence[str]) -> str:
    """What a client answered: a form that was sent off without a choice means yes, this once."""
    said = types.ElicitResult.model_validate(
        answer if isinstance(answer, Mapping) else answer.model_dump(by_alias=True)
    )
    if said.action != "accept":
        return "no"
    chosen = (said.content or {}).get("answer", "once")
    return chosen if isinstance(chosen, str) and chosen in answers else "no"


def _schema(answers: Sequence[str]) -> dict[str, Any]:
    shown = [say("en", f"may:{name}") for name in answers]
    choice = {"type": "string", "title": "Answer", "enum": list(answers), "enumNames": shown}
    return {"type": "object", "properties": {"answer": choice}, "required": ["answer"]}


current: ContextVar[AskedCall] = ContextVar("current")
"""The call that this task answers."""
