"""Which method gets the next trial."""

from __future__ import annotations

import pytest
from optuna.trial import TrialState, create_trial

from autostyle.tuning import ledger, schedule
from autostyle.tuning.ledger import Slot


def play(methods: tuple[str, ...], total: int, cost: dict[str, float]) -> list[str]:
    """The methods of all trials in order, each taking what it costs."""
    slots: list[Slot] = []
    while (method := schedule.next_method(methods, total, slots)) is not None:
        record = {"state": "failed", "seconds": cost[method]}
        trial = create_trial(state=TrialState.FAIL, user_attrs={ledger.RECORD: record})
        slots.append(Slot(len(slots), method, trial))
    return [slot.method for slot in slots]


@pytest.mark.parametrize("cost", [{"gatys": 15, "adain": 0.3}, {"gatys": 1, "adain": 1}, {"gatys": 1, "adain": 90}])
def test_the_first_method_gets_at_least_half_and_the_budget_is_spent(cost: dict[str, float]) -> None:
    order = play(("gatys", "adain"), 16, cost)
    assert len(order) == 16
    assert order.count("gatys") >= 8
    assert order[0] == "gatys" and "adain" in order


def test_an_expensive_alternative_gets_no_more_time_than_the_first() -> None:
    assert play(("gatys", "adain"), 16, {"gatys": 1, "adain": 90}).count("adain") == 1


def test_others_share_the_other_half_evenly() -> None:
    order = play(("a", "b", "c"), 16, {"a": 10, "b": 1, "c": 1})
    assert (order.count("a"), order.count("b"), order.count("c")) == (8, 4, 4)


def test_one_method_gets_everything() -> None:
    assert play(("adain",), 5, {"adain": 1}) == ["adain"] * 5


def test_waiting_trials_are_run_first_and_never_beyond_the_budget() -> None:
    waiting = [Slot(n, "adain", create_trial(state=TrialState.WAITING)) for n in range(3)]
    done = [Slot(3, "adain", create_trial(state=TrialState.FAIL, user_attrs={ledger.RECORD: {"state": "failed"}}))]
    assert schedule.next_method(("adain",), 2, [*waiting, *done]) == "adain"
    assert schedule.next_method(("adain",), 1, [*waiting, *done]) is None


def test_the_queue_of_a_method_that_left_the_plan_takes_no_room() -> None:
    waiting = [Slot(0, "adain", create_trial(state=TrialState.WAITING))]
    assert schedule.next_method(("gatys",), 1, waiting) == "gatys"
