"""train_lora: a style learnt from the person's own pictures, kept in one file for style_lora."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from autostyle.agent import allowed_files
from autostyle.agent.outputs import Trained
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.sentences import Sentence
from autostyle.train.lora.settings import LoraSettings
from autostyle.vision.weights import Weights

FOLDER = "lora"
"""Beside the pictures, where nobody names another; that of a folder's pictures stands beside it, with its name."""


class TrainLora(Arguments):
    """Arguments of :data:`TOOL`."""

    images: Annotated[list[str], Field(min_length=1)]
    "Paths of the pictures to learn from, or of folders of them, as the person wrote them."
    out: str | None = None
    "A folder that the person named; leave it out for one beside the pictures."
    caption: str | None = None
    "Words that call the style later, where the person gives some; else they are found."
    base: Literal["auto", "sdxl", "sd15", "sd21"] = "auto"
    "The base model, only where the person names one."
    steps: Annotated[int, Field(ge=1, le=100_000)] = LoraSettings().steps
    "In total, only where the person says how many; more go on with a training that is done."


async def train(workspace: Workspace, arguments: TrainLora, say: Say) -> ToolResult[Trained]:
    """Train to the end; a training that was stopped goes on when the same is asked for again."""
    made = await work(_request(workspace, arguments), say)
    output = Trained.model_validate(made)
    if output.lora is None:
        return ToolResult("Nothing was learnt: it was stopped before the first step.", output)
    file, steps, score = Path(output.lora), output.steps, output.held_out["score"]
    workspace.named_files.add(file.resolve())
    words = tuple(dict.fromkeys(output.captions.values()))
    judged = "" if score is None else f", held-out style {score:.2f} of 1"
    text = (
        f"{file} has learnt the style in {steps.done} of {steps.total} steps{judged}. To paint with it: method "
        f"style_lora, this file as its aid lora, and {words[0]!r} in the prompt."
    )
    previews = [file.parent / "previews" / one["preview"] for one in output.evaluations[-1:]]
    return ToolResult(text, Trained.model_validate({**made, "words": words}), tuple(previews))


def _request(workspace: Workspace, arguments: TrainLora) -> requests.TrainLoraRequest:
    """The job.

    Raises:
        BadInput: a search is running, or a picture or a folder was not named or is not there.
        Missing: the base model is not on this machine.
    """
    if workspace.search is not None and workspace.search.running:
        raise BadInput("{study} is being searched", "let it end, or stop it first", study=workspace.search.study)
    config = workspace.config
    images = allowed_files.works(workspace, arguments.images, ("image",))
    weights = Weights.open(config.offline)
    weights.path(weights.base(arguments.base))
    return requests.TrainLoraRequest(
        device=config.device,
        offline=config.offline,
        images=tuple(path.resolve() for path in images),
        caption=arguments.caption,
        base=arguments.base,
        settings=LoraSettings(steps=arguments.steps),
        out=_folder(workspace, arguments).resolve(),
    )


def _folder(workspace: Workspace, arguments: TrainLora) -> Path:
    if arguments.out is not None:
        return allowed_files.place(workspace, arguments.out)
    first = allowed_files.allowed(workspace, arguments.images[0])
    return first.with_name(f"{first.name}-{FOLDER}" if first.is_dir() else FOLDER)


def _seconds(workspace: Workspace, arguments: TrainLora) -> float:
    """Nobody knows; what cannot run is refused before anybody is asked."""
    _request(workspace, arguments)
    return math.inf


def _details(workspace: Workspace, arguments: TrainLora) -> Iterator[Detail]:
    folder = _folder(workspace, arguments).absolute()
    yield from (
        Detail("reads", str(path.absolute())) for path in allowed_files.works(workspace, arguments.images, ("image",))
    )
    yield Detail("goes_on" if folder.exists() else "writes", str(folder))


def _title(arguments: TrainLora) -> str:
    names = ", ".join(Path(name).name for name in arguments.images[:3])
    return (
        Sentence("learn a style from {names} into {folder}", names=names, folder=arguments.out)
        if arguments.out
        else Sentence("learn a style from {names}", names=names)
    )


TOOL = Tool(
    name="train_lora",
    description=(
        "Learn a style from the person's own pictures, a brand's ten for instance, into one LoRA file that style_lora "
        "paints with. Takes a base model, a GPU or hours. Call it only where the person wants something trained."
    ),
    arguments=TrainLora,
    cost="compute",
    run=train,
    title=_title,
    details=_details,
    seconds=_seconds,
)
