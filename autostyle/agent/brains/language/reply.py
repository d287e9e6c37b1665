"""A streamed reply, put together from its chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autostyle import json_text
from autostyle.agent.brain import Aside, Delta, ThoughtDelta, Usage
from autostyle.agent.brains.language.repetition import RepetitionDetector
from autostyle.agent.brains.language.thinking import Sorter
from autostyle.agent.messages import ToolCall
from autostyle.report.text import clean
from autostyle.sentences import Sentence

CUT_OFF = {
    "length": Sentence("the answer was cut off at the longest this model may give"),
    "babble": Sentence("the answer was cut off: the model says the same over and over"),
    "content_filter": Sentence("the answer was cut off by the provider's filter"),
}
"""Ends of a reply that are none of the model's."""


@dataclass
class _Call:
    index: int
    id: str | None
    name: str = ""
    arguments: str = ""

    def ends_before(self, name: str, arguments: str) -> bool:
        """Whether a fragment of this name and these arguments belongs to another call."""
        if not (name and self.name and arguments and self.arguments):
            return False
        try:
            json_text.loads(self.arguments)
        except ValueError:
            return False
        return True


@dataclass
class Reply:
    """What has arrived so far. Feed it every chunk, then take the rest."""

    sorter: Sorter = field(default_factory=Sorter)
    calls: list[_Call] = field(default_factory=list)
    usage: Any = None
    finish: str | None = None
    babble: RepetitionDetector = field(default_factory=RepetitionDetector)

    def feed(self, chunk: Any) -> Iterator[Delta]:
        """Take a chunk of litellm's; gives its thoughts and its text. ``finish`` is ``babble`` once it goes nowhere."""
        self.usage = getattr(chunk, "usage", None) or self.usage
        for choice in (chunk.choices or ())[:1]:
            self.finish = choice.finish_reason or self.finish
            if thought := getattr(choice.delta, "reasoning_content", None) or getattr(choice.delta, "reasoning", None):
                self.sorter.trust()
                yield ThoughtDelta(clean(str(thought)))
            if self.babble.hears(str(thought or "") + (choice.delta.content or "")):
                self.finish = "babble"
            if choice.delta.content:
                yield from self.sorter.feed(choice.delta.content)
            for fragment in choice.delta.tool_calls or ():
                self._take(fragment)

    def rest(self, price: float | None) -> Iterator[Delta]:
        """What was held back of the text, the calls, whole now, and what the reply cost at ``price``."""
        yield from self.sorter.end()
        for call in self.calls:
            yield ToolCall(call.id or "", call.name, call.arguments)
        if self.finish in CUT_OFF:
            yield Aside(CUT_OFF[self.finish])
        if self.usage is not None:
            yield Usage(self.usage.prompt_tokens or 0, self.usage.completion_tokens or 0, price)
        else:
            yield Usage(0, 0, price)

    def _take(self, fragment: Any) -> None:
        """Some servers give every call the index 0, others repeat id and name in every fragment: a new id, or a name
        once the arguments are whole, begins a new call."""
        index = fragment.index or 0
        function = fragment.function
        name, arguments = (function.name or "", function.arguments or "") if function is not None else ("", "")
        call = next((call for call in reversed(self.calls) if call.index == index), None)
        if call is None or (fragment.id and call.id and fragment.id != call.id) or call.ends_before(name, arguments):
            call = _Call(index, fragment.id or None)
            self.calls.append(call)
        call.id = call.id or fragment.id or None
        call.name += name if not call.arguments and name != call.name else ""
        call.arguments += arguments
