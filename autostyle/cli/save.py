"""``save``: a trial of a study as a file of its own, at any size and in any format."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated, Any

import typer

from autostyle.cli.arguments import ForceOption, StorageOption, StudyArgument, TrustOption
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import BadInput

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def save(
    ctx: Context,
    study: StudyArgument,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="File, or a folder: it gets the names of both pictures there.")
    ] = Path(),
    number: Annotated[
        int | None,
        typer.Option("-n", "--number", min=0, help="Trial; default the recommended one.", show_default=False),
    ] = None,
    size: Annotated[
        str | None,
        typer.Option(metavar="PX|own", help="Pixels of the long side, or the content's own; default the final size."),
    ] = None,
    width: Annotated[int | None, typer.Option(min=1, help="Pixels of the width.")] = None,
    height: Annotated[int | None, typer.Option(min=1, help="Pixels of the height.")] = None,
    storage: StorageOption = None,
    trusted: TrustOption = False,
    force: ForceOption = False,
) -> None:
    """Save a picture, or clip, of a study: any trial, at any size, in the format of the name's ending.

    One that the study has at that size is copied, any other is painted. Exit code: 2 if there is no such trial, it is
    too large for this machine's memory, or something is there and --force was not given.

    Example: autostyle save photo-painting-1a2b3c4d -n 17 -o ~/Desktop/dog-final.tiff --width 3000
    """
    from autostyle.cli.jobs import run_job
    from autostyle.cli.studies import trust_study
    from autostyle.jobs import requests
    from autostyle.mediums.sides import SaidSize, Side, read_size
    from autostyle.use_cases import plans, saving

    invocation, config = ctx.obj, ctx.obj.config
    sides: dict[Side, SaidSize | None] = {"long": read_size(size), "width": width, "height": height}
    said = {side: pixels for side, pixels in sides.items() if pixels is not None}
    if len(said) > 1:
        raise BadInput("--size, --width and --height do not go together", "the other side follows from the one")
    side, pixels = next(iter(said.items()), ("long", None))
    plan = plans.from_file(plans.file_of(study, config.home))
    if trusted:
        trust_study(config.home, study, storage or config.storage)
    request = requests.SaveRequest(
        device=config.device,
        offline=config.offline,
        home=config.home.absolute(),
        storage=storage or config.storage,
        study=study,
        number=number,
        size=pixels,
        side=side,
        out=saving.place(out.expanduser().absolute(), config.home / study, plan.medium, force=force),
        force=force,
    )
    result, code = run_job(invocation, request)
    invocation.console.answer(result, _told(result))
    raise typer.Exit(code)


def _told(result: dict[str, Any]) -> str:
    if result["image"] is None:
        return ""
    pending = ": the picture of the search, which is still running" if result["pending"] else ""
    size = f"{result['size'][0]} x {result['size'][1]} px"
    files = "\n".join([result["image"], *result["companions"]])
    return f"{files}\ntrial {result['number']}, {result['told'] or size}{pending}"
