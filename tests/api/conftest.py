"""A folder of one's own with two small pictures in it, and searches on the fake runtime of the tuner."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.api import listing, runs, studies
from autostyle.codecs.image import save_image
from autostyle.jobs import requests, warm
from autostyle.jobs.child import carry_out
from autostyle.jobs.parent import ignore
from autostyle.jobs.reporter import Reporter
from tests.jobs.line import Line


def draw(folder: Path) -> None:
    """photo.jpg, a soft slope, and painting.jpg, bold stripes: as unlike as a scorer wants them."""
    down, across = np.mgrid[0:64, 0:64].astype(np.float32)
    save_image(folder / "photo.jpg", np.stack([across / 64, down / 64, 1 - across / 64], axis=-1))
    stripes = (np.sin(across + down / 2) > 0).astype(np.float32)
    save_image(folder / "painting.jpg", np.stack([stripes, stripes * 0.3, 1 - stripes], axis=-1))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the test's own, with two pictures in it."""
    monkeypatch.chdir(tmp_path)
    draw(tmp_path)
    return tmp_path


@pytest.fixture
def fake(fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Searches compute with the fake runtime, and what is no search is carried out in this process, where torch and
    Optuna are loaded once; call this to set what the fake runtime does."""
    monkeypatch.setattr(
        requests, "SearchRequest", functools.partial(requests.SearchRequest, runtime="fake_runtime:make")
    )
    monkeypatch.setattr(warm, "run", carried_out)
    for module in (listing, runs, studies):
        monkeypatch.setattr(module, "run", carried_out)
    return fake_runtime


def carried_out(request: Any, on_message: Callable[[dict[str, Any]], None] = ignore) -> dict[str, Any]:
    """What a job process does."""
    line = Line()
    made = carry_out(request, Reporter(line))  # type: ignore[arg-type]
    for message in line.sent:
        on_message(message)
    return made
