"""apply_best: give other pictures the look that was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from autostyle.agent import allowed_files
from autostyle.agent.outputs import Applied
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import on_the_table, record, trial_of, work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import failures, requests
from autostyle.mediums import registry as mediums
from autostyle.mediums.files import to_look_at
from autostyle.report import recipe as recipes
from autostyle.sentences import Sentence
from autostyle.use_cases import batch

FOLDER = "applied"
"""In the study's folder, where nobody names another."""


class ApplyBest(Arguments):
    """Arguments of :data:`TOOL`."""

    inputs: Annotated[list[str], Field(min_length=1)]
    "Paths of pictures and clips, or of folders of pictures, as the person wrote them."
    out: str | None = None
    "A folder that the person named; leave it out for one in the study's."
    trial: int | None = None
    "A trial of the front; leave it out for the recommended one."


async def apply(workspace: Workspace, arguments: ApplyBest, say: Say) -> ToolResult[Applied]:
    """Run the recipe on each picture; one that cannot be read is left out and the others go on."""
    study = on_the_table(workspace, None)
    inputs = [_input(workspace, name) for name in arguments.inputs]
    recipe = await _recipe(workspace, study, arguments.trial, say)
    folder = _folder(workspace, arguments)
    method = recipes.load(recipe).method
    found = batch.gather_batch(inputs, folder, method, without=workspace.brief.styles)
    request = requests.ApplyRequest(
        device=workspace.config.device,
        offline=workspace.config.offline,
        recipe=recipe.resolve(),
        inputs=found.inputs,
        outputs=found.outputs,
    )
    result = await work(request, say)
    result["failed"] = [*found.failed, *result["failed"]]
    made = [Path(entry["image"]) for entry in result["images"]]
    kept = sum(entry["kept"] for entry in result["images"])
    said = [f"{len(made)} of {len(found.pairs) + len(found.failed)} pictures are in {folder}"]
    said += [f"{kept} of them were there from an earlier run, as the recipe makes them, and are kept"] if kept else []
    said += [failures.describe_failure(failure) for failure in result["failed"]]
    said += found.notes
    output = Applied.model_validate({**result, "folder": str(folder), "kept": kept, "notes": found.notes})
    return ToolResult(". ".join(said) + ".", output, to_look_at(made)[:6])


def _input(workspace: Workspace, name: str) -> Path:
    """What the person named; the folder of their own picture is as good as named: "the whole folder"."""
    path = Path(name).expanduser().absolute()
    own = {content.absolute().parent for content in workspace.brief.content}
    return path if path in own else allowed_files.allowed(workspace, name)


def _folder(workspace: Workspace, arguments: ApplyBest) -> Path:
    if arguments.out is not None:
        return allowed_files.place(workspace, arguments.out)
    return (workspace.config.home / on_the_table(workspace, None) / FOLDER).absolute()


def _details(workspace: Workspace, arguments: ApplyBest) -> Iterator[Detail]:
    yield from (Detail("reads", str(_input(workspace, name))) for name in arguments.inputs)
    yield Detail("writes", str(_folder(workspace, arguments)))


async def _recipe(workspace: Workspace, study: str, number: int | None, say: Say) -> Path:
    """The file that holds the recipe, brought up to date first."""
    config = workspace.config
    await work(requests.ExportRequest(home=config.home, storage=config.storage, study=study), say)
    recipe = config.home / study / "recipe.json"
    if number is not None:
        found = await record(workspace, study, say)
        kept = trial_of(found, number).full_image
        if number == found.best:
            kept = None
        elif kept is None:
            front = ", ".join(map(str, found.front))
            raise BadInput(
                "trial {number} is not on the front, and only those are kept whole",
                "the front: {numbers}",
                number=number,
                numbers=front,
            )
        recipe = recipe if kept is None else found.folder / kept
        if kept is not None and recipe.suffix != ".png":
            one = Sentence(mediums.find(found.plan.medium).one)
            raise BadInput(
                "of a {one}'s trials only the recommended one can be applied", "leave the trial out", one=one
            )
    if not recipe.is_file():
        raise BadInput("{study} has no complete trial yet", "wait for one", study=study)
    return recipe


TOOL = Tool(
    name="apply_best",
    description="Give other pictures the look of the recommended trial, or of another trial of the front.",
    arguments=ApplyBest,
    cost="writes",
    run=apply,
    details=_details,
    title=lambda arguments: Sentence(
        "give {names} this look", names=", ".join(Path(name).name for name in arguments.inputs[:3])
    ),
)
