"""The line at the foot about everything that runs: brain, device, trials, time left, price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from rich.cells import cell_len
from textual.reactive import reactive
from textual.widgets import Static

from autostyle.report.text import clock, one_line
from autostyle.tui.leaving import drawing

EVERY = 1.0
"""Seconds between two looks at the clock while a search runs."""


@dataclass(frozen=True)
class StatusFields:
    """What the line says; what is empty or None is left out."""

    brain: str = ""
    device: str = ""
    weights: str = ""
    trials: str = ""
    doing: str = ""
    left: float | None = None
    tokens: int = 0
    price: float | None = None
    language: str = "en"
    pictures: int = 0
    queued: int = 0
    since: float | None = None
    told: float = 0.0
    elapsed: float | None = None

    def at(self, now: float) -> StatusFields:
        """What is true ``now``: a search that runs goes on between two words of it.

        ``since`` is when it began and ``told`` when ``left`` was told, on the same clock.
        """
        if self.since is None:
            return self
        left = None if self.left is None else max(1.0, self.left - (now - self.told))
        return replace(self, elapsed=now - self.since, left=left)

    def text(self, width: int) -> str:
        """The line in at most ``width`` cells: what matters least goes first."""
        from autostyle.agent.brains.replies import say, translate

        by_weight = [
            self._far(),
            self._time(),
            translate(self.language, self.doing),
            say(self.language, "status:queued", n=self.queued) if self.queued else "",
            self.brain,
            dollars(self.price) if self.tokens and self.price is not None else "",
            say(self.language, "status:tokens", n=thousands(self.tokens)) if self.tokens else "",
            self.device,
            translate(self.language, self.weights),
        ]
        order = (4, 7, 8, 2, 0, 1, 3, 6, 5)
        kept = [part for part in by_weight if part]
        while kept and cell_len(" · ".join(kept)) > width:
            kept.pop()
        return " · ".join(by_weight[i] for i in order if by_weight[i] in kept and by_weight[i])

    def _time(self) -> str:
        """How long the search has been at it, and how long it still takes."""
        from autostyle.agent.brains.replies import say

        said = [("status:elapsed", self.elapsed), ("status:left", self.left)]
        return ", ".join(say(self.language, key, time=clock(seconds)) for key, seconds in said if seconds)

    def _far(self) -> str:
        """How far the search is."""
        from autostyle.agent.brains.replies import say

        done, _, total = self.trials.partition("/")
        if not total:
            return ""
        if self.pictures > int(done):
            return say(self.language, "status:runs", done=done, total=total, pictures=self.pictures)
        return say(self.language, "status:trials", done=done, total=total)


def thousands(number: int) -> str:
    """``940``, ``12.4k``, ``1.2M``."""
    for divisor, unit in ((1_000_000, "M"), (1000, "k")):
        if number >= divisor:
            return f"{number / divisor:.1f}{unit}"
    return str(number)


def dollars(price: float) -> str:
    """``$0.12``; a fraction of a cent is not nothing."""
    return "<$0.01" if 0 < price < 0.01 else f"${price:.2f}"


class StatusLine(Static):
    """The line on the screen."""

    status: reactive[StatusFields] = reactive(StatusFields(), layout=True)

    def on_mount(self) -> None:
        self.set_interval(EVERY, self._tick)

    @drawing
    def tell(self, **news: Any) -> None:
        """Put news into the line, by the names of :class:`StatusFields`."""
        if "left" in news:
            news["told"] = monotonic()
        self.status = replace(self.status, **news)

    def _tick(self) -> None:
        if self.status.since is not None:
            self.refresh()

    def render(self) -> str:
        return one_line(self.status.at(monotonic()).text(max(self.content_size.width, 1)))
