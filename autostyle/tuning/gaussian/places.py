"""Parameter sets as points: what distance means between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

from autostyle.methods.params import Value

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Places:
    """A space as columns: a number is one, 0..1 over its range on the scale that is searched; a choice has one for
    each of its values, 1 for the chosen one and 0 for the others.

    A set that lies outside the ranges, because the bounds moved since, has a place below 0 or above 1.

    Args:
        space: name -> distribution.
    """

    space: Mapping[str, BaseDistribution]

    @cached_property
    def _columns(self) -> dict[str, slice]:
        widths = [len(d.choices) if isinstance(d, CategoricalDistribution) else 1 for d in self.space.values()]
        ends = np.cumsum(widths)
        return {name: slice(end - width, end) for name, width, end in zip(self.space, widths, ends, strict=True)}

    def of(self, sets: Iterable[Mapping[str, Value]]) -> Array:
        """(sets, columns) of parameter sets that have every parameter of the space."""
        rows = [np.concatenate([_columns(d, params[name]) for name, d in self.space.items()]) for params in sets]
        return np.array(rows).reshape(len(rows), -1)

    def params(self, place: Array) -> dict[str, Value]:
        """The parameter set at ``place`` (columns,), brought inside the ranges."""
        return {name: _value(d, place[self._columns[name]]) for name, d in self.space.items()}

    def anywhere(self, count: int, rng: np.random.Generator) -> Array:
        """``count`` places all over the space, (count, columns)."""
        everything = np.empty((count, sum(s.stop - s.start for s in self._columns.values())))
        for name, distribution in self.space.items():
            everything[:, self._columns[name]] = _drawn(distribution, count, rng)
        return self._snapped(everything)

    def around(self, centres: Array, rng: np.random.Generator, *, step: float, redrawn: float) -> Array:
        """A place near each of ``centres`` (N, columns).

        Args:
            step: standard deviation of a number's move, as a share of its range.
            redrawn: how likely a choice is drawn anew, 0..1.
        """
        moved = centres.copy()
        for name, distribution in self.space.items():
            columns = self._columns[name]
            if isinstance(distribution, CategoricalDistribution):
                again = rng.random(len(moved)) < redrawn
                moved[again, columns] = _drawn(distribution, int(again.sum()), rng)
            else:
                moved[:, columns] += step * rng.standard_normal((len(moved), 1))
        return self._snapped(moved)

    def _snapped(self, places: Array) -> Array:
        """Inside the ranges, whole numbers at whole numbers."""
        for name, distribution in self.space.items():
            if not isinstance(distribution, CategoricalDistribution):
                places[:, self._columns[name]] = np.clip(places[:, self._columns[name]], 0, 1)
            if isinstance(distribution, IntDistribution):
                low, high = _ends(distribution)
                there = low + places[:, self._columns[name]] * (high - low)
                whole = np.round(np.exp(there) if distribution.log else there)
                places[:, self._columns[name]] = ((np.log(whole) if distribution.log else whole) - low) / (high - low)
        return places


def _columns(distribution: BaseDistribution, value: Value) -> Array:
    if isinstance(distribution, CategoricalDistribution):
        return np.array([float(value == choice) for choice in distribution.choices])
    assert isinstance(distribution, FloatDistribution | IntDistribution)
    low, high = _ends(distribution)
    there = np.log(float(value)) if distribution.log else float(value)
    return np.array([(there - low) / (high - low)])


def _value(distribution: BaseDistribution, columns: Array) -> Value:
    if isinstance(distribution, CategoricalDistribution):
        return cast("Value", distribution.choices[int(columns.argmax())])
    assert isinstance(distribution, FloatDistribution | IntDistribution)
    low, high = _ends(distribution)
    there = low + float(columns[0]) * (high - low)
    number = float(np.exp(there)) if distribution.log else there
    number = min(max(number, distribution.low), distribution.high)
    return round(number) if isinstance(distribution, IntDistribution) else number


def _drawn(distribution: BaseDistribution, count: int, rng: np.random.Generator) -> Array:
    if isinstance(distribution, CategoricalDistribution):
        choices = len(distribution.choices)
        return np.eye(choices)[rng.integers(choices, size=count)]
    return rng.random((count, 1))


def _ends(distribution: FloatDistribution | IntDistribution) -> tuple[float, float]:
    if distribution.log:
        return float(np.log(distribution.low)), float(np.log(distribution.high))
    return float(distribution.low), float(distribution.high)
