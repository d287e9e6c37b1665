"""``train lora`` and ``train fast``: a style from a few pictures, in one small file."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from autostyle.cli.arguments import SeedOption
from autostyle.cli.context import EVERYWHERE, Context, options
from autostyle.errors import BadInput
from autostyle.train.fast.settings import FastSettings
from autostyle.train.lora.settings import LoraSettings

app = typer.Typer()
USUAL, FAST = LoraSettings(), FastSettings()
train_app = typer.Typer(epilog=EVERYWHERE, help="Train models of your own.", no_args_is_help=True)
app.add_typer(train_app, name="train")
BaseOption = Literal["auto", "sdxl", "sd15", "sd21"]
BlocksOption = Literal["all", "style"]
BeginOption = Literal["embedded", "nothing"]
EyeOption = Literal["auto", "embedded", "vgg16", "vgg19"]
ContentLayerOption = Literal["relu2_1", "relu3_1", "relu4_1"]
StyleLayersOption = Literal["fine", "usual", "coarse"]


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


@train_app.command(epilog=EVERYWHERE)
def fast(
    ctx: Context,
    styles: Annotated[
        list[Path],
        typer.Argument(metavar="STYLES", help="Style pictures, or folders of them.", show_default=False),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--out", help="Its name, or a folder; a training that is there goes on. Default: the style's."
        ),
    ] = None,
    photos: Annotated[
        list[Path] | None,
        typer.Option("--photos", help="Photographs that it paints while it learns, or folders; 50 or more are best."),
    ] = None,
    begin: Annotated[
        BeginOption, typer.Option(help="From the net that ships with autostyle, or from random numbers.")
    ] = FAST.begin,
    encoder: Annotated[EyeOption, typer.Option(help="The eye that judges what is painted.")] = FAST.encoder,
    style_weight: Annotated[float, typer.Option(help="What the style counts at full strength.")] = FAST.style_weight,
    content_layer: Annotated[
        ContentLayerOption, typer.Option(help="What keeps the photograph: deeper, and marks are freer of its lines.")
    ] = FAST.content_layer,
    style_layers: Annotated[
        StyleLayersOption, typer.Option(help="Marks the style is told by: fine strokes, coarse ones, or both.")
    ] = FAST.style_layers,
    variation: Annotated[
        float, typer.Option(help="What smoothness counts: total variation, in units of the style's own.")
    ] = FAST.variation,
    steady: Annotated[
        float, typer.Option(help="What counts that marks move with things: 0.25 for clips, at some cost in style.")
    ] = FAST.steady,
    style_size: Annotated[
        int, typer.Option(min=64, max=2048, help="Long side of the styles in pixels: larger, larger marks.")
    ] = FAST.style_size,
    size: Annotated[
        int, typer.Option(min=64, max=512, help="Side of the squares it paints, a multiple of 32.")
    ] = FAST.size,
    steps: Annotated[int, typer.Option(min=1, help="In total, earlier sessions included.")] = FAST.steps,
    batch: Annotated[int, typer.Option(min=1, max=64, help="Styles a step.")] = FAST.batch,
    rate: Annotated[float, typer.Option(help="Learning rate.")] = FAST.rate,
    every: Annotated[
        int, typer.Option(min=1, help="Steps from one checkpoint, preview and score to the next.")
    ] = FAST.every,
    patience: Annotated[
        int, typer.Option(min=0, help="End after so many scores without a new best; 0: never early.")
    ] = FAST.patience,
    from_study: Annotated[
        str | None,
        typer.Option(help="As this study found, of `autostyle tune --train fast`; what is said here counts more."),
    ] = None,
    seed: SeedOption = FAST.seed,
    force: Annotated[bool, typer.Option("--force", help="Begin anew in a folder that is in use.")] = False,
) -> None:
    """Teach a fast net style pictures: one small file, a picture in a fraction of a second, for fast_net and ONNX.

    It is found by its name, or by its style picture, wherever fast_net paints: --with net=NAME.

    The same command again goes on where it was stopped. Ctrl-C keeps what was learnt.

    Example: autostyle train fast painting.jpg --photos pictures/ -o brand
    """
    from autostyle.cli.jobs import run_job
    from autostyle.jobs import requests
    from autostyle.use_cases import files, training
    from autostyle.vision.net_files import training_folder

    if size % 32:
        raise BadInput(
            "--size {size} is no multiple of 32", "--size {nearest}", size=size, nearest=round(size / 32) * 32
        )
    invocation, sources = ctx.obj, files.expand_folders(styles)
    found = {} if from_study is None else training.found(from_study, invocation.config.home)
    told = {name for name in found if getattr(ctx.get_parameter_source(name), "name", "") == "COMMANDLINE"}
    settings = options(ctx, FastSettings, **{name: value for name, value in found.items() if name not in told})
    given = files.expand_folders(photos or [])
    files.only([*sources, *given], ("image",))
    request = requests.TrainFastRequest(
        device=invocation.config.device,
        offline=invocation.config.offline,
        styles=tuple(path.resolve() for path in sources),
        photos=tuple(path.resolve() for path in given),
        settings=settings,
        out=training_folder(out or sources[0].stem).absolute(),
        force=force,
    )
    result, code = run_job(invocation, request)
    invocation.console.answer(result, _taught(result))
    raise typer.Exit(code)


def _taught(result: dict[str, Any]) -> str:
    if result["net"] is None:
        return "nothing was learnt yet"
    steps, score = result["steps"], result["held_out"]["score"]
    judged = "" if score is None else f", held-out style {score:.3f}"
    return f"{result['net']}  (step {steps['kept']} of {steps['done']}{judged})"


def _made(result: dict[str, Any]) -> str:
    if result["lora"] is None:
        return "nothing was learnt yet"
    steps, score = result["steps"], result["held_out"]["score"]
    judged = "" if score is None else f", held-out style {score:.3f}"
    return f"{result['lora']}  (step {steps['kept']} of {steps['done']}{judged})"
