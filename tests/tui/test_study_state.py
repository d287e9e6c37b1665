"""A study on the screen, folded from its events."""

from __future__ import annotations

from pathlib import Path

from autostyle.tui.study_state import StudyState, from_record
from autostyle.tuning import events
from tests.report.study import study


def opened(done: int = 0) -> events.Opened:
    return events.Opened("cat-night", "/home/cat-night", done, 8, resumed=done > 0)


def begun() -> StudyState:
    state = StudyState().of(opened())
    state.apply(opened())
    return state


def finished(number: int, style: float, content: float, best: int, front: tuple[int, ...] = ()) -> events.TrialFinished:
    scores = {"style": style, "content": content}
    told = {"image": f"trials/{number}.webp", "best": best, "front": front, "left": 9.0}
    return events.TrialFinished(number, "gatys", 0, "complete", number + 1, 8, 2.5, scores, **told)


def test_trials_come_to_life_move_and_end() -> None:
    state = begun()
    state.apply(events.TrialStarted(0, "gatys", "preset", 0, {"style_weight": 2.0}))
    state.apply(events.Progress(0, "gatys", 0, 30, 60, preview="live/0.webp"))
    assert (state.trials[0].state, state.told(state.trials[0])) == ("running", "50%")
    assert state.preview == Path("/home/cat-night/live/0.webp")

    state.apply(finished(0, 0.4, 0.6, best=0))
    assert (state.done, state.total, state.left) == (1, 8, 9.0)
    assert state.trials[0].params == {"style_weight": 2.0}
    assert state.image(state.trials[0]) == Path("/home/cat-night/trials/0.webp")


def test_the_front_is_what_the_study_says_it_is() -> None:
    """A trial over a limit of its method is on no front, whatever its scores."""
    state = begun()
    for number, style, content, front in ((0, 0.2, 0.8, (0,)), (1, 0.6, 0.4, (0, 1)), (2, 0.9, 0.9, (0, 1))):
        state.apply(finished(number, style, content, best=1, front=front))
    failed = events.TrialFinished(3, "gatys", 0, "failed", 4, 8, 1.0, error="the loss is not finite", front=(0, 1))
    assert state.apply(failed) == "trial 3 failed: the loss is not finite"
    assert state.front == (0, 1)


def test_a_new_best_is_news_an_old_one_is_not() -> None:
    state = begun()
    assert state.apply(finished(0, 0.4, 0.6, best=0)) == "trial 0 is the best so far"
    assert state.apply(finished(1, 0.3, 0.6, best=0)) == ""


def test_another_study_begins_afresh_and_the_same_one_goes_on() -> None:
    state = begun()
    state.apply(finished(0, 0.4, 0.6, best=0))
    assert state.apply(opened(done=1)) == "cat-night: 1/8 trials done"
    assert set(state.trials) == {0}

    assert state.of(opened(done=1)) is state
    other = state.of(events.Opened("dog-night", "/home/dog-night", 0, 4, resumed=False))
    assert (other.name, other.folder, other.trials, other.best) == ("dog-night", Path("/home/dog-night"), {}, None)


def test_what_was_cut_short_is_marked_when_the_search_ends() -> None:
    state = begun()
    state.apply(events.TrialStarted(0, "gatys", "preset", 0))
    state.apply(events.Ended("stopped", 0, 8))
    assert (state.running, state.told(state.trials[0])) == (False, "stopped")


def test_a_record_gives_the_same_picture_as_the_events(tmp_path: Path) -> None:
    record = study(tmp_path, hostile=False)
    state = from_record(record)
    assert (state.name, state.done, state.total, state.best) == (record.plan.study, 23, 32, 9)
    assert state.front == record.front and state.trials[9].scores == record.trial(9).scores
    assert state.image(state.trials[9]) == tmp_path / "trials/009.webp"
