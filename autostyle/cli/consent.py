"""Whether a voice may be imitated: said beforehand by ``--consent``, or asked at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path


def consented(methods: Iterable[str], styles: Sequence[Path], said: bool) -> bool:
    """``said``, or where a voice is imitated and a person is at the terminal, what they answer.

    Raises:
        Unconsented: they answered no, or nobody is there to answer.
    """
    import typer

    from autostyle.methods.consent import imitates, refuse_unasked

    named = list(methods)
    if not said and imitates(named) and sys.stdin.isatty() and sys.stderr.isatty():
        voices = ", ".join(map(str, styles))
        said = typer.confirm(f"Has the person whose voice {voices} has agreed that it is imitated?", err=True)
    refuse_unasked(named, styles, said)
    return said
