"""Where words go: the answer to stdout, narration to stderr, all of it through :mod:`autostyle.cli.streams`."""

from __future__ import annotations

import json
import sys
import traceback
from functools import cached_property
from typing import TYPE_CHECKING, Any

from autostyle.errors import AutostyleError
from autostyle.report.text import one_line, redact
from autostyle.sentences import keyed

if TYPE_CHECKING:
    import rich.console
    from rich.table import Table

    from autostyle.cli.drawing import Drawing

SCHEMA = 1


class Console:
    """Speaks to the person (stderr) and hands out the answer (stdout).

    Args:
        as_json: the answer is one JSON object.
        quiet: no narration and no progress; errors are still said.
        verbose: errors come with their traceback.
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False, verbose: bool = False) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.verbose = verbose

    @cached_property
    def err(self) -> Drawing:
        """The terminal that narration and progress go to."""
        from autostyle.cli.drawing import Drawing

        return Drawing(sys.stderr, quiet=self.quiet)

    def say(self, text: str, limit: int = 400) -> None:
        """One line of narration, cleaned: file names and messages from elsewhere may hold anything."""
        self.err.print(one_line(redact(text), limit), soft_wrap=True)

    def answer(self, data: Any, shown: rich.console.RenderableType = "") -> None:
        """The command's answer: ``data`` as JSON, or ``shown`` to people."""
        if self.as_json:
            # ASCII keeps the object readable to whatever reads the pipe, in any locale.
            sys.stdout.write(json.dumps(redact(data), indent=2, default=str) + "\n")
        elif shown:
            from autostyle.cli.drawing import Drawing

            Drawing(sys.stdout).print(shown, soft_wrap=True)
        sys.stdout.flush()

    def fail(self, error: AutostyleError) -> int:
        """Say ``error`` in two lines, and as JSON where that was asked for; returns the exit code."""
        if self.verbose:
            traceback.print_exception(error, file=sys.stderr)
        said = self.complain(error.message, error.hint)
        if self.as_json:
            keys = keyed(error=error.message, hint=error.hint)
            self.answer({"schema": SCHEMA, **said, "exit_code": error.exit_code, **keys})
        return error.exit_code

    def complain(self, message: str, hint: str) -> dict[str, str]:
        """Say what is wrong in two lines, quiet or not; the two lines as data."""
        said = {"error": one_line(redact(message)), "hint": one_line(redact(hint))}
        for name, text in said.items():
            if text:
                sys.stderr.write(f"{name}: {text}\n")
        return said


def listing(*headings: str, title: str | None = None) -> Table:
    """An empty table without lines; its first column holds names that can be typed, so it is never cut or broken."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, no_wrap=number == 0)
    return table
