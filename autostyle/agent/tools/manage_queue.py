"""manage_queue: what waits for its turn, in another order, or taken out."""

from __future__ import annotations

import asyncio

from autostyle.agent.outputs import QueueListed
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.sentences import Sentence
from autostyle.use_cases import queue


class ManageQueue(Arguments):
    """Arguments of :data:`TOOL`; without any the queue is only listed."""

    take_out: list[str] | None = None
    "Studies or ids of requests that wait and that the person no longer wants."
    first: str | None = None
    "Study or id of the one that the person wants to run next."


async def manage(workspace: Workspace, arguments: ManageQueue, say: Say) -> ToolResult[QueueListed]:
    """Change what waits, then list it.

    Raises:
        BadInput: one is not in the queue, or runs already.
    """

    def change() -> tuple[queue.QueueEntry, ...]:
        home = workspace.config.home
        if arguments.take_out:
            queue.cancel(home, *arguments.take_out)
        if arguments.first is not None:
            queue.move(home, arguments.first, 1)
        return queue.to_come(home)

    entries = await asyncio.to_thread(change)
    output = QueueListed.model_validate({"entries": [entry.data() for entry in entries]})
    said = [f"{entry.study} {entry.state}" for entry in entries]
    return ToolResult(", then ".join(said) or "Nothing is in the queue.", output)


TOOL = Tool(
    name="manage_queue",
    description=(
        "List the requests that wait for the running search, let another one run next, or take some out. start_study "
        "puts a request in while a search runs."
    ),
    arguments=ManageQueue,
    cost="free",
    run=manage,
    title=lambda arguments: Sentence("look at the queue"),
)
