"""How long a search still takes: it is known early, it counts down, and cheap trials that come first fool nobody."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from autostyle.brief import Budget
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.pace import Pace
from autostyle.tuning.schedule import shares


def plan(*methods: str, trials: int = 32, **more: Any) -> Plan:
    return Plan(
        study="s",
        content=Path("photo.png"),
        styles=(Path("paint.png"),),
        methods=tuple(MethodPlan(name=name, **more) for name in methods),
        choice=Choice(method=methods[0]),
        budget=Budget(trials=trials),
    )


def search(pace: Pace, seconds: dict[str, float], noise: float = 0.2) -> Iterator[tuple[float, float | None]]:
    """Run a search by the house's rule of who is next, one trial at a time: at every finished trial the time and what
    is said to be left."""
    chance = random.Random(0)
    total, now = pace.plan.budget.trials, 0.0
    room, used = shares([*seconds], total), dict.fromkeys(seconds, 0.0)
    for number in range(total):
        method = min((name for name in seconds if room[name]), key=lambda name: used[name])
        took = seconds[method] * (1 + chance.uniform(-noise, noise)) * (1.5 if number == 0 else 1)
        pace.started(number, method, {}, now)
        now += took
        room[method] -= 1
        used[method] += took
        pace.finished(number, method, took)
        yield now, pace.left(now)


@pytest.mark.parametrize("dear", ["gatys", "adain"])
def test_it_is_near_the_truth_from_the_first_trial_of_each_method_and_never_grows(dear: str) -> None:
    seconds = {"gatys": 6.0, "adain": 0.3} if dear == "gatys" else {"gatys": 0.3, "adain": 6.0}
    told = [*search(Pace(plan("gatys", "adain")), seconds)]
    end = told[-1][0]
    known = [(at, left) for at, left in told if left is not None]

    assert len(told) - len(known) <= 20 and known[-1][1] == 0  # unknown until both have run
    # The first trial of a process takes longer than others, and for a while it is all there is to go by.
    assert all(0.7 * (end - at) - 3 <= left <= 1.8 * (end - at) + 3 for at, left in known)
    assert all(later <= earlier for (_, earlier), (_, later) in pairwise(known))


def test_what_really_changed_is_told() -> None:
    pace = Pace(plan("adain", trials=10))
    for number in range(4):
        pace.finished(number, "adain", 1.0)
    assert pace.left(4.0) == 6.0
    pace.revise(plan("adain", trials=20))
    assert pace.left(4.0) == 16.0
    for number in range(4, 14):
        pace.finished(number, "adain", 10.0)  # another program has taken the machine
    assert pace.left(104.0) == pytest.approx(60.0)


def test_a_trial_under_way_tells_the_pace_of_its_method_and_counts_by_what_is_left_of_it() -> None:
    pace = Pace(plan("gatys", trials=4))
    pace.started(0, "gatys", {}, 100.0)
    pace.progressed(0, 0.05)
    assert pace.left(101.0) is None  # too early to tell
    pace.progressed(0, 0.5)
    assert pace.left(110.0) == pytest.approx(3.5 * 20)
    assert Pace(plan("gatys", trials=4)).left(0.0) is None


def test_iterations_weigh() -> None:
    """Trials of ten iterations came first; those to come have a hundred each, or as many as are searched on average."""
    for more, expected in (({"fixed": {"steps": 100}}, 300.0), ({"bounds": {"steps": (50, 150)}}, 300.0)):
        pace = Pace(plan("gatys", trials=4, **more))
        pace.started(0, "gatys", {"steps": 10}, 0.0)
        pace.finished(0, "gatys", 10.0)
        assert pace.left(10.0) == pytest.approx(expected)


def test_two_workers_take_half_and_a_spoilt_record_tells_nothing() -> None:
    pace = Pace(plan("adain", trials=5))
    pace.finished(0, "adain", 2.0, {"steps": "many"})
    assert pace.left(2.0, workers=2) == 4.0
