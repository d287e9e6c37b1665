"""In a small terminal the chat shows what a search paints, while it paints."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot

from autostyle.agent.messages import Notice
from autostyle.tui.widgets.picture import CaptionedPicture
from autostyle.tui.widgets.running_pictures import RunningPictures
from autostyle.tuning import events as study
from tests.tui.driving import Clock, drive, seen, sees, until, write
from tests.tui.fakes import Stage

P = Pilot[None]


@pytest.mark.parametrize(("size", "shown"), [((80, 24), True), ((120, 36), False)])
def test_the_running_trial_is_seen_where_there_is_room_for_the_chat_only(
    tmp_path: Path, size: tuple[int, int], shown: bool, clock: Clock
) -> None:
    for name in ("live.webp", "0.webp"):
        Image.new("RGB", (16, 12), (200, 40, 40)).save(tmp_path / name)
    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        strip = pilot.app.screen.query_one(RunningPictures)
        await write(pilot, "go")
        await until(pilot, lambda: strip.display == shown and strip.has_class("painting"))
        if shown:
            await sees(pilot, "trial 1, 50%", "best so far: 0", "Say how a picture should look")
            clock.move(5.0)
            await sees(pilot, "0:05 so far, 0:25 left")
            await until(pilot, lambda: all(p._canvas.image for p in strip.query(CaptionedPicture)))
            await pilot.press("f2")
            await until(pilot, lambda: not strip.display)
            await pilot.press("f2")
        goes_on.set()
        assert stage.agent is not None
        stage.agent.workspace.on_notice[0](Notice("ended", "over"))
        await until(pilot, lambda: not strip.display and " left" not in seen(pilot))

    scores = {"style": 0.5, "content": 0.5}
    done = study.TrialFinished(
        0, "gatys", 0, "complete", 1, 4, 2.5, scores, image="0.webp", best=0, front=(0,), left=30.0
    )
    steps = [
        study.Opened("s", str(tmp_path), 0, 4, False),
        study.TrialStarted(0, "gatys", "preset", 0, {}),
        done,
        study.TrialStarted(1, "gatys", "preset", 0, {}),
        study.Progress(1, "gatys", 0, 30, 60, preview="live.webp"),
        goes_on,
    ]
    drive(Stage([steps]), script, size)
