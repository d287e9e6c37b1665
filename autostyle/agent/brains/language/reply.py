"""A streamed reply, put together from its chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autostyle.agent.brain import Aside, Delta, Text, Thought, Usage
from autostyle.agent.messages import ToolCall


@dataclass
class _Call:
    index: int
    id: str | None
    name: str = ""
    arguments: str = ""


@dataclass
class Reply:
    """What has arrived so far. Feed it every chunk, then take the rest."""

    calls: list[_Call] = field(default_factory=list)
    usage: Any = None
    finish: str | None = None

    def feed(self, chunk: Any) -> Iterator[Delta]:
        """Take a chunk of litellm's; gives its thoughts and its text."""
        self.usage = getattr(chunk, "usage", None) or self.usage
        for choice in chunk.choices[:1]:
            self.finish = choice.finish_reason or self.finish
            if thought := getattr(choice.delta, "reasoning_content", None) or getattr(choice.delta, "reasoning", None):
                yield Thought(str(thought))
            if choice.delta.content:
                yield Text(choice.delta.content)
            for fragment in choice.delta.tool_calls or ():
                self._take(fragment)

    def rest(self, price: float | None) -> Iterator[Delta]:
        """The calls, whole now, and what the reply cost at ``price``."""
        for call in self.calls:
            yield ToolCall(call.id or "", call.name, call.arguments)
        if self.finish == "length":
            yield Aside("the answer was cut off at the longest this model may give")
        if self.usage is not None:
            yield Usage(self.usage.prompt_tokens or 0, self.usage.completion_tokens or 0, price)
        else:
            yield Usage(0, 0, price)

    def _take(self, fragment: Any) -> None:
        """Some servers give every call the index 0, others repeat the id in every fragment: a new id, a new call."""
        index = fragment.index or 0
        call = next((call for call in reversed(self.calls) if call.index == index), None)
        if call is None or (fragment.id and call.id and fragment.id != call.id):
            call = _Call(index, fragment.id or None)
            self.calls.append(call)
        call.id = call.id or fragment.id or None
        if fragment.function is not None:
            call.name = call.name or fragment.function.name or ""
            call.arguments += fragment.function.arguments or ""
