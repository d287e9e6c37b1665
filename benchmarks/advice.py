"""What the rules' advice is worth: hypervolume with and without it, 32 trials, the same presets, sampler and seeds on
both sides, replayed on surrogates of recorded trials (:mod:`benchmarks.tables`).

Of two plans: one that searches whole ranges, and one whose bounds are too narrow. Ending early is left out, so that
both sides run equal trials.
"""

from __future__ import annotations

import statistics
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import optuna

from autostyle.agent.advice.rounds import EVERY
from autostyle.agent.advice.rules import Advice, advise
from autostyle.agent.advice.state import AdviceState
from autostyle.brief import Budget
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning import sampler
from autostyle.tuning.importance import importances
from autostyle.tuning.pareto import Point, clamp_point, front, hypervolume
from autostyle.tuning.search_space import space, starts
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases import methods
from benchmarks import tables
from benchmarks.common import gain, report
from benchmarks.surrogate import Surrogate

TRIALS, SEEDS = 32, 20
PLANS = {
    "whole ranges": tables.PLAN,
    "narrow bounds": tables.PLAN.model_copy(update={"bounds": {"style_weight": (0.3, 3.0), "recolor": (0.8, 1.0)}}),
}
Objective = Callable[[Mapping[str, Value]], Point]


def searched(objective: Objective, wanted: MethodPlan, seed: int, *, advised: bool) -> float:
    """Hypervolume of one search."""
    spec = registry.find_built(wanted.name)
    plan = Plan(
        study="advice",
        content=Path("content"),
        styles=(Path("style"),),
        methods=(wanted,),
        choice=Choice(method=wanted.name),
        budget=Budget(trials=TRIALS),
    )
    inside = space(spec, wanted)
    study = optuna.create_study(directions=["maximize", "maximize"])
    for start in starts(spec, wanted, inside):
        study.enqueue_trial({key: start.params[key] for key in inside.searched})
    tried: list[TrialRecord] = []
    for number in range(TRIALS):
        if advised and number and number % EVERY == 0:
            plan = steered(plan, replace(advise(state(plan, study, tried)), stop=False))
            inside = space(spec, plan.methods[0])
        name, _ = sampler.choose("auto", inside, TRIALS)
        study.sampler = sampler.make(name, inside, sampler.seed(seed, wanted.name, 0, number))
        trial = study.ask(inside.searched)
        params = inside.full(trial.params)
        point = objective(params)
        study.tell(trial, clamp_point(point))
        scores = dict(zip(("style", "content"), point, strict=True))
        tried.append(TrialRecord(number, wanted.name, "complete", params, scores))
    return hypervolume([tuple(t.scores.values()) for t in tried])


def state(plan: Plan, study: optuna.Study, tried: list[TrialRecord]) -> AdviceState:
    """What advice sees of a replayed search."""
    points = {trial.number: tuple(trial.scores.values()) for trial in tried}
    history = tuple(hypervolume(list(points.values())[: n + 1]) for n in range(len(points)))
    return AdviceState(
        plan=plan,
        trials=tuple(tried),
        front=front(points),
        importances={plan.methods[0].name: importances(study.get_trials(deepcopy=False), ("style", "content"))},
        history=history,
    )


def steered(plan: Plan, advice: Advice) -> Plan:
    """``plan`` with the changes that ``steer_study`` would make."""
    changed = methods.bounding(methods.fixing(plan.methods, advice.fixed), advice.bounds)
    return plan.model_copy(update={"methods": changed}).checked()


def compared(objective: Objective, wanted: MethodPlan, seed: int) -> dict[str, float]:
    """Both sides of one pair and seed."""
    return {
        "plain": searched(objective, wanted, seed, advised=False),
        "advised": searched(objective, wanted, seed, advised=True),
    }


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Means, and the gain with its interval over all rows."""
    return {
        "plain": statistics.mean(row["plain"] for row in rows),
        "advised": statistics.mean(row["advised"] for row in rows),
        "gain": gain([row["advised"] - row["plain"] for row in rows]),
        "rows": rows,
    }


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.simplefilter("ignore")
    surrogates = {pair: Surrogate.of([row for row in tables.read() if row.pair == pair]) for pair in tables.PAIRS}
    found = {
        name: summary(
            [
                {"pair": pair, "seed": seed, **compared(surrogate, plan, seed)}
                for pair, surrogate in surrogates.items()
                for seed in range(SEEDS)
            ]
        )
        for name, plan in PLANS.items()
    }
    errors = {pair: surrogate.errors() for pair, surrogate in surrogates.items()}
    wanted = "advice is on by default only if an interval over whole ranges is above 0"
    report("advice", {"trials": TRIALS, "size": tables.SIZE, "surrogate_error": errors, **found, "wanted": wanted})


if __name__ == "__main__":
    main()
