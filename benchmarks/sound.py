"""Studies of sound against their methods' defaults, and what is known of sounds made by code.

Sounds are those of ``training/sounds.py``: 5 s of content, 7 s of style, at 22,050 Hz. A study has 12 trials, its
presets among them, and its seeds take turns with the pairs; the gain is in hypervolume, on the defaults alone and on
defaults and presets together.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import optuna

from autostyle.codecs.recording import Recording
from autostyle.methods import registry
from autostyle.methods.contract import Inputs, Style
from autostyle.plan import MethodPlan
from autostyle.scoring.audio.recording_scorer import RecordingScorer
from autostyle.scoring.audio.scorer import AudioScorer
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import clamp_point, hypervolume
from autostyle.tuning.search_space import starts
from autostyle.vision.weights import Weights
from benchmarks.common import gain, report
from training.sounds import make

TRIALS, SEEDS, RATE = 12, range(10, 15), 22_050
PAIRS = (("tune", "rain"), ("drum", "birds"))
PLANS = (
    MethodPlan(name="sound_mosaic"),
    MethodPlan(name="tone_match"),
    MethodPlan(name="sound_texture", fixed={"steps": 25}),
)


class Bench:
    """One method on one pair; what was run once is not run again."""

    def __init__(
        self, plan: MethodPlan, content: Recording, style: Recording, scorer: type[RecordingScorer] = AudioScorer
    ) -> None:
        self.plan = plan
        self.scorer: Any = scorer(content, [style], (1.0,))
        self.method = registry.create(plan.name)
        self.method.load(Weights.open(offline=True), "cpu")
        self.prepared = self.method.prepare(Inputs(content, Style((style,))), RATE)
        self.space = space_of(self.plan).single
        self.known: dict[str, dict[str, Any]] = {}

    def run(self, sampled: dict[str, Any]) -> dict[str, Any]:
        """Scores of one trial."""
        params = self.space.model.parse(self.space.full(sampled))
        if params.model_dump_json() not in self.known:
            began = time.process_time()
            made = self.method.run(self.prepared, params, seed=0).made
            seconds = time.process_time() - began
            found = self.scorer.score(made)
            point = tuple(found.objectives.values())
            held_out = tuple(found.held_out.values())
            self.known[params.model_dump_json()] = {"point": point, "held_out": held_out, "seconds": seconds}
        return self.known[params.model_dump_json()]

    def study(self, seed: int) -> list[tuple[float, ...]]:
        """The points of a study, those of the defaults and the presets first."""
        found: list[tuple[float, ...]] = []

        def objective(trial: optuna.Trial) -> tuple[float, ...]:
            sampled = {name: trial._suggest(name, distribution) for name, distribution in self.space.searched.items()}
            found.append(self.run(sampled)["point"])
            return clamp_point(found[-1])

        study = optuna.create_study(directions=["maximize", "maximize"])
        for start in starts(registry.find_built(self.plan.name), self.plan, self.space):
            study.enqueue_trial({name: start.params[name] for name in self.space.searched})
        for number in range(TRIALS):
            arm, _ = sampler.choose("auto", self.space, TRIALS)
            study.sampler = sampler.make(arm, self.space, sampler.seed(seed, self.plan.name, 0, number))
            study.optimize(objective, n_trials=1)
        return found


Pairs = Sequence[tuple[str, Callable[[], Bench]]]


def of_method(plan: MethodPlan, pairs: Pairs) -> dict[str, Any]:
    """The figures of one method on pairs of sounds, by what the pairs are called."""
    on_defaults, on_presets, rows, agree, seconds = [], [], [], [], []
    for turn, (pair, open_bench) in enumerate(pairs):
        bench = open_bench()
        first = len(list(starts(registry.find_built(plan.name), plan, bench.space)))
        for seed in SEEDS[turn :: len(pairs)]:
            sys.stderr.write(f"{plan.name}: {pair}, seed {seed}\n")
            points = bench.study(seed)
            volumes = [hypervolume(points[:count]) for count in (1, first, None)]
            on_defaults.append(volumes[2] - volumes[0])
            on_presets.append(volumes[2] - volumes[1])
            rows.append({"pair": pair, "seed": seed, "hypervolume": [round(v, 4) for v in volumes]})
        known = list(bench.known.values())
        ranks = [np.argsort(np.argsort([run[of][0] for run in known])) for of in ("point", "held_out")]
        agree.append(round(float(np.corrcoef(*ranks)[0, 1]), 3))
        seconds += [run["seconds"] for run in known]
    return {
        "gain": {"on defaults": gain(on_defaults), "on defaults and presets": gain(on_presets)},
        "style ranked by the held-out metric alike": agree,
        "seconds of a trial": round(statistics.median(seconds), 3),
        "wanted": "the interval on defaults above 0",
        "rows": rows,
    }


def _pairs(plan: MethodPlan) -> Pairs:
    return [(f"{a}-{b}", lambda a=a, b=b: Bench(plan, make(a, 5.0), make(b))) for a, b in PAIRS]


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    report("sound", {"trials": TRIALS, "rate": RATE, **{plan.name: of_method(plan, _pairs(plan)) for plan in PLANS}})


if __name__ == "__main__":
    main()
