"""The one screen: the conversation, its study, and a line about everything that runs."""

from __future__ import annotations

from collections.abc import Coroutine
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer
from textual.worker import Worker

from autostyle import bugs
from autostyle.agent import events
from autostyle.config import Config
from autostyle.errors import AutostyleError
from autostyle.tui import commands
from autostyle.tui.conversation import Connect, Conversation
from autostyle.tui.hands import Hands
from autostyle.tui.study_watch import StudyWatch
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import Answer
from autostyle.tui.widgets.status_line import StatusLine
from autostyle.tui.widgets.study_panel import StudyPanel
from autostyle.tui.widgets.trials_table import TrialsTable

if TYPE_CHECKING:
    from autostyle.agent.messages import Notice
    from autostyle.agent.understanding.model import Language

AGAIN = 3.0
"""Seconds within which a second Esc stops the search."""


class Desk(Screen[None]):
    """Puts what the person does to the agent, and what the agent and its search do on the screen.

    Args:
        config: the settings.
        connect: makes the agent, after the first paint.
    """

    BINDINGS = [
        Binding("escape", "stop", "Stop"),
        Binding("f1", "help", "Help"),
        Binding("f2", "turn_over", "Study"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self, config: Config, connect: Connect) -> None:
        super().__init__()
        self.chat = Chat([(c.name, c.help, c.needs_argument) for c in commands.COMMANDS], id="chat")
        self.panel = StudyPanel(id="study")
        self.status = StatusLine()
        self.study = StudyWatch(self.panel, self.status)
        self.conversation = Conversation(config, connect, self.approve, self.show)
        self.hands = Hands(self.chat, self.conversation, self.converse, self.show, self.study, self.status)
        self._taking_up: Worker[None] | None = None
        self._escaped = -AGAIN
        self._leaving = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="columns"):
            yield self.chat
            yield self.panel
        yield self.status
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.chat.prompt.line.focus()
        self.call_after_refresh(self.converse, begins=True)

    # The conversation

    @work(group="conversation", exclusive=True)
    async def converse(self, session: str | None = None, begins: bool = False) -> None:
        """Connect to a brain and take turns with it until this is called again.

        Args:
            begins: the app does: what the last conversation left unfinished is offered.
        """
        try:
            agent = await self.conversation.begin(session)
        except AutostyleError as error:
            await self.chat.trouble(error.message, error.hint)
            return
        from autostyle.agent.setup import why_embedded

        config, workspace = self.conversation.config, agent.workspace
        workspace.on_study.append(self.study.happened)
        workspace.on_notice.append(self.study_tells)
        self.status.tell(brain=agent.brain.name)
        self._tell_spent(agent.spent)
        self._look_around()
        for note in filter(None, (*config.notes, why_embedded(config))):
            await self.chat.remark(note)
        await self.chat.replay(agent.history, self._language)
        if workspace.study is not None:
            self.run_worker(self._guarded(self.hands.open_study(workspace.study)), group="commands")
        elif begins:
            self._taking_up = self.run_worker(self._guarded(self.hands.take_up()), group="commands")
        await self.conversation.run()

    @work(group="machine", exclusive=True)
    async def _look_around(self) -> None:
        from autostyle.tui import machine

        self.status.tell(weights=machine.weights(self.conversation.config))
        self.status.tell(device=await machine.device(self.conversation.config))

    @on(Prompt.Submitted)
    async def _submitted(self, message: Prompt.Submitted) -> None:
        self.run_worker(self._hear(message.text), group="commands")

    async def _hear(self, text: str) -> None:
        await self.chat.said(text)
        if text.startswith("/"):
            if self.conversation.begun:
                from autostyle.agent.named import hear

                hear(self.conversation.agent.workspace, text)  # a folder named here may be written to
            await self._guarded(commands.carry_out(self.hands, text))
        else:
            if self._taking_up is not None:  # "go on" may be what was typed first
                await self._taking_up.wait()
            self.conversation.say(text)

    async def _guarded(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do it; what goes wrong is a message."""
        try:
            await doing
        except AutostyleError as error:
            await self.chat.trouble(error.message, error.hint)
        except Exception as error:
            bug = bugs.report(error)
            await self.chat.trouble(bug.message, bug.hint)

    async def show(self, event: events.Event) -> None:
        """Draw what the agent did."""
        await self.chat.show(event, self._language)
        if isinstance(event, events.Spent):
            self._tell_spent(event)
        elif isinstance(event, events.ToolFinished):
            self.study.told(self.conversation.agent.workspace, event.data)

    async def approve(self, asked: events.ApprovalAsked) -> events.Answer:
        """Ask the person."""
        from autostyle.agent.brains.replies import say, titled

        def offered(answer: events.Answer) -> Answer:
            where = say(self._language, "may:always:where") if answer == "always" else ""
            return Answer(say(self._language, f"may:{answer}"), answer, where)

        self.app.bell()
        may = say(self._language, "may", what=titled(self._language, asked.what))
        answer: events.Answer = await self.chat.ask(may, [offered(answer) for answer in asked.answers], "no")
        return answer

    def study_tells(self, notice: Notice) -> None:
        """A study has something to say to the brain; if that is its end, the screen knows it from here."""
        if notice.kind in ("ended", "failed"):
            self.app.bell()
            self.study.ended(notice.text if notice.kind == "failed" else "")
        pictures = [picture.path for picture in notice.pictures]
        self.run_worker(self.chat.show_pictures(pictures, notice.data, self._language), group="pictures")
        self.conversation.say(notice)

    @property
    def _language(self) -> Language:
        """The person's, as far as they have spoken."""
        return "ko" if self.conversation.begun and self.conversation.agent.workspace.language == "ko" else "en"

    def _tell_spent(self, spent: events.Spent) -> None:
        self.status.tell(tokens=spent.tokens_in + spent.tokens_out, price=spent.price)

    # Leaving

    async def ask_to_leave(self) -> None:
        """Leave, asking first if a search runs; asked again, at once."""
        if self._leaving or self.conversation.search is None:
            await self._leave_now()
            return
        self._leaving = True
        answers = [Answer("Stop it, keep what was found, and leave", True), Answer("Stay", False)]
        self._leaving = await self.chat.ask("A search is running.", answers, False)
        if self._leaving:
            await self.leave()

    async def leave(self, code: int = 0) -> None:
        """End the search, keeping what was found, then the app; nobody hears any more what a study has to say."""
        if self.conversation.begun:
            self.conversation.agent.workspace.on_notice.clear()
        await self.hands.stop_search()
        await self._leave_now(code)

    async def _leave_now(self, code: int = 0) -> None:
        self.workers.cancel_group(self, "conversation")
        await self.conversation.end()
        self.app.exit(return_code=code)

    # Keys

    def begin(self, command: commands.Command) -> None:
        """Run ``command``, or put it into the prompt where an argument must follow."""
        if command.needs_argument:
            self.chat.prompt.write(f"/{command.name} ")
        else:
            self.run_worker(self._hear(f"/{command.name}"), group="commands")

    async def action_stop(self) -> None:
        """Stop the answer; where there is none, the search, if asked twice."""
        if self.conversation.stop() or self.conversation.search is None:
            return
        if monotonic() - self._escaped < AGAIN:
            await self.hands.stop_search()
        else:
            self._escaped = monotonic()
            self.notify("Esc again stops the search; what was found is kept", timeout=AGAIN)

    def action_help(self) -> None:
        self.begin(next(command for command in commands.COMMANDS if command.name == "help"))

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
