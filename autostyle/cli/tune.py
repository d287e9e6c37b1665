"""``tune``: a search, unattended."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from autostyle.cli.arguments import (
    AidOption,
    AssignOption,
    ConsentOption,
    EncoderOption,
    PromptOption,
    StorageOption,
    StylesArgument,
    StyleWeightOption,
    TrustOption,
)
from autostyle.cli.console import SCHEMA
from autostyle.cli.context import EVERYWHERE, Context, Invocation, assignments, named_files, options
from autostyle.cli.jobs import Interrupts
from autostyle.cli.studies import trust_study
from autostyle.errors import BadInput, Outdated, Refused, StudyFailed
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.plan import Plan

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def tune(
    ctx: Context,
    content: Annotated[Path | None, typer.Argument(help="The picture or clip to stylize.", show_default=False)] = None,
    style: StylesArgument = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="A plan (YAML) instead of pictures; flags override it.")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("-m", "--method", help="Method; auto (default) is the decision table's and its alternative."),
    ] = None,
    trials: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Runs in total, earlier sessions included (default 32; 8 of gatys, each a whole curve of pictures).",
        ),
    ] = None,
    minutes: Annotated[float | None, typer.Option(min=0.01, help="Stop after this long, if sooner.")] = None,
    size: Annotated[int | None, typer.Option(min=1, help="Long side while searching (default 384).")] = None,
    final_size: Annotated[
        str | None,
        typer.Option(
            metavar="PX|own",
            help="Long side of the best one's final render; default the content's own, as far as it takes minutes.",
        ),
    ] = None,
    finish: Annotated[
        str | None,
        typer.Option(metavar="METHOD", help="Method that paints the final render, from the best one found: nnst."),
    ] = None,
    study: Annotated[str | None, typer.Option(help="Name of the study; an existing one is resumed.")] = None,
    storage: StorageOption = None,
    encoder: EncoderOption = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that run trials (default 1).")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of everything random (default 0).")] = None,
    prefer: Annotated[
        str | None, typer.Option(help="style, content, or 0 (content) to 1 (style); default 0.5.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            help="What results are judged by: art, photo (still a photograph?), or auto: the method's (default)."
        ),
    ] = None,
    prompt: PromptOption = None,
    assign: AssignOption = None,
    aid: AidOption = None,
    style_weight: StyleWeightOption = None,
    consent: ConsentOption = False,
    trusted: TrustOption = False,
    train: Annotated[
        Literal["fast"] | None,
        typer.Option(help="Search the settings of such a training by short ones: all that is named is its style."),
    ] = None,
    photos: Annotated[
        list[Path] | None, typer.Option("--photos", help="Of --train: photographs to learn on, or folders of them.")
    ] = None,
    later: Annotated[
        bool,
        typer.Option("--queue", help="Put it into the queue; `autostyle queue run`, or the app, runs it."),
    ] = False,
) -> None:
    """Search the parameters unattended: the best trade-offs of style and content, with a report.

    The same command again goes on where it was stopped. Ctrl-C keeps and reports what was found.

    Example: autostyle tune photo.jpg painting.jpg --trials 32 --minutes 10 · autostyle tune --train fast painting.jpg
    --photos pictures/
    """
    from autostyle.cli.consent import consented
    from autostyle.mediums.sides import read_size
    from autostyle.use_cases.tune import TuneOptions, build

    invocation = ctx.obj
    if later and storage is not None:
        raise BadInput(
            "--queue keeps no --storage: it may hold a password", "`autostyle queue run --storage URL` takes it"
        )
    given = assignments(assign or ()), named_files(aid or ())
    asked = options(ctx, TuneOptions, final_size=read_size(final_size), params=given[0], aids=given[1])
    if photos and train is None:
        raise BadInput("--photos is for --train", "autostyle tune --train fast STYLE --photos FOLDER")
    if train is not None:
        from autostyle.use_cases import training

        asked = training.search(asked, photos or ())
    made = build(asked, plan, invocation.config.home)
    agreed = consented([method.name for method in made.methods], made.styles, made.consent)
    made = made.model_copy(update={"consent": agreed})
    if trusted:
        trust_study(invocation.config.home, made.study, storage or invocation.config.storage)
    if later:
        from autostyle.use_cases import queue as queues

        entry = queues.add(invocation.config.home, made)
        waits = f"{entry.study} waits in the queue: `autostyle queue run`, or the app, works through it"
        invocation.console.answer({"schema": SCHEMA, **entry.data()}, waits)
        return
    named = study is not None or plan is not None
    with Interrupts() as interrupts:
        result = _going_on(invocation, made, storage or invocation.config.storage, interrupts, named=named)
    invocation.console.answer(result, result["report"])
    raise typer.Exit(interrupts.exit_code)


def _going_on(
    invocation: Invocation, plan: "Plan", storage: str | None, interrupts: Interrupts, *, named: bool
) -> dict[str, Any]:
    """As :func:`search`. A study that nobody ``named`` and that an earlier version made is left as it is: the plan is
    searched beside it, under the next name."""
    from autostyle.use_cases import plans

    asked, left = plan, set[str]()
    while True:
        try:
            return search(invocation, plan, storage, interrupts)
        except Outdated as error:
            if named:
                raise
            left.add(plan.study)

            def alike(before: "Plan") -> bool:
                return before.study not in left and plans.searches_alike(before, asked)

            plan = plans.aside(asked, invocation.config.home, alike)
            say = Sentence("{error}: searching anew as {study}", error=error.message, study=plan.study)
            invocation.console.say(say)


def search(invocation: Invocation, plan: "Plan", storage: str | None, interrupts: Interrupts) -> dict[str, Any]:
    """Run ``plan`` until its end, or until it is interrupted, and write its report: the report's summary.

    A study that failed or ran out of time has a report too, before its error goes on.
    """
    from autostyle.cli.progress import Bar
    from autostyle.cli.search_progress import SearchProgress
    from autostyle.jobs.search import search_and_report
    from autostyle.tuning.record import SHORT, falls_short

    config, say = invocation.config, invocation.console.say
    say(f"{plan.choice.method}: {plan.choice.reason}")
    for method in plan.methods[1:]:
        say(f"{method.name}: searched beside it, as the table's first alternative")
    with Bar(invocation.console, "trials") as bar:
        try:
            result = search_and_report(
                plan,
                config.home,
                storage,
                offline=config.offline,
                device=config.device,
                on_event=SearchProgress(invocation, bar).on_event,
                stop=interrupts.stop,
            )
        except (StudyFailed, Refused):
            if (report := config.home / plan.study / "report.html").is_file():
                say(f"report: {report}")
            raise
    if interrupts.exit_code:
        say(f"stopped after {result['trials']['complete']} complete trials; the same command goes on from here")
    made = result["trials"]
    if made["pictures"] > made["complete"]:
        say(f"{made['complete']} runs, {made['pictures']} pictures: each is a trial, at one value of its run's ratio")
    if best := result["best"]:
        scores = ", ".join(f"{name} {value:.3f}" for name, value in best["scores"].items())
        say(f"best: trial {best['number']} by {best['method']} ({scores})")
        if falls_short(best["scores"]):
            say(SHORT)
    return result
