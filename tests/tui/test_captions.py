"""What stands below pictures in the chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle.agent.outputs import Compared, Looked, SearchEnded
from autostyle.tui.captions import captions

SCORES = {"style": 0.914, "content": 0.42, "temporal": None}
THREE = {"number": 3, "method": "gatys", "scores": SCORES, "image": "/s/trials/3.webp"}


def shown(*trials: dict[str, Any]) -> Compared:
    return Compared.model_validate({"trials": trials})


def test_a_trial_is_told_by_its_number_and_scores_in_the_person_s_language() -> None:
    paths, told = (
        [Path("/s/trials/3.webp")],
        shown(THREE, {"number": 4, "method": "gatys", "scores": {}, "image": None}),
    )
    assert captions(paths, told, "en") == ["trial 3\nstyle 0.91 · content 0.42"]
    assert captions(paths, told, "ko") == ["3번\n스타일 0.91 · 원본 0.42"]


def test_any_other_picture_by_its_file() -> None:
    assert captions([Path("/home/me/photo.jpg")], Looked(), "en") == ["photo.jpg"]


def test_the_recommended_trial_of_a_study_that_ended_is_known_by_its_final_picture() -> None:
    found = {"trials": {"total": 8, "complete": 8}, "front": [THREE], "best": THREE | {"image": "/s/best.png"}}
    told = SearchEnded.model_validate(found)
    assert (
        captions([Path("/s/best.png"), Path("/s/trials/3.webp")], told, "en")
        == ["trial 3\nstyle 0.91 · content 0.42"] * 2
    )


def test_a_clip_s_trial_is_known_by_its_preview() -> None:
    told = shown(THREE | {"image": "/s/front/3.mp4"})
    assert captions([Path("/s/front/3.preview.png")], told, "en") == ["trial 3\nstyle 0.91 · content 0.42"]
