"""The frame of the command line: global options anywhere on the line, errors to exit codes, a log for bugs."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from autostyle import __version__, crash_reports
from autostyle.cli import (
    apply,
    ask,
    chat,
    dashboard,
    doctor,
    export_net,
    live,
    mask,
    mcp,
    methods,
    queue,
    report,
    reproduce,
    save,
    serve,
    studies,
    styles,
    stylize,
    train,
    tune,
    watch,
    weights,
    worker,
)
from autostyle.cli.console import Console
from autostyle.cli.context import Invocation
from autostyle.cli.streams import clean_output
from autostyle.errors import AutostyleError, BadInput
from autostyle.sentences import reason

FLAGS = frozenset({"--offline", "--json", "--quiet", "-q", "--verbose", "-v", "--version"})
UNUSABLE = frozenset(
    {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.EACCES, errno.EROFS}
)
"""What the system says of paths that nobody could use."""
VALUED = frozenset({"--device", "--home"})

app = typer.Typer(
    name="autostyle",
    help="Say how a picture should look; get the best trade-offs with the proof.",
    epilog="Start here: autostyle stylize photo.jpg painting.jpg -o out.png · autostyle tune photo.jpg painting.jpg",
    pretty_exceptions_enable=False,
)
for command in (
    *(chat, ask, tune, report, worker, dashboard, studies, styles, stylize, apply, save, reproduce, train, export_net),
    *(live, mask, watch, queue, methods, doctor, weights, serve, mcp),
):
    app.add_typer(command.app)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"autostyle {__version__}")
        raise typer.Exit


@app.callback()
def globals_(
    ctx: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Where studies live (default ./studies, or AUTOSTYLE_HOME).")
    ] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Open no socket at all.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No narration, no progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Errors come with their traceback.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    from autostyle import config

    flags = {"home": home, "device": device, "offline": offline or None}
    ctx.obj = Invocation(config.load(flags), Console(as_json=as_json, quiet=quiet, verbose=verbose))
    for note in ctx.obj.config.notes:
        ctx.obj.console.say(note)


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The ``autostyle`` command: runs it and leaves with its exit code."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    front, rest = hoist(argv)
    rest = rest or (["chat"] if chat.on_a_terminal() else ["--help"])
    # Help holds nothing from outside, and Typer draws it in colour.
    with contextlib.nullcontext() if "--help" in rest else clean_output():
        return _run(front, rest)


def _run(front: list[str], rest: list[str]) -> int:
    console = Console(as_json="--json" in front, verbose=bool({"-v", "--verbose"} & set(front)))
    try:
        return int(typer.main.get_command(app).main([*front, *rest], prog_name="autostyle", standalone_mode=False) or 0)
    except AutostyleError as error:
        return console.fail(error)
    except BrokenPipeError:
        # Whoever read our answer has gone; nothing more may be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno in UNUSABLE and error.filename is not None:
            return console.fail(
                BadInput("{path} cannot be used: {why}", "name another path", path=error.filename, why=reason(error))
            )
        return console.fail(crash_reports.report(error))
    except Exception as error:
        if hasattr(error, "format_message"):  # what Typer says of a command line it cannot read
            return console.fail(_usage(error))
        return console.fail(crash_reports.report(error))


def hoist(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """The global options of ``argv``, wherever they stand before ``--``, and everything else in its order."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in FLAGS or (word.partition("=")[0] in VALUED and "=" in word):
            front.append(word)
        elif word in VALUED:
            value = next(words, None)
            # Without its value the option stays behind, for Typer to complain of.
            front, rest = (front, [*rest, word]) if value is None else ([*front, word, value], rest)
        else:
            rest.append(word)
    return front, rest


def _usage(error: Exception) -> BadInput:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "autostyle"
    return BadInput(error.format_message().rstrip("."), "`{command} --help` shows how", command=command)  # type: ignore[attr-defined]
