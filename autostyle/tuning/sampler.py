"""Which sampler proposes a trial, and with which seed."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, GPSampler, RandomSampler, TPESampler
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from autostyle.tuning.space import Space

Name = Literal["tpe", "gp", "random"]

STARTUP = 5
"""Trials of a study, presets included, before its sampler looks at results."""
GP_SECONDS = 6.0
"""A proposal of the Gaussian process takes about 0.2 s over a study of 32 trials; from this trial time on that, and
everything else that is neither stylizing nor scoring, is within 5 % of the study."""
GP_TRIALS = 200
"""Its time for one proposal grows with the square of the trials and more."""
GP_CHOICES = 1 / 6
"""With two choices among eight parameters (gatys) it gained nothing on random search, where TPE did."""

RULE = (
    f"Gaussian process where at most {GP_CHOICES:.0%} of the searched parameters are choices, at most {GP_TRIALS} "
    f"trials are planned and a trial takes {GP_SECONDS:g} s or more; multivariate TPE otherwise"
)


def choose(space: Space, trials: int, seconds: float) -> tuple[Name, str]:
    """The sampler under :data:`RULE`, and why.

    A Gaussian process learns most from few trials of numbers, but costs time for each proposal and handles named
    choices poorly; TPE is the reverse (``benchmarks/search.py``).

    Args:
        trials: planned for the whole study.
        seconds: median time of a trial.
    """
    share = space.share_of_choices()
    facts = f"{share:.0%} choices, {trials} trials, {seconds:.1f} s a trial"
    if share <= GP_CHOICES and trials <= GP_TRIALS and seconds >= GP_SECONDS:
        return "gp", f"Gaussian process: {facts}"
    return "tpe", f"multivariate TPE: {facts}"


def seed(base: int, method: str, worker: int, number: int) -> int:
    """The seed for one proposal, 0..2**32-1. Never the same twice in a study: a resumed sampler that was seeded once
    would repeat its first proposals."""
    digest = hashlib.blake2b(f"{base}/{method}/{worker}/{number}".encode(), digest_size=4).digest()
    return int.from_bytes(digest)


def make(name: Name, space: Space, seed: int) -> BaseSampler:
    """A fresh sampler for one proposal."""
    if name == "random":
        return RandomSampler(seed=seed)
    if name == "gp":
        return _GP(space, seed=seed, n_startup_trials=STARTUP)
    return _TPE(space, seed=seed, n_startup_trials=STARTUP, multivariate=True, constant_liar=True)


class _BoundsOfToday:
    """Samples jointly, within the bounds of today, the parameters that every told trial has.

    Optuna's own rule takes the distributions of the past and drops each parameter whose bounds ever moved, after
    which a Gaussian process would draw it at random.
    """

    def __init__(self, space: Space, **settings: Any) -> None:
        super().__init__(**settings)
        self._searched = space.searched

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        told = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE, TrialState.PRUNED))
        return {
            name: distribution
            for name, distribution in sorted(self._searched.items())
            if not distribution.single() and all(name in past.params for past in told)
        }


class _TPE(_BoundsOfToday, TPESampler):
    pass


class _GP(_BoundsOfToday, GPSampler):
    pass
