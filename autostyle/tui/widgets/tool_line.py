"""A tool call: one line that opens to what was asked and answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from autostyle.agent.events import ToolFinished, ToolStarted
from autostyle.report.text import clean, one_line
from autostyle.tui.theme import MUTED

if TYPE_CHECKING:
    from autostyle.agent.understanding.model import Language

SHOWN = 6000
"""Characters of a call's data that are shown."""


class ToolLine(Vertical, can_focus=True):
    """One call; Enter or a click opens it.

    Args:
        started: what is called.
        language: of its title, and of what went wrong; the details stay as they are.
    """

    BINDINGS = [Binding("enter,space", "open", "Open or close")]

    def __init__(self, started: ToolStarted, language: Language = "en") -> None:
        super().__init__()
        self._started = started
        self._language = language
        self._finished: ToolFinished | None = None
        self._progress = ""

    def compose(self) -> ComposeResult:
        yield Static(self._head(), classes="head", markup=False)
        body = Static("", classes="body", markup=False)
        body.display = False
        yield body

    def progress(self, text: str) -> None:
        """The tool is still at it."""
        self._progress = one_line(text)
        self._redraw()

    def finish(self, finished: ToolFinished) -> None:
        """The tool has answered."""
        self._finished = finished
        self._redraw()

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        body = self.query_one(".body", Static)
        body.display = not body.display
        self._redraw()

    def _redraw(self) -> None:
        if not self.is_mounted:
            return
        body = self.query_one(".body", Static)
        self.query_one(".head", Static).update(self._head(body.display))
        if body.display:
            body.update(Content(self._details()))

    def _head(self, opened: bool = False) -> Content:
        from autostyle.agent.brains.replies import titled, translated

        done = self._finished
        mark, color = ("…", "$accent") if done is None else ("✓", "$success") if done.ok else ("✗", "$error")
        wrong = "" if done is None or done.ok else translated(self._language, done.data.get("error") or done.text)
        note = self._progress if done is None else one_line(wrong, 160)
        return Content.assemble(
            ("▾ " if opened else "▸ ", MUTED),
            (f"{mark} ", color),
            one_line(titled(self._language, self._started.title)),
            (f"  {note}" if note else "", MUTED),
        )

    def _details(self) -> str:
        parts = [f"{self._started.name} {_json(self._started.arguments)}"]
        if self._finished is not None:
            parts += [self._finished.text, _json(self._finished.data) if self._finished.data else ""]
        text = clean("\n".join(part for part in parts if part))
        return text if len(text) <= SHOWN else text[:SHOWN] + "\n…"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) if data else ""
