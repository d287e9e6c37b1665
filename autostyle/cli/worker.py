"""``worker``: one more process for a search that runs."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from typing import Annotated

import typer

from autostyle.cli.arguments import StorageOption, TrustOption
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.cli.jobs import Interrupts
from autostyle.cli.studies import trust_study

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def worker(
    ctx: Context,
    study: Annotated[str, typer.Option(help="The running study.")],
    storage: StorageOption = None,
    trusted: TrustOption = False,
) -> None:
    """Add one more worker to a running study; it ends when the study's trials are spent.

    Example: autostyle worker --study NAME --storage postgresql+psycopg://user@host/database
    """
    from autostyle.cli.progress import Bar
    from autostyle.cli.search_progress import SearchProgress
    from autostyle.tuning.runner import join

    config = ctx.obj.config
    if trusted:
        trust_study(config.home, study, storage or config.storage)
    with Interrupts() as interrupts, Bar(ctx.obj.console, "trials") as bar:
        join(
            config.home,
            study,
            storage or config.storage,
            offline=config.offline,
            device=config.device,
            on_event=SearchProgress(ctx.obj, bar).on_event,
            stop=interrupts.stop,
        )
    raise typer.Exit(interrupts.exit_code)
