"""Which settings a curved surface through the trials so far expects to push the front out most.

Both scores are fitted by a quadratic in the searched parameters; candidates are the front's own settings, moved a
little at random. A fit as plain as this sees what the sampler of single trials is slow to see: which way the whole
front wants to go.

Source: Box & Wilson, "On the Experimental Attainment of Optimum Conditions", 1951 (response surfaces).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autostyle.agent.advice.state import Tried
from autostyle.agent.tools.bounds import searched
from autostyle.methods import registry
from autostyle.methods.params import ParamInfo, Value
from autostyle.plan import MethodPlan
from autostyle.tuning.pareto import hypervolume

Array = NDArray[np.float64]

CANDIDATES = 400
STEP = 0.2
"""Spread of a candidate around a trial of the front, as a share of each range."""
RIDGE = 0.1


@dataclass(frozen=True)
class _Axis:
    """A searched number on the scale that is searched, 0..1 over its range."""

    info: ParamInfo
    low: float
    high: float

    def place(self, value: Any) -> float:
        return self.info.place(float(value), self.low, self.high)

    def value(self, place: float) -> Value:
        if self.info.log:
            found = math.exp(math.log(self.low) + place * (math.log(self.high) - math.log(self.low)))
        else:
            found = self.low + place * (self.high - self.low)
        found = min(max(float(f"{found:.4g}"), self.low), self.high)
        return round(found) if self.info.type == "int" else found


def promising(plan: MethodPlan, trials: Sequence[Tried], best: Sequence[Tried], count: int) -> list[dict[str, Value]]:
    """At most ``count`` parameter sets of a method, the most promising first; the same ones every time.

    Args:
        plan: what is searched.
        trials: the method's complete trials.
        best: those on the front; named choices are taken from them as they are.
    """
    axes = {name: _Axis(*found) for name, found in searched(plan).items()}
    if not axes or not best:
        return []
    choices = _choices(plan)
    surface = _Surface.fit(trials, axes, choices, registry.built(plan.name).ratio)
    rng = np.random.default_rng(len(trials))
    points = [(trial.style, trial.content) for trial in trials]
    found = []
    for _ in range(count):
        starts = [best[i] for i in rng.integers(len(best), size=CANDIDATES)]
        moved = np.array([[axis.place(start.params[name]) for name, axis in axes.items()] for start in starts])
        moved = np.clip(moved + STEP * rng.standard_normal(moved.shape), 0, 1)
        expected = surface(moved, starts)
        gains = [hypervolume([*points, (style, content)]) for style, content in expected]
        top = int(np.argmax(gains))
        if gains[top] <= hypervolume(points):
            break
        points.append((float(expected[top][0]), float(expected[top][1])))
        numbers = {name: axis.value(place) for (name, axis), place in zip(axes.items(), moved[top], strict=True)}
        found.append({**{name: starts[top].params[name] for name in choices}, **numbers})
    return found


def _choices(plan: MethodPlan) -> dict[str, tuple[Value, ...]]:
    infos = registry.params(plan.name).info()
    return {n: i.choices for n, i in infos.items() if i.choices is not None and i.tune and n not in plan.fixed}


@dataclass(frozen=True)
class _Surface:
    weights: Array
    choices: Mapping[str, tuple[Value, ...]]
    ratio: int | None
    "Column of the parameter that weighs style against content: the others may matter more on one side of it."

    @classmethod
    def fit(
        cls, trials: Sequence[Tried], axes: Mapping[str, _Axis], choices: Mapping[str, tuple[Value, ...]], ratio: str
    ) -> _Surface:
        """Ridge regression of both scores."""
        column = list(axes).index(ratio) if ratio in axes else None
        places = np.array([[axis.place(trial.params[name]) for name, axis in axes.items()] for trial in trials])
        blank = cls(np.empty(0), choices, column)
        features = blank._features(places, trials)
        penalty = RIDGE * np.eye(features.shape[1])
        penalty[0, 0] = 1e-6  # the mean is no slope
        scores = np.array([[trial.style, trial.content] for trial in trials])
        return cls(np.linalg.solve(features.T @ features + penalty, features.T @ scores), choices, column)

    def __call__(self, places: Array, trials: Sequence[Tried]) -> Array:
        """(style, content) expected at ``places`` (N, axes), choices as in ``trials``."""
        expected: Array = self._features(places, trials) @ self.weights
        return expected

    def _features(self, places: Array, trials: Sequence[Tried]) -> Array:
        chosen = [
            [float(trial.params[name] == value) for name, values in self.choices.items() for value in values]
            for trial in trials
        ]
        parts = [np.ones((len(places), 1)), places, places**2, np.array(chosen).reshape(len(places), -1)]
        if self.ratio is not None:
            parts.append(places[:, [self.ratio]] * np.delete(places, self.ratio, axis=1))
        return np.concatenate(parts, axis=1)
