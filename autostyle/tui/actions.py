"""What a person does by a slash command rather than by words: each method is one thing that commands need done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from autostyle.agent.events import ToolFinished
from autostyle.errors import BadInput
from autostyle.sentences import Sentence
from autostyle.tui.beginning import Beginning
from autostyle.tui.conversation import Conversation, Show
from autostyle.tui.queueing import Queueing
from autostyle.tui.study_watch import StudyWatch
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from autostyle.agent.approval import Approve
    from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked
    from autostyle.agent.loop import Agent
    from autostyle.agent.outputs import ToolOutput
    from autostyle.agent.workspace import Workspace
    from autostyle.tuning.record import StudyRecord

Out = TypeVar("Out", bound="ToolOutput")
MOST_OF_A_MESSAGE = 200
"""Characters of an earlier message by which it is recognised."""


class Actions:
    """Acts on the conversation and on its study.

    Args:
        chat: where to speak and to ask.
        conversation: with the agent.
        converse: connects to an agent for a new conversation, or for the one of that id, and goes on with it.
        show: draws an event.
        study, status: what the screen says of the study and of the brain.
        approve: asks the person.
        beginning: offers pictures and styles by number.
        queue: what waits for its turn.
        look: shows a trial as large as the terminal, the recommended one for None.
    """

    def __init__(
        self,
        chat: Chat,
        conversation: Conversation,
        converse: Callable[[str | None], object],
        show: Show,
        study: StudyWatch,
        status: StatusLine,
        approve: Approve,
        beginning: Beginning,
        queue: Queueing,
        look: Callable[[int | None], None],
    ) -> None:
        self.chat = chat
        self.conversation = conversation
        self.given = conversation.config
        "The settings as they were at the start."
        self.beginning = beginning
        self._converse = converse
        self._show = show
        self._study = study
        self._status = status
        self._approve = approve
        self.queue = queue
        self.look = look

    async def use(self, kind: type[Out], **arguments: Any) -> tuple[str, Out] | None:
        """Use the tool that answers with a ``kind`` and draw what happens: its text and its answer, None where it
        failed and said so."""
        from autostyle.agent.outputs import ToolFailure
        from autostyle.tui import direct

        async def approve(asked: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
            return await (self._approve if asked.overwrites else direct.ALLOWED)(asked)

        async for event in direct.use(self.conversation.agent.workspace, kind.tool, approve, **arguments):
            await self._show(event)
        assert isinstance(event, ToolFinished)
        if not self.conversation.speaking:
            self.chat.be_quiet()  # no brain goes on from the answer
        if isinstance(event.output, kind):
            return event.text, event.output
        if isinstance(event.output, ToolFailure):
            await self.chat.trouble(event.output.error, event.output.hint)
        return None

    async def reconnect(self, past: str | None = None) -> None:
        """Begin a new conversation, or take up an earlier one; raises BadInput while this one searches."""
        if self.conversation.search is not None:
            raise BadInput("a search of this conversation is running", "/stop ends it and keeps what was found")
        self._give_back()
        await self.conversation.end()
        await self.chat.begin()
        self._converse(past)

    async def change_model(self, name: str | None) -> None:
        """Let another model go on with the conversation; None means the embedded rules."""
        from autostyle.agent import setup

        config = self.conversation.config
        config = config.model_copy(update={"model": config.model.model_copy(update={"name": name})})
        self.conversation.config = config
        if not self.conversation.begun:
            self._converse(None)
            return
        agent = self.conversation.agent
        await self.conversation.between_turns(lambda agent: setup.switch(agent, config))
        self._status.tell(brain=agent.brain.name)
        await self.chat.remark(
            setup.why_embedded(config) or Sentence("from here on {name} answers", name=agent.brain.name)
        )

    async def open_study(self, name: str) -> None:
        """Put a study that is there on the table and show it; one that was cut short is offered to be finished."""
        from autostyle.agent.current_study import open_study

        workspace = self.conversation.agent.workspace
        await self._offer(workspace, await open_study(workspace, name))

    async def take_up(self) -> None:
        """Offer the search that the last conversation left unfinished, or the plan it did not begin, if it did."""
        from autostyle.agent.brains.rules.wording import left
        from autostyle.agent.current_study import resume_left_plan, resume_left_search

        workspace = self.conversation.agent.workspace
        if (found := await resume_left_search(workspace)) is not None:
            await self._offer(workspace, found)
        elif (plan := await resume_left_plan(workspace)) is not None and self.conversation.agent.workspace is workspace:
            await self.chat.remark(left(workspace.language, plan))

    async def take_up_last(self, text: str) -> None:
        """Put the last study of this folder on the table, where the person speaks of one and there is none."""
        from autostyle.agent.current_study import resume_last_study, speaks_of_a_study

        workspace = self.conversation.agent.workspace
        if workspace.study is not None or workspace.plan is not None or not speaks_of_a_study(text):
            return
        if (found := await resume_last_study(workspace)) is not None:
            self._study.open(found)

    async def _offer(self, workspace: Workspace, found: StudyRecord) -> None:
        from autostyle.agent.brains.replies import say
        from autostyle.agent.current_study import study_now

        if not self.conversation.begun or self.conversation.agent.workspace is not workspace:
            return  # another conversation has begun meanwhile
        self._study.open(found)
        now = study_now(workspace)
        if now is None or now.name != found.plan.study or not (found.unfinished or now.elsewhere):
            return
        language = workspace.language
        counts = {"done": found.done, "total": found.total}
        if now.elsewhere:
            await self.chat.remark(say(language, "running:elsewhere", **counts))
        elif not now.running:
            await self.chat.remark(say(language, "offer", study=found.plan.study, **counts).replace("`", ""))

    def _give_back(self) -> None:
        """Put what was said to this conversation, and not heard, into the prompt again."""
        if unheard := self.conversation.take_back():
            self.chat.prompt.give_back("\n".join(unheard))

    async def rewind(self) -> None:
        """Go back to before a message that the person picks: its words are in the prompt again, and all that was said
        since is forgotten. Pictures and studies stay."""
        from autostyle.tui.widgets.question import AnswerOption

        history = self.conversation.agent.history
        said = [(at, message.text) for at, message in enumerate(history) if message.role == "user"]
        answers = [AnswerOption(" ".join(text.split())[:MOST_OF_A_MESSAGE], at) for at, text in reversed(said)]
        to = await self.chat.ask(
            Sentence("Go back to before which message? Pictures and studies stay."), answers, picked=0
        )
        if to is None:
            return
        words = ""

        async def go_back(agent: Agent) -> None:
            nonlocal words
            words = agent.rewind(to)

        await self.conversation.between_turns(go_back)
        agent = self.conversation.agent
        await self.chat.begin()
        await self.chat.replay(agent.history, agent.workspace.language)
        self.chat.prompt.write(words)

    async def ask_to_stop(self) -> None:
        """End the running search, if the person says so."""
        from autostyle.tui.widgets.question import AnswerOption

        if self.conversation.search is None:
            return
        answers = [
            AnswerOption(Sentence("Stop it, and keep what was found"), True),
            AnswerOption(Sentence("Let it go on"), False),
        ]
        if await self.chat.ask(Sentence("Stop the search?"), answers, False, picked=1):
            await self.stop_search()

    async def stop_search(self) -> bool:
        """End the running search, keeping what was found; says whether there was one."""
        search = self.conversation.search
        if search is None:
            return False
        await self.chat.remark(Sentence("stopping the search; what was found is kept"))
        await search.stop()
        await self.queue.pause()
        return True
