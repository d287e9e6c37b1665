"""Words from outside command no terminal, whichever widget shows them and whether or not it thought of it."""

from __future__ import annotations

import re

from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from autostyle.agent.events import Said, ToolFinished, ToolProgressed, ToolStarted, TurnEnded
from autostyle.tui.widgets.transcript import Transcript
from tests.tui.driving import drive, seen, sees, write
from tests.tui.fakes import Stage

NASTY = "\x1b]0;owned\x07\x1b[2J\u202e\x9b31m[red]"
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_widget_draws_a_terminal_sequence() -> None:
    turn = [
        ToolStarted("1", "look", f"{NASTY}title", {"name": NASTY}),
        ToolProgressed("1", f"{NASTY}progress"),
        ToolFinished("1", "look", False, f"{NASTY}failed"),
        *map(Said, f"{NASTY}answer"),
        TurnEnded("error", f"{NASTY}error", f"{NASTY}hint"),
    ]

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, f"{NASTY}mine")
        await sees(pilot, "[red]mine", "[red]title", "[red]failed", "[red]answer", "[red]error", "[red]hint")
        await pilot.app.screen.query_one(Transcript).add(Static(Content(f"{NASTY}forgotten")))
        await sees(pilot, "[red]forgotten")
        assert not OBEYED.search(seen(pilot))

    drive(Stage([turn]), script)
