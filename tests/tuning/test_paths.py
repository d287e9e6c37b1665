"""A run along its ratio: which values it takes, and how its points stand in a study, whatever happens to them."""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import optuna
import pytest
from optuna.distributions import FloatDistribution

from autostyle.codecs.image import save_image
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.reproduce import reproduce
from autostyle.methods import registry
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.report import recording
from autostyle.report.payload import summary
from autostyle.testing.inputs import scene
from autostyle.tuning import events, ledger
from autostyle.tuning.handle import Handle
from autostyle.tuning.load import load_record
from autostyle.tuning.pareto import Point
from autostyle.tuning.paths import APART, Course, Walk
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.runner import tune
from autostyle.tuning.trial_record import TrialRecord
from tests.jobs.line import Line

Run = Callable[..., StudyRecord]
Fake = Callable[..., None]
GATYS = (MethodPlan(name="gatys", bounds={"style_weight": (0.01, 10.0)}),)
LOG = FloatDistribution(0.001, 1000, log=True)


def walked(
    walk: Walk, score: Callable[[float], Point], within: Callable[[float], bool] = lambda v: True
) -> list[float]:
    values = [walk.scale.low]
    while (value := walk.onward(values[-1], score(values[-1]), within=within(values[-1]))) is not None:
        values.append(value)
    return values


def rising(value: float) -> Point:
    """Style that rises evenly with the logarithm, and content that falls with it."""
    place = (math.log10(value) + 3) / 6
    return place, 1 - place


def test_values_ascend_from_end_to_end() -> None:
    values = walked(Walk(LOG, 7), rising)
    assert values == sorted(set(values)) and (values[0], values[-1]) == (0.001, 1000)
    assert all(value == float(f"{value:.3g}") for value in values)


def test_where_nothing_changes_steps_are_long_and_where_much_does_they_are_short() -> None:
    def sudden(value: float) -> Point:  # all of it happens around 1
        style = 1 / (1 + value**-4)
        return 0.4 * (math.log10(value) + 3) / 6 + 0.6 * style, 1 - style

    values = walked(Walk(LOG, 8), sudden)
    steps = [math.log10(b / a) for a, b in itertools.pairwise(values)]
    assert max(steps[:3]) > 1.5 * min(steps[3:])


def test_no_two_neighbours_look_alike() -> None:
    points = [rising(value) for value in walked(Walk(LOG, 40), rising)]
    assert min(math.dist(a, b) for a, b in itertools.pairwise(points[1:])) > APART / 2
    assert len(points) < 36


def test_a_flat_beginning_is_no_end() -> None:
    values = walked(Walk(LOG, 7), lambda value: (0.2, 0.8) if value < 10 else rising(value))
    assert values[-1] == 1000


@pytest.mark.parametrize("palette", [0.0, 0.05], ids=["no style", "hardly any"])
def test_content_that_is_lost_before_there_is_style_is_no_end(palette: float) -> None:
    values = walked(Walk(LOG, 9), lambda value: (max(palette, rising(value)[0] - 0.5), rising(value)[1]))
    assert values[-1] == 1000


def test_it_comes_to_the_values_that_were_asked_for() -> None:
    assert {0.02, 3.3} <= set(walked(Walk(LOG, 5, (3.3, 0.02, 1e9)), rising))


@pytest.mark.parametrize(
    ("score", "within"),
    [
        (lambda value: (min(rising(value)[0], 0.5), rising(value)[1]), lambda value: True),
        (rising, lambda value: value < 1),
    ],
    ids=["no more style", "over a limit"],
)
def test_it_ends_where_nothing_is_to_be_gained(
    score: Callable[[float], Point], within: Callable[[float], bool]
) -> None:
    values = walked(Walk(LOG, 9), score, within)
    assert 1 < values[-1] < 1000
    assert sum(value >= 1 for value in values) <= 3


FLAT: list[tuple[float, Point]] = [(0.001, (0.1, 0.8)), (0.1, (0.105, 0.8)), (1.0, (0.4, 0.6)), (1000.0, (0.41, 0.6))]


def test_a_run_begins_where_the_earlier_ones_began_to_change() -> None:
    assert Course.of(LOG, []) is None
    course = Course.of(LOG, [FLAT])
    assert course is not None and 0.1 < course.begin < 0.2
    short = Course.of(FloatDistribution(0.5, 10, log=True), [FLAT])
    assert short is not None and short.begin == pytest.approx(0.5, rel=0.2)


