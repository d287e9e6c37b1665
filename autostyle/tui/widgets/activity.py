"""Above the prompt: what is being done and for how long, and what was said and waits for its turn."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Literal

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from autostyle.report.text import clock, one_line
from autostyle.tui.theme import MUTED

AT_ONCE = 0.2
"""Seconds after which it shows: an answer that is there sooner needs no word about it."""
EVERY = 1.0
MOST = 3
"""Waiting messages that are shown."""
Doing = Literal["thinking", "writing", "working"]


class Activity(Static):
    """What the brain is at, and for how long."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._doing: Doing | None = None
        self._since = 0.0
        self._language: str = "en"
        self._timer: Timer | None = None

    def tell(self, doing: Doing | None, language: str) -> None:
        """It is at this now, or at nothing; the same again counts on."""
        if doing == self._doing:
            return
        if doing is None or self._doing is None:
            self._since = monotonic()
        elif doing == "thinking":
            self._since = monotonic()  # a new request to the brain
        self._doing, self._language = doing, language
        if doing is None:
            if self._timer is not None:
                self._timer.stop()
            self._timer = None
            self.remove_class("-shown")
        elif self._timer is None:
            self._timer = self.set_timer(AT_ONCE, self._show)
        elif self.has_class("-shown"):
            self._draw()

    def _show(self) -> None:
        self._timer = self.set_interval(EVERY, self._draw)
        self._draw()
        self.add_class("-shown")

    def _draw(self) -> None:
        if self._doing is None:
            return
        from autostyle.agent.brains.replies import say

        seconds = monotonic() - self._since
        parts = [say(self._language, f"busy:{self._doing}"), clock(seconds), say(self._language, "busy:stop")]
        self.update(Content.assemble(("… ", "$accent"), (" · ".join(parts), MUTED)))


class Waiting(Static):
    """What was said while something else is being answered."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.display = False

    def show(self, said: Sequence[str], language: str) -> None:
        """Draw it, the next first."""
        self.display = bool(said)
        if not said:
            return
        from autostyle.agent.brains.replies import say

        name = say(language, "busy:waits")
        lines = [Content.assemble((f"{name}  ", "$accent"), (one_line(text), MUTED)) for text in said[:MOST]]
        if len(said) > MOST:
            lines.append(Content.styled(f"{name}  +{len(said) - MOST}", MUTED))
        self.update(Content("\n").join(lines))
