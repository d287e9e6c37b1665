"""Beginning without knowing anything: pictures and styles by number, two keys to a request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot

from autostyle.agent.events import Said, ToolFinished, ToolStarted
from autostyle.agent.outputs import StylesAtHand
from autostyle.agent.understanding.read import understand
from autostyle.named_styles import NAMED_STYLES
from autostyle.tui import beginning
from autostyle.tui.widgets.offers import MOST, NumberedPicture
from autostyle.tui.widgets.prompt import Prompt
from tests.tui.driving import drive, seen, sees, until, write
from tests.tui.fakes import Stage

P = Pilot[None]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Here are three pictures, the cat the newest."""
    monkeypatch.chdir(tmp_path)
    for age, name in enumerate(("my cat.jpg", "바다.png", "boat.jpg")):
        Image.new("RGB", (32, 24), (age * 90, 40, 200)).save(tmp_path / name)
        os.utime(tmp_path / name, (1_000_000 - age,) * 2)
    (tmp_path / "notes.txt").touch()
    yield tmp_path


def line(pilot: P) -> str:
    return pilot.app.screen.query_one(Prompt).line.text


def heard(stage: Stage) -> list[object]:
    return [] if stage.agent is None else list(stage.agent.heard)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_two_keys_are_a_request(size: tuple[int, int]) -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Pictures here", "1 my", "2 바다.png", "3 boat.jpg")
        await pilot.press("1")
        await sees(pilot, "Which style should my cat.jpg get?", "2 rainy", "0 golden")
        await pilot.press("0")
        words = 'make "my cat.jpg" look like golden tree, a quick draft, 6 trials'
        await until(pilot, lambda: heard(stage) == [words])
        assert "Which style" not in seen(pilot) and line(pilot) == ""

    drive(Stage(), script, size)


def test_a_click_chooses_too_and_esc_goes_back() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Pictures here")
        await pilot.click(list(pilot.app.screen.query(NumberedPicture))[1])
        await sees(pilot, "Which style should 바다.png get?")
        await pilot.press("escape")
        await sees(pilot, "Pictures here")
        await pilot.press("escape")
        await until(pilot, lambda: "Pictures here" not in seen(pilot))
        await sees(pilot, "make photo.jpg look like painting.jpg")
        await pilot.press("1")
        assert line(pilot) == "1"

    drive(Stage(), script)


def test_whoever_has_something_to_say_is_offered_nothing_any_more() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Pictures here")
        await write(pilot, "10 trials of boat.jpg like stained glass")
        await until(pilot, lambda: bool(heard(stage)) and "Pictures here" not in seen(pilot))

    drive(Stage(), script)


def test_a_key_that_comes_before_the_pictures_chooses_all_the_same() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press("escape")
        await until(pilot, lambda: "Pictures here" not in seen(pilot))
        pilot.app.screen.query_one(Prompt).write("3")
        await pilot.app.screen._offer_pictures()  # type: ignore[attr-defined]
        await sees(pilot, "Which style should boat.jpg get?")
        assert line(pilot) == ""

    drive(Stage(), script)


def test_styles_are_shown_on_demand_and_one_is_words_to_go_on_from() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/styles")
        await sees(pilot, "Styles at hand", "7 stained")
        await pilot.press("7")
        await until(pilot, lambda: line(pilot).startswith("make photo.jpg look like stained glass"))
        assert heard(stage) == []

    drive(Stage(), script)


def test_whoever_asks_which_styles_there_are_sees_all_of_them() -> None:
    pictures = tuple(str(style.path) for style in NAMED_STYLES)
    steps = [
        ToolStarted("1", "list_styles", "list the styles"),
        ToolFinished("1", "list_styles", True, "", None, pictures),
        Said("Ten styles come with me."),
    ]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "what styles do you have?")
        await sees(pilot, "Ten styles come with me.", "Styles at hand", "0 golden")
        assert "stained-glass.webp" not in seen(pilot)

    drive(Stage([steps]), script)


def test_a_korean_speaker_is_offered_the_same_in_korean() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "여기 있는 사진이에요")
        await pilot.press("1")
        await sees(pilot, "my cat.jpg에 어떤 스타일을 입힐까요?", "2 비 오는")
        await pilot.press("2")
        await until(pilot, lambda: heard(stage) == ['"my cat.jpg"를 비 오는 도시처럼, 빠른 버전으로 6번만'])

    drive(Stage(prepare=lambda workspace: setattr(workspace, "language", "ko")), script)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_said_is_understood_as_it_is_meant(language: str, folder: Path) -> None:
    from autostyle.agent.brains.replies import say, translate

    for style in NAMED_STYLES:
        title = translate(language, style.title)
        said = understand(say(language, "begin:request", content='"my cat.jpg"', style=title, n=6), folder)
        assert (said.content, said.styles) == ((Path("my cat.jpg"),), (style.path,)), title
        assert said.trials == 6 and said.wishes == {"realtime": True} and not (said.unheard or said.problems)


def test_of_many_pictures_the_newest_are_offered(folder: Path) -> None:
    for n in range(20):
        (folder / f"{n}.jpg").touch()
        os.utime(folder / f"{n}.jpg", (2_000_000 + n,) * 2)
    found, more = beginning.pictures(folder)
    assert [path.name for path in found] == [f"{n}.jpg" for n in range(19, 9, -1)] and more == 13
    assert len(found) == MOST
    assert beginning.pictures(folder / "nowhere") == ([], 0)


def test_styles_that_are_offered_for_a_picture_make_a_request_with_one_key(folder: Path) -> None:
    at_hand = StylesAtHand(styles=(), content="my cat.jpg")
    steps = [
        ToolStarted("1", "list_styles", "list the styles"),
        ToolFinished("1", "list_styles", True, "", at_hand),
        Said("Which one?"),
    ]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "paint my picture")
        await sees(pilot, "Which style should my cat.jpg get?")
        await pilot.press("7")
        words = 'make "my cat.jpg" look like stained glass, a quick draft, 6 trials'
        await until(pilot, lambda: heard(stage)[1:] == [words])

    drive(Stage([steps]), script)
