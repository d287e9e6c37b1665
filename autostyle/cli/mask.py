"""``mask``: parts of a picture, found and shown before anything is painted."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.console import listing
from autostyle.cli.context import EVERYWHERE, Context

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def mask(
    ctx: Context,
    picture: Annotated[Path, typer.Argument(metavar="PICTURE", help="Picture, or clip.", show_default=False)],
    only: Annotated[
        list[str] | None,
        typer.Option(help="Paint this alone: sky, ground, person, face, subject, background."),
    ] = None,
    keep: Annotated[list[str] | None, typer.Option(help="Leave this exactly as it is.")] = None,
    which: Annotated[
        str, typer.Option(help="Of several: all, left, right, upper, lower, largest or smallest.")
    ] = "all",
    box: Annotated[str | None, typer.Option(help="It is this: left,top,right,bottom in pixels.")] = None,
    grow: Annotated[float, typer.Option(help="Larger by this share of the long side; negative is smaller.")] = 0.0,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for the mask (default masks/ in the home of studies).")
    ] = None,
) -> None:
    """Find parts of a picture; write a mask of what is to be painted, and a picture in which that is tinted.

    A face is found by a detector, the rest is guessed from colours and places, and called a guess; a segmenter of your
    own ([regions] model in config.toml) knows more. Look at the tinted picture, then use the mask.

    Example: autostyle mask photo.jpg --keep face; autostyle stylize photo.jpg stained-glass --with content_mask=MASK
    """
    from autostyle.cli.jobs import run_job
    from autostyle.use_cases import regions

    config = ctx.obj.config
    request = regions.find(config, picture, tuple(only or ()), tuple(keep or ()), which, box, grow, out)
    found, exit_code = run_job(ctx.obj, request)
    table = listing("part", "found by", "of the picture")
    for one in found["found"]:
        table.add_row(one["what"], one["by"], f"{one['share']:.0%}")
    table.caption = f"mask: {found['mask']}\ntinted is what will be painted: {found['preview']}"
    ctx.obj.console.answer(found, table)
    raise typer.Exit(exit_code)
