"""How far the work is: a bar on a terminal, one plain line every few seconds elsewhere, nothing when quiet."""

from __future__ import annotations

import time
from typing import Self

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from autostyle.cli.console import Console
from autostyle.report.text import clock, one_line

EVERY = 5.0
"""Seconds between two plain lines."""


class Bar:
    """One bar with a note behind it, drawn on the console's stderr.

    Args:
        console: where it goes.
        what: the noun that is counted (``steps``, ``trials``).
    """

    def __init__(self, console: Console, what: str) -> None:
        self._console = console
        self._what = what
        self._drawn = console.err.is_terminal and not console.quiet
        self._bar = Progress(
            BarColumn(bar_width=28),
            TextColumn("{task.description}", markup=False),
            console=console.err,
            transient=True,
            disable=not self._drawn,
        )
        self._task = self._bar.add_task("starting")
        self._said = time.monotonic()
        self._first: tuple[int, float] | None = None
        self._last = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def update(self, done: int, total: int, note: str = "", left: float | None = None, *, part: float = 0.0) -> None:
        """Show ``done`` of ``total`` and a ``part`` of what comes next; ``left`` is in seconds."""
        now = time.monotonic()
        parts = [f"{done}/{total} {self._what}", note, f"{clock(left)} left" if left else ""]
        text = one_line(" · ".join(part for part in parts if part))
        self._bar.update(self._task, completed=done + part, total=total, description=text)
        if not self._drawn and now - self._said >= EVERY:
            self._said = now
            self._console.say(text)

    def extrapolated(self, done: int, total: int) -> float | None:
        """Seconds left at the pace since the first call: what came before it was loading. None while unknown. Where
        there is less done than there was, other work has begun."""
        now = time.monotonic()
        if self._first is None or done < self._last:
            self._first = done, now
        self._last = done
        first, began = self._first
        return (now - began) / (done - first) * (total - done) if done > first else None


class Wait:
    """What is waited for, and for how long: one line on a terminal that is gone with the wait, a plain one now and then
    elsewhere, where :meth:`tick` is called.

    Args:
        console: where it goes; whatever else it says meanwhile stands above the line.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._drawn = console.err.is_terminal and not console.quiet
        self._began = self._said = 0.0
        self._line = Progress(
            TextColumn("… {task.description}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=console.err,
            transient=True,
            disable=not self._drawn,
        )
        self._what = ""
        self._task: TaskID | None = None

    def show(self, what: str, note: str = "") -> None:
        """Wait for ``what``; the same again counts on."""
        if self._task is None or what != self._what:
            self.end()
            self._what = what
            self._began = self._said = time.monotonic()
            self._task = self._line.add_task(what, note="")
            self._line.start()
        self._line.update(self._task, note=one_line(note, 60))

    def tick(self) -> float | None:
        """Say so again where :data:`EVERY` seconds have gone by; the seconds it took so far, None where not due."""
        now = time.monotonic()
        if self._task is None or now - self._said < EVERY:
            return None
        self._said = now
        if not (self._drawn or self._console.quiet):
            self._console.say(f"… {self._what} {clock(now - self._began)}")
        return now - self._began

    def end(self) -> None:
        """It is over."""
        if self._task is not None:
            self._line.stop()
            self._line.remove_task(self._task)
            self._task = None
