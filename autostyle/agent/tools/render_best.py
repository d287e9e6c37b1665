"""render_best: the recommended trial at full size, where best.<ext> does not show it so yet."""

from __future__ import annotations

from collections.abc import Iterator

from autostyle.agent import estimate
from autostyle.agent.outputs import Rendered
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import image, on_the_table, work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.report.payload import summary
from autostyle.sentences import Sentence
from autostyle.tuning.record import StudyRecord


class RenderBest(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "Name of the study; leave it out for the one on the table."


async def render(workspace: Workspace, arguments: RenderBest, say: Say) -> ToolResult[Rendered]:
    """Render it; what is stopped on the way leaves the search's picture in its place."""
    study = on_the_table(workspace, arguments.study)
    if workspace.search is not None and workspace.search.running and workspace.search.study == study:
        raise BadInput("{study} is being searched", "it renders the recommended trial at its end", study=study)
    config = workspace.config
    request = requests.RenderRequest(
        device=config.device, offline=config.offline, home=config.home, storage=config.storage, study=study
    )
    found = StudyRecord.from_json((await work(request, say))["record"])
    picture = image(found, found.trial(found.best)) if found.best is not None else None
    size = found.plan.told(found.final_size)
    rest = "it is still to be rendered" if found.final_pending else f"rendered at {size}"
    output = Rendered(
        study=study,
        recommended=found.best,
        best=summary(found, base=found.folder)["best"],
        pending=found.final_pending,
        size=found.final_size,
        unit=size.partition(" ")[2],
        picture=str(picture) if picture else None,
    )
    text = f"{picture or 'The picture'} shows trial {found.best}, {rest}."
    return ToolResult(text, output, (picture,) if picture else ())


def _seconds(workspace: Workspace, arguments: RenderBest) -> float:
    return estimate.render(workspace, on_the_table(workspace, arguments.study))


def _details(workspace: Workspace, arguments: RenderBest) -> Iterator[Detail]:
    yield Detail("goes_on", str((workspace.config.home / on_the_table(workspace, arguments.study)).absolute()))


TOOL = Tool(
    name="render_best",
    description=(
        "Render the recommended trial of a study at rest at full size into its best picture. Use it after the "
        "recommendation has moved; a search does it by itself at its end."
    ),
    arguments=RenderBest,
    cost="compute",
    run=render,
    title=lambda arguments: Sentence("render the recommended trial at full size"),
    details=_details,
    seconds=_seconds,
)
