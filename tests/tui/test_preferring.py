"""/prefer: which of two trials is better, small and as large as the terminal; an answer can be taken back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot

from autostyle.agent.outputs import Pair, Preferred, Rendered, Steered, restore_output
from autostyle.config import AppConfig, Config
from autostyle.tui.actions import Actions
from autostyle.tui.pair_screen import PairScreen
from autostyle.tui.widgets import question
from autostyle.tui.widgets.comparison import Comparison
from autostyle.tui.widgets.prompt import Prompt
from tests.tui.driving import Clock, drive, grace, sees, until, write
from tests.tui.fakes import Stage

P = Pilot[None]
PERU, TEAL, OLIVE = (205, 133, 63), (0, 128, 128), (128, 128, 0)


class Study:
    """Stands for the tools: three trials, and the answers that count."""

    def __init__(self, folder: Path) -> None:
        self.answers: list[int] = []
        self.rendered = 0
        self.writes = asyncio.Event()
        self.writes.set()
        self.images = {n: folder / f"{n}.png" for n in (1, 2, 3)}
        for path, color in zip(self.images.values(), ("peru", "teal", "olive"), strict=True):
            Image.new("RGB", (48, 32), color).save(path)

    async def use(self, actions: Actions, kind: Any, **given: Any) -> tuple[str, Any]:
        pair = (1, 2) if not self.answers else (2, 3)
        data: dict[str, Any] = {"study": "s", "pending": True}
        if kind is Pair:
            trials = [{"number": n, "method": "gatys", "image": str(self.images[n])} for n in pair]
            data |= {"pair": pair, "trials": trials, "questions": 2 - len(self.answers)}
        elif kind is Preferred:
            assert tuple(given["pair"]) == pair
            self.answers.append(0 if given.get("neither") else given["better"])
            await self.writes.wait()
            last = len(self.answers) > 1
            data |= {"pair": pair, "prefer": 0.5, "recommended": given.get("better"), "next": None if last else (2, 3)}
        elif kind is Steered:
            assert given["undo"]
            self.answers.pop()
            data |= {"what": [], "plan": {}}
        else:
            assert kind is Rendered
            self.rendered += 1
            data |= {"recommended": 3, "size": 64, "picture": "best.png", "pending": False}
        output = restore_output(kind.tool, data, True)
        assert isinstance(output, kind)
        return "", output


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    made = Study(tmp_path)
    monkeypatch.setattr(Actions, "use", lambda actions, kind, **given: made.use(actions, kind, **given))
    return made


def painted(shown: Comparison) -> list[tuple[int, ...]]:
    """The colours of the studies' pictures on a line, from left to right."""
    if len(shown._strips) != 2:
        return []
    colors = [tuple(s.style.bgcolor.get_truecolor()) for s in shown.render_line(10) if s.style and s.style.bgcolor]
    return [color for color in colors if color in (PERU, TEAL, OLIVE)]


def test_an_answer_is_taken_back_where_the_prompt_is(study: Study) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/prefer")
        for sight, key, answers in (
            ("the left one, trial 1", "2", [2]),
            ("the left one, trial 2", "5", []),
            ("the left one, trial 1", "3", [0]),
            ("the right one, trial 3", "escape", [0]),
        ):
            await sees(pilot, sight)
            await grace(pilot)
            await pilot.press(key)
            await until(pilot, lambda answers=answers: study.answers == answers)
        await until(pilot, lambda: study.rendered == 1)

    drive(Stage(), script)


def test_an_answer_is_taken_back_beside_both_as_large_as_the_terminal(study: Study) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        prompt = pilot.app.screen.query_one(Prompt)
        await write(pilot, "/prefer")
        await sees(pilot, "4  show both as large as the terminal")
        await grace(pilot)
        await pilot.press("4")
        for sight, keys, answers in (
            ("1  the left one, trial 1", "2", [2]),
            ("1  the left one, trial 2", "u", []),
            ("2  the right one, trial 2", "ctrl+z 3", [0]),  # there is nothing to take back
            ("2  the right one, trial 3", "plus right escape", [0]),
        ):
            await until(pilot, lambda: isinstance(pilot.app.screen, PairScreen))
            await sees(pilot, sight, "Which of these two do you like better?")
            shown = pilot.app.screen.query_one(Comparison)
            wanted = (PERU, TEAL) if "3" not in sight and sight != "1  the left one, trial 2" else (TEAL, OLIVE)
            await until(pilot, lambda shown=shown, wanted=wanted: painted(shown) == [*wanted])
            assert isinstance(question.monotonic, Clock)
            await pilot.press(*keys.split())  # too early
            question.monotonic.move(question.GRACE)
            study.writes.clear()
            await pilot.press(*keys.split())
            await until(pilot, lambda answers=answers: study.answers == answers)
            if "3" not in sight:  # what is pressed before the next pair is there lands in no prompt
                assert isinstance(pilot.app.screen, PairScreen)
                await pilot.press("1", "x")
                assert study.answers == answers
            study.writes.set()
        assert prompt.line.text == ""
        await until(pilot, lambda: study.rendered == 1 and not isinstance(pilot.app.screen, PairScreen))
        assert shown.view.zoom > 1

    drive(Stage(config=Config(app=AppConfig(images="quadrant"))), script, (80, 24))
