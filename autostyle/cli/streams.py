"""The process's stdout and stderr, cleaned: whatever writes to them, words from outside command no terminal.

File names, a model's words, messages of libraries and servers may hold anything, and a new command may forget it. So
the cleaning is done where all of it comes by. What the program itself draws in colour goes to the stream beneath
(:class:`autostyle.cli.drawing.Drawing`), cleaned piece by piece.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from autostyle.report.text import clean


class Cleaned:
    """A text stream in front of another; everything but what is written goes straight to that.

    Args:
        beneath: takes the cleaned text; what its encoding lacks is written as ``\\N`` escapes.
    """

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath
        if isinstance(beneath, io.TextIOWrapper):
            beneath.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        self.beneath.write(clean(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


@contextlib.contextmanager
def clean_output() -> Iterator[None]:
    """Clean what is written to stdout and stderr until the block ends."""
    with (
        contextlib.redirect_stdout(Cleaned(sys.stdout)),
        contextlib.redirect_stderr(Cleaned(sys.stderr)),
    ):
        yield
