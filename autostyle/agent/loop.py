"""The loop of a conversation: hear the brain, run the tools it calls, until it has nothing more to call.

The history is valid at every moment a brain sees it: every call in it has exactly one answer, also one that was
refused, interrupted, misspelt or cut off by the end of the process.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autostyle import crash_reports
from autostyle.agent import asked, records
from autostyle.agent.allowed_files import hear
from autostyle.agent.approval import Policy
from autostyle.agent.brain import Aside, Brain, BrainRequest, StudyNow, TextDelta, ThoughtDelta, Usage, or_without
from autostyle.agent.calls import EmitEvent, answer_call
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.current_study import plan_left, study_now
from autostyle.agent.events import (
    NOTHING_SPENT,
    Heard,
    Noted,
    Said,
    Spent,
    Thinking,
    ToolFinished,
    TurnEnded,
    TurnEvent,
)
from autostyle.agent.limits import STANDARD, Limits, Repeats, paused
from autostyle.agent.messages import (
    AssistantMessage,
    Attachment,
    Message,
    Notice,
    ToolCall,
    ToolMessage,
    UserMessage,
    only,
    pictures_of,
    repair_history,
    unanswered,
    without_pictures,
)
from autostyle.agent.tool import Tool
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError, BadInput, Refused
from autostyle.sentences import Sentence

ANSWERED_OTHERWISE = Sentence("not run: the person has answered something else, which follows")


class Agent:
    """One conversation.

    Args:
        brain: decides; may be replaced between turns.
        tools: what it may be offered.
        workspace: what the tools work on.
        policy: asks the person.
        file: keeps the conversation on disk; None keeps it nowhere.
        history: of a conversation that is taken up again.
        workspaces: how its workspace was: after how many messages, and how.
        spent: by it.
    """

    def __init__(
        self,
        brain: Brain,
        tools: Sequence[Tool[Any]],
        workspace: Workspace,
        policy: Policy,
        *,
        limits: Limits = STANDARD,
        file: ConversationFile | None = None,
        history: Iterable[Message] = (),
        workspaces: Iterable[tuple[int, dict[str, Any]]] = (),
        spent: Spent = NOTHING_SPENT,
    ) -> None:
        self.brain = brain
        self.workspace = workspace
        self.limits = limits
        self.history = repair_history(history)
        for message in self.history:
            self._hear(message)
        self._workspaces = [(0, records.encode_workspace(Workspace(workspace.config))), *workspaces]
        self.spent = spent
        self.file = file
        self._tools = tuple(tools)
        self.policy = policy
        self._turns = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._emit: EmitEvent = lambda event: None
        self._clock = asyncio.Timeout(None)
        self._wary = False
        self._study: StudyNow | None = None
        "As it was when the person last spoke: what has happened since is in the history."

    async def turn(self, said: str | UserMessage | Notice) -> AsyncGenerator[TurnEvent, None]:
        """Everything that happens until the person may speak again; the last event is a TurnEnded.

        A second turn waits for the first. Leaving the generator early, or cancelling whoever reads it, interrupts.
        """
        async with self._turns:
            events: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
            self._emit = events.put_nowait
            message = UserMessage(said) if isinstance(said, str) else said
            self._task = task = asyncio.create_task(self._go(message))
            task.add_done_callback(lambda _: events.put_nowait(None))
            ended = False
            try:
                while (event := await events.get()) is not None:
                    ended = isinstance(event, TurnEnded)
                    yield event
                if not ended:  # interrupted before it began
                    yield TurnEnded("stopped", exit_code=130)
            finally:
                task.cancel()
                await asyncio.wait([task])

    def interrupt(self) -> None:
        """End the running turn now, if there is one; what was said so far is kept."""
        if self._task is not None:
            self._task.cancel()

    def rewind(self, to: int) -> str:
        """Go back to before message ``to`` of the history, one of the person's, whose words are returned. Pictures and
        studies stay; a study that is being searched stays on the table, with its plan.

        Raises:
            BadInput: that message is none of the person's.
        """
        message = self.history[to] if 0 <= to < len(self.history) else None
        if not isinstance(message, UserMessage):
            raise BadInput("there is no such message of yours", "Esc twice lists those there are")
        kept = next(kept for count, kept in reversed(self._workspaces) if count <= to)
        search = self.workspace.search
        stays = {"language", "earlier"} | ({"study", "plan"} if search is not None and search.running else set())
        kept = {name: value for name, value in kept.items() if name not in stays}
        self._workspaces = [(count, kept) for count, kept in self._workspaces if count <= to]
        del self.history[to:]
        records.restore_workspace(self.workspace, kept)
        if self.file is not None:
            self._note(self.file.keep_rewound(to))
        self._save_desk()
        return message.text

    async def close(self) -> None:
        """End the turn and let go of the brain's connections and the conversation's file; searches are not touched."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])
        await self.brain.close()
        if self.file is not None:
            self.file.close()

    async def shown(self, paths: Sequence[Path]) -> bool:
        """Whether all these pictures may be shown to the chat model outside the conversation; asks where need be."""
        pictures = await asyncio.to_thread(lambda: tuple(map(Attachment.of, paths)))
        return {picture.sha256 for picture in pictures} <= await self._shown(pictures)

    def withholds(self, name: str) -> bool:
        """Whether there is a tool of this name that the brain may not use, because only a plan is wanted."""
        return any(tool.name == name and not self.policy.offers(tool) for tool in self._tools)

    def spend(self, usage: Usage) -> None:
        """Count what a request cost."""
        known = self.spent.price is not None and usage.price is not None
        self.spent = Spent(
            self.spent.tokens_in + usage.tokens_in,
            self.spent.tokens_out + usage.tokens_out,
            (self.spent.price or 0.0) + (usage.price or 0.0) if known else None,
        )
        self._emit(self.spent)
        if self.file is not None:
            self._note(self.file.keep_spent(self.spent))

    async def _go(self, message: UserMessage | Notice) -> None:
        end = TurnEnded("done")
        why = Sentence("interrupted")
        try:
            async with asyncio.timeout(self.limits.seconds) as self._clock:
                self._keep(message)
                self._hear(message)
                await self.brain.ready()
                self._look_at_the_table()
                end = await self._steps()
        except asyncio.CancelledError:
            end = TurnEnded("stopped", exit_code=130)
        except AutostyleError as error:
            end = _failed(error)
        except Exception as error:
            if self._clock.expired():
                end, why = self.limits.ended("time"), Sentence("interrupted: the turn took too long")
            else:
                end, why = (
                    _failed(crash_reports.report(error)),
                    Sentence("error: this tool failed; the person has been told"),
                )
        self._clock = asyncio.Timeout(None)
        self._settle(why)
        self._take_words()
        self._save_desk()
        self._emit(end)

    async def _steps(self) -> TurnEnded:
        repeats = Repeats()
        for _ in range(self.limits.steps):
            if self.limits.exhausted_by(self.spent, self.brain.name):
                return self.limits.ended("price")
            reply = await self._reply()
            heard = False
            for call in reply.calls:
                answer = await self._answer(call)
                if heard := self._take_words():
                    break
                if repeats.too_many(call, answer):
                    return self._in_circles(call)
            if not (reply.calls or heard):
                return TurnEnded("done")
        return self.limits.ended("steps")

    async def _reply(self) -> AssistantMessage:
        """What the brain says next; its words so far are kept if it is cut off, calls only of a whole reply."""
        text = ""
        thought = False
        calls: list[ToolCall] = []
        offered = tuple(tool for tool in self._tools if self.policy.offers(tool))
        visible = await self._visible()
        while self._take_words():
            visible = await self._visible()
        request = BrainRequest(visible, offered, self._study, self._left)
        try:
            async for delta in self.brain.stream(request):
                match delta:
                    case TextDelta():
                        text += delta.text
                        self._emit(Said(delta.text))
                    case ThoughtDelta():
                        thought = True
                        self._emit(Thinking(delta.text))
                    case ToolCall():
                        calls.append(self._with_own_id(delta, calls))
                    case Usage():
                        self.spend(delta)
                    case Aside():
                        self._emit(Noted(delta.text))
        except BaseException:
            calls.clear()
            raise
        finally:
            if text or calls:
                self._keep(AssistantMessage(text, tuple(calls)))
        if not text.strip() and not calls:
            if thought:
                raise Refused(
                    "{model} thought, but said nothing",
                    or_without("say it in other words, or let its server give longer answers"),
                    model=self.brain.name,
                )
            raise Refused(
                "{model} answered nothing",
                or_without("say it in other words, or check the model and its address"),
                model=self.brain.name,
            )
        return AssistantMessage(text, tuple(calls))

    async def _answer(self, call: ToolCall) -> ToolMessage:
        cost = next((tool.cost for tool in self._tools if tool.name == call.name), "free")
        with contextlib.nullcontext() if cost == "free" else paused(self._clock):
            message = await answer_call(
                call,
                self._tools,
                self.workspace,
                self.policy,
                wary=self._wary,
                emit=self._emit,
                waits=lambda: paused(self._clock),
            )
        self._conclude(message)
        self._save_desk()
        return message

    def _in_circles(self, call: ToolCall) -> TurnEnded:
        self._settle(Sentence("not run: the model goes in circles, and the turn was ended"))
        return TurnEnded(
            "repeated",
            Sentence(
                "{model} goes in circles: it used {tool} again and again, so this was stopped",
                model=self.brain.name,
                tool=call.name,
            ),
            or_without("say it in other words, or choose another model"),
            Refused.exit_code,
        )

    def _take_words(self) -> bool:
        """Hear what the person answered to a question in their own words; what was still to be called is not."""
        words = self.policy.take_words()
        if words:
            self._settle(ANSWERED_OTHERWISE)
            message = UserMessage(words)
            self._keep(message)
            self._hear(message)
            self._look_at_the_table()
            self._emit(Heard(words))
        return bool(words)

    async def _visible(self) -> tuple[Message, ...]:
        """The history with those pictures only that the brain can see and may be shown."""
        pictures = [picture for message in self.history for picture in pictures_of(message)]
        if not pictures or not self.brain.capabilities.vision:
            return tuple(without_pictures(message) for message in self.history)
        allowed = await self._shown(pictures)
        return tuple(only(allowed, message) for message in self.history)

    async def _shown(self, pictures: Sequence[Attachment]) -> frozenset[str]:
        """The SHA-256 of those pictures that may be shown to the model; from then on the policy is wary."""
        with paused(self._clock):
            allowed = await self.policy.shows(pictures, self.brain.capabilities.host, self._emit)
        self._wary = self._wary or bool(allowed)
        return allowed

    def _with_own_id(self, call: ToolCall, others: Iterable[ToolCall]) -> ToolCall:
        """``call`` under an id that no other call of the conversation has; small servers count from 0 every time."""
        before = (call for message in self.history if isinstance(message, AssistantMessage) for call in message.calls)
        if call.id and call.id not in {other.id for other in (*before, *others)}:
            return call
        return replace(call, id=f"call_{uuid.uuid4().hex[:12]}")

    def _settle(self, why: str) -> None:
        """Answer every call that has no answer yet."""
        for call in unanswered(self.history):
            self._conclude(ToolMessage(call.id, call.name, False, why))

    def _conclude(self, message: ToolMessage) -> None:
        self._keep(message)
        pictures = tuple(str(picture.path) for picture in message.pictures)
        self._emit(ToolFinished(message.call, message.name, message.ok, message.text, message.output, pictures))

    def _keep(self, message: Message) -> None:
        self.history.append(message)
        if self.file is not None:
            self._note(self.file.keep(message))

    def _hear(self, message: Message) -> None:
        if isinstance(message, UserMessage):
            hear(self.workspace, message.text)
            asked.note(self.workspace, message.text)

    def _look_at_the_table(self) -> None:
        """Ask how things stand as the person speaks: within a turn its own tools change them."""
        self._study, self._left = study_now(self.workspace), plan_left(self.workspace)

    def _save_desk(self) -> None:
        encoded = records.encode_workspace(self.workspace)
        if encoded != self._workspaces[-1][1]:
            self._workspaces.append((len(self.history), encoded))
        if self.file is not None:
            self._note(self.file.keep_workspace(self.workspace))

    def _note(self, problem: str | None) -> None:
        if problem:
            self._emit(Noted(problem))


def _failed(error: AutostyleError) -> TurnEnded:
    return TurnEnded("error", error.message, error.hint, error.exit_code)
