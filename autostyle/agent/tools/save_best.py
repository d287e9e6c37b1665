"""save_best: a picture or clip that was found, where the person wants it, in the format and the size they want."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from autostyle.agent import allowed_files, estimate
from autostyle.agent.approval import duration
from autostyle.agent.outputs import Saved
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.understanding.saving import TABLE, written
from autostyle.agent.work import on_the_table, plan_of, work
from autostyle.agent.workspace import Workspace
from autostyle.errors import Refused
from autostyle.jobs import requests
from autostyle.mediums.files import companions, to_look_at
from autostyle.mediums.sides import Side
from autostyle.mediums.tables import CUBE
from autostyle.sentences import Sentence
from autostyle.use_cases import saving

_FORMATS = (*written(), TABLE)


def _known(format: str) -> str:
    if format not in _FORMATS:
        raise ValueError(Sentence("formats: {names}", names=", ".join(_FORMATS)))
    return format


SaveFormat = Annotated[str, AfterValidator(_known), WithJsonSchema({"enum": list(_FORMATS)})]


class SaveBest(Arguments):
    """Arguments of :data:`TOOL`."""

    out: str | None = None
    "A file or a folder that the person named; leave it out for the folder the person is in."
    format: SaveFormat | None = None
    "Only where the person named one; left out, the name's ending decides, else the usual one of what the study makes. "
    "cube: a look's table of colours."
    trial: int | None = None
    "Number of a trial; leave it out for the recommended one."
    size: Annotated[int, Field(ge=1)] | Literal["own"] | None = None
    "Pixels, or own: as the photograph, where the person said how large; left out, the size of the final render."
    side: Side = "long"
    "Which side `size` is of: `width` for '3000 pixels wide', `height` for 'tall', `long` where they did not say."


async def save(workspace: Workspace, arguments: SaveBest, say: Say) -> ToolResult[Saved]:
    """Write it as a file of its own; the study keeps what it has. What is there is replaced: that was asked about.

    Raises:
        BadInput: no trial is complete, the place was not named, a clip should become a picture, or it is too large for
            this machine.
        Refused: it was stopped before it was whole.
    """
    study = on_the_table(workspace, None)
    target = _target(workspace, arguments, study)
    config = workspace.config
    request = requests.SaveRequest(
        device=config.device,
        offline=config.offline,
        home=config.home.absolute(),
        storage=config.storage,
        study=study,
        number=arguments.trial,
        size=arguments.size,
        side=arguments.side,
        out=target,
        force=target.exists(),
    )
    made = await work(request, say)
    if made["image"] is None:
        raise Refused("{path} was not written: it was stopped", "say it again to begin anew", path=target)
    output = Saved(
        image=made["image"],
        companions=made["companions"],
        number=made["number"],
        pending=made["pending"],
        size=made["size"],
        told=made.get("told", ""),
        painted=made["painted"],
    )
    width, height = made["size"]
    told = output.told or f"{width} x {height} px"
    rest = ", at the size of the search: it is made whole at the search's end" if made["pending"] else ""
    return ToolResult(f"trial {made['number']} is saved as {target}, {told}{rest}", output, to_look_at([target]))


def _target(workspace: Workspace, arguments: SaveBest, study: str) -> Path:
    """The file to write."""
    named = Path.cwd() if arguments.out is None else _place(workspace, arguments.out)
    medium = plan_of(workspace, study).medium
    return saving.place(named, workspace.config.home / study, medium, arguments.format, force=True)


def _place(workspace: Workspace, out: str) -> Path:
    """What the person named; where their own picture is, is as good as named: "save it next to the original"."""
    path = Path(out).expanduser().absolute()
    own = {content.absolute().parent for content in workspace.brief.content}
    return path if path in own else allowed_files.place(workspace, out)


def _details(workspace: Workspace, arguments: SaveBest) -> Iterator[Detail]:
    """Where it goes, what it takes the place of, and how long it takes where it has to be painted."""
    study = on_the_table(workspace, None)
    target = _target(workspace, arguments, study).absolute()
    yield Detail("writes", str(target))
    if arguments.format == CUBE.removeprefix("."):
        yield Detail("writes", str(target.with_suffix(CUBE)))
    yield from (Detail("replaces", str(path)) for path in _taken(target))
    if arguments.size is not None:
        yield Detail("time", duration(estimate.saved(workspace, study, arguments.trial, arguments.size)))


def _overwrites(workspace: Workspace, arguments: SaveBest) -> bool:
    return bool(_taken(_target(workspace, arguments, on_the_table(workspace, None)).absolute()))


def _taken(target: Path) -> list[Path]:
    """What is there where ``target`` goes."""
    return [path for path in (target, *companions(target)) if path.exists()]


def _told(arguments: SaveBest) -> str:
    file = Path(arguments.out or ".").expanduser().absolute()
    if arguments.trial is not None:
        return Sentence("save trial {number} as {file}", number=arguments.trial, file=file)
    if arguments.format:
        return Sentence("save the result as {file} ({format})", file=file, format=arguments.format)
    return Sentence("save the result as {file}", file=file)


TOOL = Tool(
    name="save_best",
    description=(
        "Save a picture (or clip) of the study on the table where the person wants it: the recommended one or any "
        "trial, in a folder such as their desktop or as a file with the name and format they said, at any size. "
        "They are asked before something that is there is replaced."
    ),
    arguments=SaveBest,
    cost="writes",
    run=save,
    details=_details,
    overwrites=_overwrites,
    title=_told,
)
