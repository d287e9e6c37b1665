"""Shares of several styles, in the order of the styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.read import understand


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("70% s1.png and 30% s2.png on p.jpg", (0.7, 0.3)),
        ("p.jpg with s1.png (25%) and s2.png (75%)", (0.25, 0.75)),
        ("p.jpg like s1.png and s2.png, 70%/30%", (0.7, 0.3)),
        ("mix s1.png and s2.png 3:1 for p.jpg", (0.75, 0.25)),
        ("paint p.jpg with 2 parts s1.png and 1 part s2.png", (0.6667, 0.3333)),
        ("p.jpg in the style of s1.png with 20% of s2.png", (0.8, 0.2)),
        ("p.jpg mostly like s1.png with a hint of s2.png", (0.75, 0.25)),
        ("p.jpg like s1.png and s2.png, half and half", ()),
        ("p.jpg like s1.png and s2.png, strength 80%", ()),
        ("p.jpg like s1.png, 30% of its style", ()),
        ("p.jpg를 s1.png 70% s2.png 30%로", (0.7, 0.3)),
        ("s1.png랑 s2.png를 7대3으로 섞어 p.jpg에", (0.7, 0.3)),
        ("p.jpg에 s1.png랑 s2.png 섞어줘 두번째를 더 많이", (0.25, 0.75)),
        ("p.jpg를 s1.png 스타일 위주로, s2.png는 조금만", (0.75, 0.25)),
    ],
)
def test_shares_are_read(tmp_path: Path, text: str, shares: tuple[float, ...]) -> None:
    for name in ("p.jpg", "s1.png", "s2.png"):
        (tmp_path / name).touch()
    understood = understand(text, tmp_path)

    assert understood.content == (Path("p.jpg"),)
    assert understood.shares == pytest.approx(shares, abs=1e-3)


def test_a_share_is_no_strength(tmp_path: Path) -> None:
    for name in ("p.jpg", "s1.png", "s2.png"):
        (tmp_path / name).touch()

    assert "strength" not in understand("p.jpg mostly like s1.png with just a hint of s2.png", tmp_path).wishes
    assert understand("p.jpg like s1.png and s2.png, subtle", tmp_path).wishes["strength"] < 0
