"""The size of the result and that of the search, told apart."""

from __future__ import annotations

import pytest

from autostyle.agent.understanding import sizes


@pytest.mark.parametrize(
    ("text", "search", "final"),
    [
        ("at 512 px", 512, 512),
        ("96px로 해줘", 96, 96),
        ("resolution 2000", None, 2000),
        ("해상도 2000픽셀로", None, 2000),
        ("print it at 3508x2480", None, 3508),
        ("a4 at 300dpi", None, 3508),
        ("a4 크기로 인쇄", None, 3508),
        ("a3 poster at 150 dpi", None, 2480),
        ("30x40cm at 150 dpi", None, 2362),
        ("a 4k wallpaper", None, 3840),
        ("full hd please", None, 1920),
        ("result should be 360x360", None, 360),
        ("search at 256px but give me the final in 2000 px", 256, 2000),
        ("탐색은 256픽셀, 결과는 2048픽셀", 256, 2048),
        ("search size 256, final size 1600", 256, 1600),
        ("compare a1 and a2", None, None),
        ("compare 3 and 7", None, None),
        ("20 trials, 10 minutes, 4:30", None, None),
        ("alpha 0.6", None, None),
    ],
)
def test_sizes_are_read(text: str, search: int | None, final: int | None) -> None:
    found = sizes.find(text)

    assert (found.search, found.final) == (search, final)
