"""What a model thinks before it speaks: one line that opens to all of it."""

from __future__ import annotations

from textual.content import Content

from autostyle.report.text import clean, one_line
from autostyle.tui.theme import MUTED
from autostyle.tui.widgets.fold import Fold

SHOWN = 20_000
"""Characters of it that are shown, the last."""
LATEST = 200
"""Characters that the line shows while it grows."""


class Reasoning(Fold):
    """One stretch of it; drawn once a second, however fast it comes.

    Args:
        language: of the line; the thoughts stay as they are.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._text = ""

    def add(self, text: str) -> None:
        """The next piece."""
        self._text += text

    def head(self, opened: bool) -> Content:
        from autostyle.agent.brains.replies import say

        done = self._ended is not None
        latest = "" if done or opened else one_line(self._text[-LATEST:].rpartition("\n")[2])
        return Content.assemble(
            ("▾ " if opened else "▸ ", MUTED),
            ("  " if done else "… ", "$accent"),
            (say(self._language, "busy:thought" if done else "busy:thinking"), MUTED),
            (f"  {self.took}" if self.took else "", MUTED),
            (f"  {latest}" if latest else "", MUTED),
        )

    def details(self) -> str:
        text = clean(self._text).strip()
        return text if len(text) <= SHOWN else f"…{text[-SHOWN:]}"
