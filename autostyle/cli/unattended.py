"""One request, unattended: the agent's turns, the search between them, and what is left at the end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.cells import set_cell_size

from autostyle.agent.brains.embedded import EmbeddedBrain
from autostyle.agent.brains.replies import detail_rows, say, translate
from autostyle.agent.events import (
    ApprovalAsked,
    Noted,
    Said,
    Spent,
    Thinking,
    ToolFinished,
    ToolProgressed,
    ToolStarted,
    TurnEnded,
    TurnEvent,
)
from autostyle.agent.loop import Agent
from autostyle.agent.messages import Notice
from autostyle.agent.outline import outline
from autostyle.agent.outputs import RegionFound, SearchFailed, Steered, StylesAtHand, ToolFailure
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.languages import spoken
from autostyle.cli.context import Invocation
from autostyle.cli.jobs import Interrupts
from autostyle.cli.narration import Voice
from autostyle.cli.progress import EVERY, Bar, Wait
from autostyle.cli.search_progress import SearchProgress
from autostyle.errors import BadInput
from autostyle.report.text import one_line
from autostyle.sentences import Sentence
from autostyle.tuning import events as study

Tell = Callable[[dict[str, Any]], None]
Asks = Callable[[ApprovalAsked], bool]
LOOK_EVERY = 0.1
"""Seconds between two looks at Ctrl-C."""
ANSWERS = {
    *("study_status", "compare_trials", "show_picture", "ask_preference", "apply_best", "save_best", "export_report"),
    *("list_studies", "list_styles", "manage_queue", "train_lora"),
}
"""Tools that answer a request by themselves, without a plan."""
LATEST = 200
"""Characters of a model's reasoning that the line of a wait is taken from."""
LONGEST = 4096
"""Characters of a path that a question shows: all of them."""


def _asks(said: str) -> bool:
    """Whether a reply ends in a question."""
    return said.endswith("?") or spoken().claims.question.search(said) is not None


