"""The one screen: the conversation, its study, and a line about everything that runs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen

from autostyle import crash_reports
from autostyle.agent import events
from autostyle.config import Config
from autostyle.errors import AutostyleError
from autostyle.sentences import Sentence
from autostyle.tui import commands, garbage, settings
from autostyle.tui.actions import Actions
from autostyle.tui.beginning import Beginning
from autostyle.tui.conversation import Connect, Conversation
from autostyle.tui.leaving import drawing
from autostyle.tui.look_screen import LookedThrough, LookScreen
from autostyle.tui.pair_screen import PairScreen
from autostyle.tui.queueing import Queueing
from autostyle.tui.study_watch import StudyWatch
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.key_line import KeyLine
from autostyle.tui.widgets.offers import Offers
from autostyle.tui.widgets.picture import CaptionedPicture, Draws
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import AnswerOption, FreeText, TypedAnswer
from autostyle.tui.widgets.running_pictures import RunningPictures
from autostyle.tui.widgets.status_line import StatusLine
from autostyle.tui.widgets.study_panel import StudyPanel
from autostyle.tui.widgets.trials_table import TrialsTable

if TYPE_CHECKING:
    from autostyle.agent.messages import Notice

AGAIN = 3.0
"""Seconds within which a second Esc goes back in the conversation."""


ENDS_WITHIN = 5.0
"""Seconds that what is being done may take to end when the app leaves."""
LEAVING = "leaving"
"""The workers that lead out of the app."""


class Hears(Protocol):
    """An app that knows when the last key was pressed, on the monotonic clock."""

    pressed: float


class MainScreen(Screen[None]):
    """Puts what the person does to the agent, and what the agent and its search do on the screen.

    Args:
        config: the settings.
        connect: makes the agent, after the first paint.
    """

    BINDINGS = [
        Binding("escape", "stop", Sentence("Stop")),
        Binding("f1", "help", Sentence("Help")),
        Binding("f2", "turn_over", Sentence("Study")),
        Binding("f4", "stop_search", Sentence("Stop the search")),
        Binding("ctrl+s", "save", Sentence("Save"), show=False),
        Binding("f3", "look", Sentence("Larger")),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self, config: Config, connect: Connect) -> None:
        super().__init__()
        self.conversation = Conversation(
            config, connect, self.approve, show=self.show, begin=self.begin_turn, wait=self.wait, rest=self.rest
        )
        self.chat = Chat([(c.name, c.help, c.needs_argument) for c in commands.COMMANDS], self.told, id="chat")
        self.panel = StudyPanel(id="study")
        self.status = StatusLine()
        self.running = RunningPictures(id="running")
        self.keys = KeyLine(self.told)
        self.study = StudyWatch(self.panel, self.status, self.running)
        self.beginning = Beginning(self.chat, self.told, lambda: self._language, self._hear)
        self.queueing = Queueing(self.chat, self.conversation, self.study, self.status, self._ring)
        self.actions = Actions(
            self.chat,
            self.conversation,
            self.converse,
            self.show,
            self.study,
            self.status,
            self.approve,
            self.beginning,
            self.queueing,
            self.look,
        )
        self._spoken = self._language
        self._escaped = -AGAIN
        self._leaving = False
        self._asked_for_styles = False
        self._styles_for: Path | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="columns"):
            yield self.chat
            yield self.panel
        yield self.running
        yield self.status
        yield self.keys

    def on_mount(self) -> None:
        self.chat.prompt.line.focus()
        self.call_after_refresh(self._begin)
        if not self.app.is_headless:
            self.set_interval(garbage.EVERY, lambda: garbage.tidy(cast(Hears, self.app).pressed))

    def _begin(self) -> None:
        """Offer the pictures that are here while the brain is made ready: nobody waits for it to press a key."""
        self._do(self._offer_pictures(), "pictures")
        self.converse(begins=True)

    async def _offer_pictures(self) -> None:
        """Offer the pictures that are here; a digit that came before them chooses one."""
        line = self.chat.prompt.line
        if len(line.text) > 1 or not await self.beginning.offer_pictures():
            return
        digit = line.text
        if self.chat.offers is not None and digit.isdigit() and (offer := self.chat.offers.chosen_by(digit)):
            line.clear()
            await self.beginning.pick(offer)

    # The conversation

    def converse(self, past: str | None = None, begins: bool = False) -> None:
        """Connect to a brain and take turns with it until this is called again.

        Args:
            begins: the app does: what the last conversation left unfinished is offered.
        """
        self._do(self._converse(past, begins), "conversation", exclusive=True)

    async def _converse(self, past: str | None, begins: bool) -> None:
        agent = await self.conversation.begin(past)
        from autostyle.agent.setup import why_embedded

        config, workspace = self.conversation.config, agent.workspace
        if not agent.history and workspace.language == "en":
            workspace.language = settings.language()
        self.queueing.attend(workspace)
        workspace.look = self._look_unless_typing
        workspace.on_study.append(self.study.happened)
        workspace.on_notice.append(self.study_tells)
        self.status.tell(brain=agent.brain.name)
        self._tell_spent(agent.spent)
        self._do(self._look_around(), "machine", exclusive=True)
        for note in filter(None, (*config.notes, why_embedded(config))):
            await self.chat.remark(note)
        await self.chat.replay(agent.history, self._language)
        if workspace.study is not None:
            self._do(self.actions.open_study(workspace.study))
        elif begins:  # before the first turn: "go on" may be what was typed first
            await self._guarded(self._go_on())
        self._speak()
        self._settle()
        await self.conversation.run()

    async def _go_on(self) -> None:
        """Offer what an earlier program left: its queue, else its search, or the plan that it did not begin."""
        try:
            goes_on = await self.queueing.offer()
        except AutostyleError as error:
            goes_on = False
            await self.chat.trouble(error.message, error.hint)
        if not goes_on:
            await self.actions.take_up()

    async def rest(self) -> None:
        """Start what waits in the queue, where nothing runs."""
        await self._guarded(self.queueing.go_on())
        self._settle()

    def _settle(self) -> None:
        """Set aside what is there, where that is what stays: a large view goes, and tests share a process."""
        if self.is_current and not self.app.is_headless:
            garbage.set_aside()

    async def _look_around(self) -> None:
        from autostyle.tui import machine

        self.status.tell(weights=machine.weights(self.conversation.config))
        self.status.tell(device=await machine.device(self.conversation.config))

    @on(Prompt.Submitted)
    async def _submitted(self, message: Prompt.Submitted) -> None:
        self._hear(message.text)

    @on(Prompt.Chosen)
    async def _chosen(self, message: Prompt.Chosen) -> None:
        if self.chat.offers is not None and (offer := self.chat.offers.chosen_by(message.digit)):
            await self.beginning.pick(offer)

    @on(Offers.Picked)
    async def _picked(self, message: Offers.Picked) -> None:
        await self.beginning.pick(message.offer)

    def _hear(self, text: str) -> None:
        if self.beginning.offering:
            self._do(self.beginning.end(), "pictures")
        if text.startswith("/"):
            if self.has_class("studying"):
                self.action_turn_over()  # what it says is said in the chat
            self._do(self._carry_out(text))
        else:
            self.conversation.say(text)

    async def _carry_out(self, text: str) -> None:
        await self.chat.said(text)
        if self.conversation.begun:
            from autostyle.agent.allowed_files import hear

            workspace = self.conversation.agent.workspace
            language = workspace.language
            hear(workspace, text)  # a folder named here may be written to
            workspace.language = language  # a command is in none
        await commands.carry_out(self.actions, text)

    def _do(self, doing: Coroutine[Any, Any, None], group: str = "commands", *, exclusive: bool = False) -> None:
        """Do it beside everything else; what goes wrong is a message, never the end of the app."""
        self.run_worker(self._guarded(doing), group=group, exclusive=exclusive)

    async def _guarded(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do it; what goes wrong is a message."""
        try:
            await doing
        except AutostyleError as error:
            await self.chat.trouble(error.message, error.hint)
        except Exception as error:
            bug = crash_reports.report(error)
            await self.chat.trouble(bug.message, bug.hint)

    async def show(self, event: events.TurnEvent) -> None:
        """Draw what the agent did."""
        self._speak()
        if isinstance(event, events.ToolFinished) and event.name == "list_styles" and event.ok:
            # All of them, to choose from, below what is said of them.
            self._asked_for_styles, content = True, getattr(event.output, "content", None)
            self._styles_for = Path(content) if content else None
            event = replace(event, pictures=())
        await self.chat.show(event, self._language)
        if isinstance(event, events.TurnEnded) and self._asked_for_styles:
            self._asked_for_styles = False
            await self.beginning.offer_styles(self._styles_for)
        if isinstance(event, events.Spent):
            self._tell_spent(event)
        elif isinstance(event, events.ToolFinished) and self.conversation.begun:
            self.refresh_bindings()  # a search may have begun, or ended
            self.study.told(self.conversation.agent.workspace, event.output)
            if getattr(event.output, "queued", None) is not None:
                await self.queueing.put_in()

    def _speak(self) -> None:
        """Let all that is drawn already go on in the person's language."""
        language = self._language
        self.status.tell(language=language)
        cast(Draws, self.app).canvas.language = language
        self.study.speak(language)
        if language != self._spoken:
            self._spoken = language
            self.chat.say_again()
            self.keys.say_again()

    async def begin_turn(self, text: str | None) -> None:
        """Draw that the brain has been told something; of a study, where there is none yet, the last one is meant."""
        await self.chat.begin_turn(text, self._language)
        if text is not None:
            await self.actions.take_up_last(text)

    def wait(self, said: Sequence[str]) -> None:
        """Draw what waits for its turn."""
        self.chat.waiting.show(said, self._language)

    async def approve(self, asked: events.ApprovalAsked) -> events.ApprovalAnswer | events.AnswerInWords:
        """Ask the person; a yes for good is asked about once more."""
        from autostyle.agent.brains.replies import detail_rows, permission_title, say, translate
        from autostyle.agent.grants import PICTURES_TO

        language = self._language
        what = translate(language, asked.what)
        offered = [AnswerOption(say(language, f"may:{answer}"), answer) for answer in asked.answers]
        self._ring()
        answer = await self._ask(say(language, "may", what=what), offered, detail_rows(language, asked.details))
        if answer == "always":
            to = next((detail.text for detail in asked.details if detail.kind == "to"), "")
            key = asked.name or f"{PICTURES_TO}{to}"
            values = {"yes": "always", "once": "once", "no": "no"}
            offered = [AnswerOption(say(language, f"always:{name}"), value) for name, value in values.items()]
            rows = [("", say(language, "always:back"))]
            answer = await self._ask(say(language, "always", what=permission_title(language, key)), offered, rows)
        self.chat.go_on(language)
        return answer

    async def _ask(
        self, title: str, answers: Sequence[AnswerOption], details: Iterable[tuple[str, str]]
    ) -> events.ApprovalAnswer | events.AnswerInWords:
        """The answer, no where there is none; words are a yes only where they are nothing but a yes."""
        from autostyle.agent.approval import plainly
        from autostyle.agent.brains.replies import say

        if self.is_attached and isinstance(self.app.screen, LookScreen | PairScreen):
            self.notify(self.told(Sentence("a question waits: Esc leads to it")), severity="warning", timeout=10)
        words = FreeText(say(self._language, "may:words"), say(self._language, "may:words:send"))
        answer = await self.chat.ask(title, answers, "no", picked=len(answers) - 1, details=details, words=words)
        if isinstance(answer, TypedAnswer):
            return events.AnswerInWords(answer.text) if answer.early else plainly(answer.text)
        allowed: events.ApprovalAnswer = answer
        return allowed

    @drawing
    def _ring(self, notice: str = "") -> None:
        """Ring; a notice is shown on the desktop, too."""
        self.app.bell()
        if notice and self.conversation.config.app.notices and not self.app.is_headless:
            from autostyle.use_cases.notify import desktop_notice

            assert self.app._driver is not None
            self.app._driver.write(desktop_notice(self.told(notice)))

    @drawing
    def study_tells(self, notice: Notice) -> None:
        """A study has something to say to the brain; if that is its end, the screen knows it from here."""
        if notice.kind in ("ended", "failed"):
            self._ring()
            self.refresh_bindings()
            self.queueing.heard(notice)
            self.study.ended(self.told(notice.text) if notice.kind == "failed" else "")
        pictures = [picture.path for picture in notice.pictures]
        self._do(self.chat.show_pictures(pictures, notice.output, self._language), "pictures")
        self.conversation.say(notice)

    @property
    def _language(self) -> str:
        """The person's; that of their terminal, until they have spoken."""
        return self.conversation.agent.workspace.language if self.conversation.begun else settings.language()

    def told(self, sentence: str) -> str:
        """What the app says of its own accord, in the person's language."""
        from autostyle.agent.brains.replies import translate

        return translate(self._language, sentence)

    def _tell_spent(self, spent: events.Spent) -> None:
        self.status.tell(tokens=spent.tokens_in + spent.tokens_out, price=spent.price)

    # Looking

    def look(self, number: int | None = None, path: Path | None = None) -> None:
        """Show a trial, the recommended one, or another picture as large as the terminal is."""
        if isinstance(self.app.screen, LookScreen):
            self.app.pop_screen()
        self.app.push_screen(LookScreen(lambda: self.study.looked_at(self._language), number, path), self._looked)

    def _look_unless_typing(self, path: Path) -> bool:
        """Show what was asked for in words, unless somebody types meanwhile; says whether it did."""
        typing = bool(self.chat.prompt.line.text)
        if not typing:
            self.look(path=path)
        return not typing

    def action_look(self) -> None:
        self.look()

    @on(CaptionedPicture.Picked)
    def _picture_picked(self, message: CaptionedPicture.Picked) -> None:
        self.look(path=message.path)

    @on(TrialsTable.Enlarged)
    def _trial_enlarged(self, message: TrialsTable.Enlarged) -> None:
        self.look(message.number)

    # Leaving

    async def ask_to_leave(self) -> None:
        """Leave, asking first if a search runs; asked again, at once."""
        if self._leaving or self.conversation.search is None:
            await self._leave_now()
            return
        self._leaving = True
        answers = [
            AnswerOption(Sentence("Stop it, keep what was found, and leave"), True),
            AnswerOption(Sentence("Stay"), False),
        ]
        self._leaving = await self.chat.ask(Sentence("A search is running."), answers, False, picked=1)
        if self._leaving:
            await self.leave()

    async def leave(self, code: int = 0) -> None:
        """End the search, keeping what was found, then the app; nobody hears any more what a study has to say."""
        if self.conversation.begun:
            self.conversation.agent.workspace.on_notice.clear()
        await self.actions.stop_search()
        await self._leave_now(code)

    async def _leave_now(self, code: int = 0) -> None:
        try:
            await self._end_work()
            await self.conversation.end()
        finally:
            self.app.exit(return_code=code)

    async def _end_work(self) -> None:
        """Let everything that is being done end where it is, while there is still something to draw on."""
        if self.conversation.begun:
            workspace = self.conversation.agent.workspace
            workspace.on_study.clear()
            workspace.on_notice.clear()
            workspace.look = None
        doing = [worker for worker in self.workers if worker.node is self and worker.group != LEAVING]
        for worker in doing:
            worker.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ENDS_WITHIN):
                await asyncio.gather(*(worker.wait() for worker in doing), return_exceptions=True)

    # Keys

    def begin(self, command: commands.Command) -> None:
        """Run ``command``, or put it into the prompt where an argument must follow."""
        if command.needs_argument:
            self.chat.prompt.write(f"/{command.name} ")
        else:
            self._hear(f"/{command.name}")

    async def action_stop(self) -> None:
        """Stop the answer, and have what waits for it in the prompt again; else, if asked twice, go back in the
        conversation. The search goes on."""
        if self.beginning.offering:
            await self.beginning.back()
            return
        stopped = self.conversation.stop()
        if unheard := self.conversation.take_back():
            self.chat.prompt.give_back("\n".join(unheard))
        if stopped or unheard or self.chat.prompt.line.text or not self._said:
            return
        if monotonic() - self._escaped < AGAIN:
            self._escaped = -AGAIN
            self.app.clear_notifications()  # it would lie over the question
            self._do(self.actions.rewind())
        else:
            self._escaped = monotonic()
            self.notify(self.told(Sentence("Esc again goes back to an earlier message")), timeout=AGAIN)

    @property
    def _said(self) -> bool:
        """Whether the person has said anything in this conversation."""
        return self.conversation.begun and any(message.role == "user" for message in self.conversation.agent.history)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The search can be stopped while there is one."""
        return self.conversation.search is not None if action == "stop_search" else True

    def action_stop_search(self) -> None:
        self._do(self._ask_to_stop())

    async def _ask_to_stop(self) -> None:
        await self.actions.ask_to_stop()
        self.refresh_bindings()

    def action_help(self) -> None:
        self.begin(next(command for command in commands.COMMANDS if command.name == "help"))

    def _looked(self, at: LookedThrough | None) -> None:
        """Back from a look: what was looked at last is "this one"."""
        if at is None or at.number is None:
            return
        if self.conversation.begun:
            self.conversation.agent.workspace.viewed = at.number
        if at.save:
            self._hear(f"/save {at.number}")

    @on(StudyPanel.Viewed)
    def _viewed(self, message: StudyPanel.Viewed) -> None:
        """What "this one" is from here on."""
        if self.conversation.begun:
            self.conversation.agent.workspace.viewed = message.number

    @on(Chat.Asks)
    def _asked(self) -> None:
        """Show the chat where the study lies over it."""
        self.remove_class("studying")

    @on(TrialsTable.Save)
    def _save_row(self, message: TrialsTable.Save) -> None:
        self._hear(f"/save {message.number}")

    def action_save(self) -> None:
        """Save the picture that is being looked at."""
        self._hear("/save")

    def action_turn_over(self) -> None:
        """In a narrow terminal, the study instead of the chat, and back."""
        self.toggle_class("studying")
        if self.has_class("-narrow") and self.has_class("studying"):
            self.query_one(TrialsTable).focus()
        else:
            self.chat.prompt.line.focus()

    def action_scroll(self, pages: int) -> None:
        transcript = self.chat.transcript
        if pages < 0:
            transcript.scroll_page_up()
        else:
            transcript.scroll_page_down()
