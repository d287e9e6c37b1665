"""What the tools answer in these conversations: one study of photo.jpg like starry.png."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.agent.brains.driver import Talk


def trial(number: int, style: float, content: float) -> dict[str, Any]:
    scores = {"style": style, "content": content}
    return {"number": number, "method": "gatys", "params": {"style_weight": 0.2}, "scores": scores, "image": None}


FRONT = [trial(3, 0.41, 0.83), trial(7, 0.66, 0.71), trial(5, 0.82, 0.44)]
CHOICE = {"method": "gatys", "preferred": ["gatys"], "row": "one_off", "reason": "", "alternatives": ["adain"]}
SUMMARY = {
    "study": "photo-starry",
    "trials": {"total": 32, "complete": 31, "pruned": 0, "failed": 1},
    "best": FRONT[1] | {"image": "/home/me/studies/photo-starry/best.png"},
    "front": FRONT,
    "held_out": {"style": 0.9, "content": 0.6},
    "report": "/home/me/studies/photo-starry/report.html",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "look_at_images": {"content": [], "styles": [], "keywords": ["swirling strokes", "deep blue"], "by": "measured"},
    "choose_method": CHOICE,
    "plan_study": {
        "study": "photo-starry",
        "plan": {"size": 384},
        "methods": ["gatys", "adain"],
        "trials": 32,
        "minutes": None,
        "seconds_estimate": 250.0,
        "resumes": False,
    },
    "plan_training": {
        "study": "training-starry",
        "plan": {"size": 384, "styles": ["/home/me/starry.png"]},
        "methods": ["fast_training"],
        "trials": 12,
        "minutes": None,
        "seconds_estimate": 400.0,
        "resumes": False,
    },
    "start_study": {"study": "photo-starry", "folder": "", "total": 32},
    "study_status": {
        "study": "photo-starry",
        "folder": "/home/me/studies/photo-starry",
        "report": "/home/me/studies/photo-starry/report.html",
        "picture": "/home/me/studies/photo-starry/live/7.webp",
        "running": True,
        "unfinished": True,
        "left": 100.0,
        "done": 12,
        "total": 32,
        "best": FRONT[1],
        "front": FRONT,
        "importances": {"gatys": {"style": {"style_weight": 0.7, "pixels": 0.1}}},
    },
    "steer_study": {"what": ["prefer 0.5 -> 0.25"], "plan": {}, "study": "photo-starry"},
    "compare_trials": {"trials": [FRONT[0], FRONT[1]], "differences": {"style_weight": {"3": 0.2, "7": 2.0}}},
    "ask_preference": {"pair": [3, 7], "recommended": 7},
    "render_best": {
        "recommended": 7,
        "pending": False,
        "size": 1024,
        "picture": "/home/me/studies/photo-starry/best.png",
    },
    "apply_best": {
        "images": [{"image": "styled/other.jpg"}],
        "failed": [],
        "folder": "styled",
        "kept": 0,
        "notes": [],
    },
    "show_picture": {"study": "photo-starry", "number": 5, "image": "/home/me/5.png", "shown": "screen"},
    "save_best": {"image": "/home/me/Desktop/photo-starry.png"},
    "export_report": SUMMARY,
    "train_lora": {
        "lora": "/home/me/brand-lora/pytorch_lora_weights.safetensors",
        "steps": {"done": 800, "total": 800, "kept": 700},
        "words": ["in brand-lora style, warm"],
    },
    "train_fast": {
        "net": "/home/me/nets/starry/net.safetensors",
        "name": "starry",
        "styles": ["starry"],
        "steps": {"done": 2000, "total": 2000, "kept": 1800},
    },
    "manage_queue": {
        "entries": [
            {"id": "aaaa", "study": "photo-starry", "state": "running"},
            {"id": "bbbb", "study": "moon-starry", "state": "waiting", "trials": 8},
            {"id": "cccc", "study": "tree-starry", "state": "waiting", "trials": 4},
        ]
    },
    "list_styles": {"styles": [{"name": "stained-glass", "title": "stained glass", "path": "/stained-glass.webp"}]},
    "list_studies": {"studies": [{"name": "photo-starry", "done": 12, "total": 32}]},
}


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A fresh conversation in a folder with two photographs and two paintings."""
    for name in ("photo.jpg", "other.jpg", "starry.png", "wave.png", "clip.mp4"):
        (tmp_path / name).touch()
    return Talk(tmp_path, {name: dict(data) for name, data in ANSWERS.items()})


@pytest.fixture
def studied(talk: Talk) -> Talk:
    """The same after the search was started."""
    talk.say("make photo.jpg look like starry.png")
    return talk
