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


@pytest.mark.parametrize(
    "text",
    [
        "a photo of my singing daughter, photo.png, like paint.png",
        "make photo.png look like a cover song album, paint.png",
        "photo.png like paint.png and read this text on the sign",
        "photo.png를 paint.png처럼, 노래를 부른 것처럼 신나게",
    ],
)
def test_a_picture_may_show_who_sings_or_words_to_read(text: str, tmp_path: Path) -> None:
    understood = understand(text, tmp_path)
    assert (understood.acts, understood.beyond) == ((Act("stylize"),), None)
    assert list(map(str, understood.content + understood.styles)) == ["photo.png", "paint.png"]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("more of anna", 1.0),
        ("the light from above is too strong", -1.0),
        ("listen to me, make it stronger", 1.0),
        ("빗소리를 더 섞어줘", 1.0),
    ],
)
def test_what_is_said_to_a_study_turns_it(text: str, style: float, tmp_path: Path) -> None:
    assert understand(text, tmp_path, study=True).acts == (Act("steer", direction={"style": style}),)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("show me more of the results", ["show"]),
        ("10 more of the trials", ["more"]),
        ("less of the sky", ["unclear"]),
        ("play it safe", ["unclear"]),
        ("위에서 본 설정으로 해줘", ["unclear"]),
        ("여러 방향으로 해봐", ["unclear"]),
        ("다른 모습 보여줘", ["show"]),
        ("play it", ["open"]),
        ("let me listen", ["open"]),
        ("show me from behind", ["open"]),
        ("옆에서 본 모습 보여줘", ["open"]),
    ],
)
def test_what_is_seen_or_heard_and_what_only_sounds_like_it(text: str, intents: list[str], tmp_path: Path) -> None:
    assert [act.intent for act in understand(text, tmp_path, study=True).acts] == intents
