"""export_report: the report of a study, written where the person wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autostyle.agent import allowed_files, lines
from autostyle.agent.outputs import Exported
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import on_the_table, work
from autostyle.agent.workspace import Workspace
from autostyle.jobs import requests
from autostyle.sentences import Sentence


class ExportReport(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "Name of the study; leave it out for the one on the table."
    out: str | None = None
    "A folder that the person named; leave it out for the study's own."
    force: bool = False
    "Write into a folder that has files already; only if the person said so."


async def export(workspace: Workspace, arguments: ExportReport, say: Say) -> ToolResult[Exported]:
    """Write page, Markdown, JSON, table, recipe and plan, and say where."""
    study = on_the_table(workspace, arguments.study)
    out = None if arguments.out is None else allowed_files.place(workspace, arguments.out)
    config = workspace.config
    request = requests.ExportRequest(
        home=config.home, storage=config.storage, study=study, out=out, force=arguments.force
    )
    written = await work(request, say)
    folder = Path(written["report"]).parent
    files = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name[0] != ".")
    output = Exported.model_validate({**written, "files": files})
    return ToolResult(lines.found(output), output)


def _details(workspace: Workspace, arguments: ExportReport) -> Iterator[Detail]:
    own = (workspace.config.home / on_the_table(workspace, arguments.study)).absolute()
    folder = own if arguments.out is None else allowed_files.place(workspace, arguments.out)
    yield Detail("writes", str(folder))
    if folder == own or arguments.force:
        written = sorted(path.name for path in own.glob("*.*")) if folder != own else ["report.html"]
        yield from (Detail("replaces", str(folder / name)) for name in written if (folder / name).exists())


TOOL = Tool(
    name="export_report",
    description="Write the report of a study again, finished or not, into its own folder or one that the person named.",
    arguments=ExportReport,
    cost="writes",
    run=export,
    details=_details,
    title=lambda arguments: (
        Sentence("write the report into {folder}", folder=arguments.out)
        if arguments.out
        else Sentence("write the report")
    ),
)
