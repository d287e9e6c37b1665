"""A tool call: one line that opens to what was asked and answered."""

from __future__ import annotations

import json
from typing import Any

from textual.content import Content

from autostyle.agent.events import ToolFinished, ToolStarted
from autostyle.report.text import clean, one_line
from autostyle.tui.theme import MUTED
from autostyle.tui.widgets.fold import Fold

LEAST_TITLE, LEAST_NOTE = 24, 16
"""Cells that a title has at least beside how far its call is, and what went wrong beside the title."""
SHOWN = 6000
"""Characters of a call's data that are shown."""


class ToolLine(Fold):
    """One call.

    Args:
        started: what is called.
        language: of its title, and of what went wrong; the details stay as they are.
        counts: whether it is at work now; one of an earlier conversation took nobody knows how long.
    """

    def __init__(self, started: ToolStarted, language: str = "en", *, counts: bool = True) -> None:
        super().__init__()
        self._started = started
        self._language = language
        self._counts = counts
        self._finished: ToolFinished | None = None
        self._progress = ""

    def progress(self, text: str) -> None:
        """The tool is still at it."""
        self._progress = text
        self.go_on()
        self.redraw()

    def finish(self, finished: ToolFinished) -> None:
        """The tool has answered."""
        self._finished = finished
        self.end()

    def head(self, opened: bool) -> Content:
        from autostyle.agent.brains.replies import translate

        done = self._finished
        mark, color = ("…", "$accent") if done is None else ("✓", "$success") if done.ok else ("✗", "$error")
        wrong = "" if done is None or done.ok else translate(self._language, _why(done))
        note = one_line(translate(self._language, self._progress) if done is None else wrong, 160)
        took = self.took if self._counts else ""
        rest = Content.assemble((f"  {took}" if took else "", MUTED), (f"  {note}" if note else "", MUTED))
        title = Content(one_line(translate(self._language, self._started.title)))
        if self.size.width:  # how far it is, is told to its end
            wanted = rest.cell_length if done is None else min(rest.cell_length, LEAST_NOTE)
            room = max(LEAST_TITLE, self.size.width - wanted - 4)
            title = title.truncate(min(room, title.cell_length), ellipsis=True)
        return Content.assemble(("▾ " if opened else "▸ ", MUTED), (f"{mark} ", color), title, rest)

    def on_resize(self) -> None:
        """The line has more room, or less."""
        self.redraw()

    def details(self) -> str:
        parts = [f"{self._started.name} {_json(self._started.arguments)}"]
        if self._finished is not None:
            parts += [self._finished.text, _json(self._finished.data) if self._finished.data else ""]
        text = clean("\n".join(part for part in parts if part))
        return text if len(text) <= SHOWN else text[:SHOWN] + "\n…"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) if data else ""


def _why(failed: ToolFinished) -> str:
    """What went wrong, in a line."""
    from autostyle.agent.outputs import ToolFailure

    return failed.output.error if isinstance(failed.output, ToolFailure) else failed.text
