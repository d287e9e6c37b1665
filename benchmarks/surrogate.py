"""A Gaussian process over a table of trials: what the real trial would have scored, in microseconds.

Source: Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006 (sections 2.2, 5.4.1 and 5.4.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from autostyle.methods.params import Value

Array = NDArray[np.float64]


def encoded(params: Mapping[str, Value], space: Mapping[str, BaseDistribution]) -> Array:
    """A parameter set as numbers in 0..1: numbers by their place in the range, choices one column each."""
    columns: list[float] = []
    for name, distribution in space.items():
        value = params[name]
        if isinstance(distribution, CategoricalDistribution):
            columns += [float(value == choice) for choice in distribution.choices]
        else:
            assert isinstance(distribution, FloatDistribution | IntDistribution)
            scale = np.log if distribution.log else float
            low, high = scale(distribution.low), scale(distribution.high)
            columns.append(float((scale(value) - low) / (high - low)))
    return np.array(columns)


@dataclass(frozen=True)
class Surrogate:
    """A fitted process with one length scale a column.

    Args:
        error: root mean square error of leaving each row out in turn, in the unit of the scores.
    """

    rows: Array
    lengths: Array
    weights: Array
    mean: float
    error: float

    @classmethod
    def fit(cls, rows: Sequence[Array], values: Sequence[float]) -> Surrogate:
        """Length scales, signal and noise by the largest marginal likelihood."""
        x, y = np.stack(rows), np.asarray(values, dtype=np.float64)
        mean, spread = float(y.mean()), float(y.std())
        z = (y - mean) / spread
        start = np.log(np.concatenate([np.full(x.shape[1], 0.7), [1.0, 0.1]]))
        bounds = [(np.log(0.05), np.log(20.0))] * x.shape[1] + [(np.log(0.1), np.log(10.0)), (np.log(0.01), 0.0)]
        found = minimize(_cost, start, args=(x, z), jac=True, method="L-BFGS-B", bounds=bounds).x
        lengths, signal, noise = np.exp(found[:-2]), np.exp(found[-2]), np.exp(found[-1])
        inverse = np.linalg.inv(signal**2 * _kernel(x / lengths, x / lengths) + noise**2 * np.eye(len(x)))
        left_out = (inverse @ z) / np.diag(inverse)
        error = float(np.sqrt(np.mean(left_out**2))) * spread
        return cls(x, lengths, signal**2 * (inverse @ z) * spread, mean, error)

    def __call__(self, row: Array) -> float:
        return float(_kernel((row / self.lengths)[None], self.rows / self.lengths)[0] @ self.weights) + self.mean


def _kernel(a: Array, b: Array) -> Array:
    """Matérn 5/2 of unit variance."""
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    r = np.sqrt(5 * np.maximum(squared, 0))
    kernel: Array = (1 + r + r**2 / 3) * np.exp(-r)
    return kernel


def _cost(theta: Array, x: Array, z: Array) -> tuple[float, Array]:
    """Negative log marginal likelihood and its gradient."""
    lengths, signal, noise = np.exp(theta[:-2]), np.exp(theta[-2]), np.exp(theta[-1])
    scaled = x / lengths
    kernel = signal**2 * _kernel(scaled, scaled)
    factor = cho_factor(kernel + noise**2 * np.eye(len(x)), lower=True)
    alpha = cho_solve(factor, z)
    cost = 0.5 * z @ alpha + np.log(np.diag(factor[0])).sum()
    outer = np.outer(alpha, alpha) - cho_solve(factor, np.eye(len(x)))
    difference = (scaled[:, None, :] - scaled[None, :, :]) ** 2
    r = np.sqrt(5 * difference.sum(-1))
    slope = signal**2 * 5 / 3 * (1 + r) * np.exp(-r)
    by_length = [0.5 * np.sum(outer * slope * difference[..., k]) for k in range(x.shape[1])]
    gradient = [*by_length, 0.5 * np.sum(outer * kernel) * 2, 0.5 * np.trace(outer) * 2 * noise**2]
    return float(cost), -np.array(gradient)
