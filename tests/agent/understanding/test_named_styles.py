"""A style that comes with autostyle is named in words, as people name things."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.read import understand


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("photo.jpg", "painting.jpg", "제주 여행.jpg", "수채화.jpg"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("text", "content", "styles"),
    [
        ("make photo.jpg look like the stained glass one", ["photo.jpg"], ["stained-glass"]),
        ("make photo.jpg stained glass", ["photo.jpg"], ["stained-glass"]),
        ("photo.jpg in watercolour style", ["photo.jpg"], ["watercolor-lake"]),
        ("turn photo.jpg into a comic", ["photo.jpg"], ["comic-night"]),
        ("make a watercolor of photo.jpg", ["photo.jpg"], ["watercolor-lake"]),
        ("70% stained glass and 30% painting.jpg on photo.jpg", ["photo.jpg"], ["stained-glass", "painting"]),
        ("the mosaic one", [], ["mosaic-wave"]),
        ("photo.jpg를 스테인드글라스처럼 바꿔줘", ["photo.jpg"], ["stained-glass"]),
        ("photo.jpg 수채화 느낌으로", ["photo.jpg"], ["watercolor-lake"]),
        ("제주 여행.jpg를 비 오는 도시 스타일로", ["제주 여행.jpg"], ["rainy-city"]),
        # A picture of one's own, however it is called or told of, is meant first.
        ("make my rainy city photo photo.jpg look like painting.jpg", ["photo.jpg"], ["painting"]),
        ("make photo.jpg look like painting.jpg, more like a watercolor", ["photo.jpg"], ["painting"]),
        ("photo.jpg를 수채화.jpg 느낌으로", ["photo.jpg"], ["수채화"]),
        ('photo.jpg like painting.jpg, prompt "a city behind stained glass"', ["photo.jpg"], ["painting"]),
    ],
)
def test_a_style_by_its_name(text: str, content: list[str], styles: list[str], here: Path) -> None:
    understood = understand(text, here)
    assert [path.name for path in understood.content] == content
    assert [path.stem for path in understood.styles] == styles
    assert understood.acts[0].intent == "stylize" and not understood.loose


@pytest.mark.parametrize("text", ["what styles do you have?", "show me the styles", "어떤 스타일이 있어?"])
def test_which_styles_there_are_is_a_question(text: str, here: Path) -> None:
    assert understand(text, here).acts[0].intent == "styles"
