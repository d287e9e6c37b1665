"""How a typed program uses the package; `make lint` checks it with mypy --strict, and nothing runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, assert_type

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle import Result, Results, Search, Study, apply, list_methods, list_studies, load_study, stylize, tune
from autostyle.errors import AutostyleError
from autostyle.report.recipe import Recipe
from autostyle.tuning.events import StudyEvent, TrialFinished
from autostyle.tuning.record import StudyRecord


def watch(event: StudyEvent) -> None:
    if isinstance(event, TrialFinished):
        assert_type(event.scores, dict[str, float])


def use(photo: NDArray[np.uint8], painting: Image.Image, folder: Path) -> None:
    result = stylize(photo, [painting, "b.png"], style_weight=[2, 1], params={"alpha": 0.5}, on_progress=progress)
    assert_type(result, Result)
    assert_type(result.image, NDArray[np.uint8])
    assert_type(result.save(folder / "out.png"), Path)
    assert_type(result.recipe, Recipe)

    study = tune(result, painting, trials=8, prefer="style", aids={"lora": folder / "a.safetensors"}, on_event=watch)
    assert_type(study, Study)
    assert_type(study.best, Result | None)
    assert_type(study.front, Results)
    assert_type(study.record, StudyRecord)
    try:
        search = load_study(study.name, home=folder).run(minutes=1.5)
    except AutostyleError as error:
        raise SystemExit(error.hint) from error
    assert_type(search, Search)
    for event in search:
        watch(event)

    assert_type([made.scores["style"] for made in apply(study, [photo, "c.jpg"])], list[float])
    names: list[Any] = [method.name for method in list_methods()] + [entry.name for entry in list_studies()]
    assert names


def progress(done: int, total: int) -> None: ...
