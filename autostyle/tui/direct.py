"""The agent's tools called by a person: what the slash commands use, without the brain."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

from autostyle.agent.approval import Approve, Policy, by_flags
from autostyle.agent.calls import answer_call
from autostyle.agent.events import ToolFinished, TurnEvent
from autostyle.agent.messages import ToolCall
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput

_ids = itertools.count()
ALLOWED = by_flags(compute=True, rest=True)


async def use(
    workspace: Workspace, tool: str, approve: Approve = ALLOWED, **arguments: Any
) -> AsyncIterator[TurnEvent]:
    """What happens while ``tool`` runs; the last event is its ToolFinished. Arguments that are None are left out.

    Nothing is asked, for whoever types a command means it, unless ``approve`` asks.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    call = ToolCall(f"command-{next(_ids)}", tool, json.dumps(given))
    happened: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
    policy = Policy(approve)
    answering = asyncio.create_task(answer_call(call, TOOLS, workspace, policy, wary=False, emit=happened.put_nowait))
    answering.add_done_callback(lambda _: happened.put_nowait(None))
    while (event := await happened.get()) is not None:
        yield event
    answer = answering.result()
    pictures = tuple(str(picture.path) for picture in answer.pictures)
    yield ToolFinished(call.id, tool, answer.ok, answer.text, answer.output, pictures)


def title(call: ToolCall) -> str:
    """One line for people about a call; its bare name where no tool understands it."""
    for tool in TOOLS:
        if tool.name == call.name:
            with contextlib.suppress(BadInput):
                return tool.title(tool.parse(call.arguments))
    return call.name
