"""The server: one client, one workspace, the agent's tools under the agent's policy."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from autostyle import __version__, crash_reports
from autostyle.agent.approval import Policy
from autostyle.agent.calls import answer_call
from autostyle.agent.events import ToolProgressed, TurnEvent
from autostyle.agent.messages import ToolCall, ToolMessage
from autostyle.agent.outputs import ToolFailure
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.errors import AutostyleError
from autostyle.mcp_server.asking import AskedCall, InputNeeded, current, meaning
from autostyle.mcp_server.permission import Beforehand, allow_files, approval
from autostyle.mcp_server.tasks import PATIENCE, Tasks
from autostyle.mcp_server.tools import answered, described

INSTRUCTIONS = """\
autostyle gives a photograph or clip the look of a style picture: it searches a method's parameters, scores every trial
for style and for content, and recommends the best trade-off.
1. look_at_images with the paths of the content and of the style (list_styles has some at hand); it shows them.
2. choose_method with what the person wishes (leave out what they did not say), then plan_study.
3. start_study. It answers at once, with a task: task_status with `wait` follows that to its end and shows the best one.
4. study_status and compare_trials show the front; ask_preference and steer_study move it to the person's taste.
5. save_best copies the best picture to where the person wants it; apply_best gives other pictures the same look.
Long calls answer with a task, too. Nothing leaves this machine but what these answers show."""
MOST_WAITING = 32
"""Calls that wait for an answer and are remembered."""
ALONE = frozenset({"task_status", "cancel_task"})
"""Tools that do not wait for the call before them."""


class ToolServer:
    """Answers one client.

    Args:
        config: the settings.
        beforehand: what the person allowed when they started it.
        pictures: whether answers show pictures.
        patience: seconds that a call may take before it goes on as a task.
    """

    def __init__(
        self, config: Config, beforehand: Beforehand, *, pictures: bool = True, patience: float = PATIENCE
    ) -> None:
        # Paths in answers are for a program that stands in another folder.
        self.workspace = Workspace(config.model_copy(update={"home": config.home.absolute()}))
        self.workspace.named_files.update(folder.resolve() for folder in beforehand.folders)
        self.tasks = Tasks(self.workspace, patience)
        self.tools = (*map(self.tasks.lasting, TOOLS), *self.tasks.tools())
        self._policy = Policy(approval(beforehand))
        self._pictures = pictures
        self._wary = False
        self._one_at_a_time = asyncio.Lock()
        self._waiting: OrderedDict[str, tuple[ToolCall, dict[str, str]]] = OrderedDict()
        self.server: Server[Any] = Server(
            "autostyle",
            version=__version__,
            title="autostyle",
            instructions=INSTRUCTIONS,
            lifespan=self._life,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    @contextlib.asynccontextmanager
    async def _life(self, server: Server[Any]) -> AsyncIterator[dict[str, Any]]:
        try:
            yield {}
        finally:
            await self.tasks.close()

    async def _list(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[described(tool) for tool in self.tools])

    async def _call(
        self, context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult | types.InputRequiredResult:
        arguments = params.arguments or {}
        call = ToolCall(uuid.uuid4().hex, params.name, json.dumps(arguments))
        asked = AskedCall(context, self._heard(call, params))
        current.set(asked)
        try:
            async with contextlib.nullcontext() if call.name in ALONE else self._one_at_a_time:
                message = await self._answer(call, arguments, asked)
        except InputNeeded as needed:
            token = secrets.token_urlsafe()
            self._waiting[token] = call, asked.answers
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            return types.InputRequiredResult(input_requests={needed.key: needed.question}, request_state=token)
        result = await asyncio.to_thread(answered, message, self._pictures)
        self._wary = self._wary or any(block.type == "image" for block in result.content)
        return result

    def _heard(self, call: ToolCall, params: types.CallToolRequestParams) -> dict[str, str]:
        """What was answered to the questions of this very call."""
        before, answers = self._waiting.pop(params.request_state or "", (None, {}))
        if before is None or (before.name, before.arguments) != (call.name, call.arguments):
            return {}
        said = params.input_responses or {}
        return answers | {key: meaning(answer, ("once", "session", "no")) for key, answer in said.items()}

    async def _answer(self, call: ToolCall, arguments: dict[str, Any], asked: AskedCall) -> ToolMessage:
        progress: asyncio.Queue[str] = asyncio.Queue()

        def emit(event: TurnEvent) -> None:
            if isinstance(event, ToolProgressed):
                progress.put_nowait(str(event.text))

        async def tell() -> None:
            while True:
                await asked.step(await progress.get())

        telling = asyncio.create_task(tell())
        try:
            await allow_files(self.workspace, arguments)
            return await answer_call(call, self.tools, self.workspace, self._policy, wary=self._wary, emit=emit)
        except AutostyleError as error:
            return _failure(call, error)
        except InputNeeded:
            raise
        except Exception as error:
            return _failure(call, crash_reports.report(error))
        finally:
            telling.cancel()


def _failure(call: ToolCall, error: AutostyleError) -> ToolMessage:
    text = "\n".join(filter(None, [f"error: {error.message}", error.hint and f"hint: {error.hint}"]))
    output = ToolFailure(error=error.message, hint=error.hint, exit_code=error.exit_code)
    return ToolMessage(call.id, call.name, False, text, output)


def usual_folders() -> tuple[Path, ...]:
    """The folder that the server was started in; none where that is the person's home, or everything."""
    here = Path.cwd()
    return () if here in (Path.home(), Path(here.anchor)) else (here,)


def serve(config: Config, beforehand: Beforehand, *, pictures: bool = True) -> None:
    """Answer the client at the other end of stdin and stdout until it leaves."""

    async def run() -> None:
        server = ToolServer(config, beforehand, pictures=pictures).server
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(run())
