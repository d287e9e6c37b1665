"""Pictures as large as the terminal: walking, comparing, looking closely, opening."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual import events
from textual.pilot import Pilot

from autostyle.agent.events import ApprovalAsked, ToolFinished
from autostyle.brief import Brief
from autostyle.config import AppConfig, Config
from autostyle.tui.blocks import BlockStyle
from autostyle.tui.look_screen import LookScreen
from autostyle.tui.widgets.canvas import Canvas
from autostyle.tui.widgets.comparison import Comparison
from autostyle.tui.widgets.curve_line import CurveLine
from autostyle.tui.widgets.key_line import KeyLine
from autostyle.tuning import events as study
from tests.tui.driving import drive, seen, sees, until, write
from tests.tui.fakes import Stage, Step

CURVE = {0: (0.1, "olive"), 2: (1.0, "seagreen"), 3: (10.0, "teal")}
"""Trial of the run -> its style weight and the colour of its picture; trial 1 is a run of its own."""
SCORES = {0: (0.18, 0.86), 1: (0.3, 0.6), 2: (0.42, 0.70), 3: (0.65, 0.31)}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "trials").mkdir()
    Image.new("RGB", (96, 64), "peru").save(tmp_path / "photo.png")
    colors = {number: color for number, (_, color) in CURVE.items()} | {1: "purple"}
    steps: list[Step] = [
        ToolFinished("1", "plan_study", True, "planned"),  # the content is known from here
        study.Opened("photo-paint-1a2b3c4d", str(tmp_path), 0, 2, resumed=False),
    ]
    for number, (style, content) in SCORES.items():
        image = f"trials/{number:04d}-gatys.webp"
        Image.new("RGB", (96, 64), colors[number]).save(tmp_path / image, lossless=True)
        params: dict[str, Any] = {"style_weight": CURVE[number][0] if number in CURVE else 3.0}
        run = 0 if number in CURVE else 1
        steps += [
            study.TrialStarted(number, "gatys", "preset", 0, params, run=run),
            study.TrialFinished(
                number, "gatys", 0, "complete", 2, 2, 4.2, {"style": style, "content": content},
                image=image, best=2, front=(0, 2, 3), run=run, pictures=4,
            ),
        ]  # fmt: skip

    def prepare(workspace: Any) -> None:
        workspace.brief = Brief(content=(tmp_path / "photo.png",), styles=())

    return Stage([[*steps, study.Ended("trials", 2, 2)]], Config(app=AppConfig(images="quadrant")), prepare=prepare)


async def looking(pilot: Pilot[None], *keys: str) -> None:
    """Open the screen over a finished study and press these keys."""
    await write(pilot, "go")
    await until(pilot, lambda: "2/2 " in seen(pilot))
    await pilot.press("f3")
    await until(pilot, lambda: isinstance(pilot.app.screen, LookScreen) and comparison(pilot).second is not None)
    await pilot.press(*keys)


def comparison(pilot: Pilot[None]) -> Comparison:
    return pilot.app.screen.query_one(Comparison)


def color(pilot: Pilot[None], x: int, y: int) -> tuple[int, int, int]:
    """The colour of a cell."""
    at = 0
    for segment in comparison(pilot).render_line(y):
        at += segment.cell_length
        if at > x:
            assert segment.style is not None
            seen = segment.style.color if segment.text[0] == "█" else segment.style.bgcolor
            return (0, 0, 0) if seen is None else tuple(seen.get_truecolor())
    raise AssertionError(f"there is no cell {x}, {y}")


PERU, OLIVE, SEAGREEN, TEAL = (205, 133, 63), (128, 128, 0), (46, 139, 87), (0, 128, 128)


async def shows(pilot: Pilot[None], wanted: tuple[int, int, int], x: int = 40, y: int = 10) -> None:
    await until(pilot, lambda: color(pilot, x, y) == wanted)


def test_it_begins_with_the_recommended_one_and_walks_from_the_content_along_its_curve(
    stage: Stage, tmp_path: Path
) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot)
        await sees(pilot, "trial 2 ◆ recommended", "style_weight 1 · style 0.42 · content 0.70")
        await shows(pilot, SEAGREEN)
        await pilot.press("right")
        await sees(pilot, "trial 3  style_weight 10 · style 0.65 · content 0.31")
        await shows(pilot, TEAL)
        await pilot.press("right", "left", "left")
        await sees(pilot, "trial 0  style_weight 0.1")  # not trial 1, which is another run's
        await shows(pilot, OLIVE)
        await pilot.press("left", "left")
        await sees(pilot, "content ●")
        await shows(pilot, PERU)
        await pilot.press("r")
        await sees(pilot, "trial 2 ◆ recommended")
        for key in "q", "x", "q":
            pilot.app.post_message(events.Key(key, key))
        await until(pilot, lambda: not isinstance(pilot.app.screen, LookScreen))
        await sees(pilot, "▌ xq")  # what is typed while it goes is for the prompt
        assert stage.agent is not None and stage.agent.workspace.look is not None
        picture = tmp_path / "trials" / "0003-gatys.webp"
        assert not stage.agent.workspace.look(picture), "somebody is typing"
        await pilot.press("backspace", "backspace")
        assert stage.agent.workspace.look(picture)  # as a tool does
        await sees(pilot, "trial 3  style_weight 10")

    drive(stage, script, (80, 24))


def test_all_of_it_has_its_place_in_the_smallest_terminal(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot)
        await sees(pilot, "content ○", "○ style", "◆", "f1 Keys", "esc Back")
        lines = seen(pilot).splitlines()
        assert lines[0].startswith(" trial 2") and lines[-1].startswith("←→ Walk") and "gatys.webp" in lines[-2]
        assert comparison(pilot).size.height >= 19
        await pilot.press("f1")
        await sees(pilot, "a face or what stands out; again, the next")
        await pilot.press("ctrl+c")
        await sees(pilot, "Ctrl+Q leaves")
        await pilot.click(KeyLine, offset=(seen(pilot).splitlines()[-1].index("esc"), 0))
        await until(pilot, lambda: not isinstance(pilot.app.screen, LookScreen))

    drive(stage, script, (80, 24))


def test_one_key_shows_the_content_and_one_a_line_between_both(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "space")
        await shows(pilot, PERU)
        await sees(pilot, " content\n")
        await pilot.press("space", "w")
        await shows(pilot, PERU, 20)
        await shows(pilot, SEAGREEN, 60)
        await pilot.press(*["right"] * 6)
        await shows(pilot, PERU, 60)
        await pilot.press("n")  # on, with the line where it is
        await shows(pilot, TEAL, 66)
        await pilot.press("s")
        await shows(pilot, PERU, 20)
        await shows(pilot, TEAL, 60)
        await pilot.press("s")
        await shows(pilot, TEAL, 20)

    drive(stage, script, (80, 24))


def test_the_line_goes_by_mouse_and_a_click_turns_over(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "w")
        await shows(pilot, SEAGREEN, 60)
        await pilot.mouse_down(Comparison, offset=(70, 10))
        await pilot.mouse_up(Comparison, offset=(70, 10))
        await shows(pilot, PERU, 60)
        await pilot.press("w")
        await shows(pilot, SEAGREEN, 60)
        await pilot.click(Comparison, offset=(40, 10))
        await shows(pilot, PERU, 60)
        await pilot.click(CurveLine, offset=(9, 0))
        await sees(pilot, " content\n")

    drive(stage, script, (80, 24))


def test_keys_look_closer_and_to_the_side(stage: Stage, tmp_path: Path) -> None:
    halves = Image.new("RGB", (96, 64), "red")
    halves.paste("blue", (48, 0, 96, 64))

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        halves.save(tmp_path / "trials" / "0002-gatys.webp", lossless=True)
        await looking(pilot, "plus", "plus", "plus")
        await sees(pilot, "3.4× ←→↑↓")
        await shows(pilot, (255, 0, 0), 5)
        await pilot.press("right", "right", "right")
        await shows(pilot, (0, 0, 255), 5)
        await pilot.press("0")
        await shows(pilot, (255, 0, 0), 20)
        await pilot.press("f")
        await sees(pilot, "× ←→↑↓")

    drive(stage, script, (80, 24))


def test_up_and_down_walk_along_the_front(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "up")
        await sees(pilot, "trial 3")
        await pilot.press("down", "down")
        await sees(pilot, "trial 0")

    drive(stage, script, (80, 24))


def test_the_path_is_whole_can_be_clicked_and_copied(stage: Stage, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot)
        path = tmp_path / "trials" / "0002-gatys.webp"
        shown = pilot.app.screen.query_one("#path").render_line(0)
        links = {segment.style.link for segment in shown if segment.style and segment.style.link}
        assert links == {path.as_uri()}
        assert str(path) in "".join(seen(pilot).split("\n"))
        await pilot.press("c")
        assert pilot.app.clipboard == str(path)

    drive(stage, script, (160, 30))


def test_a_viewer_that_is_not_there_is_told_with_the_path(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.processes.viewer.viewer", lambda platform, environ: None)

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "o")
        await sees(pilot, "nothing here opens pictures", "the picture is")

    drive(stage, script, (120, 30))


def test_where_no_picture_can_be_drawn_it_is_told_what_is_seen(stage: Stage) -> None:
    stage.config = Config(app=AppConfig(images="off"))

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot)
        await sees(pilot, "What is seen:", "green")

    drive(stage, script, (80, 24))


@pytest.mark.parametrize("kind", ["kitty", "sixel"])
def test_the_terminals_own_graphics_get_both_pictures_in_one(stage: Stage, kind: Any) -> None:
    stage.config = Config(app=AppConfig(images=kind))

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "w")
        drawn: Any = comparison(pilot).children[0]
        await until(pilot, lambda: drawn.image is not None)
        wide, high = drawn.image.size
        assert wide / high == pytest.approx(80 / comparison(pilot).size.height / 2, rel=0.02)
        await until(pilot, lambda: drawn.image.getpixel((wide // 4, high // 2)) == PERU)
        assert drawn.image.getpixel((wide * 3 // 4, high // 2)) == SEAGREEN

    drive(stage, script, (80, 24))


def test_a_row_of_the_table_and_a_picture_open_it(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "escape")
        table = pilot.app.screen.query_one("TrialsTable")
        table.focus()
        await pilot.press("down", "f")  # below trial 3
        await sees(pilot, "trial 2 ◆")
        await pilot.press("escape")
        await pilot.click("#content")
        await sees(pilot, " content\n", "photo.png")

    drive(stage, script, (160, 40))


def test_leaving_the_app_asks_where_one_sees_it(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        from tests.tui.fakes import FakeSearch

        await looking(pilot)
        assert stage.agent is not None
        stage.agent.workspace.search = FakeSearch()  # type: ignore[assignment]
        await pilot.press("ctrl+q")
        await sees(pilot, "A search is running.")
        stage.agent.workspace.search = None

    drive(stage, script, (100, 30))


def test_a_question_that_comes_meanwhile_is_told_and_esc_leads_to_it(stage: Stage) -> None:
    asked = ApprovalAsked("3", "start_study", "compute", "start the search")
    gate = asyncio.Event()
    stage.script.append([gate, asked])

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "escape")
        await write(pilot, "again")
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, LookScreen))
        gate.set()
        await sees(pilot, "a question waits: Esc leads to it")
        await pilot.press("escape")
        await sees(pilot, "May this run?")

    drive(stage, script, (80, 24))


def test_fewer_colours_reach_the_large_picture_too(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        canvas: Canvas = pilot.app.canvas  # type: ignore[attr-defined]
        canvas.style = BlockStyle("quadrant", "grey")
        await looking(pilot)
        await until(pilot, lambda: len(set(color(pilot, 40, 10))) == 1)

    drive(stage, script, (80, 24))


def test_what_was_looked_at_is_this_one_and_k_saves_it(stage: Stage) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await looking(pilot, "right")
        await sees(pilot, "trial 3")
        assert stage.agent is not None
        stage.agent.workspace.study = "photo-paint-1a2b3c4d"
        await pilot.press("escape")
        await until(pilot, lambda: stage.agent is not None and stage.agent.workspace.viewed == 3)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, LookScreen))
        await pilot.press("k")
        await sees(pilot, "Save trial 2 where?")

    drive(stage, script)
