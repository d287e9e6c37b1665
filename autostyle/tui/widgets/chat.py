"""The conversation as widgets: what the agent's events look like, and where the person is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from autostyle.agent import events
from autostyle.agent.brains.replies import translated
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage
from autostyle.tui.widgets.messages import AnswerText, Gallery, Listing, Remark, Said, Trouble
from autostyle.tui.widgets.picture import Picture
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import Answer, Question
from autostyle.tui.widgets.tool_line import ToolLine
from autostyle.tui.widgets.transcript import Transcript
from autostyle.tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from autostyle.agent.understanding.model import Language

MOST_PICTURES = 4
"""Pictures of one answer that are shown side by side."""
MOST_REPLAYED = 100
"""Messages of an earlier conversation that are drawn again."""
ENDINGS = {
    "stopped": "stopped; what came of it is kept",
    "steps": "stopped: too many steps for one answer; say how to go on",
    "time": "stopped: this answer took too long; say how to go on",
    "price": "stopped: the price limit of this conversation is reached",
}


class Chat(Vertical):
    """Transcript above, prompt or question below.

    Args:
        commands: for the prompt's completion.
    """

    def __init__(self, commands: Sequence[tuple[str, str, bool]], id: str | None = None) -> None:
        super().__init__(id=id)
        self.transcript = Transcript(Welcome())
        self.prompt = Prompt(commands)
        self._answer: AnswerText | None = None
        self._tools: dict[str, ToolLine] = {}
        self._asking = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield self.transcript
        yield self.prompt

    async def show(self, event: events.Event, language: Language = "en") -> None:
        """Draw what the agent did, with captions in the person's language."""
        match event:
            case events.Said():
                await self._write(event.text)
            case events.ToolStarted():
                self._tools[event.call] = ToolLine(event, language)
                await self._add(self._tools[event.call])
            case events.ToolProgressed() if event.call in self._tools:
                self._tools[event.call].progress(event.text)
            case events.ToolFinished():
                await self._finish(event, language)
            case events.Noted():
                await self.remark(translated(language, event.text))
            case events.TurnEnded():
                await self._end(event, language)

    async def said(self, text: str) -> None:
        """Draw what the person said, and be at the end of the conversation."""
        await self._add(Said(text))
        self.transcript.anchor()

    async def tell(self, markdown: str) -> None:
        """Draw a whole answer of the app's own."""
        await self._write(markdown)
        await self._close_answer()

    async def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Draw two columns."""
        await self._add(Listing(rows))

    async def remark(self, text: str) -> None:
        """Draw a quiet line."""
        await self._add(Remark(text))

    async def trouble(self, error: str, hint: str = "") -> None:
        """Draw an error."""
        await self._add(Trouble(error, hint))

    async def show_pictures(self, paths: Sequence[Path], data: Mapping[str, Any], language: Language = "en") -> None:
        """Draw the first few of these side by side; ``data`` tells which trials they are of."""
        if paths:
            from autostyle.tui.captions import captions

            few = paths[:MOST_PICTURES]
            named = zip(captions(few, data, language), few, strict=True)
            await self._add(Gallery([Picture(caption, path) for caption, path in named]))

    async def begin(self) -> None:
        """Be empty, for another conversation."""
        await self._close_answer()
        self._tools.clear()
        await self.transcript.clear()
        await self.transcript.add(Welcome())

    async def ask(
        self,
        title: str,
        answers: Sequence[Answer],
        otherwise: Any = None,
        *,
        picked: int = 0,
    ) -> Any:
        """Ask in place of the prompt, one question at a time; ``otherwise`` is what Esc means."""
        async with self._asking:
            question = Question(title, answers, otherwise, picked)
            self.add_class("asking")
            try:
                await self.mount(question)
                return await question.answered
            finally:
                if self.is_attached:  # not when the app is leaving
                    self.remove_class("asking")
                    await question.remove()
                    self.prompt.line.focus()

    async def replay(self, history: Sequence[Message], language: Language = "en") -> None:
        """Draw a conversation that is taken up again, its end at least."""
        if not history:
            return
        from autostyle.tui.direct import title

        for message in history[-MOST_REPLAYED:]:
            match message:
                case UserMessage():
                    await self.said(message.text)
                case AssistantMessage():
                    if message.text:
                        await self.tell(message.text)
                    for call in message.calls:
                        await self.show(events.ToolStarted(call.id, call.name, title(call)), language)
                case ToolMessage():
                    pictures = tuple(str(picture.path) for picture in message.pictures)
                    await self.show(
                        events.ToolFinished(
                            message.call, message.name, message.ok, message.text, message.data, pictures
                        ),
                        language,
                    )
                case Notice():
                    await self.show_pictures([picture.path for picture in message.pictures], message.data, language)

    async def _write(self, text: str) -> None:
        if self._answer is None:
            self._answer = answer = AnswerText()
            await self.transcript.add(answer)
        await self._answer.write(text)

    async def _close_answer(self) -> None:
        if self._answer is not None:
            answer, self._answer = self._answer, None
            await answer.finish()

    async def _add(self, block: Widget) -> None:
        await self._close_answer()
        await self.transcript.add(block)

    async def _finish(self, event: events.ToolFinished, language: Language) -> None:
        if line := self._tools.pop(event.call, None):
            line.finish(event)
        await self.show_pictures([Path(picture) for picture in event.pictures], event.data, language)

    async def _end(self, event: events.TurnEnded, language: Language) -> None:
        await self._close_answer()
        if event.reason in ("error", "repeated"):
            await self.trouble(translated(language, event.error), translated(language, event.hint))
        elif event.reason in ENDINGS:
            await self.remark(ENDINGS[event.reason])
