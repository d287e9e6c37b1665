"""``stylize``, ``apply`` and ``reproduce``: pictures and clips out, no search.

Commands import what they call when they are called, so that ``--help`` answers at once.
"""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import math
from pathlib import Path
from typing import Annotated, Any

import typer

from autostyle.cli.context import EVERYWHERE, Context, assignments, named_files, options

app = typer.Typer()

ContentArgument = Annotated[Path, typer.Argument(help="The picture or clip to stylize.", show_default=False)]
StylesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Style pictures; several are blended.", show_default=False)
]
StyleWeights = Annotated[
    list[float] | None,
    typer.Option("--style-weight", help="Share of a style picture, once for each in order; default: equal."),
]
Assignments = Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set a parameter.")]
WithAids = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="NAME=FILE", help="A file that the method works with: lora=brand.safetensors."),
]
Prompt = Annotated[str | None, typer.Option(help="Words for methods that take a prompt.")]
Size = Annotated[int | None, typer.Option(min=1, help="Long side in pixels; default the picture's own, up to 1024.")]
Encoder = Annotated[
    str | None,
    typer.Option(help="What gatys sees with: embedded, vgg16, vgg19; auto (default) is the largest that is here."),
]
Seed = Annotated[int, typer.Option(help="Seed of everything random.", min=0)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite existing outputs.")]


@app.command(epilog=EVERYWHERE)
def stylize(
    ctx: Context,
    content: ContentArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="To write: png, jpg, webp or tif; mp4 or gif for a clip.")],
    style: StylesArgument = None,
    method: Annotated[str, typer.Option("-m", "--method", help="Method, or auto for the decision table's.")] = "auto",
    assign: Assignments = None,
    aid: WithAids = None,
    style_weight: StyleWeights = None,
    prompt: Prompt = None,
    size: Size = None,
    encoder: Encoder = None,
    seed: Seed = 0,
    force: Force = False,
) -> None:
    """Stylize one picture or clip with one set of parameters, without a search.

    Example: autostyle stylize photo.jpg painting.jpg -o out.png -m gatys -p style_weight=3
    """
    from autostyle.cli.working import work
    from autostyle.use_cases.stylize import StylizeOptions, plan

    config, console = ctx.obj.config, ctx.obj.console
    run = plan(options(ctx, StylizeOptions, params=assignments(assign or ()), aids=named_files(aid or ())))
    request = run.request(out, force=force, device=config.device, offline=config.offline)
    choice = run.choice
    console.say(f"{choice.method}: {choice.reason}")
    made, code = work(ctx.obj, request)
    console.answer({**made, "row": choice.row, "reason": choice.reason}, _made(made))
    raise typer.Exit(code)


@app.command(epilog=EVERYWHERE)
def apply(
    ctx: Context,
    recipe: Annotated[Path, typer.Argument(help="recipe.json, or a PNG that autostyle wrote.", show_default=False)],
    inputs_: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Pictures, folders of pictures, clips.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the results; they keep their names.")],
    aid: WithAids = None,
    size: Size = None,
    force: Force = False,
) -> None:
    """Give other pictures, or clips, the look of a recipe.

    What cannot be painted is named, and the others are. The same command again makes only what is missing. Exit code: 2
    if inputs were at fault, 3 if something was missing, 1 if something broke.

    Example: autostyle apply studies/NAME/recipe.json holiday/ -o styled/
    """
    from autostyle.cli.working import work
    from autostyle.jobs import failures, requests
    from autostyle.report import recipe as recipes
    from autostyle.use_cases import aids, batch, files

    session = ctx.obj
    known = recipes.load(files.recipe(recipe))
    found = batch.gathered(inputs_, out, known.method)
    for note in found.notes:
        session.console.say(note)
    request = requests.ApplyRequest(
        device=session.config.device,
        offline=session.config.offline,
        recipe=recipe.resolve(),
        inputs=found.inputs,
        outputs=found.outputs,
        aids=aids.files(known.method, named_files(aid or ())),
        size=size,
        force=force,
    )
    result, code = work(session, request)
    result["failed"] = [*found.failed, *result["failed"]]
    for failure in result["failed"]:
        session.console.say(failures.told(failure))
    if kept := sum(made["kept"] for made in result["images"]):
        session.console.say(f"{kept} of {len(result['images'])} were there and are kept: --force makes them anew")
    session.console.answer(result, "\n".join(made["image"] for made in result["images"]))
    raise typer.Exit(code or failures.exit_code(result["failed"]))


@app.command(epilog=EVERYWHERE)
def reproduce(
    ctx: Context,
    recipe: Annotated[Path, typer.Argument(help="recipe.json, or a PNG that autostyle wrote.", show_default=False)],
    pictures: Annotated[
        list[Path] | None,
        typer.Argument(help="The recipe's own pictures, unchanged, if they are not beside it.", show_default=False),
    ] = None,
    aid: WithAids = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Picture to write.", show_default=False)] = None,
    force: Force = False,
) -> None:
    """Run a recipe on its own pictures again and say how far the scores are from the recorded ones.

    Example: autostyle reproduce studies/NAME/recipe.json -o again.png
    """
    from autostyle.cli.working import work
    from autostyle.jobs import requests
    from autostyle.mediums.files import promised
    from autostyle.report import recipe as recipes
    from autostyle.use_cases import aids, files

    session = ctx.obj
    known = files.contents(pictures or ())
    request = requests.ReproduceRequest(
        device=session.config.device,
        offline=session.config.offline,
        recipe=files.recipe(recipe).resolve(),
        pictures=tuple(path.resolve() for path in known),
        aids=aids.files(recipes.load(files.recipe(recipe)).method, named_files(aid)) if aid else {},
        out=None if out is None else files.output(out, [recipe, *known], force, promised(out)).resolve(),
        force=force,
    )
    result, code = work(session, request)
    session.console.answer(result, _compared(result))
    raise typer.Exit(code)


def _made(result: dict[str, Any]) -> str:
    scores = ", ".join(f"{name} {value:.3f}" for name, value in result["scores"].items())
    return f"{result['image']}  ({scores or 'not scored'})"


def _compared(result: dict[str, Any]) -> str:
    lines = [
        f"{name}: {result['recorded'].get(name, math.nan):.4f} recorded, {now:.4f} now"
        for name, now in result["scores"].items()
    ]
    return "\n".join([*lines, *filter(None, [result["image"]])])
