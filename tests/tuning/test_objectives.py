"""A third objective, declared once, from the search to the page and the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from textual.app import App, ComposeResult

from autostyle.errors import BadInput
from autostyle.mediums import registry as mediums
from autostyle.mediums.image.medium import ImageMedium
from autostyle.methods import registry
from autostyle.plan import Plan
from autostyle.report import export
from autostyle.report.payload import full
from autostyle.scoring.scores import OBJECTIVES, Metric
from autostyle.tui.front_plot import draw
from autostyle.tui.study_state import StudyState, from_record
from autostyle.tui.widgets.canvas import Canvas
from autostyle.tui.widgets.study_panel import StudyPanel
from autostyle.tui.widgets.trials_table import TrialsTable
from autostyle.tuning import claims, events, pareto, preference, trial
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.result import TrialResult
from autostyle.tuning.study import hold_study
from autostyle.use_cases import aspects

EVENNESS = Metric(
    "evenness", "Evenness", "objective", "how near to half-way", zero="all or nothing", one="half-way", bounds=(0, 1)
)
NAMES = ["style", "content", "evenness"]


@pytest.fixture
def three(fake: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are searched for evenness, too."""
    spec = mediums.find("image")
    monkeypatch.setitem(mediums.OURS, "image", replace(spec, objectives=(*OBJECTIVES, EVENNESS)))
    fake(objectives=[asdict(EVENNESS)])


@pytest.mark.slow
def test_it_is_searched_for_shown_and_explained(
    three: None, run: Callable[..., StudyRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[events.StudyEvent] = []
    record = run(trials=9, sampler="gp", on_event=seen.append)
    assert [metric.name for metric in record.objectives] == NAMES and record.objectives[2] == EVENNESS
    assert [list(trial.scores) for trial in record.trials] == [NAMES] * 9
    assert record.front == pareto.front(record.points) and record.best in record.front
    assert record.hypervolume == pareto.hypervolume(record.points.values()) == record.hypervolume_history[-1] > 0
    assert list(record.importances["adain"]) == NAMES and "in content and evenness" in record.rule

    # It is steered along one trade-off: style against the other two.
    leaner = aspects.leaning(record.plan, {"content": 1.0}, record.trial(record.best), record.points)
    later = pareto.recommend(record.points, leaner.prefer)
    assert later is not None and min(record.points[later][1:]) >= min(record.points[record.best][1:])
    pair = preference.question(record.points, [])
    assert pair is None or set(pair) <= set(pareto.tradeoff(record.points))

    export.export(record)
    assert '<th class="n is-evenness">Evenness</th>' in (record.folder / "report.html").read_text()
    assert full(record)["best"]["scores"].keys() == set(NAMES)

    state = StudyState()
    for event in seen:
        if isinstance(event, events.Opened):
            state = state.of(event)
        state.apply(event)
    assert state.points == from_record(record).points == record.points and state.front == record.front
    drawn = draw(state.points, state.front, state.best, 70, 12, names=state.objectives).plain
    assert f"evenness {record.trial(record.best).scores['evenness']:.2f}" in drawn
    assert asyncio.run(columns(state)) == ["#", "method", *NAMES, "time", "state"]

    monkeypatch.setitem(mediums.OURS, "image", replace(mediums.find("image"), objectives=OBJECTIVES))
    with pytest.raises(BadInput, match="objectives differs"):
        run(trials=10, sampler="gp")


async def columns(state: StudyState) -> list[str]:
    """Those of the table of the app's panel."""

    class Panel(App[None]):
        def compose(self) -> ComposeResult:
            yield StudyPanel()

        canvas = Canvas("off")

    app = Panel()
    async with app.run_test():
        app.query_one(StudyPanel).show(state)
        return [str(key.value) for key in app.query_one(TrialsTable).columns]


def test_a_scorer_that_gives_other_objectives_is_refused(
    fake: Callable[..., None], run: Callable[..., StudyRecord]
) -> None:
    fake(objectives=[asdict(EVENNESS)])
    with pytest.raises(BadInput, match="searches for style, content, and its scorer gives style, content, evenness"):
        run(trials=1)


def test_what_a_scorer_does_not_measure_is_over_no_limit(
    plan: Callable[..., Plan], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = replace(registry.find("adain"), limits={"leakage": 0.1})
    monkeypatch.setitem(registry.OURS, "adain", limited)
    result = TrialResult(state="complete", scores={"style": 0.5, "content": 0.5})
    made = trial.Outcome(result, np.zeros((48, 64, 3), np.float32))
    with hold_study(plan(trials=1), home) as (handle, _):
        claim = claims.claim(handle, handle.plan, 0)
        assert claim is not None
        assert trial.settle(handle, ImageMedium(), claim, made, seed=0, began=0.0, proposed=0.0)
        (slot,) = handle.slots()
        assert slot.within


def test_a_picture_that_shows_things_of_the_style_picture_says_so(plan: Callable[..., Plan], home: Path) -> None:
    result = TrialResult(state="complete", scores={"style": 0.9, "content": 0.5}, raw={"leakage": 0.55})
    made = trial.Outcome(result, np.zeros((48, 64, 3), np.float32))
    with hold_study(plan(trials=1), home) as (handle, _):
        claim = claims.claim(handle, handle.plan, 0)
        assert claim is not None
        trial.settle(handle, ImageMedium(), claim, made, seed=0, began=0.0, proposed=0.0)
        (slot,) = handle.slots()
        assert not slot.within
        assert slot.result.notes == ["objects of the style picture show: leakage 0.55 is over the limit of 0.4"]
