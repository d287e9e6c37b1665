"""``train lora``: a style from a few pictures, in one small file."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from autostyle.cli.arguments import SeedOption
from autostyle.cli.context import EVERYWHERE, Context, options
from autostyle.errors import BadInput
from autostyle.lora.settings import LoraSettings

app = typer.Typer()
USUAL = LoraSettings()
train_app = typer.Typer(epilog=EVERYWHERE, help="Train models of your own.", no_args_is_help=True)
app.add_typer(train_app, name="train")
BaseOption = Literal["auto", "sdxl", "sd15", "sd21"]
BlocksOption = Literal["all", "style"]


@train_app.callback()
def train() -> None:
    """Train models of your own."""


@train_app.command(epilog=EVERYWHERE)
def lora(
    ctx: Context,
    images: Annotated[
        list[Path],
        typer.Argument(metavar="IMAGES", help="Pictures of the style, or folders of them.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder; a training that is there goes on.")],
    caption: Annotated[
        str | None,
        typer.Option(help="Words for all pictures; default: their style keywords. photo.txt has those of photo.jpg."),
    ] = None,
    base: Annotated[BaseOption, typer.Option(help="Base model; auto is the first that is here.")] = "auto",
    blocks: Annotated[
        BlocksOption, typer.Option(help="Layers that learn; style: B-LoRA's style block.")
    ] = USUAL.blocks,
    rank: Annotated[int, typer.Option(min=1, max=256, help="Size of what is learnt.")] = USUAL.rank,
    dora: Annotated[bool, typer.Option("--dora", help="DoRA: better at low ranks, slower.")] = USUAL.dora,
    steps: Annotated[int, typer.Option(min=1, help="In total, earlier sessions included.")] = USUAL.steps,
    size: Annotated[
        int | None,
        typer.Option(
            min=64, max=2048, help="Side in pixels, a multiple of 64; default the base model's own: 1024, 512, 768."
        ),
    ] = None,
    batch: Annotated[int, typer.Option(min=1, max=64, help="Pictures a step.")] = USUAL.batch,
    rate: Annotated[float, typer.Option(help="Learning rate.")] = USUAL.rate,
    every: Annotated[
        int, typer.Option(min=1, help="Steps from one checkpoint, preview and score to the next.")
    ] = USUAL.every,
    patience: Annotated[
        int, typer.Option(min=0, help="End after so many scores without a new best; 0: never early.")
    ] = USUAL.patience,
    seed: SeedOption = USUAL.seed,
    force: Annotated[bool, typer.Option("--force", help="Begin anew in a folder that is in use.")] = False,
) -> None:
    """Learn a style from a few pictures: one LoRA file for style_lora, diffusers and other programs.

    Of four pictures or more a fifth judges: what paints most like those is kept, and the end comes when nothing does.

    The same command again goes on where it was stopped. Ctrl-C keeps what was learnt.

    Example: autostyle train lora brand/ -o brand-lora --steps 1200
    """
    from autostyle.cli.jobs import run_job
    from autostyle.jobs import requests
    from autostyle.use_cases import files

    if size is not None and size % 64:
        raise BadInput(
            "--size {size} is no multiple of 64", "--size {nearest}", size=size, nearest=round(size / 64) * 64
        )
    invocation, sources = ctx.obj, files.expand_folders(images)
    files.only(sources, ("image",))
    request = requests.TrainLoraRequest(
        device=invocation.config.device,
        offline=invocation.config.offline,
        images=tuple(path.resolve() for path in sources),
        caption=caption,
        base=base,
        size=size,
        settings=options(ctx, LoraSettings),
        out=out.resolve(),
        force=force,
    )
    result, code = run_job(invocation, request)
    invocation.console.answer(result, _made(result))
    raise typer.Exit(code)


def _made(result: dict[str, Any]) -> str:
    if result["lora"] is None:
        return "nothing was learnt yet"
    steps, score = result["steps"], result["held_out"]["score"]
    judged = "" if score is None else f", held-out style {score:.3f}"
    return f"{result['lora']}  (step {steps['kept']} of {steps['done']}{judged})"
