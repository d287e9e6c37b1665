"""``reproduce``: a recipe on its own pictures again, and how far its scores are from the recorded ones."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import math
from pathlib import Path
from typing import Annotated, Any

import typer

from autostyle.cli.arguments import (
    AidOption,
    ForceOption,
)
from autostyle.cli.context import EVERYWHERE, Context, named_files

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def reproduce(
    ctx: Context,
    recipe: Annotated[Path, typer.Argument(help="recipe.json, or a PNG that autostyle wrote.", show_default=False)],
    pictures: Annotated[
        list[Path] | None,
        typer.Argument(help="The recipe's own pictures, unchanged, if they are not beside it.", show_default=False),
    ] = None,
    aid: AidOption = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Picture to write.", show_default=False)] = None,
    force: ForceOption = False,
) -> None:
    """Run a recipe on its own pictures again and say how far the scores are from the recorded ones.

    Example: autostyle reproduce studies/NAME/recipe.json -o again.png
    """
    from autostyle.cli.jobs import run_job
    from autostyle.jobs import requests
    from autostyle.mediums.files import promised_medium
    from autostyle.report import recipe as recipes
    from autostyle.use_cases import aids, files

    invocation = ctx.obj
    known = files.contents(pictures or ())
    request = requests.ReproduceRequest(
        device=invocation.config.device,
        offline=invocation.config.offline,
        recipe=files.recipe(recipe).resolve(),
        pictures=tuple(path.resolve() for path in known),
        aids=aids.files(recipes.load(files.recipe(recipe)).method, named_files(aid)) if aid else {},
        out=None if out is None else files.output(out, [recipe, *known], force, promised_medium(out)).resolve(),
        force=force,
    )
    result, code = run_job(invocation, request)
    invocation.console.answer(result, _compared(result))
    raise typer.Exit(code)


def _compared(result: dict[str, Any]) -> str:
    lines = [
        f"{name}: {result['recorded'].get(name, math.nan):.4f} recorded, {now:.4f} now"
        for name, now in result["scores"].items()
    ]
    return "\n".join([*lines, *filter(None, [result["image"]])])