class UnattendedConversation:
    """One unattended conversation.

    Args:
        invocation: whose console it speaks on.
        agent: answers.
        tell: takes every event as JSON data.
        aloud: the answer's words go to stdout as they come.
        asks: whether a request for approval is put to a person at the terminal.
    """

    def __init__(self, invocation: Invocation, agent: Agent, tell: Tell, *, aloud: bool, asks: Asks) -> None:
        self._console = invocation.console
        self._watch = SearchProgress(invocation)
        self._agent = agent
        self._tell = tell
        self._asks = asks
        self._voice = Voice(invocation.console, aloud=aloud)
        self._wait = Wait(invocation.console)
        self._thoughts = ""
        self._awaited = ""
        self._notices: asyncio.Queue[Notice] = asyncio.Queue()
        self._failed: ToolFinished | None = None
        self._found = agent.workspace.plan
        "What lay in the workspace before anything was said: the plan of a study that was cut short."
        self._did = False
        self._settled = False
        "Whether the last change was one of a study in which nothing is left to run."
        self._guess: RegionFound | None = None
        "A mask that was guessed."
        self._used_none = True
        self._notes: list[str] = []
        self._told = time.monotonic()
        self._end = TurnEnded("done")
        agent.workspace.on_notice.append(self._notices.put_nowait)
        agent.workspace.on_study.append(self._see)

    async def run(self, request: str, *, yes: bool, interrupts: Interrupts) -> tuple[dict[str, Any], int]:
        """The object to answer with, and the exit code."""
        watch = asyncio.create_task(self._mind(interrupts))
        try:
            await self._turn(request)
            workspace = self._agent.workspace
            waits = self._planned and workspace.search is None and self._end.reason == "done" and not self._settled
            if yes and waits and not understand_cached(request, Path.cwd()).hold:  # words go before a flag
                # To a brain that would rather be told again.
                await self._turn(say(workspace.language, "yes"))
            notice = await self._follow(interrupts)
        finally:
            watch.cancel()
            await self._agent.close()
        data, code = self._outcome(notice)
        if yes and notice is not None and self._guess is not None and self._is_painted_by(self._guess.mask):
            self._note(
                Sentence(
                    "where it was painted is a guess that nobody was asked about: what is tinted in {path}",
                    path=self._guess.preview,
                )
            )
        if self._used_none and not self._notes and self._was_no_question(request):
            self._note(
                Sentence(
                    "nothing was planned or done: {model} used no tool; a larger model does, or "
                    "AUTOSTYLE_MODEL=embedded",
                    model=self._agent.brain.name,
                )
            )
        return {**data, "answer": self._voice.said, "notes": self._notes}, interrupts.exit_code or code

    @property
    def _planned(self) -> bool:
        """Whether a plan was made or changed here."""
        return self._agent.workspace.plan is not None and self._agent.workspace.plan is not self._found

    def _is_painted_by(self, mask: str) -> bool:
        plan = self._agent.workspace.plan
        return plan is not None and any(Path(mask) in files for files in plan.aids.values())

    def _was_no_question(self, request: str) -> bool:
        """Whether a language model spoke of pictures that were named, and neither looked at them nor asked."""
        said = self._voice.said.strip()
        if isinstance(self._agent.brain, EmbeddedBrain) or not said or _asks(said.rstrip(".!*` ")):
            return False
        asked = understand_cached(request, Path.cwd())
        return bool(asked.content or asked.styles or asked.loose)

    async def _turn(self, said: str | Notice) -> None:
        self._voice.begin()
        self._failed = None
        self._await("busy:thinking")
        try:
            async for event in self._agent.turn(said):
                self._hear(event)
        finally:
            self._wait.end()
        self._voice.end()

    def _see(self, event: study.StudyEvent) -> None:
        self._tell(event.as_json())
        self._voice.end_line()
        self._watch.on_event(event)

    def _hear(self, event: TurnEvent) -> None:
        self._tell(event.as_json())
        if not isinstance(event, Thinking | ToolProgressed | Spent | Noted):
            self._wait.end()
        match event:
            case Said():
                self._voice.speak(event.text)
            case Thinking():
                self._thoughts = (self._thoughts + event.text)[-LATEST:]
                self._await("busy:thinking", self._thoughts.rpartition("\n")[2])
            case ToolStarted():
                self._used_none = False
                self._voice.note(f"· {translate(self._language, event.title)}")
                self._await("busy:working")
            case ApprovalAsked() if self._asks(event):
                for name, text in detail_rows(self._language, event.details):
                    self._voice.note(f"  {set_cell_size(name, 11)} {text}", limit=LONGEST)
                what = translate(self._language, event.what)
                self._voice.note(f"{what}: {say(self._language, 'may:typed')}")
            case ToolProgressed() if self._console.err.is_terminal:
                self._await("busy:working", translate(self._language, event.text))
            case ToolProgressed() if time.monotonic() - self._told >= EVERY:
                self._told = time.monotonic()
                self._voice.note(f"  {translate(self._language, event.text)}")
            case ToolFinished():
                self._voice.pause()
                self._await("busy:thinking")
                self._failed = None if event.ok or self._agent.withholds(event.name) else event
                offers = isinstance(event.output, StylesAtHand) and event.output.content is not None  # that is to ask
                self._did = self._did or (event.ok and event.name in ANSWERS and not offers)
                self._settled = isinstance(event.output, Steered) and event.output.left == 0
                if isinstance(event.output, RegionFound):
                    self._guess = event.output if any(one.by == "guess" for one in event.output.found) else None
            case Noted():
                self._note(event.text)
            case TurnEnded():
                self._end = event

    def _note(self, text: str) -> None:
        """A line for the person, which the answer as data has, too."""
        self._notes.append(translate(self._language, text))
        self._voice.note(self._notes[-1])

    def _await(self, what: str, note: str = "") -> None:
        """Show that something is waited for, ``what`` by its key among the replies."""
        self._voice.end_line()
        self._awaited = what.removeprefix("busy:")
        self._wait.show(say(self._language, what), one_line(note))

    @property
    def _language(self) -> str:
        return self._agent.workspace.language

    async def _follow(self, interrupts: Interrupts) -> Notice | None:
        """Wait for the search, if one was started, and let the brain speak about what it says; its last notice."""
        notice: Notice | None = None
        while self._more_to_come(notice):
            with Bar(self._console, "trials") as self._watch.bar:
                notice = await self._notices.get()
            self._watch.bar = None
            if not interrupts.stop.is_set():
                await self._turn(notice)
        return notice

    def _more_to_come(self, last: Notice | None) -> bool:
        search = self._agent.workspace.search
        if search is None:
            return False
        return search.running or last is None or last.kind == "round" or not self._notices.empty()

    async def _mind(self, interrupts: Interrupts) -> None:
        """Turn the first Ctrl-C into the end of the turn and of the search; tell meanwhile what is waited for."""
        while not interrupts.stop.is_set():
            await asyncio.sleep(LOOK_EVERY)
            if (seconds := self._wait.tick()) is not None:
                self._tell({"event": "waiting", "for": self._awaited, "seconds": round(seconds, 1)})
        self._agent.interrupt()
        if (search := self._agent.workspace.search) is not None and search.running:
            await search.stop()

    def _outcome(self, notice: Notice | None) -> tuple[dict[str, Any], int]:
        workspace, end = self._agent.workspace, self._end
        if notice is not None:
            return notice.data, notice.output.exit_code if isinstance(notice.output, SearchFailed) else 0
        if end.reason != "done":
            error = {
                "error": end.error or Sentence("the turn ended early: {reason}", reason=end.reason),
                "hint": end.hint,
            }
            return {**outline(workspace, ()), **error, "exit_code": end.exit_code}, end.exit_code
        if self._failed is not None:
            wrong = self._failed.output
            code = wrong.exit_code if isinstance(wrong, ToolFailure) else 1
            return {**outline(workspace, ()), **self._failed.data}, code
        if self._planned or self._did:
            return outline(workspace, ()), 0
        return outline(workspace, (self._voice.said,)), BadInput.exit_code
