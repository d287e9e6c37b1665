"""A study of tiny pictures on the fake runtime, in real processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.brief import Budget
from autostyle.codecs.image import save_image
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.runner import tune

RUNTIME = "fake_runtime:make"
OPTIONS = ("on_event", "stop", "revisions", "why", "storage_url")


@pytest.fixture(autouse=True)
def fake(fake_runtime: Callable[..., None]) -> Callable[..., None]:
    """Set what the fake runtime does; see fake_runtime."""
    return fake_runtime


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[Path, Path]:
    """A content and a style picture."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    noise = np.random.default_rng(0).random((48, 64, 3), np.float32)
    save_image(folder / "Photo 1.png", noise)
    save_image(folder / "swirl.png", 1 - noise)
    return folder / "Photo 1.png", folder / "swirl.png"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def plan(pictures: tuple[Path, Path]) -> Callable[..., Plan]:
    """A plan over the pictures; keyword arguments override its fields, ``trials`` and ``minutes`` its budget."""

    def make(**fields: Any) -> Plan:
        fields.setdefault("budget", Budget(trials=fields.pop("trials", 6), minutes=fields.pop("minutes", None)))
        fields.setdefault("methods", (MethodPlan(name="adain"),))
        return Plan(
            **{
                "study": "s",
                "content": pictures[0],
                "styles": (pictures[1],),
                "choice": Choice(method="adain"),
                "size": 64,
                "final_size": 96,
                "sampler": "random",
                **fields,
            }
        )

    return make


@pytest.fixture
def run(plan: Callable[..., Plan], home: Path) -> Callable[..., StudyRecord]:
    """Tune on the fake runtime; keyword arguments as for ``plan``, and ``on_event``, ``stop`` and the like."""

    def make(**fields: Any) -> StudyRecord:
        options = {key: fields.pop(key) for key in OPTIONS if key in fields}
        return tune(plan(**fields), home, offline=True, device="cpu", runtime=RUNTIME, **options)

    return make


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a finished study, once it was made; the fixtures that make one are a test's own."""
    return tmp_path_factory.mktemp("finished") / "home"


@pytest.fixture
def copied(finished: Path, run: Callable[..., StudyRecord], home: Path) -> Path:
    """A fresh copy, in ``home``, of a finished study called s of one trial, made by the person of every test."""
    if not finished.exists():
        run(trials=1)
        shutil.copytree(home, finished)
    else:
        shutil.copytree(finished, home)
    return home
