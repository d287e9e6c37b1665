"""What advice is worth: hypervolume with and without it, 32 trials, the same presets, sampler and seeds on both sides.

Replayed on surrogates of recorded trials (:mod:`benchmarks.tables`), many seeds, and then live, every trial painted.
Rules were made on the pairs marked ``made`` and are judged on the others. Ending early is left out, so that both sides
run equal trials.
"""

from __future__ import annotations

import statistics
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import optuna
from scipy import stats

from autostyle.agent.advice.rounds import EVERY
from autostyle.agent.advice.rules import Advice, advise
from autostyle.agent.advice.state import State, Tried
from autostyle.brief import Budget
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs
from autostyle.methods.params import Value
from autostyle.plan import Choice, Plan
from autostyle.planning import methods
from autostyle.scoring.scorer import Scorer
from autostyle.tuning import sampler
from autostyle.tuning.importance import importances
from autostyle.tuning.pareto import Point, front, hypervolume
from autostyle.tuning.space import space, starts
from autostyle.vision.weights import Weights
from benchmarks import tables
from benchmarks.common import report
from benchmarks.surrogate import Surrogate, encoded

TRIALS, SEEDS, LIVE_SEEDS = 32, 20, 6
SAMPLER: sampler.Name = "tpe"
"""Where a Gaussian process proposes, the rules propose nothing: it fits a surface by itself."""
Objective = Callable[[Mapping[str, Value]], Point]


def searched(objective: Objective, seed: int, *, advised: bool) -> float:
    """Hypervolume of one search."""
    spec = registry.built(tables.METHOD)
    plan = Plan(
        study="advice",
        content=Path("content"),
        styles=(Path("style"),),
        methods=(tables.PLAN,),
        choice=Choice(method=tables.METHOD),
        budget=Budget(trials=TRIALS),
    )
    inside = space(spec, plan.methods[0])
    study = optuna.create_study(directions=["maximize", "maximize"])
    for start in starts(spec, plan.methods[0], inside):
        study.enqueue_trial({key: start.params[key] for key in inside.searched})
    tried: list[Tried] = []
    for number in range(TRIALS):
        if advised and number and number % EVERY == 0:
            advice = replace(advise(state(plan, study, tried)), stop=False)
            plan = steered(plan, advice)
            inside = space(spec, plan.methods[0])
            for values in advice.warm_starts:
                study.enqueue_trial({key: values[key] for key in inside.searched})
        study.sampler = sampler.make(SAMPLER, inside, sampler.seed(seed, tables.METHOD, 0, number))
        trial = study.ask(inside.searched)
        params = inside.full(trial.params)
        point = objective(params)
        study.tell(trial, list(point))
        tried.append(Tried(number, tables.METHOD, params, *point))
    return hypervolume([(t.style, t.content) for t in tried])


def state(plan: Plan, study: optuna.Study, tried: list[Tried]) -> State:
    """What advice sees of a replayed search."""
    points = {trial.number: (trial.style, trial.content) for trial in tried}
    history = tuple(hypervolume(list(points.values())[: n + 1]) for n in range(len(points)))
    return State(
        plan=plan,
        trials=tuple(tried),
        front=front(points),
        importances={tables.METHOD: importances(study.get_trials(deepcopy=False))},
        history=history,
        samplers={tables.METHOD: SAMPLER},
    )


def steered(plan: Plan, advice: Advice) -> Plan:
    """``plan`` with the changes that ``steer_study`` would make."""
    changed = methods.bounding(methods.fixing(plan.methods, advice.fixed), advice.bounds)
    return plan.model_copy(update={"methods": methods.warming(changed, advice.warm_starts)}).checked()


def replayed(pair: str) -> tuple[Objective, dict[str, float]]:
    """The surrogate of a pair, and its error."""
    full = tables.searched().searched
    rows = [row for row in tables.read() if row.pair == pair]
    places = [encoded(row.params, full) for row in rows]
    style, content = (Surrogate.fit(places, [getattr(row, name) for row in rows]) for name in ("style", "content"))

    def objective(params: Mapping[str, Value]) -> Point:
        place = encoded(params, full)
        return style(place), content(place)

    return objective, {"style": style.error, "content": content.error}


def live(pair: str) -> Objective:
    """The real thing, at the size of the tables."""
    weights = Weights.open(offline=True)
    method = registry.create(tables.METHOD)
    method.load(weights, "cpu")
    content, style = tables.pictures(pair)
    scorer = Scorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    prepared = method.prepare(ImageInputs(content, (style,)), tables.SIZE)

    def objective(params: Mapping[str, Value]) -> Point:
        scores = scorer.score(method.run(prepared, tables.searched().model.parse(dict(params)), seed=0).image)
        return scores.style, scores.content

    return objective


def compared(objective: Objective, seed: int) -> dict[str, float]:
    """Both sides of one pair and seed."""
    return {"plain": searched(objective, seed, advised=False), "advised": searched(objective, seed, advised=True)}


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Means, and the gain with its interval over all rows."""
    gains = [row["advised"] - row["plain"] for row in rows]
    low, high = stats.t.interval(0.95, len(gains) - 1, statistics.mean(gains), stats.sem(gains))
    return {
        "plain": statistics.mean(row["plain"] for row in rows),
        "advised": statistics.mean(row["advised"] for row in rows),
        "gain": {"mean": statistics.mean(gains), "interval_95": [float(low), float(high)]},
        "rows": rows,
    }


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.simplefilter("ignore")
    found: dict[str, list[dict[str, Any]]] = {"made": [], "judged": [], "live": []}
    errors = {}
    for pair, use in tables.PAIRS.items():
        objective, errors[pair] = replayed(pair)
        found[use] += [{"pair": pair, "seed": seed, **compared(objective, seed)} for seed in range(SEEDS)]
    for pair in (pair for pair, use in tables.PAIRS.items() if use == "judged"):
        objective = live(pair)
        found["live"] += [{"pair": pair, "seed": seed, **compared(objective, seed)} for seed in range(LIVE_SEEDS)]
    report(
        "advice",
        {
            "trials": TRIALS,
            "size": tables.SIZE,
            "surrogate_error": errors,
            **{name: summary(rows) for name, rows in found.items()},
            "wanted": "advice is on by default only if the intervals of judged and live are above 0",
        },
    )


if __name__ == "__main__":
    main()