def test_values_lie_where_the_earlier_runs_changed() -> None:
    course = Course.of(LOG, [FLAT])
    assert course is not None
    walk = Walk(LOG, 8, course=course)
    values = [course.begin]
    while (value := walk.onward(values[-1], rising(values[-1]))) is not None:
        values.append(value)
    between = [value for value in values if 0.1 < value < 1.2]
    assert len(between) >= 4 and len(values) - len(between) <= 2, "one at the end, where nothing changes"


# --- in a study --------------------------------------------------------------------------------------------------


def runs(record: StudyRecord) -> dict[int, list[TrialRecord]]:
    """The points of every run, in the order of their numbers."""
    found: dict[int, list[TrialRecord]] = {}
    for trial in record.trials:
        found.setdefault(trial.run, []).append(trial)
    return found


def check(points: Sequence[TrialRecord]) -> None:
    """What holds of the points of one run, however it went."""
    ratio = registry.find_built(points[0].method).ratio
    values = [trial.params[ratio] for trial in points]
    assert points[0].leads and not any(trial.leads for trial in points[1:])
    assert values == sorted(set(values), key=lambda value: float(str(value)))
    for place, trial in enumerate(points):
        assert list(trial.path) == values[:place]
        assert {**trial.params, ratio: 0} == {**points[0].params, ratio: 0}, "one run, one set"


def counted(seen: Iterable[events.StudyEvent], kind: type[events.StudyEvent]) -> list[Any]:
    return [event for event in seen if isinstance(event, kind)]


def test_a_run_makes_a_curve_of_trials_and_counts_once(run: Run, home: Path) -> None:
    seen: list[events.StudyEvent] = []
    record = run(trials=3, methods=GATYS, on_event=seen.append)
    made = runs(record)
    assert len(made) == record.done == record.total == 3
    assert record.pictures == len(record.trials) > 9
    for points in made.values():
        check(points)
        assert points[-1].params["style_weight"] == 10.0
    assert made[0][0].params["style_weight"] == 0.01
    assert min(points[0].params["style_weight"] for points in made.values()) == 0.01
    assert 1.0 in [trial.params["style_weight"] for trial in made[0]], "the defaults lie on the first run"
    assert all(trial.image is not None for trial in record.trials)
    assert [(t.run, t.path) for t in load_record(home, "s").trials] == [(t.run, t.path) for t in record.trials]
    told = summary(record)["trials"]
    assert (told["total"], told["complete"], told["pictures"]) == (3, 3, record.pictures)

    finished = counted(seen, events.TrialFinished)
    assert sorted(event.number for event in finished) == [trial.number for trial in record.trials]
    assert [event.done for event in finished] == sorted(event.done for event in finished)
    assert [event.done for event in finished if event.run_seconds] == [1, 2, 3]
    (end,) = counted(seen, events.Ended)
    assert (end.done, end.total, end.pictures) == (3, 3, record.pictures)

    study = optuna.load_study(study_name="s/gatys", storage=f"sqlite:///{home / 'autostyle.db'}")
    assert len(study.trials) == len(record.trials) and all(len(trial.values) == 2 for trial in study.trials)


@pytest.mark.slow
def test_a_run_that_kills_its_worker_keeps_its_points_and_no_other(run: Run, fake: Fake, tmp_path: Path) -> None:
    fake(accidents=[{"do": "crash", "above": {"style_weight": 1.0}, "once": str(tmp_path / "once")}])
    notes: list[events.StudyEvent] = []
    record = run(trials=2, methods=GATYS, on_event=notes.append)
    first, second = runs(record).values()
    for points in (first, second):
        check(points)
    assert first[-1].params["style_weight"] <= 1 < second[-1].params["style_weight"] == 10  # type: ignore[operator]
    assert {trial.state for trial in record.trials} == {"complete"}
    assert record.done == 2
    assert any("ends early and keeps what it has" in note.text for note in counted(notes, events.Note))


@pytest.mark.slow
def test_a_run_that_kills_its_worker_at_once_is_tried_again(run: Run, fake: Fake, tmp_path: Path) -> None:
    fake(accidents=[{"do": "crash", "when": {"style_weight": 0.01}, "once": str(tmp_path / "once")}])
    record = run(trials=1, methods=GATYS)
    (points,) = runs(record).values()
    check(points)
    assert points[0].number == 0 and points[0].origin == "retry"
    assert points[-1].params["style_weight"] == 10.0


