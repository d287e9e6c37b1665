"""The queue in the app: what is asked for while a search runs waits there, and starts when that is through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

from autostyle.errors import AutostyleError, BadInput
from autostyle.sentences import Sentence, join_sentences
from autostyle.tui.conversation import Conversation
from autostyle.tui.study_watch import StudyWatch
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.question import AnswerOption
from autostyle.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from autostyle.agent.messages import Notice
    from autostyle.agent.workspace import Workspace
    from autostyle.use_cases.queue import QueueEntry, QueueLock


class Queueing:
    """Works through the queue between the turns of a conversation.

    Args:
        chat: where to speak and to ask.
        conversation: whose searches they become.
        study, status: what the screen says of the study and of the queue.
        ring: rings, and shows a notice on the desktop.
    """

    def __init__(
        self,
        chat: Chat,
        conversation: Conversation,
        study: StudyWatch,
        status: StatusLine,
        ring: Callable[[str], None],
    ) -> None:
        self._chat, self._conversation, self._study, self._status, self._ring = chat, conversation, study, status, ring
        self._lock: QueueLock | None = None
        self._active = False
        self._over: list[Notice] = []
        self._done = self._failed = 0

    def attend(self, workspace: Workspace) -> None:
        """Let what ``workspace`` asks for while its search runs wait in the queue."""
        from autostyle.use_cases.queue import QueueLock

        self._lock = self._lock or QueueLock(self._home)
        workspace.queue = self._lock

    async def put_in(self) -> None:
        """Something was: it is worked through from now on."""
        self._active = True
        await self._count()

    def heard(self, notice: Notice) -> None:
        """A search has ended, or failed."""
        self._over.append(notice)

    async def offer(self) -> bool:
        """Ask whether to go on with what an earlier program left in the queue; whether it goes on."""
        found = await asyncio.to_thread(self._left)
        if not found:
            return False
        under_way = next((entry.study for entry in found if entry.state == "running"), None)
        title = (
            Sentence("{count} requests wait in the queue. Go on with them?", count=len(found))
            if under_way is None
            else Sentence("The queue was at {study}, {count} to come. Go on?", study=under_way, count=len(found))
        )
        answers = [AnswerOption(Sentence("Go on"), True), AnswerOption(Sentence("Not now: /queue goes on"), False)]
        if not await self._chat.ask(title, answers, False):
            return False
        self._active = True
        await self.go_on()
        return self._conversation.search is not None

    async def go_on(self) -> None:
        """Start what is next, where nothing runs; tell the end where nothing is left."""
        await self._settle()
        if not self._active or self._conversation.search is not None:
            return
        from autostyle.agent.tools.start_study import begin

        workspace = self._conversation.agent.workspace
        while (entry := await asyncio.to_thread(self._next)) is not None:
            left = await self._count()
            next_ = Sentence("next in the queue: {study}; {count} more wait", study=entry.study, count=left)
            await self._chat.remark(next_)  # before it starts: that takes seconds
            try:
                _remember(workspace, entry.said)
                await begin(workspace, entry.plan, entry.said)
            except AutostyleError as error:
                await asyncio.to_thread(_queue().end, self._home, entry.id, error=error.message, hint=error.hint)
                self._failed += 1
                await self._chat.trouble(error.message, error.hint)
                continue
            workspace.speak_of(entry.plan)
            self._study.show_plan(entry.plan)
            return
        await self._end()

    async def pause(self) -> None:
        """The person has stopped a search: what waits is not started unasked."""
        await self._settle()
        if self._active:
            self._active = False
            if left := await self._count():
                await self._chat.remark(Sentence("{count} wait in the queue: /queue goes on with them", count=left))

    async def show(self) -> None:
        """List the queue; what waits can be put elsewhere or taken out."""
        while True:
            found = await asyncio.to_thread(_queue().to_come, self._home)
            if not found:
                empty = Sentence("the queue is empty: what is asked for while a search runs waits there")
                await self._chat.remark(empty)
                return
            waiting = [entry for entry in found if entry.state == "waiting"]
            details = [("▶", entry.study) for entry in found if entry.state == "running"]
            answers = [AnswerOption(entry.study, entry, _about(entry)) for entry in waiting]
            if not self._active and self._conversation.search is None:
                answers.insert(0, AnswerOption(Sentence("Go on with the queue"), "go"))
            if len(waiting) > 1:
                answers.append(AnswerOption(Sentence("Take all out"), "clear"))
            answers.append(AnswerOption(Sentence("Close"), None))
            picked = await self._chat.ask(Sentence("The queue, in its order:"), answers, details=details)
            if picked is None:
                return
            if picked == "go":
                self._active = True
                await self.go_on()
                return
            if picked == "clear":
                await asyncio.to_thread(_queue().clear, self._home)
            else:
                await self._change(picked, [entry.id for entry in waiting].index(picked.id) + 1, len(waiting))
            await self._count()

    async def _change(self, entry: QueueEntry, place: int, waiting: int) -> None:
        answers = [AnswerOption(Sentence("Take it out"), 0)]
        if place > 1:
            answers += [
                AnswerOption(Sentence("Run it next"), 1),
                AnswerOption(Sentence("One place earlier"), place - 1),
            ]
        if place < waiting:
            answers.append(AnswerOption(Sentence("One place later"), place + 1))
        to = await self._chat.ask(Sentence("{study}:", study=entry.study), answers)
        try:
            if to == 0:
                await asyncio.to_thread(_queue().cancel, self._home, entry.id)
            elif to is not None:
                await asyncio.to_thread(_queue().move, self._home, entry.id, to)
        except BadInput as error:  # it has begun, or is gone, meanwhile
            await self._chat.trouble(error.message, error.hint)

    async def _settle(self) -> None:
        """Write down how searches ended."""
        over, self._over = self._over, []
        for notice in over:
            await asyncio.to_thread(self._ended, notice)

    def _ended(self, notice: Notice) -> None:
        study, failed = notice.data.get("study"), notice.kind == "failed"
        one = next((entry for entry in _queue().to_come(self._home) if entry.study == study), None)
        if one is None or one.state != "running":
            return
        self._failed, self._done = self._failed + failed, self._done + (not failed)
        wrong = {"error": notice.data.get("error", notice.text), "hint": notice.data.get("hint", "")} if failed else {}
        _queue().end(self._home, one.id, **wrong)

    def _next(self) -> QueueEntry | None:
        """The next entry, unless another program works through the queue."""
        return _queue().take(self._home) if self._lock is not None and self._lock.begin() else None

    def _left(self) -> tuple[QueueEntry, ...]:
        """What is in the queue, where no other program works through it."""
        found = _queue().to_come(self._home)
        return found if found and self._lock is not None and self._lock.begin() else ()

    async def _end(self) -> None:
        from autostyle.use_cases import notify

        self._active = False
        if self._lock is not None:
            self._lock.end()
        done, failed, self._done, self._failed = self._done, self._failed, 0, 0
        await self._count()
        if not done + failed:
            return
        message = notify.queue_ended(done, failed)
        await self._chat.remark(message)
        self._ring(message)
        command = self._conversation.config.notify_command
        if wrong := await asyncio.to_thread(notify.run_command, command, message, done=done, failed=failed):
            await self._chat.remark(wrong)

    async def _count(self) -> int:
        """How many wait; the status line says so, too."""
        found = await asyncio.to_thread(_queue().to_come, self._home)
        waiting: int = sum(entry.state == "waiting" for entry in found)
        self._status.tell(queued=waiting)
        return waiting

    @property
    def _home(self) -> Path:
        return self._conversation.config.home


def _remember(workspace: Workspace, said: str) -> None:
    """Let what an earlier conversation was told count here, too: where the result goes is in it."""
    from autostyle.agent.allowed_files import hear

    if said and said not in workspace.said:
        language = workspace.language
        hear(workspace, said)
        workspace.language = language


def _queue() -> ModuleType:
    """Imported when it is needed: it brings plans, and the first paint waits for none."""
    from autostyle.use_cases import queue

    return queue


def _about(entry: QueueEntry) -> str:
    names = ", ".join(method.name for method in entry.plan.methods)
    return entry.said or join_sentences([Sentence("{count} trials", count=entry.plan.budget.trials), names])
