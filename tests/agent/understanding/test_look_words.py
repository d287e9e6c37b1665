"""Words for the grade of a photograph and its table of colours; "look" alone means no method."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.read import understand
from autostyle.codecs.image import save_image
from tests.scoring.pictures import photo


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    for name in ("photo.jpg", "film.jpg"):
        save_image(folder / name, photo("coffee")[:64, :64])
    return folder


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("give photo.jpg the grade of film.jpg, I need a .cube", "look"),
        ("color grade photo.jpg like film.jpg and save a LUT", "look"),
        ("photo.jpg를 film.jpg 사진처럼 색감만 바꿔줘", "look"),
        ("photo.jpg를 film.jpg처럼, LUT로 저장해줘", "look"),
        ("make photo.jpg look like film.jpg", None),
        ("look at photo.jpg, then take the looks of film.jpg", None),
    ],
)
def test_a_grade_is_asked_for_by_its_names(where: Path, text: str, method: str | None) -> None:
    assert understand(text, where, before="en").method == method


@pytest.mark.parametrize(
    "text",
    [
        "make photo.jpg look like it was shot on this film, film.jpg, but stay a photo",
        "photo.jpg and film.jpg: make it look like it was shot on this film, but stay a photo",
    ],
)
def test_shot_on_film_is_a_photograph(where: Path, text: str) -> None:
    said = understand(text, where, before="en")
    assert (said.medium, said.wishes) == ("image", {"photorealistic": True})
