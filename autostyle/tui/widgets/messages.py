"""What is said in the conversation: one widget a kind of block. Nothing from outside is read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownStream

from autostyle.report.text import clean
from autostyle.tui.theme import MUTED
from autostyle.tui.widgets.picture import CaptionedPicture


class UserText(Static):
    """What the person said."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(clean(text)), markup=False)


class AnswerText(Markdown):
    """What the brain says, as it comes."""

    def __init__(self) -> None:
        super().__init__(open_links=False)
        self._stream: MarkdownStream | None = None

    async def write(self, text: str) -> None:
        """Add a piece. The end of a line is meant, so it becomes Markdown's hard line break."""
        self._stream = self._stream or Markdown.get_stream(self)
        await self._stream.write(clean(text).replace("\n", "  \n"))

    async def finish(self) -> None:
        """Nothing more comes; returns once all of it is drawn."""
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.stop()


class Remark(Static):
    """What the app itself has to say: one or a few quiet lines."""

    def __init__(self, text: str, classes: str = "") -> None:
        super().__init__(Content(clean(text)), markup=False, classes=classes)


class Listing(Static):
    """Two columns: names, and what they mean."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        wide = max(len(name) for name, _ in rows) + 2
        lines = [Content.assemble((name.ljust(wide), "$primary"), (meaning, MUTED)) for name, meaning in rows]
        super().__init__(Content("\n").join(lines), markup=False)


class Trouble(Static):
    """What went wrong, and what to do about it."""

    def __init__(self, error: str, hint: str = "") -> None:
        parts: list[str | tuple[str, str]] = [("✗ ", "$error bold"), clean(error)]
        if hint:
            parts.append((f"\n  {clean(hint)}", MUTED))
        super().__init__(Content.assemble(*parts), markup=False)


class Gallery(Horizontal):
    """Pictures side by side."""

    def __init__(self, pictures: list[CaptionedPicture]) -> None:
        super().__init__(*pictures)
