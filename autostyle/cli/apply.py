"""``apply``: the look of a recipe for other pictures and clips."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.arguments import AidOption, ForceOption, SizeOption
from autostyle.cli.context import EVERYWHERE, Context, named_files

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def apply(
    ctx: Context,
    recipe: Annotated[Path, typer.Argument(help="recipe.json, or a PNG that autostyle wrote.", show_default=False)],
    inputs_: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Pictures, folders of pictures, clips.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the results; they keep their names.")],
    aid: AidOption = None,
    size: SizeOption = None,
    force: ForceOption = False,
) -> None:
    """Give other pictures, or clips, the look of a recipe.

    What cannot be painted is named, and the others are. The same command again makes only what is missing. Exit code: 2
    if inputs were at fault, 3 if something was missing, 1 if something broke.

    Example: autostyle apply studies/NAME/recipe.json holiday/ -o styled/
    """
    from autostyle.cli.jobs import run_job
    from autostyle.jobs import failures, requests
    from autostyle.mediums.sides import read_size
    from autostyle.report import recipe as recipes
    from autostyle.use_cases import aids, batch, files

    invocation = ctx.obj
    known = recipes.load(files.recipe(recipe))
    found = batch.gather_batch(inputs_, out, known.method)
    for note in found.notes:
        invocation.console.say(note)
    request = requests.ApplyRequest(
        device=invocation.config.device,
        offline=invocation.config.offline,
        recipe=recipe.resolve(),
        inputs=found.inputs,
        outputs=found.outputs,
        aids=aids.files(known.method, named_files(aid or ())),
        size=read_size(size),
        force=force,
    )
    result, code = run_job(invocation, request)
    result["failed"] = [*found.failed, *result["failed"]]
    for failure in result["failed"]:
        invocation.console.say(failures.describe_failure(failure))
    if kept := sum(made["kept"] for made in result["images"]):
        invocation.console.say(f"{kept} of {len(result['images'])} were there and are kept: --force makes them anew")
    invocation.console.answer(result, "\n".join(made["image"] for made in result["images"]))
    raise typer.Exit(code or failures.exit_code(result["failed"]))
