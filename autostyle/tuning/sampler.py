"""Which sampler proposes a trial, and with which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, RandomSampler, TPESampler
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from autostyle.methods.params import Value
from autostyle.tuning import ledger
from autostyle.tuning.pareto import Point, clamp_point, front
from autostyle.tuning.search_space import SearchSpace

Name = Literal["tpe", "gp", "random"]

STARTUP = 5
"""Trials of a study, presets included, before its sampler looks at results."""
STARTUP_PATHS = 3
"""The same where a run is a path: each tells all along the ratio."""
GP_TRIALS = 200
"""On a slow core a proposal takes 0.03 s over 32 trials and 0.25 s over 200; from there on it grows with the square and
more."""
GP_POINTS = 200
"""What a Gaussian process looks at, for the same reason, where runs have several points."""
GP_CHOICES = 0.5
"""Between two values of a choice lies nothing that a smooth surface could tell. Measured at none of four (adain) and
two of eight (gatys) only."""
GP_OBJECTIVES = 3
"""The expected gain is exact, and takes as many steps as a front has trials to the power of the objectives less one."""

RULE = (
    f"Gaussian process where at most {GP_CHOICES:.0%} of the searched parameters are choices, at most {GP_TRIALS} "
    f"trials are planned and at most {GP_OBJECTIVES} objectives are searched for; multivariate TPE otherwise"
)


def choose(asked: Name | Literal["auto"], space: SearchSpace, trials: int, objectives: int = 2) -> tuple[Name, str]:
    """The sampler that was asked for, or the one under :data:`RULE`, and why.

    A Gaussian process learns most from few trials of numbers; TPE takes choices and many trials as they come
    (``benchmarks/search.py``).

    Args:
        asked: of the plan.
        space: what is searched of one method.
        trials: planned for the whole study.
        objectives: how many are searched for.
    """
    if asked != "auto":
        return asked, f"{asked}: asked for"
    share = space.share_of_choices()
    facts = f"{share:.0%} choices, {trials} trials"
    if share <= GP_CHOICES and trials <= GP_TRIALS and objectives <= GP_OBJECTIVES:
        return "gp", f"Gaussian process: {facts}"
    return "tpe", f"multivariate TPE: {facts}"


def startup(space: SearchSpace) -> int:
    """How many runs of a study, presets included, there are before its sampler looks at results."""
    return STARTUP if space.scale is None else STARTUP_PATHS


def seed(base: int, method: str, worker: int, number: int) -> int:
    """The seed for one proposal, 0..2**32-1. Never the same twice in a study: a resumed sampler that was seeded once
    would repeat its first proposals."""
    digest = hashlib.blake2b(f"{base}/{method}/{worker}/{number}".encode(), digest_size=4).digest()
    return int.from_bytes(digest)


def make(name: Name, space: SearchSpace, seed: int) -> BaseSampler:
    """A fresh sampler for one proposal."""
    if name == "random":
        return _Random(space, seed=seed)
    if name == "gp":
        return _GP(space, seed=seed)
    return _TPE(space, seed=seed, n_startup_trials=STARTUP, multivariate=True, constant_liar=True)


class _OfSpace:
    """Samples jointly, within the bounds of today, the parameters that every told trial has; a run that goes along its
    ratio begins where that begins.

    Optuna's own rule takes the distributions of the past and drops each parameter whose bounds ever moved, after
    which a Gaussian process would draw it at random.
    """

    def __init__(self, space: SearchSpace, **settings: Any) -> None:
        super().__init__(**settings)
        self._space = space

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        told = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE, TrialState.PRUNED))
        return {
            name: distribution
            for name, distribution in sorted(self._space.searched.items())
            if name not in self._space.begin and not distribution.single() and all(name in past.params for past in told)
        }

    def sample_independent(
        self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        if param_name in self._space.begin:
            return self._space.begin[param_name]
        return super().sample_independent(study, trial, param_name, param_distribution)  # type: ignore[misc]


class _Random(_OfSpace, RandomSampler):
    pass


class _TPE(_OfSpace, TPESampler):
    pass


class _GP(_OfSpace, RandomSampler):
    """Random until :func:`startup` runs are complete; what cannot be sampled jointly stays random."""

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        done: list[tuple[dict[str, Value], Point]] = []
        running: list[dict[str, Value]] = []
        broken: list[dict[str, Value]] = []
        for past in study.get_trials(deepcopy=False):
            if past._trial_id == trial._trial_id or not search_space.keys() <= past.params.keys():
                continue
            if past.state == TrialState.RUNNING:
                running.append(past.params)
            elif any(excess > 0 for excess in past.constraints.values()) or ledger.result(past).error:
                broken.append(past.params)
            elif past.state == TrialState.COMPLETE:
                done.append((past.params, tuple(past.values)))
        sets = {tuple(params[name] for name in search_space) for params, _ in done}
        if not search_space or len(sets) < startup(self._space):
            return {}
        # Imported late: it takes a third of a second, and whoever only reads studies needs none of it.
        from autostyle.tuning.gaussian.proposal import Along, propose

        rng, along = np.random.default_rng(self._rng.rng.randint(2**31)), None
        if self._space.scale is not None:
            there = np.linspace(0, 1, self._space.path)
            along = Along(self._space.ratio, self._space.scale, tuple(map(float, there)))
        known = _telling(done)
        return propose(search_space, known, running=running, broken=broken, along=along, rng=rng)


def _telling(done: Sequence[tuple[dict[str, Value], Point]]) -> list[tuple[dict[str, Value], Point]]:
    """At most :data:`GP_POINTS` of what was tried: the front, and the latest of the rest."""
    best = set(front(dict(enumerate(clamp_point(point) for _, point in done))))
    room = max(0, GP_POINTS - len(best))
    rest = [number for number in range(len(done)) if number not in best]
    kept = best | set(rest[len(rest) - room :] if room else ())
    return [entry for number, entry in enumerate(done) if number in kept]
