"""The line of a tool call tells how far it is, however long its title."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.widgets import Static

from autostyle.agent.events import ToolStarted
from autostyle.tui.widgets.tool_line import ToolLine


def test_how_far_it_is_stands_to_the_end_beside_a_long_title() -> None:
    line = ToolLine(ToolStarted("1", "save_best", "save the result as /home/me/pictures/holiday/dog-final.tiff", {}))

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield line

    async def script() -> str:
        async with One().run_test(size=(60, 4)) as pilot:
            line.progress("step 30 of 600")
            await pilot.pause()
            return str(line.query_one(".head", Static).render())

    head = asyncio.run(script())
    assert head.endswith("step 30 of 600") and len(head) <= 60 and "save the result as /home" in head and "…" in head
