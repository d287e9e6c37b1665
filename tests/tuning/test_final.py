"""The final render by a method that finishes what another one searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autostyle.codecs.image import load_image
from autostyle.plan import Choice, MethodPlan
from autostyle.report import recording
from autostyle.report.payload import summary
from autostyle.tuning.record import StudyRecord


@pytest.mark.slow
def test_another_method_finishes_the_best_one_and_its_recipe_says_so(
    run: Callable[..., StudyRecord], home: Path
) -> None:
    methods = (MethodPlan(name="gatys", fixed={"style_weight": 1.5}),)
    record = run(trials=2, methods=methods, choice=Choice(method="gatys"), finish="nnst")

    assert record.best is not None and record.final_image is not None
    best = record.trial(record.best)
    assert best.image is not None
    assert load_image(home / "s" / best.image).pixels[..., 2].max() < 0.1
    assert load_image(home / "s" / record.final_image).pixels[..., 2].min() > 0.9

    recipe = recording.of_trial(record, best, styles=recording.styles_of(record), final_size=96, finished=True)
    assert (recipe.method, recipe.size, recipe.final_size) == ("nnst", 96, 96)
    assert best.params.items() <= recipe.params.items() and "nearest" in recipe.params
    assert recipe.scores == record.final_scores
    searched = recording.of_trial(record, best, styles=recording.styles_of(record), final_size=64)
    assert (searched.method, searched.params) == ("gatys", best.params)
    assert summary(record)["final"]["method"] == "nnst"
