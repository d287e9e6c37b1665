"""One tool call, from the brain's JSON to its one answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autostyle.agent.approval import Policy
from autostyle.agent.events import ToolProgressed, ToolStarted, TurnEvent
from autostyle.agent.messages import Attachment, ToolCall, ToolMessage
from autostyle.agent.outputs import ToolFailure
from autostyle.agent.tool import Arguments, Tool, ToolResult
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError, BadInput, Refused, Unconsented, Untrusted
from autostyle.jobs import requests
from autostyle.sentences import Sentence

SAID_NO = Sentence("the person said no to this call")
EmitEvent = Callable[[TurnEvent], None]
Waits = Callable[[], contextlib.AbstractContextManager[None]]


async def answer_call(
    call: ToolCall,
    tools: Sequence[Tool[Any]],
    workspace: Workspace,
    policy: Policy,
    *,
    wary: bool,
    emit: EmitEvent,
    waits: Waits = contextlib.nullcontext,
) -> ToolMessage:
    """The answer to ``call``: what its tool found, or why not, in words a brain can act on.

    Args:
        tools: all of them; what ``policy`` does not offer is not run.
        wary: whether a picture has entered the model's context.
        emit: takes what happens on the way, on this event loop.
        waits: entered while a person is waited for in the middle of a call.

    Raises:
        Exception: only a bug of the tool.
    """
    try:
        tool, arguments = _understood(call, tools, policy, emit)
        result = await _run(call, tool, arguments, workspace, policy, wary, emit, waits)
    except AutostyleError as error:
        text = "\n".join(filter(None, [f"error: {error.message}", error.hint and f"hint: {error.hint}"]))
        failure = ToolFailure(error=error.message, hint=error.hint, exit_code=error.exit_code)
        return ToolMessage(call.id, call.name, False, text, failure)
    pictures = await asyncio.to_thread(_pictures, result.pictures)
    return ToolMessage(call.id, call.name, True, result.text, result.output, pictures)


def _understood(
    call: ToolCall, tools: Sequence[Tool[Any]], policy: Policy, emit: EmitEvent
) -> tuple[Tool[Any], Arguments]:
    tool = next((tool for tool in tools if tool.name == call.name), None)
    try:
        if tool is None:
            raise BadInput(
                "there is no tool {name!r}",
                "tools: {names}",
                name=call.name,
                names=", ".join(tool.name for tool in tools),
            )
        if not policy.offers(tool):
            raise Refused("{name} is withheld: only a plan is wanted", "end with the plan", name=tool.name)
        arguments: Arguments = tool.parse(call.arguments)
    except AutostyleError:
        emit(ToolStarted(call.id, call.name, call.name))
        raise
    emit(ToolStarted(call.id, call.name, tool.title(arguments), arguments.model_dump(mode="json", exclude_unset=True)))
    return tool, arguments


async def _run(
    call: ToolCall,
    tool: Tool[Any],
    arguments: Arguments,
    workspace: Workspace,
    policy: Policy,
    wary: bool,
    emit: EmitEvent,
    waits: Waits,
) -> ToolResult[Any]:
    if not await policy.allows(tool, arguments, workspace, call.id, wary=wary, emit=emit):
        raise Refused(SAID_NO, "leave it, unless they ask for it again")
    loop = asyncio.get_running_loop()

    def say(text: str) -> None:
        with contextlib.suppress(RuntimeError):  # a thread that outlives an interrupted turn and its loop
            loop.call_soon_threadsafe(emit, ToolProgressed(call.id, text))

    try:
        return await tool.run(workspace, arguments, say)
    except Unconsented as error:
        with waits():
            agreed = await policy.consents(error.voices, tool.name, call.id, emit)
        if not agreed:
            raise Refused(SAID_NO, "leave it, unless they ask for it again") from error
        workspace.consented.add(error.voices)
        return await tool.run(workspace, arguments, say)
    except Untrusted as error:
        with waits():
            trusted = await policy.trusts(error.study, tool.name, call.id, emit)
        if not trusted:
            raise Refused(SAID_NO, "leave it, unless they ask for it again") from error
        home, storage = workspace.config.home, workspace.config.storage
        await work(requests.TrustRequest(home=home, storage=storage, study=error.study), say)
        return await tool.run(workspace, arguments, say)


def _pictures(paths: Sequence[Path]) -> tuple[Attachment, ...]:
    found = []
    for path in paths:
        with contextlib.suppress(OSError):  # a preview that was replaced meanwhile
            found.append(Attachment.of(path))
    return tuple(found)
