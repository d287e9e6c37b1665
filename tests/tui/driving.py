"""What tests of the app do and look at of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any

from textual.pilot import Pilot

from autostyle.tui.widgets import question
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.question import Question
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


class Clock:
    """Seconds that pass when a test says so, and not by themselves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += seconds


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until ``true`` is; a single pause is not enough for a busy machine. What takes long is looked at less often,
    for looking at the screen draws it."""
    end, pause = monotonic() + seconds, 0.01
    while not true():
        assert monotonic() < end, f"never came true; the screen:\n{seen(pilot)}"
        await asyncio.sleep(pause)
        pause = min(pause * 1.1, 0.1)


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


def closed(pilot: Pilot[None]) -> bool:
    """Whether there is a question that takes no key yet."""
    return any(
        asked._open_from > question.monotonic() for asked in pilot.app.screen.query(Question) if asked.is_mounted
    )


async def grace(pilot: Pilot[None]) -> None:
    """Wait for a question, and let the time pass in which it takes no key."""
    await until(pilot, lambda: closed(pilot))
    assert isinstance(question.monotonic, Clock)
    question.monotonic.move(question.GRACE)
