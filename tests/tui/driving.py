"""Hands and eyes for tests of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any

from textual.pilot import Pilot

from autostyle.tui.widgets import question
from autostyle.tui.widgets.prompt import Prompt
from tests.tui.fakes import Stage

Script = Callable[[Pilot[None], Stage], Coroutine[Any, Any, None]]


def drive(stage: Stage, script: Script, size: tuple[int, int] = (120, 36)) -> None:
    """Run the app of ``stage`` without a terminal and let ``script`` act on it."""

    async def run() -> None:
        app = stage.app()
        async with app.run_test(size=size, notifications=True) as pilot:
            await sees(pilot, "embedded")
            await script(pilot, stage)

    asyncio.run(run())


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until ``true`` is; a single pause is not enough for a busy machine."""
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, f"never came true; the screen:\n{seen(pilot)}"
        await pilot.pause(0.01)


async def sees(pilot: Pilot[None], *texts: str) -> None:
    """Wait until all of ``texts`` are on the screen."""
    await until(pilot, lambda: all(text in seen(pilot) for text in texts))


def seen(pilot: Pilot[None]) -> str:
    """The screen as plain text."""
    return "\n".join(strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips())


async def write(pilot: Pilot[None], text: str) -> None:
    """Send ``text``, as if pasted: typing takes long."""
    pilot.app.screen.query_one(Prompt).line.insert(text)
    await pilot.pause()
    await pilot.press("enter")


async def grace(pilot: Pilot[None]) -> None:
    """Let the time pass in which a question takes no key."""
    await pilot.pause(question.GRACE + 0.02)
