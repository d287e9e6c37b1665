"""What takes longer than a client waits: a search, and calls that go on after their answer. Each has an id."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from autostyle import crash_reports
from autostyle.agent import lines
from autostyle.agent.outputs import ToolFailure, ToolOutput
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.start_study import of_end
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError, BadInput
from autostyle.jobs.running_search import RunningSearch
from autostyle.mcp_server.asking import current
from autostyle.mediums.files import shown
from autostyle.sentences import Sentence
from autostyle.tuning import events

TaskState = Literal["working", "completed", "failed", "cancelled"]
PATIENCE = 20.0
"""Seconds that a call may take before it goes on as a task; many clients give up after sixty."""
LONG = frozenset({"render_best", "apply_best", "train_lora", "export_report"})
"""Tools that may take longer."""
LOOK_EVERY = 0.5
"""Seconds between two lines of progress."""
KEPT = 100
"""Tasks that are over and still remembered."""


class TaskOutput(ToolOutput):
    """A task; ``result`` is what it made, or why it failed."""

    task: str
    state: TaskState
    title: str
    done: int | None = None
    total: int | None = None
    left: float | None = None
    result: dict[str, Any] = {}


class TasksOutput(ToolOutput):
    """All tasks, the latest last."""

    tasks: tuple[TaskOutput, ...]


class TaskStatus(Arguments):
    """Arguments of ``task_status``."""

    task: str | None = None
    "Id of the task, as start_study answered it; leave it out for all of them."
    wait: Annotated[float, Field(ge=0, le=600)] = 0.0
    "Seconds to wait for its end at most; progress is told meanwhile, where the client asked for it."


class CancelTask(Arguments):
    """Arguments of ``cancel_task``."""

    task: str
    "Id of the task."


@dataclass(eq=False)
class _Call:
    """A call that goes on."""

    id: str
    title: str
    work: asyncio.Task[ToolResult[Any]]
    said: str = ""
    cancelled: bool = False

    @property
    def over(self) -> bool:
        return self.work.done()

    @property
    def far(self) -> tuple[float, float | None, str]:
        return 0.0, None, self.said

    async def end(self) -> None:
        self.cancelled = not self.over
        self.work.cancel()
        await asyncio.wait({self.work})

    def told(self) -> ToolResult[Any]:
        if not self.over:
            return ToolResult(f"{self.id}: {self.title}, working. {self.said}".strip(), self._output("working"))
        try:
            made = self.work.result()
        except asyncio.CancelledError:
            return ToolResult(f"{self.id} was cancelled.", self._output("cancelled"))
        except Exception as error:
            known = error if isinstance(error, AutostyleError) else crash_reports.report(error)
            return _failed(self._output("failed"), known.message, known.hint, known.exit_code)
        state: TaskState = "cancelled" if self.cancelled else "completed"
        output = self._output(state).model_copy(update={"result": made.data})
        return ToolResult(f"{self.id}, {state}: {made.text}", output, made.pictures)

    def _output(self, state: TaskState) -> TaskOutput:
        return TaskOutput(task=self.id, state=state, title=self.title, done=None, total=None, left=None, result={})


@dataclass(eq=False)
class _Search:
    """The search of a study."""

    search: RunningSearch
    images: dict[int, str]
    "Its trials' pictures, in its folder."
    cancelled: bool = False

    @property
    def id(self) -> str:
        return self.search.study

    @property
    def over(self) -> bool:
        return not self.search.running

    @property
    def far(self) -> tuple[float, float | None, str]:
        search = self.search
        far = search.done + sum(search.under_way.values())
        left = f", about {search.left:.0f} s left" if search.left else ""
        best = (
            f"; best so far trial {search.best}, {lines.scores(search.best_scores)}" if search.best is not None else ""
        )
        work = f"rendering trial {search.rendering} at full size" if search.rendering is not None else search.at_work
        return far, search.total, f"{search.done} of {search.total} runs{left}; {work}{best}"

    async def end(self) -> None:
        self.cancelled = not self.over
        await self.search.stop()

    def told(self) -> ToolResult[Any]:
        if not self.over:
            return ToolResult(f"{self.id}, working: {self.far[2]}.", self._output("working"), tuple(self._pictures()))
        notice = of_end(self.id, self.search.ended)
        if isinstance(notice.output, ToolFailure):
            failed = notice.output
            return _failed(self._output("failed"), failed.error, failed.hint, failed.exit_code)
        state: TaskState = "cancelled" if self.cancelled else "completed"
        output = self._output(state).model_copy(update={"result": notice.data})
        text = f"{state}. {notice.text} save_best keeps a copy of its best picture."
        return ToolResult(text, output, tuple(picture.path for picture in notice.pictures))

    def _output(self, state: TaskState) -> TaskOutput:
        search = self.search
        counts = {"done": search.done, "total": search.total, "left": search.left}
        return TaskOutput(task=self.id, state=state, title=f"search {self.id}", result={}, **counts)

    def _pictures(self) -> Iterator[Path]:
        """The best one so far."""
        if image := self.images.get(-1 if self.search.best is None else self.search.best):
            yield shown(self.search.folder / image)


@dataclass(eq=False)
class Tasks:
    """The tasks of a server.

    Args:
        workspace: whose searches they are.
        patience: seconds that a call may take before it goes on as a task.
    """

    workspace: Workspace
    patience: float = PATIENCE
    _known: dict[str, _Call | _Search] = field(default_factory=dict)
    _images: dict[int, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.workspace.on_study.append(self._see)

    def tools(self) -> tuple[Tool[Any], ...]:
        """The tools that ask for a task and end it."""
        return (
            Tool(
                name="task_status",
                description=(
                    "How far a task is (a search that start_study began, or a call that went on), and what it made "
                    "once it is over, with its picture. Give `wait` to be answered at its end instead of asking again."
                ),
                arguments=TaskStatus,
                cost="free",
                run=self._status,
                title=lambda arguments: Sentence("look at {names}", names=arguments.task or Sentence("the study")),
            ),
            Tool(
                name="cancel_task",
                description="End a task early; everything that is finished is kept.",
                arguments=CancelTask,
                cost="free",
                run=self._cancel,
                title=lambda arguments: Sentence("stop the search"),
            ),
        )

    def lasting(self, tool: Tool[Any]) -> Tool[Any]:
        """``tool``, which goes on as a task where it takes long, and names the one that it starts."""
        if tool.name == "start_study":
            return replace(tool, run=self._begin(tool))
        return replace(tool, run=self._go_on(tool)) if tool.name in LONG else tool

    async def close(self) -> None:
        """End all that runs; nobody is left to ask for it."""
        for task in self._known.values():
            with contextlib.suppress(AutostyleError):
                await task.end()

    def _see(self, event: events.StudyEvent) -> None:
        match event:
            case events.Opened():
                self._images = {}
            case events.TrialFinished(image=str(image)):
                self._images[event.number] = image

    def _begin(self, tool: Tool[Any]) -> Any:
        async def run(workspace: Workspace, arguments: Any, say: Say) -> ToolResult[Any]:
            made = await tool.run(workspace, arguments, say)
            assert workspace.search is not None
            task = self._keep(_Search(workspace.search, self._images))
            text = f"{made.text.replace('A notice tells its end.', '')}It is task {task}: task_status tells of it."
            assert made.output is not None
            return replace(made, text=text, output=ToolOutput.model_validate({**made.data, "task": task}))

        return run

    def _go_on(self, tool: Tool[Any]) -> Any:
        async def run(workspace: Workspace, arguments: Any, say: Say) -> ToolResult[Any]:
            def heard(text: str) -> None:
                call.said = text
                say(text)

            running: Coroutine[Any, Any, ToolResult[Any]] = tool.run(workspace, arguments, heard)  # type: ignore[assignment]
            work = asyncio.create_task(running)
            call = _Call(f"{tool.name}-{next(self._numbers)}", str(tool.title(arguments)), work)
            try:
                await asyncio.wait({work}, timeout=self.patience)
            except asyncio.CancelledError:
                work.cancel()
                raise
            if work.done():
                return work.result()
            self._keep(call)
            told = call.told()
            return replace(told, text=f"{told.text} It goes on as task {call.id}: task_status tells of it.")

        return run

    def _keep(self, task: _Call | _Search) -> str:
        self._known.pop(task.id, None)
        self._known[task.id] = task
        for old in [name for name, one in self._known.items() if one.over][: max(0, len(self._known) - KEPT)]:
            del self._known[old]
        return task.id

    def _find(self, name: str) -> _Call | _Search:
        if name not in self._known:
            known = ", ".join(self._known) or "none"
            raise BadInput("there is no task {name!r}", "tasks: {names}", name=name, names=known)
        return self._known[name]

    async def _status(self, workspace: Workspace, arguments: TaskStatus, say: Say) -> ToolResult[Any]:
        if arguments.task is None:
            told = [task.told() for task in self._known.values()]
            text = "\n".join(one.text for one in told) or "There are no tasks."
            return ToolResult(text, TasksOutput(tasks=tuple(one.output for one in told if one.output is not None)))
        task = self._find(arguments.task)
        until = asyncio.get_running_loop().time() + arguments.wait
        while not task.over and (rest := until - asyncio.get_running_loop().time()) > 0:
            await current.get().progress(*task.far)
            await asyncio.sleep(min(rest, LOOK_EVERY))
        return task.told()

    async def _cancel(self, workspace: Workspace, arguments: CancelTask, say: Say) -> ToolResult[Any]:
        task = self._find(arguments.task)
        await task.end()
        return task.told()


def _failed(output: TaskOutput, error: str, hint: str, code: int) -> ToolResult[Any]:
    why = {"error": error, "hint": hint, "exit_code": code}
    text = "\n".join(filter(None, [f"{output.task} has failed", f"error: {error}", hint and f"hint: {hint}"]))
    return ToolResult(text, output.model_copy(update={"result": why}))
