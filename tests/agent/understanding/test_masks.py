"""Parts of a picture in words: what alone is painted, what is left as it is, and how a mask is corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.understanding import masks
from autostyle.agent.understanding.read import understand

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("text", "only", "kept"),
    [
        ("photo.jpg like a.png but not her face", [], ["face"]),
        ("photo.jpg like a.png, only the sky", ["sky"], []),
        ("photo.jpg like a.png, keep the people", [], ["person"]),
        ("photo.jpg like a.png, leave the dog alone", [], ["subject"]),
        ("photo.jpg를 a.png처럼, 얼굴은 그대로", [], ["face"]),
        ("photo.jpg를 a.png처럼 하늘만", ["sky"], []),
        ("photo.jpg를 a.png처럼, 사람은 건드리지 마", [], ["person"]),
        ("photo.jpg를 a.png처럼, 얼굴은 알아볼 수 있게", [], []),
        ("photo.jpg like a.png, her face must stay recognisable", [], []),
    ],
)
def test_parts_that_alone_are_painted_and_parts_that_are_left(text: str, only: list[str], kept: list[str]) -> None:
    said = understand(text, HERE)
    assert [masks.thing(word) for word in said.parts] == only
    assert [masks.thing(word) for word in said.spared] == kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a bit larger", {"grow": 0.02}),
        ("make the mask smaller", {"grow": -0.06}),
        ("the left one", {"which": "left"}),
        ("only the largest face", {"which": "largest"}),
        ("a box 10,20 to 200,300", {"box": [10, 20, 200, 300]}),
        ("조금 더 넓게 해줘", {"grow": 0.02}),
        ("영역을 좁혀줘", {"grow": -0.06}),
        ("왼쪽 사람", {"which": "left"}),
        ("상자 10,20에서 200,300", {"box": [10, 20, 200, 300]}),
        ("larger marks", {}),
        ("붓질을 더 크게", {}),
        ("2 boxes of paint, 10 to 20", {}),
    ],
)
def test_a_mask_is_corrected_in_words(text: str, found: dict[str, Any]) -> None:
    assert masks.find(text) == found
