"""Whole studies in real worker processes: what comes out, and what happens when trials or workers go wrong."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import optuna
import pytest

from autostyle.codecs.image import load_image
from autostyle.errors import BadInput, Missing, Refused, StudyFailed
from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning import events, runner, supervisor
from autostyle.tuning.catalog import list_studies, remove_study
from autostyle.tuning.handle import Handle
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.search_space import space, starts
from autostyle.tuning.study import Revision

Run = Callable[..., StudyRecord]
Fake = Callable[..., None]

ADAIN = MethodPlan(name="adain")
START = [
    start.params for start in starts(registry.find_built("adain"), ADAIN, space(registry.find_built("adain"), ADAIN))
]
"""What a study of adain tries first: its defaults, then its presets."""


def states(record: StudyRecord) -> dict[int, str]:
    return {trial.number: trial.state for trial in record.trials}


def test_a_study_from_start_to_finish(run: Run, home: Path, fake: Fake) -> None:
    fake(steps=8, seconds=0.4)
    seen: list[tuple[float, events.StudyEvent]] = []
    record = run(trials=6, on_event=lambda event: seen.append((time.monotonic(), event)))

    assert states(record) == dict.fromkeys(range(6), "complete")
    origins = [trial.origin for trial in record.trials]
    assert origins[:3] == ["preset"] * 3 and set(origins[4:]) == {"sampler"}
    assert record.best in record.front
    assert [record.trial(n).scores["style"] for n in record.front] == sorted(
        record.trial(n).scores["style"] for n in record.front
    )
    assert len(record.hypervolume_history) == 6 and record.hypervolume_history[-1] == record.hypervolume
    assert record.weights == {"encoder": "none", "style": "fake"}
    assert record.samplers == {"adain": "random: asked for"}
    assert "scored by a stand-in" in record.notes

    folder = home / "s"
    for trial in record.trials:
        assert trial.image is not None and load_image(folder / trial.image).pixels.shape == (48, 64, 3)
        assert (trial.full_image is not None) == (trial.number in record.front)
    assert record.final_image is not None
    assert load_image(folder / record.final_image).pixels.shape == (72, 96, 3)  # final_size, the aspect kept
    assert Plan.from_yaml((folder / "plan.yaml").read_text()).content == Path("inputs/content.png")

    kinds = [event.kind for _, event in seen]
    assert kinds[0] == "opened" and kinds[-1] == "ended"
    progress = [at for at, event in seen if isinstance(event, events.Progress)]
    assert progress and len(progress) <= 4 * (progress[-1] - progress[0]) + 2  # four a second, and the two ends
    finished = [event for _, event in seen if isinstance(event, events.TrialFinished)]
    assert [event.done for event in finished] == [1, 2, 3, 4, 5, 6]
    assert finished[-1].best == record.best and finished[-1].hypervolume == pytest.approx(record.hypervolume)
    assert finished[2].left is not None and finished[2].left > 0
    logged = [json.loads(line)["event"] for line in (folder / "log.jsonl").read_text().splitlines()]
    assert logged.count("finished") == 6


def test_optuna_and_its_dashboard_see_the_same_study_with_its_pictures(copied: Path, home: Path) -> None:
    study = optuna.load_study(study_name="s/adain", storage=f"sqlite:///{home / 'autostyle.db'}")
    assert study.metric_names == ["style", "content"]
    assert study.trials
    for trial in study.trials:
        (meta,) = optuna.artifacts.get_all_artifact_meta(trial, storage=study._storage)
        assert meta.mimetype == "image/webp" and (home / "artifacts" / meta.artifact_id).is_file()


@pytest.mark.slow
@pytest.mark.thorough
def test_two_methods_share_one_numbering_and_one_front(run: Run) -> None:
    methods = (MethodPlan(name="gatys", fixed={"style_weight": 1.0}), MethodPlan(name="adain"))
    record = run(trials=8, methods=methods)
    assert sorted(states(record)) == list(range(8))
    assert [trial.method for trial in record.trials].count("gatys") >= 4
    assert {trial.number: str(trial.image) for trial in record.trials} == {
        trial.number: f"trials/{trial.number:04d}-{trial.method}.webp" for trial in record.trials
    }
    assert "at least half" in record.split


@pytest.mark.slow
@pytest.mark.thorough
def test_one_worker_repeats_a_study_under_its_seed(plan: Callable[..., Plan], tmp_path: Path) -> None:
    def again(home: str) -> list[tuple[Any, ...]]:
        record = runner.tune(
            plan(trials=7, sampler="tpe"), tmp_path / home, offline=True, device="cpu", runtime="fake_runtime:make"
        )
        return [(trial.params, trial.scores) for trial in record.trials]

    assert again("a") == again("b")


@pytest.mark.slow
@pytest.mark.thorough
def test_several_workers_take_every_trial_once(run: Run, fake: Fake) -> None:
    fake(seconds=0.3)
    seen: list[events.StudyEvent] = []
    record = run(trials=8, workers=2, on_event=seen.append)
    assert states(record) == dict.fromkeys(range(8), "complete")
    started = [(event.number, event.worker) for event in seen if isinstance(event, events.TrialStarted)]
    assert sorted(number for number, _ in started) == list(range(8))
    assert {worker for _, worker in started} == {0, 1}


def test_what_went_wrong_is_told_apart(run: Run, fake: Fake, home: Path) -> None:
    fake(
        accidents=[
            {"do": "memory", "when": START[0]},
            {"do": "error", "when": START[1]},
            {"do": "refuse", "when": START[2]},
            {"do": "nan", "when": START[3]},
        ]
    )
    record = run(trials=5)
    assert states(record) == {0: "pruned", 1: "failed", 2: "pruned", 3: "failed", 4: "complete"}
    assert [trial.error for trial in record.trials] == [
        "out of memory",
        "RuntimeError: something broke",
        "this combination paints nothing",
        "the scores are no numbers",
        None,
    ]
    assert record.front == (4,)
    told = optuna.load_study(study_name="s/adain", storage=f"sqlite:///{home / 'autostyle.db'}").trials
    assert [trial.constraints for trial in told] == [{"feasible": 1.0}, {}, {"feasible": 1.0}, {}, {}]
    assert told[0].values is None
    assert "something" in (home / "s" / "worker.log").read_text()  # with its traceback


@pytest.mark.slow
def test_the_sampler_is_told_scores_as_far_as_they_count_and_the_record_keeps_them_whole(run: Run, home: Path) -> None:
    record = run(trials=1)
    assert record.trials[0].scores["content"] == pytest.approx(-0.04)
    (told,) = optuna.load_study(study_name="s/adain", storage=f"sqlite:///{home / 'autostyle.db'}").trials
    assert told.values == [1.0, 0.0]


@pytest.mark.slow
def test_a_trial_that_kills_its_process_once_is_tried_again_and_counted_once(
    run: Run, fake: Fake, tmp_path: Path, home: Path
) -> None:
    fake(accidents=[{"do": "crash", "when": START[2], "once": str(tmp_path / "crashed")}])
    record = run(trials=4)
    assert states(record) == dict.fromkeys(range(4), "complete")
    assert record.trial(2).origin == "retry" and record.trial(2).params == START[2]
    assert "killed by signal 9" in (home / "s" / "log.jsonl").read_text()


@pytest.mark.slow
@pytest.mark.thorough
def test_a_trial_that_always_kills_its_process_is_set_aside_after_three_times(run: Run, fake: Fake) -> None:
    fake(accidents=[{"do": "exit", "when": START[2]}])
    notes: list[str] = []
    record = run(trials=4, on_event=lambda event: notes.append(event.text) if isinstance(event, events.Note) else None)
    assert states(record) == {0: "complete", 1: "complete", 2: "failed", 3: "complete"}
    assert record.trial(2).error == "its process died 3 times (exit code 7)"
    assert record.trial(2).params == START[2]
    assert sum("another one is started" in text for text in notes) == 3


@pytest.mark.slow
def test_workers_that_die_before_they_do_anything_end_the_study(run: Run, fake: Fake, home: Path) -> None:
    fake(broken=True)
    with pytest.raises(StudyFailed) as caught:
        run()
    assert "exit code 3" in caught.value.message and str(home / "s" / "worker.log") in caught.value.hint


def test_a_study_without_a_complete_trial_failed(run: Run, fake: Fake) -> None:
    fake(accidents=[{"do": "error"}])
    with pytest.raises(StudyFailed, match="something broke"):
        run(trials=2)


@pytest.mark.slow
def test_a_finished_study_is_read_again_without_a_worker_and_more_trials_go_on(run: Run, fake: Fake) -> None:
    first = run(trials=4)
    fake(broken=True)  # any worker would die
    assert run(trials=4) == first
    fake()
    more = run(trials=6, why="more")
    assert more.trials[:4] == first.trials
    assert states(more) == dict.fromkeys(range(6), "complete")
    assert [revision["what"] for revision in more.revisions] == [["the first plan"], ["budget.trials: 4 -> 6"]]
    assert more.revisions[1]["why"] == "more"


@pytest.mark.slow
def test_minutes_end_a_study_and_count_over_sessions(run: Run, fake: Fake) -> None:
    fake(seconds=0.5, steps=20)
    record = run(trials=1000, minutes=0.2)
    # 12 seconds hold at most 24 trials of half a second.
    assert 1 <= record.count("complete") == len(record.trials) <= 24
    assert record.seconds < 24  # 12 of them, and the final render on a busy machine
    fake(broken=True)
    assert run(trials=1000, minutes=0.2).count("complete") == record.count("complete")


def test_a_time_too_short_for_any_trial_is_refused(run: Run, fake: Fake) -> None:
    fake(seconds=60, steps=600)
    with pytest.raises(Refused):
        run(minutes=0.01)


@pytest.mark.slow
def test_a_stop_puts_the_running_trial_back_and_the_same_command_goes_on(run: Run, fake: Fake) -> None:
    fake(seconds=60, steps=600, accidents=[])
    stop = threading.Event()
    stopped = run(stop=stop, on_event=lambda e: stop.set() if isinstance(e, events.Progress) else None)
    assert stopped.trials == () and stopped.best is None and stopped.final_image is None
    fake()
    record = run()
    assert states(record) == dict.fromkeys(range(6), "complete")
    assert record.trial(0).origin == "retry"


def test_a_trial_that_hangs_does_not_hold_up_a_stop(run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GRACE", 0.5)
    fake(accidents=[{"do": "hang", "when": START[1]}])
    stop = threading.Event()
    record = run(stop=stop, on_event=lambda e: stop.set() if getattr(e, "done", 0) and e.kind == "finished" else None)
    assert states(record) == {0: "complete"}


@pytest.mark.slow
def test_a_full_disk_loses_nothing_that_was_finished(run: Run, fake: Fake, tmp_path: Path) -> None:
    fake(accidents=[{"do": "disk", "when": START[2], "once": str(tmp_path / "filled")}])
    with pytest.raises(Missing, match="no space left"):
        run(trials=4)
    record = run(trials=4)
    assert states(record) == dict.fromkeys(range(4), "complete")


@pytest.mark.slow
def test_a_database_that_another_program_holds_is_waited_for(run: Run, fake: Fake, home: Path) -> None:
    fake(seconds=0.3)
    holding: list[threading.Thread] = []

    def hold() -> None:
        connection = sqlite3.connect(home / "autostyle.db", timeout=30, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(2)
        connection.execute("ROLLBACK")

    def on_event(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialStarted) and not holding:
            holding.append(threading.Thread(target=hold))
            holding[0].start()

    assert states(run(trials=4, on_event=on_event)) == dict.fromkeys(range(4), "complete")
    assert holding


@pytest.mark.slow
@pytest.mark.thorough
def test_pictures_deleted_in_mid_study_are_not_missed(
    run: Run, fake: Fake, home: Path, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    fake(accidents=[{"do": "crash", "when": START[2], "once": str(tmp_path / "crashed")}])

    def on_event(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialStarted):
            for picture in pictures:
                picture.unlink(missing_ok=True)

    assert run(trials=4, on_event=on_event).count("complete") == 4
    assert run(trials=5).count("complete") == 5


@pytest.mark.slow
@pytest.mark.thorough
def test_studies_are_listed_and_removed_with_everything_they_left(run: Run, home: Path) -> None:
    run(study="one", trials=2)
    run(study="two", trials=2)
    listed = {study.name: study for study in list_studies(home)}
    assert set(listed) == {"one", "two"}
    assert (listed["one"].done, listed["one"].total, listed["one"].methods) == (2, 2, ("adain",))
    assert listed["one"].size > 1000
    remove_study(home, "one")
    assert [study.name for study in list_studies(home)] == ["two"]
    assert not (home / "one").exists()
    assert len(list((home / "artifacts").iterdir())) == 2  # the other study's
    assert load_record(home, "two").count("complete") == 2


@pytest.mark.slow
def test_a_worker_may_join_a_study_that_waits_for_one(run: Run, fake: Fake, home: Path) -> None:
    stop = threading.Event()
    fake(seconds=60, steps=600)
    run(trials=4, stop=stop, on_event=lambda e: stop.set() if isinstance(e, events.Progress) else None)
    Handle.find(home, "s").begin_session()
    fake()
    runner.join(home, "s", offline=True, device="cpu", runtime="fake_runtime:make")
    record = load_record(home, "s")
    assert states(record) == dict.fromkeys(range(4), "complete")
    assert record.final_image is None  # left to the one who began the study


class Wishes:
    """Revisions of a running study: each is put when the event it waits for comes, and its answer is kept."""

    def __init__(self, kind: str, plan: Plan, why: str = "because") -> None:
        self.answers: list[Any] = []
        self._kind, self._wish = kind, Revision(plan, why, self.answers.append)
        self._due: list[Revision] = []
        self._put = False

    def on_event(self, event: events.StudyEvent) -> None:
        if event.kind == self._kind and not self._put:
            self._put = True
            self._due.append(self._wish)

    def next(self) -> Revision | None:
        return self._due.pop() if self._due else None


@pytest.mark.slow
def test_a_running_study_goes_by_a_revised_plan_from_the_next_trial_on(
    run: Run, plan: Callable[..., Plan], fake: Fake, home: Path
) -> None:
    fake(seconds=0.3, steps=3)
    narrow = MethodPlan(
        name="adain", bounds={"alpha": (0.2, 0.4)}, fixed={"color_mode": "luminance"}, warm_starts=({"alpha": 0.3},)
    )
    wishes = Wishes("started", plan(trials=8, methods=(narrow,), prefer=0.2), "less style")
    seen: list[events.StudyEvent] = []

    def on_event(event: events.StudyEvent) -> None:
        seen.append(event)
        wishes.on_event(event)

    record = run(trials=6, on_event=on_event, revisions=wishes.next)

    first, *rest = record.trials
    assert len(rest) == 7 and first.params["alpha"] == 1.0
    # Presets that waited in the queue were brought inside the bounds, too.
    assert all(0.2 <= trial.params["alpha"] <= 0.4 for trial in rest)
    assert {trial.params["color_mode"] for trial in rest} == {"luminance"}
    assert "warm start" in {trial.origin for trial in record.trials}
    (what,) = wishes.answers
    assert "budget.trials: 6 -> 8" in what
    assert record.revisions[1]["what"] == list(what) and record.revisions[1]["why"] == "less style"
    assert [event.total for event in seen if isinstance(event, events.Revised)] == [8]
    assert Plan.from_yaml((home / "s" / "plan.yaml").read_text()).prefer == 0.2


@pytest.mark.slow
def test_a_revision_during_the_final_render_brings_the_workers_back(
    run: Run, plan: Callable[..., Plan], fake: Fake
) -> None:
    fake(seconds=0.5, steps=5)
    wishes = Wishes("rendering", plan(trials=4, methods=(MethodPlan(name="adain"), MethodPlan(name="gatys"))))
    record = run(trials=2, on_event=wishes.on_event, revisions=wishes.next)
    assert record.done == 4 and set(states(record).values()) == {"complete"}
    assert {trial.method for trial in record.trials} == {"adain", "gatys"}
    assert record.final_image is not None


@pytest.mark.slow
def test_a_revision_that_cannot_be_is_refused_and_the_search_goes_on(
    run: Run, plan: Callable[..., Plan], fake: Fake
) -> None:
    fake(seconds=0.2)
    wishes = Wishes("started", plan(size=128))
    record = run(trials=2, on_event=wishes.on_event, revisions=wishes.next)
    assert isinstance(wishes.answers[0], BadInput) and "size differs" in wishes.answers[0].message
    assert record.count("complete") == 2 and len(record.revisions) == 1


@pytest.mark.slow
def test_minutes_can_be_given_and_taken_while_it_runs(run: Run, plan: Callable[..., Plan], fake: Fake) -> None:
    fake(seconds=0.2)
    wishes = Wishes("finished", plan(trials=1000, minutes=0.05))
    record = run(trials=1000, minutes=10, on_event=wishes.on_event, revisions=wishes.next)
    assert record.plan.budget.minutes == 0.05
    assert 1 <= len(record.trials) < 1000
