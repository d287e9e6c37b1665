"""show_picture: one picture of the study as large as the person can have it, or in the viewer of their desktop."""

from __future__ import annotations

import asyncio

from autostyle.agent.outputs import PictureShown
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import image, record, trial_of, work_of
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.mediums.files import to_open
from autostyle.processes.viewer import open_file
from autostyle.sentences import Sentence


class ShowPicture(Arguments):
    """Arguments of :data:`TOOL`."""

    trial: int | None = None
    "Number of a trial; leave it out for the recommended one."
    viewer: bool = False
    "True where they want it opened outside of this conversation, in their own picture viewer: 'open it'."


async def show(workspace: Workspace, arguments: ShowPicture, say: Say) -> ToolResult[PictureShown]:
    """Fill the screen with a trial, or open it in the person's viewer; where there is no screen, tell where it is.

    Raises:
        BadInput: there is no such trial, or it has no picture yet.
        Missing: nothing here opens pictures.
    """
    found = await record(workspace, None, say)
    number = found.best if arguments.trial is None else arguments.trial
    if number is None:
        raise BadInput("no trial is complete yet", "the first picture comes with the first trial that ends")
    trial = trial_of(found, number)
    path = image(found, trial)
    if path is None:
        raise BadInput("trial {number} has no picture", "it did not end well, or has not ended yet", number=number)
    workspace.viewed = number if arguments.trial is not None else None
    output = PictureShown(study=found.plan.study, number=number, image=str(path), shown="path")
    if arguments.viewer:
        await asyncio.to_thread(open_file, to_open(work_of(found, trial) or path))
        output = output.model_copy(update={"shown": "viewer"})
    elif workspace.look is not None and workspace.look(path):
        output = output.model_copy(update={"shown": "screen"})
    how = {
        "path": "no screen is filled with it here",
        "viewer": "it is open in their viewer",
        "screen": "it fills their screen",
    }
    return ToolResult(f"trial {number} is {path}; {how[output.shown]}.", output, (path,))


TOOL = Tool(
    name="show_picture",
    description=(
        "Show the person one picture of the study as large as their terminal is, or open it in the picture viewer of "
        "their desktop: 'bigger', 'show me the best one large', 'open it'. To tell of several, use compare_trials."
    ),
    arguments=ShowPicture,
    cost="free",
    run=show,
    title=lambda arguments: (
        Sentence("show the recommended picture")
        if arguments.trial is None
        else Sentence("show trial {number}", number=arguments.trial)
    ),
)
