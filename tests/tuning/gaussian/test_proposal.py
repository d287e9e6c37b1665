"""What the Gaussian process tries next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution

from autostyle.methods.params import Value
from autostyle.tuning.gaussian.places import Places
from autostyle.tuning.gaussian.proposal import Along, propose
from autostyle.tuning.pareto import Point, hypervolume

SPACE: dict[str, BaseDistribution] = {
    "balance": FloatDistribution(0.0, 1.0),
    "waste": FloatDistribution(0.0, 1.0),
    "kind": CategoricalDistribution(("good", "poor", "worse")),
}
PLACES = Places(SPACE)
Done = list[tuple[dict[str, Value], Point]]


def scores(params: dict[str, Any]) -> Point:
    """The balance trades style for content; waste and two of the kinds cost both."""
    left = {"good": 1.0, "poor": 0.8, "worse": 0.6}[params["kind"]] * (1 - 0.5 * params["waste"])
    return left * params["balance"] ** 0.5, left * (1 - params["balance"]) ** 0.5


def drawn(count: int, seed: int = 0) -> Done:
    rng = np.random.default_rng(seed)
    sets = [PLACES.params(place) for place in PLACES.anywhere(count, rng)]
    return [(params, scores(params)) for params in sets]


@cache
def gone_on(count: int, seed: int = 0) -> Done:
    """Eight drawn and ``count`` proposed after them, each once for all tests."""
    if count == 0:
        return drawn(8, seed)
    found = gone_on(count - 1, seed)
    params = propose(SPACE, found, rng=np.random.default_rng((seed, count - 1)))
    return [*found, (params, scores(params))]


def volume(done: Sequence[tuple[Any, Point]]) -> float:
    return hypervolume(point for _, point in done)


def test_ten_proposals_gain_what_many_more_random_trials_do_not() -> None:
    for seed in range(3):
        assert volume(gone_on(10, seed)) > volume(drawn(100, seed))


def test_it_finds_the_kind_that_is_good_and_leaves_the_waste() -> None:
    late = [params for params, _ in gone_on(20)[-10:]]
    assert [params["kind"] for params in late].count("good") >= 7
    assert np.median([float(params["waste"]) for params in late]) < 0.1


def test_the_same_trials_and_seed_give_the_same_proposal() -> None:
    done = drawn(8)
    first, again, other = (propose(SPACE, done, rng=np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert first == again != other


def test_what_is_running_is_not_proposed_again() -> None:
    done = drawn(8)
    running: list[dict[str, Value]] = []
    for _ in range(4):
        running.append(propose(SPACE, done, running=running, rng=np.random.default_rng(0)))
    # The same candidates each time; alone, each worker would take the first of them.
    places = PLACES.of(running)
    apart = np.linalg.norm(places[:, None] - places[None], axis=-1)[np.triu_indices(4, 1)]
    assert apart.min() > 0.02


def test_it_keeps_away_from_what_painted_nothing() -> None:
    done = drawn(8)
    wanted = propose(SPACE, done, rng=np.random.default_rng(0))
    elsewhere = propose(SPACE, done, broken=[wanted], rng=np.random.default_rng(0))
    (place,), (broken,), known = PLACES.of([elsewhere]), PLACES.of([wanted]), PLACES.of(p for p, _ in done)
    assert np.linalg.norm(place - broken) >= np.linalg.norm(known - place, axis=1).min()


def test_it_goes_on_where_everything_else_broke() -> None:
    done = drawn(1)
    broken = [params for params, _ in drawn(200, 1)]
    assert set(propose(SPACE, done, broken=broken, rng=np.random.default_rng(0))) == set(SPACE)


@pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 1.0)], ids=["worst", "best"])
def test_a_front_that_cannot_be_told_apart_is_no_hindrance(point: Point) -> None:
    done: Done = [(params, point) for params, _ in drawn(6)]
    assert set(propose(SPACE, done, rng=np.random.default_rng(0))) == set(SPACE)


ALONG = Along("balance", SPACE["balance"], tuple(np.linspace(0, 1, 6)))
REST = {name: distribution for name, distribution in SPACE.items() if name != "balance"}


def curve(params: dict[str, Value]) -> Done:
    """A whole run: the set at every balance."""
    sets = [{**params, "balance": float(place)} for place in np.linspace(0.05, 0.95, 6)]
    return [(found, scores(found)) for found in sets]


def test_whole_curves_are_proposed_where_the_whole_curve_gains() -> None:
    rest = Places(REST)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        found = [entry for place in rest.anywhere(3, rng) for entry in curve(rest.params(place))]
        before = volume(found)
        for number in range(5):
            params = propose(REST, found, along=ALONG, rng=np.random.default_rng((seed, number)))
            assert params.keys() == REST.keys()
            found += curve(params)
        best = volume(curve({"kind": "good", "waste": 0.0}))
        assert volume(found) > before + 0.8 * (best - before)


def test_a_curve_that_another_worker_runs_is_not_proposed_again() -> None:
    found = [
        entry
        for place in Places(REST).anywhere(3, np.random.default_rng(0))
        for entry in curve(Places(REST).params(place))
    ]
    first = propose(REST, found, along=ALONG, rng=np.random.default_rng(0))
    other = propose(REST, found, running=[first], along=ALONG, rng=np.random.default_rng(0))
    assert first != other
