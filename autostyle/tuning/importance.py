"""How much each searched parameter moves each score."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from copy import copy
from functools import partial

import optuna
from optuna.importance import get_param_importances
from optuna.trial import FrozenTrial, TrialState

AT_LEAST = 8
"""Complete trials below which importances would only show chance."""


def importances(trials: list[FrozenTrial], objectives: Sequence[str]) -> dict[str, dict[str, float]]:
    """objective -> parameter -> share, the shares of an objective summing to 1; empty where little is known.

    By PED-ANOVA (Watanabe, Bansal & Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary
    Subspaces", IJCAI 2023), which asks what sets the better trials apart.

    Args:
        trials: the truly complete trials of one method.
        objectives: names, in the order of the trials' values.
    """
    if len(trials) < AT_LEAST:
        return {}
    study = optuna.create_study(directions=["maximize"] * len(objectives))
    try:
        study.add_trials([_bare(trial) for trial in trials if trial.state == TrialState.COMPLETE])
    except ValueError:  # a trial that contradicts its own distributions
        return {}
    found = {}
    for axis, objective in enumerate(objectives):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it asks whether small is really meant to be good: see _value
                shares = get_param_importances(study, target=partial(_value, axis=axis))
        except (ValueError, RuntimeError):  # nothing varied
            continue
        total = sum(shares.values())
        if math.isfinite(total) and total > 0:
            found[objective] = {name: share / total for name, share in shares.items()}
    return found


def _bare(trial: FrozenTrial) -> FrozenTrial:
    """``trial`` without what autostyle wrote down of it, of which Optuna would make a deep copy."""
    bare = copy(trial)
    bare._user_attrs = {}
    return bare


def _value(trial: FrozenTrial, axis: int) -> float:
    return -float(trial.values[axis])  # the evaluator asks what sets the lowest apart
