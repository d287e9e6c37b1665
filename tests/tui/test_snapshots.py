"""What the main screens look like, cell by cell, as SVG.

A screen that is meant to change: ``UPDATE_SNAPSHOTS=1 pytest tests/tui/test_snapshots.py``, then look at each picture.
"""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from autostyle.agent.events import ApprovalAsked, Said, Spent, ToolFinished, ToolStarted
from autostyle.agent.tool import Detail
from autostyle.brief import Brief
from autostyle.config import AppConfig, Config
from autostyle.tui.theme import LIGHT
from autostyle.tui.widgets import activity, welcome
from autostyle.tui.widgets.comparison import Comparison
from autostyle.tuning import events as study
from autostyle.tuning.pareto import recommend
from tests.tui.driving import drive, sees, until, write
from tests.tui.fakes import Stage, Step

SNAPSHOTS = Path(__file__).parent / "snapshots"
MADE_WITH = "8.2.8"
DRAWN_WITHIN = 15.0
"""Seconds; only a screen that has changed takes as long."""
SIZES = [(80, 24), (160, 48)]
SCORES = {0: (0.18, 0.86), 1: (0.61, 0.31), 2: (0.42, 0.70), 3: (0.35, 0.52), 4: (0.55, 0.49)}
ANSWER = """I take **gatys**: one picture at the highest quality.

- your colours stay: `color_mode` is held at *luminance*
- 8 trials at 384 px, about 2 minutes

| trial | style | content |
|---|---|---|
| 2 | 0.42 | 0.70 |
"""

pytestmark = pytest.mark.skipif(
    metadata.version("textual") != MADE_WITH, reason=f"the pictures were made with Textual {MADE_WITH}"
)


@pytest.fixture(autouse=True)
def same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(welcome, "__version__", "1.0")
    monkeypatch.setattr(activity, "AT_ONCE", 60.0)
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A conversation and a study, both in their middle."""
    for name, color in (("photo", "peru"), ("painting", "steelblue"), ("0", "olive"), ("2", "seagreen"), ("1", "teal")):
        Image.new("RGB", (96, 64), color).save(tmp_path / f"{name}.png")
    pictures = (str(tmp_path / "photo.png"), str(tmp_path / "painting.png"))

    def prepare(workspace: Any) -> None:
        workspace.brief = Brief(content=(Path(pictures[0]),), styles=(Path(pictures[1]),))

    talk: list[Step] = [
        ToolStarted("1", "look_at_images", "look at photo.png and painting.png"),
        ToolFinished("1", "look_at_images", True, "bold marks", None, pictures),
        ToolStarted("2", "plan_study", "plan 8 trials of gatys at 384 px"),
        ToolFinished("2", "plan_study", True, "planned"),
        Said(ANSWER),
        Spent(3200, 410, 0.021),
    ]
    return Stage([[*talk, *events_of_a_study(tmp_path)], [ASKED]], prepare=prepare)


DETAILS = (
    Detail("content", "/home/somebody/pictures/photo.png"),
    Detail("style", "/home/somebody/pictures/painting.png"),
    Detail("trials", "8: gatys, 384 px"),
    Detail("writes", "/home/somebody/studies/photo-painting-1a2b3c4d"),
    Detail("time", "about 2 min"),
)
ASKED = ApprovalAsked("3", "start_study", "compute", "start the search, about 2 min", details=DETAILS)


def events_of_a_study(folder: Path) -> list[Step]:
    steps: list[Step] = [
        study.Opened("photo-painting-1a2b3c4d", str(folder), 0, 8, resumed=False),
        study.Note("style is judged by the embedded style embedding: CLIP's weights are not here"),
    ]
    for number, (style, content) in SCORES.items():
        known = {n: point for n, point in SCORES.items() if n <= number}
        best = recommend(known, 0.5)
        steps += [
            study.TrialStarted(number, "gatys", "preset", 0, {"style_weight": 2.0}),
            study.TrialFinished(
                number, "gatys", 0, "complete", number + 1, 8, 4.2, {"style": style, "content": content},
                image=f"{min(number, 2)}.png", best=best, left=(7 - number) * 4.2,
            ),
        ]  # fmt: skip
    return [
        *steps,
        study.TrialFinished(5, "gatys", 0, "failed", 6, 8, 1.1, error="the loss is not finite", best=2, left=8.4),
        study.TrialStarted(6, "gatys", "sampler", 0),
        study.Progress(6, "gatys", 0, 40, 100),
    ]


async def compare(pilot: Pilot[None], name: str, folder: Path) -> None:
    """Hold the screen, once everything is drawn, against the picture of that name."""
    for line in pilot.app.screen.query(TextArea):
        line.cursor_blink = False
    await until(pilot, lambda: not any(worker.is_running for worker in pilot.app.workers if worker.name == "_load"))
    path = SNAPSHOTS / f"{name}.svg"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        await pilot.pause(1)
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(pilot.app.export_screenshot(title=name), encoding="utf-8")
    assert path.is_file(), f"there is no {path}; see the top of this file"
    expected, end = path.read_text(encoding="utf-8"), monotonic() + DRAWN_WITHIN
    while (svg := pilot.app.export_screenshot(title=name)) != expected and monotonic() < end:
        await pilot.pause(0.1)
    actual = folder / path.name
    actual.write_text(svg, encoding="utf-8")
    assert expected == svg, f"the screen has changed: compare {actual} with {path}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_empty_conversation(size: tuple[int, int], tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await sees(pilot, "embedded weights", "cpu")
        await compare(pilot, f"empty-{size[0]}x{size[1]}", tmp_path)

    drive(Stage(), script, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_conversation_and_its_study(size: tuple[int, int], stage: Stage, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "make photo.png look like painting.png, keep the colours")
        await sees(pilot, "6/8 trials", "0.42")
        await compare(pilot, f"talk-{size[0]}x{size[1]}", tmp_path)

    drive(stage, script, size)


def test_the_study_alone_in_a_narrow_terminal(stage: Stage, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "6/8 trials")
        await pilot.press("f2")
        await sees(pilot, "40%")
        await compare(pilot, "study-80x24", tmp_path)

    drive(stage, script, (80, 24))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_approval(size: tuple[int, int], stage: Stage, tmp_path: Path) -> None:
    stage.script = [[ASKED]]

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "make photo.png look like painting.png")
        await sees(pilot, "May this run?")
        await compare(pilot, f"approval-{size[0]}x{size[1]}", tmp_path)

    drive(stage, script, size)


def test_a_picture_as_large_as_the_terminal(stage: Stage, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "6/8 trials")
        await pilot.press("f3")
        for size, key in (((80, 24), "0"), ((120, 36), "s"), ((160, 48), "w")):
            await pilot.resize_terminal(*size)
            await pilot.press(key)
            await sees(pilot, "trial 2 ◆ recommended")
            drawn = pilot.app.screen.query_one(Comparison)
            await until(pilot, lambda drawn=drawn: drawn._strips and not drawn._wanted and not drawn._drawing)
            pilot.app.screen.query_one("#path", Static).update("/home/somebody/studies/photo-painting/trials/2.png")
            await pilot.pause()
            await compare(pilot, f"look-{size[0]}x{size[1]}", tmp_path)
            pilot.app.theme = LIGHT.name

    stage.config = Config(app=AppConfig(images="quadrant"))
    drive(stage, script, (80, 24))
