"""``queue``: requests that run one after the other."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autostyle.cli.arguments import StorageOption
from autostyle.cli.console import SCHEMA, listing
from autostyle.cli.context import EVERYWHERE, Context, Invocation
from autostyle.errors import AutostyleError, BadInput

if TYPE_CHECKING:
    from autostyle.use_cases.queue import QueueEntry

app = typer.Typer()
queue_app = typer.Typer(epilog=EVERYWHERE)
app.add_typer(queue_app, name="queue")
EntryArgument = Annotated[str, typer.Argument(metavar="ENTRY", help="Its study or its id.", show_default=False)]


@queue_app.callback(invoke_without_command=True)
def queue(ctx: Context) -> None:
    """List the requests that run one after the other; `tune --queue` and the app put them in.

    Example: autostyle tune photo.jpg painting.jpg --queue; autostyle queue run
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.obj)


@queue_app.command("run", epilog=EVERYWHERE)
def queue_run(ctx: Context, storage: StorageOption = None) -> None:
    """Work through the queue, also through what is put into it meanwhile.

    One that fails is named and the others go on. Ctrl-C keeps what was found: the next `queue run`, or the app, goes on
    there. At the end the terminal rings and shows a notice, and notify_command of your config.toml is run. Exit code: 1
    if something broke, 3 if something was missing, 2 if requests were at fault, 130 after Ctrl-C.

    Example: autostyle queue run
    """
    from autostyle.cli.jobs import Interrupts
    from autostyle.use_cases import queue as queues

    invocation, home = ctx.obj, ctx.obj.config.home
    over: list[tuple[QueueEntry, dict[str, Any] | AutostyleError]] = []
    with queues.QueueLock(home) as ours, Interrupts() as interrupts:
        if not ours:
            raise BadInput("another program works through this queue", "it takes what is put in, too")
        while not interrupts.stop.is_set() and (entry := queues.take(home)) is not None:
            invocation.console.say(f"{entry.study}: {len(queues.to_come(home)) - 1} more wait")
            result = _carried_out(invocation, entry, storage, interrupts)
            if interrupts.stop.is_set():
                queues.end(home, entry.id, again=True)
                break
            if isinstance(result, AutostyleError):
                queues.end(home, entry.id, error=result.message, hint=result.hint)
            else:
                queues.end(home, entry.id)
            over.append((entry, result))
    if not over and not interrupts.exit_code:
        invocation.console.say("the queue is empty")
    codes = {result.exit_code for _, result in over if isinstance(result, AutostyleError)}
    if over and not interrupts.exit_code:
        _tell(invocation, len(over), sum(isinstance(result, AutostyleError) for _, result in over))
    data = {"schema": SCHEMA, "entries": [_told(entry, result) for entry, result in over]}
    reports = [result["report"] for _, result in over if not isinstance(result, AutostyleError)]
    invocation.console.answer({**data, "stopped": bool(interrupts.exit_code)}, "\n".join(reports))
    raise typer.Exit(interrupts.exit_code or next((code for code in (1, 3, 2, 4) if code in codes), 0))


@queue_app.command("move", epilog=EVERYWHERE)
def queue_move(
    ctx: Context,
    entry: EntryArgument,
    place: Annotated[int, typer.Argument(metavar="PLACE", min=1, help="From 1, among those that wait.")],
) -> None:
    """Put a request at another place."""
    from autostyle.use_cases import queue as queues

    queues.move(ctx.obj.config.home, entry, place)
    _list(ctx.obj)


@queue_app.command("rm", epilog=EVERYWHERE)
def queue_rm(
    ctx: Context,
    entry: Annotated[
        list[str] | None, typer.Argument(metavar="ENTRY", help="Studies or ids.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All that wait.")] = False,
) -> None:
    """Take requests that wait out of the queue; where a study has begun already, what was found is kept."""
    from autostyle.use_cases import queue as queues

    if bool(entry) == every:
        raise BadInput("which request?", "name it, or --all; `autostyle queue` lists them")
    home = ctx.obj.config.home
    if entry:
        queues.cancel(home, *entry)
    else:
        queues.clear(home)
    _list(ctx.obj)


def _list(invocation: Invocation) -> None:
    from autostyle.report.text import one_line
    from autostyle.use_cases import queue as queues

    found = queues.entries(invocation.config.home)
    table = listing("study", "id", "state", "runs", "added", "")
    for entry in found:
        about = one_line(entry.error or entry.said)
        table.add_row(entry.study, entry.id, entry.state, str(entry.plan.budget.trials), entry.added[:16], about)
    data = {"schema": SCHEMA, "entries": [entry.data() for entry in found]}
    invocation.console.answer(data, table if found else "the queue is empty")


def _carried_out(
    invocation: Invocation, entry: "QueueEntry", storage: str | None, interrupts: Any
) -> dict[str, Any] | AutostyleError:
    """The report's summary, or the error that it failed with, said aloud."""
    from autostyle.cli.tune import search

    try:
        return search(invocation, entry.plan, storage or invocation.config.storage, interrupts)
    except AutostyleError as error:
        invocation.console.complain(error.message, error.hint)
        return error


def _told(entry: "QueueEntry", result: dict[str, Any] | AutostyleError) -> dict[str, Any]:
    if isinstance(result, AutostyleError):
        wrong = {"error": result.message, "hint": result.hint, "exit_code": result.exit_code}
        return {**entry.data(), "state": "failed", **wrong}
    return {**entry.data(), "state": "done", "result": result}


def _tell(invocation: Invocation, over: int, failed: int) -> None:
    """Tell a person who looks elsewhere that it is over."""
    import sys

    from autostyle.use_cases import notify

    config = invocation.config
    message = notify.queue_ended(over - failed, failed)
    invocation.console.say(message)
    if sys.stderr.isatty() and not invocation.console.quiet and config.app.notices:
        beneath = getattr(sys.stderr, "beneath", sys.stderr)
        beneath.write(notify.BELL + notify.desktop_notice(message))
        beneath.flush()
    if wrong := notify.run_command(config.notify_command, message, done=over - failed, failed=failed):
        invocation.console.say(wrong)
