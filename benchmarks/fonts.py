"""Fonts: how far a study gets above a method's defaults, and whether the held-out metrics agree.

The content is the font that ``autostyle.testing.letters`` draws in code, with letters of a pangram; the styles are two
of the examples. A study has 10 trials, its presets among them, and its seeds take turns with the styles; the gain is in
hypervolume, on the defaults alone and on defaults and presets together.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import optuna

from autostyle.mediums.registry import create
from autostyle.methods import registry
from autostyle.methods.contract import FontInputs, Style
from autostyle.plan import MethodPlan
from autostyle.testing.letters import small_font
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import clamp_point, hypervolume
from autostyle.tuning.search_space import starts
from autostyle.vision.weights import Weights
from benchmarks.common import gain, report

TRIALS, SEEDS, PIXELS, TEXT = 10, range(10, 15), 40, "Sphinxofblackquartz"
STYLES = Path(__file__).parents[1] / "studies" / "examples" / "styles"
PAIRS = ("swirling-night-12.jpg", "woodcut-wave-0.jpg")
PLANS = (MethodPlan(name="font_color"), MethodPlan(name="font_shape", fixed={"steps": 12}))


class Bench:
    """One method on one style; what was run once is not run again."""

    def __init__(self, plan: MethodPlan, style: str) -> None:
        self.plan, medium, weights = plan, create("font", "font"), Weights.open(offline=True)
        self.method = medium.method(plan.name)
        self.method.load(weights, "cpu")
        exemplar = medium.load_style(STYLES / style).exemplar
        inputs = FontInputs(small_font(TEXT), Style((exemplar,)))
        profile = registry.find(plan.name).profile
        self.scorer = medium.scorer(inputs, weights=weights, device="cpu", model="embedded", profile=profile)
        self.prepared = self.method.prepare(inputs, PIXELS)
        self.space = space_of(plan).single
        self.known: dict[str, dict[str, Any]] = {}

    def run(self, sampled: dict[str, Any]) -> dict[str, Any]:
        """Scores of one trial."""
        params = self.space.model.parse(self.space.full(sampled))
        if params.model_dump_json() not in self.known:
            began = time.process_time()
            made = self.method.run(self.prepared, params, seed=0).made
            seconds = time.process_time() - began
            found = self.scorer.score(made)
            self.known[params.model_dump_json()] = {
                "point": tuple(found.objectives.values()),
                "held_out": tuple(found.held_out.values()),
                "seconds": seconds,
            }
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


def of_method(plan: MethodPlan) -> dict[str, Any]:
    """The figures of one method."""
    on_defaults, on_presets, rows, agree, seconds = [], [], [], [], []
    for turn, style in enumerate(PAIRS):
        bench = Bench(plan, style)
        first = len(list(starts(registry.find_built(plan.name), plan, bench.space)))
        for seed in SEEDS[turn :: len(PAIRS)]:
            points = bench.study(seed)
            volumes = [hypervolume(points[:count]) for count in (1, first, None)]
            sys.stderr.write(f"{plan.name}: {style}, seed {seed}: {volumes}\n")
            on_defaults.append(volumes[2] - volumes[0])
            on_presets.append(volumes[2] - volumes[1])
            rows.append({"style": style, "seed": seed, "hypervolume": [round(v, 4) for v in volumes]})
        known = list(bench.known.values())
        for at in (0, 1):
            ranks = [np.argsort(np.argsort([run[of][at] for run in known])) for of in ("point", "held_out")]
            agree.append(round(float(np.corrcoef(*ranks)[0, 1]), 3))
        seconds += [run["seconds"] for run in known]
    return {
        "gain": {"on defaults": gain(on_defaults), "on defaults and presets": gain(on_presets)},
        "style and content ranked by the held-out metrics alike, pair by pair": agree,
        "processor seconds of a trial": round(statistics.median(seconds), 3),
        "wanted": "the interval on defaults above 0",
        "rows": rows,
    }


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    report("fonts", {"trials": TRIALS, "pixels an em": PIXELS, **{plan.name: of_method(plan) for plan in PLANS}})


if __name__ == "__main__":
    main()
