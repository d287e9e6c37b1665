"""What stands below pictures in the chat."""

from __future__ import annotations

from pathlib import Path

from autostyle.tui.captions import captions

THREE = {"number": 3, "scores": {"style": 0.914, "content": 0.42, "temporal": None}, "image": "/s/trials/3.webp"}


def test_a_trial_is_told_by_its_number_and_scores_in_the_person_s_language() -> None:
    paths, data = [Path("/s/trials/3.webp")], {"trials": [THREE, {"number": 4, "scores": {}, "image": None}]}
    assert captions(paths, data, "en") == ["trial 3\nstyle 0.91 · content 0.42"]
    assert captions(paths, data, "ko") == ["3번\n스타일 0.91 · 원본 0.42"]


def test_any_other_picture_by_its_file() -> None:
    assert captions([Path("/home/me/photo.jpg")], {"content": []}, "en") == ["photo.jpg"]


def test_the_recommended_trial_of_a_study_that_ended_is_known_by_its_final_picture() -> None:
    data = {"trials": {"total": 8}, "front": [THREE], "best": THREE | {"image": "/s/best.png"}}
    assert (
        captions([Path("/s/best.png"), Path("/s/trials/3.webp")], data, "en")
        == ["trial 3\nstyle 0.91 · content 0.42"] * 2
    )


def test_a_clip_s_trial_is_known_by_its_preview() -> None:
    data = {"trials": [THREE | {"image": "/s/front/3.mp4"}]}
    assert captions([Path("/s/front/3.preview.png")], data, "en") == ["trial 3\nstyle 0.91 · content 0.42"]
