"""What is taken back is replaced by what follows; without anything that follows, nothing may start."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.model import Understood
from autostyle.agent.understanding.read import understand


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("photo.jpg", "a.png", "b.png", "no wait.jpg"):
        (tmp_path / name).touch()
    return tmp_path


def styles(said: Understood) -> list[str]:
    return [str(path) for path in said.styles]


@pytest.mark.parametrize(
    "text",
    [
        "photo.jpg like a.png, no sorry, like b.png",
        "photo.jpg in the style of a.png. Scratch that, use b.png as the style",
        "photo.jpg를 a.png 아니 b.png처럼",
        "photo.jpg를 a.png처럼, 아니다 b.png 느낌으로",
    ],
)
def test_the_later_picture_counts(here: Path, text: str) -> None:
    said = understand(text, here)

    assert said.content == (Path("photo.jpg"),)
    assert styles(said) == ["b.png"]


@pytest.mark.parametrize(
    "text", ["photo.jpg like a.png, strong, no wait, subtle", "photo.jpg를 a.png처럼 강하게 아니다 은은하게"]
)
def test_the_later_wish_counts_and_is_no_contradiction(here: Path, text: str) -> None:
    said = understand(text, here)

    assert said.wishes["strength"] < 0
    assert not said.problems


def test_what_was_not_taken_back_stays(here: Path) -> None:
    said = understand("photo.jpg like a.png, keep the colours, 20 minutes, sorry I meant 10 minutes", here)

    assert said.wishes["keep_color"]
    assert said.minutes == 10


@pytest.mark.parametrize("text", ["photo.jpg like a.png, no wait", "photo.jpg like a.png 20 tries, sorry I mean 10"])
def test_a_correction_that_is_not_understood_starts_nothing(here: Path, text: str) -> None:
    assert understand(text, here).hold


def test_a_follow_up_is_corrected_too(here: Path) -> None:
    (act,) = understand("compare 3 and 7, no wait, 3 and 5", here, study=True).acts

    assert act.numbers == (3, 5)


@pytest.mark.parametrize("text", ["no wait.jpg like a.png", "photo.jpg like a.png, 아니메 느낌"])
def test_names_and_other_words_take_nothing_back(here: Path, text: str) -> None:
    said = understand(text, here)

    assert not said.hold
    assert styles(said) == ["a.png"]
