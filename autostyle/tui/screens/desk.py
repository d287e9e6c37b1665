"""The one screen: the conversation, its study, and a line about everything that runs."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer

from autostyle import bugs
from autostyle.agent import events
from autostyle.errors import AutostyleError, BadInput
from autostyle.tui import commands
from autostyle.tui.conversation import Conversation
from autostyle.tui.study_state import StudyState, from_record
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import Answer
from autostyle.tui.widgets.status_line import StatusLine
from autostyle.tui.widgets.study_panel import StudyPanel
from autostyle.tui.widgets.trials_table import TrialsTable
from autostyle.tuning import events as study_events

if TYPE_CHECKING:
    from autostyle.agent.loop import Agent
    from autostyle.agent.messages import Notice
    from autostyle.agent.workspace import Search
    from autostyle.tui.app import AutostyleApp

AGAIN = 3.0
"""Seconds within which a second Esc stops the search."""
DRAW_EVERY = 0.2
"""Seconds between two drawings of a running study."""
APPROVALS = {
    "once": Answer("Yes, this once", "once"),
    "session": Answer("Yes, for this conversation", "session"),
    "always": Answer("Yes, always", "always", "kept in the config folder"),
    "no": Answer("No", "no"),
}


class Desk(Screen[None]):
    """Puts what the person does to the agent, and what the agent and its search do on the screen."""

    BINDINGS = [
        Binding("escape", "stop", "Stop"),
        Binding("f1", "help", "Help"),
        Binding("f2", "turn_over", "Study"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    app: AutostyleApp

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat([(c.name, c.help, c.needs_argument) for c in commands.COMMANDS], id="chat")
        self.panel = StudyPanel(id="study")
        self.status = StatusLine()
        self.state = StudyState()
        self.conversation = Conversation(self.show)
        self._agent: Agent | None = None
        self._escaped = -AGAIN
        self._drawing = False
        self._leaving = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="columns"):
            yield self.chat
            yield self.panel
        yield self.status
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.chat.prompt.line.focus()
        self.call_after_refresh(self.converse)

    # The conversation

    @property
    def agent(self) -> Agent:
        """The agent; raises BadInput while there is none."""
        if self._agent is None:
            raise BadInput("the brain is not ready", "wait a moment, or choose another with /model")
        return self._agent

    @property
    def _search(self) -> Search | None:
        """The search that runs."""
        search = self._agent.workspace.search if self._agent is not None else None
        return search if search is not None and search.running else None

    @work(group="conversation", exclusive=True)
    async def converse(self, session: str | None = None) -> None:
        """Connect to a brain and take turns with it until this is called again."""
        config = self.app.config
        try:
            agent = self._agent = await self.app.connect(config, self.approve, session)
        except AutostyleError as error:
            await self.chat.trouble(error.message, error.hint)
            return
        from autostyle.agent.setup import why_embedded

        workspace = agent.workspace
        workspace.on_study.append(self.study_happened)
        workspace.on_notice.append(self.study_tells)
        self.status.tell(brain=agent.brain.name)
        self._tell_spent(agent.spent)
        self._look_around()
        for note in filter(None, (*config.notes, why_embedded(config))):
            await self.chat.remark(note)
        await self.chat.replay(agent.history)
        if workspace.study is not None:
            self.run_worker(self._guarded(self.open_study(workspace.study)), group="commands")
        await self.conversation.run(agent)

    @work(group="machine", exclusive=True)
    async def _look_around(self) -> None:
        from autostyle.tui import machine

        self.status.tell(weights=machine.weights(self.app.config))
        self.status.tell(device=await machine.device(self.app.config))

    @on(Prompt.Submitted)
    async def _submitted(self, message: Prompt.Submitted) -> None:
        self.run_worker(self._hear(message.text), group="commands")

    async def _hear(self, text: str) -> None:
        await self.chat.said(text)
        if text.startswith("/"):
            if self._agent is not None:
                from autostyle.agent.named import hear

                hear(self._agent.workspace, text)  # a folder named here may be written to
            await self._guarded(commands.carry_out(self, text))
        else:
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
        await self.chat.show(event)
        if isinstance(event, events.Spent):
            self._tell_spent(event)
        elif isinstance(event, events.ToolFinished):
            self._show_inputs()
            if self.state.recommended_by(event.data):
                self.panel.show(self.state)

    async def approve(self, asked: events.ApprovalAsked) -> events.Answer:
        """Ask the person."""
        self.app.bell()
        answers = [APPROVALS[answer] for answer in asked.answers]
        answer: events.Answer = await self.chat.ask(f"May this run?  {asked.what}", answers, "no")
        return answer

    # What the slash commands need

    @property
    def study(self) -> str | None:
        """The study on the table."""
        return self.agent.workspace.study

    async def use(self, tool: str, **arguments: Any) -> events.ToolFinished | None:
        """Use one of the agent's tools and draw what happens: its answer, None where it failed and said so."""
        from autostyle.tui import direct

        async for event in direct.use(self.agent.workspace, tool, **arguments):
            await self.show(event)
        assert isinstance(event, events.ToolFinished)
        if event.ok:
            return event
        await self.chat.trouble(event.data["error"], event.data["hint"])
        return None

    async def reconnect(self, session: str | None = None) -> None:
        """Begin a new conversation, or take up an earlier one; raises BadInput while this one searches."""
        if self._search is not None:
            raise BadInput("a search of this conversation is running", "/stop ends it and keeps what was found")
        self.conversation.stop()
        if self._agent is not None:
            agent, self._agent = self._agent, None
            await agent.close()
        await self.chat.begin()
        self.converse(session)

    async def change_model(self, name: str | None) -> None:
        """Let another model go on with the conversation; None means the embedded rules."""
        from autostyle.agent import setup

        config = self.app.config
        self.app.config = config.model_copy(update={"model": config.model.model_copy(update={"name": name})})
        if self._agent is None:
            self.converse()
            return
        await setup.switch(self._agent, self.app.config)
        self.status.tell(brain=self._agent.brain.name)
        await self.chat.remark(setup.why_embedded(self.app.config) or f"{self._agent.brain.name} goes on from here")

    async def open_study(self, name: str) -> None:
        """Put a study that is there on the table and show it."""
        from autostyle.agent.tools.work import record

        found = await record(self.agent.workspace, name, lambda text: None)
        self.agent.workspace.study = name
        folder, plan = Path(found["folder"]), found["plan"]
        self.state = from_record(found, folder)
        self.panel.show_inputs(folder / plan["content"], tuple(folder / style for style in plan["styles"]))
        self.panel.show(self.state)
        self._tell_study()

    async def stop_search(self) -> bool:
        """End the running search, keeping what was found; says whether there was one."""
        search = self._search
        if search is None:
            return False
        await self.chat.remark("stopping the search; what was found is kept")
        await search.stop()
        return True

    # The study

    def study_happened(self, event: study_events.Event) -> None:
        """Take in what happened in the running study; it is drawn a few times a second, however much happens."""
        if line := self.state.apply(event):
            self.panel.log_line(line)
        if not self._drawing:
            self._drawing = True
            self.set_timer(DRAW_EVERY, self._draw_study)

    def _draw_study(self) -> None:
        self._drawing = False
        self.panel.show(self.state)
        self._tell_study()

    def study_tells(self, notice: Notice) -> None:
        """A study has something to say to the brain; if that is its end, the screen knows it from here."""
        if notice.kind in ("ended", "failed"):
            self.app.bell()
            self.state.end()
            if notice.kind == "failed":
                self.panel.log_line(notice.text)
            self._draw_study()
        self.run_worker(self.chat.show_pictures([picture.path for picture in notice.pictures]), group="pictures")
        self.conversation.say(notice)

    def _show_inputs(self) -> None:
        """The pictures that the workspace is about now."""
        brief, plan = self.agent.workspace.brief, self.agent.workspace.plan
        content = brief.content[0] if brief.content else plan.content if plan is not None else None
        styles = brief.styles or (plan.styles if plan is not None else ())
        self.panel.show_inputs(content, styles)

    def _tell_spent(self, spent: events.Spent) -> None:
        self.status.tell(tokens=spent.tokens_in + spent.tokens_out, price=spent.price)

    def _tell_study(self) -> None:
        state = self.state
        trials = f"{state.done}/{state.total} trials" if state.total else ""
        self.status.tell(trials=trials, doing=state.doing, left=state.left if state.running else None)

    # Keys

    async def ask_to_leave(self) -> None:
        """Leave, asking first if a search runs; asked again, at once."""
        if self._leaving or self._search is None:
            await self._leave_now()
            return
        self._leaving = True
        answers = [Answer("Stop it, keep what was found, and leave", True), Answer("Stay", False)]
        self._leaving = await self.chat.ask("A search is running.", answers, False)
        if self._leaving:
            await self.leave()

    async def leave(self, code: int = 0) -> None:
        """End the search, keeping what was found, then the app; nobody hears any more what a study has to say."""
        if self._agent is not None:
            self._agent.workspace.on_notice.clear()
        await self.stop_search()
        await self._leave_now(code)

    async def _leave_now(self, code: int = 0) -> None:
        self.workers.cancel_group(self, "conversation")
        if self._agent is not None:
            await self._agent.close()
        self.app.exit(return_code=code)

    def begin(self, command: commands.Command) -> None:
        """Run ``command``, or put it into the prompt where an argument must follow."""
        if command.needs_argument:
            self.chat.prompt.write(f"/{command.name} ")
        else:
            self.run_worker(self._hear(f"/{command.name}"), group="commands")

    async def action_stop(self) -> None:
        """Stop the answer; where there is none, the search, if asked twice."""
        if self.conversation.stop():
            return
        if self._search is None:
            return
        if monotonic() - self._escaped < AGAIN:
            await self.stop_search()
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
