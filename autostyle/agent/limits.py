"""Where a turn ends even if the brain would go on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from autostyle.agent.events import Spent, TurnEnded
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
