"""train_fast: a fast net that learns the person's style pictures, found by its name and its pictures afterwards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from autostyle.agent import allowed_files
from autostyle.agent.outputs import TaughtNet
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.plan import StudyName
from autostyle.sentences import Sentence
from autostyle.train.fast.settings import FastSettings
from autostyle.use_cases import training
from autostyle.vision.net_files import training_folder


class TrainFast(Arguments):
    """Arguments of :data:`TOOL`."""

    styles: Annotated[list[str], Field(min_length=1)]
    "Paths of the style pictures to learn, as the person wrote them; folders beside pictures are taken for photos."
    photos: list[str] = []
    "Paths of photographs to paint while it learns, or of folders, where the person names some."
    out: str | None = None
    "A folder that the person named; leave it out for a net that is found by the first style's name."
    steps: Annotated[int, Field(ge=1, le=100_000)] = FastSettings().steps
    "In total, only where the person says how many; more go on with a training that is done."
    from_study: StudyName | None = None
    "A study of plan_training, to train with the settings it found."
    steady: Annotated[float, Field(ge=0, le=100)] = FastSettings().steady
    "What counts that marks move with things: 0.25 for a net for clips, half as long again, else 0."


async def train(workspace: Workspace, arguments: TrainFast, say: Say) -> ToolResult[TaughtNet]:
    """Train to the end; a training that was stopped goes on when the same is asked for again."""
    output = TaughtNet.model_validate(await work(_request(workspace, arguments), say))
    if output.net is None:
        return ToolResult("Nothing was learnt: it was stopped before the first step.", output)
    file, steps, score = Path(output.net), output.steps, output.held_out["score"]
    workspace.named_files.add(file.resolve())
    method = "temporal_net" if arguments.steady else "fast_net"
    judged = "" if score is None else f", held-out style {score:.2f} of 1"
    text = (
        f"The net {output.name} has learnt {', '.join(output.styles)} in {steps.done} of {steps.total} steps{judged}. "
        f"To paint with it: method {method}, the same style picture, and {file} as its aid net."
    )
    previews = [file.parent / "previews" / one["preview"] for one in output.evaluations[-1:]]
    return ToolResult(text, output, tuple(previews))


def _request(workspace: Workspace, arguments: TrainFast) -> requests.TrainFastRequest:
    """The job.

    Raises:
        BadInput: a search is running, or a picture or a folder was not named or is not there.
    """
    if workspace.search is not None and workspace.search.running:
        raise BadInput("{study} is being searched", "let it end, or stop it first", study=workspace.search.study)
    styles, photos = apart(workspace, arguments.styles, arguments.photos)
    found = {} if arguments.from_study is None else training.found(arguments.from_study, workspace.config.home)
    return requests.TrainFastRequest(
        device=workspace.config.device,
        offline=workspace.config.offline,
        styles=tuple(path.resolve() for path in styles),
        photos=tuple(path.resolve() for path in photos),
        settings=FastSettings(**{**found, "steps": arguments.steps, "steady": arguments.steady}),
        out=_folder(workspace, arguments).absolute(),
    )


def apart(
    workspace: Workspace, named: Sequence[str], photos: Sequence[str]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The style pictures and the photographs: of what was ``named``, folders beside pictures are of photographs."""
    folders = [name for name in named if allowed_files.allowed(workspace, name).is_dir()]
    beside = folders if len(folders) < len(named) else []
    styles = [name for name in named if name not in beside]
    found = allowed_files.works(workspace, [*photos, *beside], ("image",))
    return allowed_files.works(workspace, styles, ("image",)), found


def _folder(workspace: Workspace, arguments: TrainFast) -> Path:
    if arguments.out is not None:
        return allowed_files.place(workspace, arguments.out)
    return training_folder(allowed_files.allowed(workspace, arguments.styles[0]).stem)


def _seconds(workspace: Workspace, arguments: TrainFast) -> float:
    """Nobody knows; what cannot run is refused before anybody is asked."""
    _request(workspace, arguments)
    return math.inf


def _details(workspace: Workspace, arguments: TrainFast) -> Iterator[Detail]:
    folder = _folder(workspace, arguments).absolute()
    for path in itertools.chain(*apart(workspace, arguments.styles, arguments.photos)):
        yield Detail("reads", str(path.absolute()))
    yield Detail("goes_on" if folder.exists() else "writes", str(folder))


def _title(arguments: TrainFast) -> str:
    names = ", ".join(Path(name).name for name in arguments.styles[:3])
    return Sentence("teach a fast net {names}", names=names)


TOOL = Tool(
    name="train_fast",
    description=(
        "Teach a fast net the person's style pictures: a picture in a fraction of a second afterwards, by fast_net. "
        "Takes half an hour to an hour. Call it only where the person wants a fast net trained."
    ),
    arguments=TrainFast,
    cost="compute",
    run=train,
    title=_title,
    details=_details,
    seconds=_seconds,
)