@pytest.mark.slow
@pytest.mark.parametrize(("accident", "state"), [("memory", "pruned"), ("error", "failed"), ("nan", "failed")])
def test_what_goes_wrong_on_the_way_leaves_what_was_painted_before(
    accident: str, state: str, run: Run, fake: Fake
) -> None:
    fake(accidents=[{"do": accident, "above": {"style_weight": 1.0}}])
    record = run(trials=1, methods=GATYS)
    (points,) = runs(record).values()
    check(points)
    assert [trial.state for trial in points] == ["complete"] * (len(points) - 1) + [state]
    assert record.best is not None and record.done == 1


@pytest.mark.slow
def test_a_search_that_is_stopped_on_the_way_keeps_its_points_and_goes_on_with_the_next_run(
    run: Run, fake: Fake
) -> None:
    fake(seconds=0.2, steps=4)
    stop, seen = threading.Event(), list[events.StudyEvent]()

    def after_three(event: events.StudyEvent) -> None:
        seen.append(event)
        if len(counted(seen, events.TrialFinished)) == 3:
            stop.set()

    before = run(trials=2, methods=GATYS, on_event=after_three, stop=stop)
    assert before.done == 1 and 3 <= before.pictures <= 4
    fake()
    after = run(trials=2, methods=GATYS)
    kept = {trial.number: trial for trial in before.trials}
    # A picture that is no more on the front is not kept at full size.
    assert {t.number: replace(t, full_image=None) for t in after.trials if t.number in kept} == {
        number: replace(trial, full_image=None) for number, trial in kept.items()
    }
    assert after.done == 2
    for points in runs(after).values():
        check(points)


@pytest.mark.slow
def test_two_workers_each_paint_runs_of_their_own(run: Run, fake: Fake, home: Path) -> None:
    fake(seconds=0.05)
    seen: list[events.StudyEvent] = []
    record = run(trials=4, workers=2, methods=GATYS, on_event=seen.append)
    assert len(runs(record)) == record.done == 4
    for points in runs(record).values():
        check(points)
    workers = {event.number: event.worker for event in counted(seen, events.TrialStarted)}
    for points in runs(record).values():
        assert len({workers[trial.number] for trial in points}) == 1
    handle = Handle.find(home, "s")
    assert len(handle.trials()["gatys"]) == len(ledger.slots(handle.trials())) == record.pictures


@pytest.mark.slow
@pytest.mark.thorough
def test_the_recipe_of_a_point_scores_the_very_same_again(
    plan: Callable[..., Plan], home: Path, tmp_path: Path
) -> None:
    files = {"content": tmp_path / "photo.png", "styles": (tmp_path / "paint.png",)}
    save_image(tmp_path / "photo.png", scene(48, 64, 0))
    save_image(tmp_path / "paint.png", scene(70, 60, 1))
    searched = MethodPlan(name="gatys", fixed={"steps": 6}, bounds={"style_weight": (0.1, 10.0)})
    wanted = plan(trials=1, methods=(searched,), choice=Choice(method="gatys"), final_size=64, **files)
    record = tune(wanted, home, offline=True, device="cpu")
    point = record.trials[-1]
    assert len(point.path) >= 2
    recipe = recording.of_trial(record, point, styles=recording.styles_of(record), final_size=64)
    (home / "s" / "point.json").write_text(recipe.to_json())
    request = requests.ReproduceRequest(recipe=home / "s" / "point.json", offline=True)
    again = reproduce(request, Reporter(Line()))  # type: ignore[arg-type]
    assert set(again["difference"].values()) == {0.0}
    larger = recording.of_trial(record, point, styles=recording.styles_of(record), final_size=96)
    assert recipe.final_path is None and set(larger.final_path or ()) < set(point.path)
    bare = recipe.model_copy(update={"path": ()})
    (home / "s" / "bare.json").write_text(bare.to_json())
    other = reproduce(request.model_copy(update={"recipe": home / "s" / "bare.json"}), Reporter(Line()))  # type: ignore[arg-type]
    assert set(other["difference"].values()) != {0.0}, "without its path it is another picture"
