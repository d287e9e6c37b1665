"""The conversation as widgets: what the agent's events look like, and where the person is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message as TextualMessage
from textual.widget import Widget

from autostyle.agent import events
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage
from autostyle.sentences import Sentence
from autostyle.tui.leaving import drawing
from autostyle.tui.widgets.activity import Activity, Waiting
from autostyle.tui.widgets.messages import AnswerText, Gallery, Listing, Remark, Trouble, UserText
from autostyle.tui.widgets.offers import Offers
from autostyle.tui.widgets.picture import CaptionedPicture
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import AnswerOption, FreeText, Question, TypedAnswer
from autostyle.tui.widgets.reasoning import Reasoning
from autostyle.tui.widgets.tool_line import ToolLine
from autostyle.tui.widgets.transcript import Transcript
from autostyle.tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput

MOST_PICTURES = 4
"""Pictures of one answer that are shown side by side."""
MOST_REPLAYED = 100
"""Messages of an earlier conversation that are drawn again."""
ENDINGS = {
    "stopped": Sentence("stopped; what came of it is kept"),
    "steps": Sentence("stopped: too many steps for one answer; say how to go on"),
    "time": Sentence("stopped: this answer took too long; say how to go on"),
    "price": Sentence("stopped: the price limit of this conversation is reached"),
}


class Chat(Vertical):
    """Transcript above, prompt or question below.

    Whatever is drawn is drawn to its end before the next: the agent, the person, a study and a command speak at once,
    and each drawing waits for widgets to be mounted. What others say meanwhile stands below the answer that grows.

    Args:
        commands: for the prompt's completion.
        told: what the app says of its own accord, in the person's language.
    """

    class Asks(TextualMessage):
        """A question is put to the person, who should see it."""

    def __init__(
        self, commands: Sequence[tuple[str, str, bool]], told: Callable[[str], str] = str, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._told = told
        self._welcome = Welcome(told)
        self.transcript = Transcript(told, self._welcome)
        self.prompt = Prompt(commands, told)
        self.activity = Activity()
        self.waiting = Waiting()
        self._answer: AnswerText | None = None
        self._reasoning: Reasoning | None = None
        self._tools: dict[str, ToolLine] = {}
        self.offers: Offers | None = None
        "Numbered pictures to choose from, while there are some."
        self._asking = asyncio.Lock()
        self._drawing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield self.transcript
        yield self.activity
        yield self.waiting
        yield self.prompt

    @drawing
    async def show(self, event: events.TurnEvent, language: str = "en") -> None:
        """Draw what the agent did, with captions in the person's language."""
        async with self._drawing:
            await self._show(event, language)

    @drawing
    async def begin_turn(self, text: str | None, language: str = "en") -> None:
        """Draw that the brain has been told something: the person's words, or None for what a study had to say."""
        self.activity.tell("thinking", language)
        if text is not None:
            await self.said(text)

    @drawing
    async def said(self, text: str) -> None:
        """Draw what the person said, and be at the end of the conversation."""
        await self._put(UserText(text))
        self.transcript.anchor()

    @drawing
    async def tell(self, markdown: str) -> None:
        """Draw a whole answer."""
        async with self._drawing:
            await self._close()
            await self._write(markdown)
            await self._close()

    @drawing
    async def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Draw two columns."""
        await self._put(Listing([(self._told(name), self._told(meaning)) for name, meaning in rows]))

    @drawing
    async def remark(self, text: str) -> None:
        """Draw a quiet line."""
        await self._put(Remark(self._told(text)))

    @drawing
    async def trouble(self, error: str, hint: str = "") -> None:
        """Draw an error."""
        await self._put(Trouble(self._told(error), self._told(hint)))

    @drawing
    async def show_pictures(self, paths: Sequence[Path], output: ToolOutput | None, language: str = "en") -> None:
        """Draw the first few of these side by side; ``output`` tells which trials they are of."""
        if paths:
            await self._put(_gallery(paths, output, language))

    @drawing
    def be_quiet(self) -> None:
        """Say of nobody any more that they are at work."""
        self.activity.tell(None, "en")

    @drawing
    async def begin(self) -> None:
        """Be empty, for another conversation."""
        async with self._drawing:
            self.activity.tell(None, "en")
            await self._close()
            self._tools.clear()
            await self.transcript.clear()
            self.offers, self.prompt.choosing = None, False
            self._welcome = Welcome(self._told)
            await self.transcript.add(self._welcome)

    @drawing
    async def offer(self, offers: Offers | None) -> None:
        """Show numbered pictures at the end of the conversation, in the place of those that were shown; or none."""
        async with self._drawing:
            if self.offers is not None:
                await self.offers.remove()
            self.offers = offers
            self.prompt.choosing = offers is not None
            self._welcome.be_short(offers is not None)
            if offers is not None:
                await self.transcript.add(offers)
                self.transcript.anchor()

    def say_again(self) -> None:
        """Go on in the language that the person speaks now."""
        self._welcome.say_again()
        self.prompt.say_again()

    async def ask(
        self,
        title: str,
        answers: Sequence[AnswerOption],
        otherwise: Any = None,
        *,
        picked: int = 0,
        details: Iterable[tuple[str, str]] = (),
        words: FreeText | None = None,
    ) -> Any:
        """Ask in place of the prompt, one question at a time; ``otherwise`` is what Esc means.

        Where words are an answer, too, the value is :class:`TypedAnswer` then. What the person was just writing goes on
        in the question, and what they do not send there is in the prompt again. An app that is leaving asks nobody.
        """
        async with self._asking:
            if not self.is_attached:
                return otherwise
            begun = self.prompt.take_all() if words is not None else ""
            told = [AnswerOption(self._told(one.label), one.value, self._told(one.help)) for one in answers]
            question = Question(self._told(title), told, otherwise, picked, details=details, words=words, begun=begun)
            try:
                self.post_message(self.Asks())
                await self.mount(question)  # it has the focus before the prompt goes: no key falls between
                self.add_class("asking")
                answer = await question.answered
            except BaseException:
                self._return(question.unsent)
                raise
            finally:
                if self.is_attached:  # not when the app is leaving
                    self.remove_class("asking")
                    self.prompt.line.focus()
                    await question.remove()
            self._return(question.put_aside if isinstance(answer, TypedAnswer) else question.unsent)
            return answer

    @drawing
    async def replay(self, history: Sequence[Message], language: str = "en") -> None:
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
                        self._tools[call.id] = ToolLine(
                            events.ToolStarted(call.id, call.name, title(call)), language, counts=False
                        )
                        await self._put(self._tools[call.id])
                case ToolMessage():
                    pictures = tuple(str(picture.path) for picture in message.pictures)
                    await self.show(
                        events.ToolFinished(
                            message.call, message.name, message.ok, message.text, message.output, pictures
                        ),
                        language,
                    )
                case Notice():
                    await self.show_pictures([picture.path for picture in message.pictures], message.output, language)
        self.activity.tell(None, language)

    async def _show(self, event: events.TurnEvent, language: str) -> None:
        match event:
            case events.Said():
                self.activity.tell("writing", language)
                self._end_reasoning()
                await self._write(event.text)
            case events.Thinking():
                await self._think(event.text, language)
            case events.ToolStarted():
                self.activity.tell("working", language)
                await self._close()
                self._tools[event.call] = line = ToolLine(event, language)
                await self.transcript.add(line)
            case events.ToolProgressed() if event.call in self._tools:
                self._tools[event.call].progress(event.text)
            case events.ApprovalAsked():
                self.activity.tell(None, language)  # it is the person's turn
                if event.call in self._tools:
                    self._tools[event.call].hold()
            case events.ToolFinished():
                self.activity.tell("thinking", language)
                await self._finish(event, language)
            case events.Heard():
                await self._close()
                await self.transcript.add(UserText(event.text))
                self.transcript.anchor()
                self.activity.tell("thinking", language)
            case events.Noted():
                from autostyle.agent.brains.replies import translate

                await self._close()
                await self.transcript.add(Remark(translate(language, event.text)))
            case events.TurnEnded():
                await self._end(event, language)

    def go_on(self, language: str) -> None:
        """The person has answered, and whatever waited for that is at work again."""
        for line in self._tools.values():
            line.go_on()
        if self._tools:
            self.activity.tell("working", language)

    async def _put(self, block: Widget) -> None:
        """Draw a block of somebody else's than the brain's: an answer that grows goes on above it."""
        async with self._drawing:
            await self.transcript.add(block, before=self.offers)

    async def _write(self, text: str) -> None:
        if self._answer is None:
            self._answer = AnswerText()
            await self.transcript.add(self._answer)
        await self._answer.write(text)

    async def _think(self, text: str, language: str) -> None:
        if self._reasoning is None:
            await self._close()
            self._reasoning = Reasoning(language)
            await self.transcript.add(self._reasoning)
        self._reasoning.add(text)

    def _end_reasoning(self) -> None:
        if self._reasoning is not None:
            self._reasoning.end()
            self._reasoning = None

    async def _close(self) -> None:
        """What the brain says next begins a block of its own."""
        self._end_reasoning()
        if self._answer is not None:
            answer, self._answer = self._answer, None
            await answer.finish()

    async def _finish(self, event: events.ToolFinished, language: str) -> None:
        if line := self._tools.pop(event.call, None):
            line.finish(event)
        if event.pictures:
            await self._close()
            await self.transcript.add(_gallery([Path(path) for path in event.pictures], event.output, language))

    async def _end(self, event: events.TurnEnded, language: str) -> None:
        self.activity.tell(None, "en")
        await self._close()
        if event.reason in ("error", "repeated"):
            from autostyle.agent.brains.replies import translate

            error, hint = translate(language, event.error), translate(language, event.hint)
            await self.transcript.add(Trouble(error, hint))
        elif event.reason in ENDINGS:
            await self.transcript.add(Remark(self._told(ENDINGS[event.reason])))

    def _return(self, unsent: str) -> None:
        if unsent and self.is_attached:
            self.prompt.give_back(unsent)


def _gallery(paths: Sequence[Path], output: ToolOutput | None, language: str) -> Gallery:
    from autostyle.tui.captions import captions

    few = paths[:MOST_PICTURES]
    return Gallery(
        [CaptionedPicture(caption, path) for caption, path in zip(captions(few, output, language), few, strict=True)]
    )
