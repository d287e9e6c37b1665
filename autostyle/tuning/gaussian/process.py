"""A Gaussian process over the places tried: what a score may be at a place nobody tried.

Source: Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006 (sections 2.2, 5.1 and 5.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

from autostyle.tuning.gaussian.places import Array

NOISE = 0.03
"""Standard deviation of what the process does not follow, as a share of the spread of the values."""
LENGTH, LENGTH_SPREAD = 1.0, 1.0
"""The prior of a length scale for each root of the columns, log-normal: median, standard deviation of the logarithm.
It grows with the root of the columns, as distances do (Hvarfner et al., "Vanilla Bayesian Optimization Performs Great
in High Dimensions", ICML 2024)."""
TINY = 1e-9


@dataclass(frozen=True)
class Process:
    """A fitted process with one length scale a column and the kernel Matérn 5/2.

    Args:
        rows: the places tried, (N, columns).
        lengths: (columns,), in the unit of the places.
        mean: of the values.
        spread: standard deviation of the values.
        factor: Cholesky factor of the rows' covariance, (N, N), lower.
        weights: (N,), that covariance inverted times the values, mean 0 and spread 1.
    """

    rows: Array
    lengths: Array
    mean: float
    spread: float
    factor: Array
    weights: Array

    @classmethod
    def fit(cls, rows: Array, values: Array, noise: float = NOISE) -> Process:
        """The length scales are the most probable ones (maximum a posteriori).

        Args:
            rows: (N, columns), at least one.
            values: (N,), any unit.
            noise: see :data:`NOISE`.
        """
        mean, spread = float(values.mean()), float(values.std()) + TINY
        z = (values - mean) / spread
        usual = np.full(rows.shape[1], np.log(LENGTH * np.sqrt(rows.shape[1])))
        squares = (rows[:, None, :] - rows[None, :, :]) ** 2
        within = [(log - 2 * LENGTH_SPREAD, log + 2 * LENGTH_SPREAD) for log in usual]
        found = minimize(_cost, usual, (squares, z, noise, usual), "L-BFGS-B", jac=True, bounds=within)
        lengths = np.exp(found.x)
        factor = _factor((squares / lengths**2).sum(-1), noise)
        return cls(rows, lengths, mean, spread, factor, cho_solve((factor, True), z))

    def __call__(self, places: Array) -> tuple[Array, Array]:
        """Mean and standard deviation at ``places`` (M, columns), each (M,), in the unit of the values."""
        across = _matern(_squares(places / self.lengths, self.rows / self.lengths))
        known = solve_triangular(self.factor, across.T, lower=True)
        variance = np.maximum(1 - (known**2).sum(0), TINY)
        return self.mean + self.spread * (across @ self.weights), self.spread * np.sqrt(variance)


def _squares(a: Array, b: Array) -> Array:
    """Squared distances, (len(a), len(b))."""
    squares: Array = np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T, 0)
    return squares


def _matern(squares: Array) -> Array:
    """Matérn 5/2 of unit variance."""
    r = np.sqrt(5 * squares)
    kernel: Array = (1 + r + r**2 / 3) * np.exp(-r)
    return kernel


def _factor(squares: Array, noise: float) -> Array:
    """Cholesky factor, lower, of the covariance of rows that lie ``squares`` apart."""
    factor: Array = cholesky(_matern(squares) + (noise**2 + TINY) * np.eye(len(squares)), lower=True)
    return factor


def _cost(logs: Array, squares: Array, z: Array, noise: float, usual: Array) -> tuple[float, Array]:
    """Negative logarithm of the posterior of the length scales' logarithms, and its gradient."""
    scaled = squares / np.exp(2 * logs)
    total = scaled.sum(-1)
    factor = _factor(total, noise)
    weights = cho_solve((factor, True), z)
    off = (logs - usual) / LENGTH_SPREAD
    cost = 0.5 * z @ weights + np.log(np.diag(factor)).sum() + 0.5 * off @ off
    r = np.sqrt(5 * total)
    slope = 5 / 3 * (1 + r) * np.exp(-r)
    outer = np.outer(weights, weights) - cho_solve((factor, True), np.eye(len(z)))
    gradient = -0.5 * np.einsum("ij,ijk->k", outer * slope, scaled) + off / LENGTH_SPREAD
    return float(cost), gradient
