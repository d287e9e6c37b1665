"""``stylize``: one picture or clip, one set of parameters, no search.

Commands import what they call when they are called, so that ``--help`` answers at once.
"""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated, Any

import typer

from autostyle.cli.arguments import (
    AidOption,
    AssignOption,
    ConsentOption,
    ContentArgument,
    EncoderOption,
    ForceOption,
    PromptOption,
    SeedOption,
    SizeOption,
    StylesArgument,
    StyleWeightOption,
)
from autostyle.cli.context import EVERYWHERE, Context, assignments, named_files, options

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def stylize(
    ctx: Context,
    content: ContentArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="To write: png, jpg, webp, tif; mp4, gif, apng for a clip.")],
    style: StylesArgument = None,
    method: Annotated[str, typer.Option("-m", "--method", help="Method, or auto for the decision table's.")] = "auto",
    assign: AssignOption = None,
    aid: AidOption = None,
    style_weight: StyleWeightOption = None,
    prompt: PromptOption = None,
    size: SizeOption = None,
    encoder: EncoderOption = None,
    seed: SeedOption = 0,
    consent: ConsentOption = False,
    force: ForceOption = False,
) -> None:
    """Stylize one picture or clip with one set of parameters, without a search.

    Example: autostyle stylize photo.jpg painting.jpg -o out.png -m gatys -p style_weight=3
    """
    from dataclasses import replace

    from autostyle.cli.consent import consented
    from autostyle.cli.jobs import run_job
    from autostyle.mediums.files import is_still
    from autostyle.mediums.sides import read_size
    from autostyle.use_cases.stylize import StylizeOptions, plan

    config, console = ctx.obj.config, ctx.obj.console
    run = plan(
        options(
            ctx,
            StylizeOptions,
            size=read_size(size),
            params=assignments(assign or ()),
            aids=named_files(aid or ()),
            still=is_still(out),
        )
    )
    agreed = consented([run.choice.method], run.styles, consent)
    run = replace(run, asked=replace(run.asked, consent=agreed))
    request = run.request(out, force=force, device=config.device, offline=config.offline)
    choice = run.choice
    console.say(f"{choice.method}: {choice.reason}")
    made, code = run_job(ctx.obj, request)
    console.answer({**made, "row": choice.row, "reason": choice.reason}, _made(made))
    raise typer.Exit(code)


def _made(result: dict[str, Any]) -> str:
    if result["image"] is None:
        return "nothing is written yet"
    scores = ", ".join(f"{name} {value:.3f}" for name, value in result["scores"].items())
    return "\n".join([f"{result['image']}  ({scores or 'not scored'})", *result["companions"]])
