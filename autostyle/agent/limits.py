"""Where a turn ends even if the brain would go on: it took too much, or it goes in circles."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from autostyle import json_text
from autostyle.agent.events import Spent, TurnEnded
from autostyle.agent.messages import ToolCall, ToolMessage
from autostyle.errors import Refused
from autostyle.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    """What one turn may take.

    Args:
        steps: requests to the brain.
        seconds: of the brain and of free tools; waiting for a person and what they allowed do not count.
        price: US dollars of the whole conversation.
    """

    steps: int = 24
    seconds: float = 900.0
    price: float | None = None

    def exhausted_by(self, spent: Spent, brain: str) -> bool:
        """Whether the price is spent; raises Refused where nobody knows what ``brain`` costs."""
        if self.price is None:
            return False
        if spent.price is None:
            raise Refused(
                "nobody knows what {brain} costs, so the price limit cannot be kept",
                "take the limit away, or choose a model with a known price",
                brain=brain,
            )
        return spent.price >= self.price

    def ended(self, limit: Literal["steps", "time", "price"]) -> TurnEnded:
        """The end of a turn at one of these."""
        what, hint = {
            "steps": (
                Sentence("stopped after {steps} requests to the model", steps=self.steps),
                Sentence("say go on if it should"),
            ),
            "time": (
                Sentence("stopped after {minutes:g} minutes", minutes=self.seconds / 60),
                Sentence("say go on if it should"),
            ),
            "price": (
                Sentence("the price limit of ${price} is reached", price=self.price),
                Sentence("max_price under [model] sets it"),
            ),
        }[limit]
        return TurnEnded(limit, what, hint, Refused.exit_code)


STANDARD = Limits()


@contextmanager
def paused(clock: asyncio.Timeout) -> Iterator[None]:
    """The time inside does not count; a clock that does not run is left alone."""
    due = clock.when()
    if due is None:
        yield
        return
    loop = asyncio.get_running_loop()
    left = due - loop.time()
    clock.reschedule(None)
    try:
        yield
    finally:
        if not clock.expired():
            clock.reschedule(loop.time() + left)


SAME_ANSWER = 3
"""So many calls of a turn that are alike and are answered alike are too many."""
SAME_CALL = 6
"""So many in a row that are alike are, where the answers differ: asking whether something is done by now."""


class Repeats:
    """Counts the calls of one turn."""

    def __init__(self) -> None:
        self._answered: Counter[tuple[str, str, str]] = Counter()
        self._last = ("", "")
        self._row = 0

    def too_many(self, call: ToolCall, answer: ToolMessage) -> bool:
        """Whether ``call``, answered like this, was one too many."""
        key = (call.name, _plain(call.arguments))
        self._row = self._row + 1 if key == self._last else 1
        self._last = key
        self._answered[*key, answer.text] += 1
        return self._answered[*key, answer.text] >= SAME_ANSWER or self._row >= SAME_CALL


def _plain(arguments: str) -> str:
    """Arguments that mean the same, written the same."""
    try:
        return json.dumps(json_text.loads(arguments or "{}"), sort_keys=True)
    except ValueError:
        return arguments
