"""Frames on the terminal: one over the other, in its blocks, with a line below."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autostyle.cli.preview import Preview


def test_a_frame_is_drawn_over_the_one_before_with_a_line_below(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"COLUMNS": "40", "LINES": "11", "FORCE_COLOR": "1", "COLORTERM": "truecolor"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TERM", "xterm")
    frame = np.zeros((20, 40, 3), np.uint8)
    frame[:, 20:] = (250, 10, 20)
    with Preview("halfcell") as preview:
        preview.show(frame, "12.0 fps")
        preview.show(frame[:, ::-1], "13.0 fps, a line that is longer than the terminal is wide")
    out = capsys.readouterr().out
    first, second = re.split(r"12\.0 fps *", out)
    assert first.count("▀" * 20) >= 20 and "38;2;250;10;20" in first
    assert second.startswith("\x1b[H") and "\x1b[2J" not in second, "nothing is cleared between two frames: no flicker"
    assert second.index("38;2;250;10;20") < second.index("38;2;0;0;0"), "the second is mirrored"
    assert "a line that is longer" in second and "wide" not in second
