"""The next run of a Gaussian process: of many candidates, most of them near the front, the one whose expected gain in
hypervolume is largest, be it by one trial or by a whole curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from optuna.distributions import BaseDistribution

from autostyle.methods.params import Value
from autostyle.tuning.gaussian.expected import curve_improvement, improvement
from autostyle.tuning.gaussian.places import Array, Places
from autostyle.tuning.gaussian.process import Process
from autostyle.tuning.pareto import Point, front

NEAR, ANYWHERE = 700, 300
"""Candidates around trials of the front, and all over the space."""
STEP = 0.1
"""Spread of a candidate around a trial of the front, as a share of each range."""
REDRAWN = 0.2
"""How likely a candidate near the front draws a choice anew."""

NEAR_PATH, REDRAWN_PATH = 400, 0.05
"""The same of whole paths, all of them around the front: after few sets a process knows next to nothing of the rest,
and a path that goes wrong costs as much as many trials (trust regions: Eriksson et al., "Scalable Global Optimization
via Local Bayesian Optimization", NeurIPS 2019)."""

DOUBT = 0.1
"""How much of the deviations counts where a whole path is proposed: with a handful of paths there is no time to look
where nothing is known."""

ParamValues = Mapping[str, Value]


@dataclass(frozen=True)
class Along:
    """The parameter that each run goes along.

    Args:
        name, distribution: of it.
        places: where it is on the way, 0..1 over its range on the scale that is searched.
    """

    name: str
    distribution: BaseDistribution
    places: tuple[float, ...]


def propose(
    space: Mapping[str, BaseDistribution],
    done: Sequence[tuple[ParamValues, Point]],
    *,
    running: Sequence[ParamValues] = (),
    broken: Sequence[ParamValues] = (),
    along: Along | None = None,
    rng: np.random.Generator,
) -> dict[str, Value]:
    """The parameter set to try next.

    Args:
        space: name -> distribution, of every parameter that is proposed.
        done: what was tried, and its scores; at least one.
        running: what is being tried: it is taken to score what is expected of it ("kriging believer", Ginsbourger, Le
            Riche & Carraro, "Kriging is well-suited to parallelize optimization", 2010).
        broken: what painted nothing or went over a limit: places nearer to these than to any other trial are left out.
        along: what a run goes along, none of ``space``: a set is then worth what its whole curve gains.
    """
    places = Places(space)
    everything = places if along is None else Places({**space, along.name: along.distribution})
    steps = 1 if along is None else len(along.places)

    def curves(sets: Array) -> Array:
        """(sets * steps, columns of everything): each set all along its run."""
        if along is None:
            return sets
        return np.column_stack([np.repeat(sets, steps, 0), np.tile(along.places, len(sets))])

    rows, scores = everything.of(params for params, _ in done), np.array([point for _, point in done])
    sets = places.of(params for params, _ in done)
    processes = _fitted(rows, scores)
    if running:
        waiting = places.of(running)
        sets = np.concatenate([sets, np.repeat(waiting, steps, 0)])
        rows = np.concatenate([rows, curves(waiting)])
        scores = np.concatenate([scores, _expected(processes, curves(waiting))[0]])
        processes = _fitted(rows, scores)
    points = [tuple(map(float, row)) for row in scores]
    best = sets[list(front(dict(enumerate(points))))]
    count, redrawn = (NEAR, REDRAWN) if along is None else (NEAR_PATH, REDRAWN_PATH)
    candidates = places.around(best[rng.integers(len(best), size=count)], rng, step=STEP, redrawn=redrawn)
    if along is None:
        candidates = np.concatenate([candidates, places.anywhere(ANYWHERE, rng)])
    means, deviations = _expected(processes, curves(candidates))
    if along is None:
        gains = improvement(points, means, deviations)
    else:
        shape = (len(candidates), steps, -1)
        gains = curve_improvement(points, means.reshape(shape), DOUBT * deviations.reshape(shape))
    if running:
        gains[_distance(candidates, places.of(running)) < STEP / 2] = -1
    if broken:
        gains[_distance(candidates, places.of(broken)) < _distance(candidates, sets)] = -1
    return places.params(candidates[int(gains.argmax())])


def _fitted(rows: Array, scores: Array) -> list[Process]:
    return [Process.fit(rows, values) for values in scores.T]


def _expected(processes: Sequence[Process], places: Array) -> tuple[Array, Array]:
    """Means and standard deviations, each (M, objectives)."""
    means, deviations = zip(*(process(places) for process in processes), strict=True)
    return np.stack(means, 1), np.stack(deviations, 1)


def _distance(places: Array, others: Array) -> Array:
    """To the nearest of ``others``, (M,)."""
    nearest: Array = np.linalg.norm(places[:, None] - others[None], axis=-1).min(1)
    return nearest
