"""What a message without files wants that is no work on a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.brains.replies import say
from autostyle.agent.understanding.model import Act
from autostyle.agent.understanding.read import understand


@pytest.mark.parametrize(
    "text",
    [
        "live from my camera",
        "can you do it live from my webcam?",
        "stylize my webcam in real time, like stained glass",
        "웹캠으로 실시간",
        "화면을 실시간으로 반 고흐처럼",
    ],
)
def test_a_camera_is_painted_by_a_command_of_its_own(text: str, tmp_path: Path) -> None:
    understood = understand(text, tmp_path)
    assert understood.acts == (Act("beyond", about="camera"),)
    assert "`autostyle live camera --style stained-glass`" in say(understood.language, "beyond:camera")


@pytest.mark.parametrize(
    "text", ["photo.png like paint.png for my webcam stream", "photo.png를 paint.png처럼, 실시간으로"]
)
def test_pictures_for_something_live_are_painted(text: str, tmp_path: Path) -> None:
    assert understand(text, tmp_path).acts[0].intent == "stylize"
