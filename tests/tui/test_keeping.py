"""/save, Ctrl+S and s on a trial: where, how large, and a question before something is replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot

from autostyle.agent.messages import ToolCall, ToolMessage
from autostyle.agent.outputs import Saved
from autostyle.agent.workspace import Workspace
from autostyle.tuning import events as study
from tests.tui.driving import drive, grace, sees, until, write
from tests.tui.fakes import Stage

Made = list[dict[str, Any]]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """What the tool was called with; it answers as if it had saved."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(tmp_path / "Desktop"))
    (tmp_path / "Desktop").mkdir()
    made: Made = []

    async def answer(call: ToolCall, *_: Any, **__: Any) -> ToolMessage:
        made.append(json.loads(call.arguments))
        output = Saved(image="/me/dog.tiff", number=7, size=(3000, 2000), painted=True)
        return ToolMessage(call.id, call.name, True, "saved", output)

    monkeypatch.setattr("autostyle.tui.direct.answer_call", answer)
    return made


def on_the_table(workspace: Workspace) -> None:
    workspace.study = "astronaut-night"


def test_ctrl_s_asks_where_and_how_large_and_saves(made: Made, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        assert stage.agent is not None
        stage.agent.workspace.viewed = 7
        await pilot.press("ctrl+s")
        await sees(pilot, "Save trial 7 where?", "Desktop")
        await grace(pilot)
        await pilot.press("down", "enter")
        await sees(pilot, "How large?")
        await grace(pilot)
        await pilot.press("down", "down", "enter")
        await sees(pilot, "Made trial 7 at 3000 × 2000 px")
        assert (tmp_path / "Desktop").resolve() in stage.agent.workspace.named_files

    drive(Stage(prepare=on_the_table), script)
    assert made == [{"trial": 7, "size": 3000, "side": "width", "out": str(tmp_path / "Desktop")}]


def test_a_place_is_typed_with_its_size(made: Made) -> None:
    typed = "~/dog.png, 2000 px tall"

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "/save")
        await sees(pilot, "Save the recommended picture where?")
        await grace(pilot)
        await pilot.press(*("space" if letter == " " else letter for letter in typed), "enter")
        await until(pilot, lambda: made)

    drive(Stage(prepare=on_the_table), script)
    place = str(Path("~/dog.png").expanduser())
    assert [(call["out"], call["size"], call["side"]) for call in made] == [(place, 2000, "height")]


def test_a_trial_that_is_opened_is_this_one_and_s_saves_the_one_at_the_cursor(made: Made, tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), "teal").save(tmp_path / "0.png")
    steps: list[Any] = [study.Opened("cat-night", str(tmp_path), 0, 2, resumed=False)]
    for number in (0, 1):
        steps.append(study.TrialStarted(number, "gatys", "preset", 0))
        scores = {"style": 0.4 + number / 5, "content": 0.6}
        event = study.TrialFinished(number, "gatys", 0, "complete", 1, 2, 2.5, scores, image="0.png", best=1)
        steps.append(event)

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        assert stage.agent is not None
        await write(pilot, "go")
        await sees(pilot, "best so far: 1")
        pilot.app.screen.query_one("TrialsTable").focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: stage.agent is not None and stage.agent.workspace.viewed == 0)
        await pilot.press("s")
        await sees(pilot, "Save trial 0 where?")
        await grace(pilot)
        await pilot.press("escape")

    drive(Stage([steps], prepare=on_the_table), script)


def test_esc_saves_nothing_and_without_a_study_it_is_said(made: Made) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "/save 3")
        await sees(pilot, "there is no picture to save yet")
        assert stage.agent is not None
        stage.agent.workspace.study = "s"
        await write(pilot, "/save 3")
        await sees(pilot, "Save trial 3 where?")
        await grace(pilot)
        await pilot.press("escape")
        await pilot.pause()

    drive(Stage(), script)
    assert made == []
