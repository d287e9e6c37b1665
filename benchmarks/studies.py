"""Studies of a method against its own defaults: what the benches of media share.

A study begins with the defaults and the presets, as any does; the gain is in hypervolume, on the defaults alone and on
defaults and presets together. What a method made at some parameters is made once, whatever the seed of the study.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import optuna

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod
from autostyle.plan import MethodPlan
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import clamp_point, hypervolume
from autostyle.tuning.search_space import starts
from benchmarks.common import gain

SEEDS = range(10, 15)


class StudyBench:
    """A method on one content and one style.

    Args:
        plan: of the method.
        method: loaded.
        prepared: its content and style.
        scorer: what its works are judged by.
    """

    def __init__(self, plan: MethodPlan, method: AnyMethod, prepared: Any, scorer: Any) -> None:
        self.plan, self.method, self.prepared, self.scorer = plan, method, prepared, scorer
        self.space = space_of(plan).single
        self.known: dict[str, dict[str, Any]] = {}

    def run(self, sampled: dict[str, Any]) -> dict[str, Any]:
        """Scores, raw ones too, and processor seconds of one trial."""
        params = self.space.model.parse(self.space.full(sampled))
        key = params.model_dump_json()
        if key not in self.known:
            began = time.process_time()
            made = self.method.run(self.prepared, params, seed=0).made
            seconds = time.process_time() - began
            found = self.scorer.score(made)
            self.known[key] = {
                "point": tuple(found.objectives.values()),
                "held_out": tuple(found.held_out.values()),
                "raw": dict(found.raw),
                "seconds": seconds,
            }
        return self.known[key]

    @property
    def first(self) -> int:
        """How many trials a study begins with: the defaults and the presets."""
        return len(list(starts(registry.find_built(self.plan.name), self.plan, self.space)))

    def study(self, seed: int, trials: int) -> list[tuple[float, ...]]:
        """The points of a study, those of the defaults and the presets first."""
        found: list[tuple[float, ...]] = []

        def objective(trial: optuna.Trial) -> tuple[float, ...]:
            sampled = {name: trial._suggest(name, distribution) for name, distribution in self.space.searched.items()}
            found.append(self.run(sampled)["point"])
            return clamp_point(found[-1])

        study = optuna.create_study(directions=["maximize", "maximize"])
        for start in starts(registry.find_built(self.plan.name), self.plan, self.space):
            study.enqueue_trial({name: start.params[name] for name in self.space.searched})
        for number in range(trials):
            arm, _ = sampler.choose("auto", self.space, trials)
            study.sampler = sampler.make(arm, self.space, sampler.seed(seed, self.plan.name, 0, number))
            study.optimize(objective, n_trials=1)
        return found


Pairs = Sequence[tuple[str, Callable[[], StudyBench]]]
"""What contents and styles are called, each with what opens its bench."""


def of_method(pairs: Pairs, trials: int) -> dict[str, Any]:
    """The figures of one method; the seeds take turns with the pairs."""
    on_defaults, on_presets, rows, seconds = [], [], [], []
    agree: dict[str, list[float]] = {"style": [], "content": []}
    for turn, (pair, open_bench) in enumerate(pairs):
        bench = open_bench()
        for seed in SEEDS[turn :: len(pairs)]:
            sys.stderr.write(f"{bench.plan.name}: {pair}, seed {seed}\n")
            points = bench.study(seed, trials)
            volumes = [hypervolume(points[:count]) for count in (1, bench.first, None)]
            on_defaults.append(volumes[2] - volumes[0])
            on_presets.append(volumes[2] - volumes[1])
            rows.append({"pair": pair, "seed": seed, "hypervolume": [round(v, 4) for v in volumes]})
        known = list(bench.known.values())
        for at, name in enumerate(agree):
            agree[name].append(agreement([(run["point"][at], run["held_out"][at]) for run in known]))
        seconds += [run["seconds"] for run in known]
    return {
        "gain": {"on defaults": gain(on_defaults), "on defaults and presets": gain(on_presets)},
        "ranked by the held-out metric alike, pair by pair": agree,
        "processor seconds of a trial": round(statistics.median(seconds), 3),
        "wanted": "the interval on defaults above 0",
        "rows": rows,
    }


def agreement(both: Sequence[tuple[float, float]]) -> float:
    """How far two figures rank trials alike, -1 to 1 (Spearman)."""
    ranks = [np.argsort(np.argsort(each)) for each in zip(*both, strict=True)]
    return round(float(np.corrcoef(*ranks)[0, 1]), 3)
