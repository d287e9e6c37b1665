"""A line that opens to more: Enter or a click."""

from __future__ import annotations

from time import monotonic

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.timer import Timer
from textual.widgets import Static

from autostyle.report.text import clock
from autostyle.sentences import Sentence

EVERY = 1.0
"""Seconds between two drawings of a line that counts them."""


class Fold(Vertical, can_focus=True):
    """One line and what is folded behind it. As long as it is at work, the line counts the seconds."""

    BINDINGS = [Binding("enter,space", "open", Sentence("Open or close"))]

    def __init__(self) -> None:
        super().__init__()
        self._began = monotonic()
        self._ended: float | None = None
        self._holds = False
        self._counting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(self.head(False), classes="head", markup=False)
        body = Static("", classes="body", markup=False)
        body.display = False
        yield body

    def on_mount(self) -> None:
        if self._ended is None:
            self._counting = self.set_interval(EVERY, self.redraw)
        self.redraw()

    def head(self, opened: bool) -> Content:
        """The line."""
        raise NotImplementedError

    def details(self) -> str:
        """What is folded behind it."""
        raise NotImplementedError

    @property
    def took(self) -> str:
        """How long it took, or takes so far; empty below a second, and while somebody else is waited for."""
        if self._holds:
            return ""
        seconds = (self._ended or monotonic()) - self._began
        return clock(seconds) if seconds >= 1 else ""

    def hold(self) -> None:
        """It waits for the person, whose time is not its own."""
        self._holds = True
        self.redraw()

    def go_on(self) -> None:
        """It is at work again, as if it began now."""
        if self._holds:
            self._holds, self._began = False, monotonic()

    def end(self) -> None:
        """It is done."""
        self._ended = monotonic()
        if self._counting is not None:
            self._counting.stop()
        self.redraw()

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        body = self.query_one(".body", Static)
        body.display = not body.display
        self.redraw()

    def redraw(self) -> None:
        """Draw what has changed."""
        if not self.is_mounted:
            return
        body = self.query_one(".body", Static)
        self.query_one(".head", Static).update(self.head(body.display))
        if body.display:
            body.update(Content(self.details()))
