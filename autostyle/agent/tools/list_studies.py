"""list_studies: what was searched before."""

from __future__ import annotations

from autostyle.agent.outputs import Studies
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.jobs import requests
from autostyle.sentences import Sentence


class ListStudies(Arguments):
    """Arguments of :data:`TOOL`: none."""


async def studies(workspace: Workspace, arguments: ListStudies, say: Say) -> ToolResult[Studies]:
    """The studies of the home, the last changed first."""
    config = workspace.config
    found = await work(requests.StudiesRequest(home=config.home, storage=config.storage), say)
    output = Studies.model_validate(found)
    said = [
        f"{s.name}: {s.note}" if s.missing else f"{s.name}: {s.done} of {s.total} trials, {' and '.join(s.methods)}"
        for s in output.studies
    ]
    return ToolResult("; ".join(said) or "There are no studies yet.", output)


TOOL = Tool(
    name="list_studies",
    description="The earlier studies by name, the last changed first. start_study goes on with one of them.",
    arguments=ListStudies,
    cost="free",
    run=studies,
    title=lambda arguments: Sentence("list the studies"),
)
