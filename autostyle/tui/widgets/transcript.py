"""The conversation so far. It stays at its end until somebody scrolls, and stays fast however long it grows."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.widget import Widget

from autostyle.sentences import Sentence
from autostyle.tui.widgets.messages import Remark

MOST = 100
"""Blocks on the screen; each costs time whenever anything moves, and the conversation's file keeps all."""
FEWER = 60
"""Blocks that stay when the oldest are let go."""


class Transcript(VerticalScroll, can_focus=False):
    """Blocks from top to bottom.

    Args:
        told: what is said here, in the person's language.
        blocks: the first ones.
    """

    def __init__(self, told: Callable[[str], str], *blocks: Widget) -> None:
        super().__init__(*blocks)
        self._told = told

    def on_mount(self) -> None:
        self.anchor()

    async def add(self, block: Widget, before: Widget | None = None) -> None:
        """Put ``block`` at the end, or before another."""
        await self.mount(block, before=before)
        if len(self.children) > MOST:
            for old in self.children[:-FEWER]:
                old.remove()
            first = self.children[-FEWER]
            await self.mount(
                Remark(self._told(Sentence("earlier messages are in the conversation's file")), classes="pruned"),
                before=first,
            )

    async def clear(self) -> None:
        """Take everything away."""
        await self.remove_children()
