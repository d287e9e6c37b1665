"""Scenes: how alike their views are beside views painted one by one, what a study gains, and what a run takes.

The scene is the procedural one of :mod:`autostyle.testing.scenes`, whose geometry is known; views that are judged are
not painted. ``views``: splat_style at several weights against gatys on each judged view and on the two that it is held
against; at the weight whose style is nearest to that of gatys both view errors are compared. ``studies``: 10 runs each,
presets among them, against the defaults.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

import numpy as np
import optuna

from autostyle.codecs.image import load_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Inputs, Style
from autostyle.methods.viewpoints import judged
from autostyle.named_styles import named
from autostyle.plan import MethodPlan
from autostyle.scoring.scene_scorer import SceneScorer
from autostyle.testing.scenes import room
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import clamp_point, hypervolume
from autostyle.tuning.search_space import starts
from autostyle.vision.tensors import resize, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import gain, report

STYLES = ("swirling-night", "woodcut-wave")
WEIGHTS = (0.3, 1.0, 3.0, 10.0, 30.0)
TRIALS, SEEDS = 10, range(10, 15)


class SceneBench:
    """One style on the scene."""

    def __init__(self, style: str, splats: int, size: int, steps: int) -> None:
        found = named(style)
        assert found is not None
        self.style, self.size = load_image(found.path).pixels, size
        self.scene = room(splats)
        self.weights = Weights.open(offline=True)
        cameras = judged(self.scene, {})
        self.scorer = SceneScorer(self.scene, cameras, (self.style,), (1.0,), weights=self.weights, device="cpu")
        self.method = registry.create("splat_style")
        self.method.load(self.weights, "cpu")
        self.prepared = self.method.prepare(Inputs(self.scene, Style((self.style,))), size)
        self.plan = MethodPlan(name="splat_style", fixed={"steps": steps})
        self.space = space_of(self.plan).single
        self.known: dict[str, dict[str, Any]] = {}

    def run(self, sampled: dict[str, Any]) -> dict[str, Any]:
        """Scores of one trial."""
        params = self.space.model.parse(self.space.full(sampled))
        if params.model_dump_json() not in self.known:
            began = time.process_time()
            made = self.method.run(self.prepared, params, seed=0).made
            seconds = time.process_time() - began
            scores = self.scorer.score(made)
            self.known[params.model_dump_json()] = {
                "point": tuple(scores.objectives.values()),
                "held_out": tuple(scores.held_out.values()),
                "seconds": seconds,
                "view_error": (scores.raw["view_error"], scores.raw["view_error_far"]),
            }
        return self.known[params.model_dump_json()]

    def one_by_one(self) -> dict[str, Any]:
        """The judged views, and those that they are held against, each painted by gatys at its defaults."""
        gatys = registry.create("gatys")
        gatys.load(self.weights, "cpu")
        params = registry.complete("gatys", {})
        made = []
        for number, each in enumerate(self.scorer.content_views()):
            inputs = (ImageInputs(one, Style((self.style,))) for one in each)
            made.append([gatys.run(gatys.prepare(one, self.size), params, seed=number).image for one in inputs])
        side = len(self.scorer.content_views()[0][0])
        sized = [[resize(to_tensor(one), (side, side)) for one in each] for each in made]
        scores = self.scorer.score_views([each[0] for each in made])
        style, content = (float(np.mean([one.objectives[name] for one in scores])) for name in ("style", "content"))
        return {"style": style, "content": content, "view_error": self.scorer.views_error(sized)}

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


def of_views(bench: SceneBench) -> dict[str, Any]:
    """View errors at equal style."""
    alone = bench.one_by_one()
    defaults = {name: getattr(bench.space.model(), name) for name in bench.space.searched}
    runs = [{"style_weight": one, **bench.run({**defaults, "style_weight": one})} for one in WEIGHTS]
    nearest = min(runs, key=lambda run: abs(run["point"][0] - alone["style"]))
    untouched = bench.scorer.score(bench.scene).raw
    share = [round(ours / theirs, 3) for ours, theirs in zip(nearest["view_error"], alone["view_error"], strict=True)]
    return {
        "one by one": alone,
        "runs": runs,
        "at equal style": nearest,
        "untouched": (untouched["view_error"], untouched["view_error_far"]),
        "share of the view error, near and far": share,
        "wanted": "at most 0.5",
    }


def of_studies(benches: dict[str, SceneBench]) -> dict[str, Any]:
    """Hypervolume above the defaults and the presets."""
    on_defaults, on_presets, rows = [], [], []
    names = list(benches)
    for turn, seed in enumerate(SEEDS):
        name = names[turn % len(names)]
        sys.stderr.write(f"study: {name}, seed {seed}\n")
        bench = benches[name]
        points = bench.study(seed)
        first = len(list(starts(registry.find_built("splat_style"), bench.plan, bench.space)))
        volumes = [hypervolume(points[:count]) for count in (1, first, None)]
        on_defaults.append(volumes[2] - volumes[0])
        on_presets.append(volumes[2] - volumes[1])
        rows.append({"style": name, "seed": seed, "hypervolume": [round(v, 4) for v in volumes]})
    ranked = [run for bench in benches.values() for run in bench.known.values()]
    ranks = [np.argsort(np.argsort([run[of][0] for run in ranked])) for of in ("point", "held_out")]
    return {
        "gain": {"on defaults": gain(on_defaults), "on defaults and presets": gain(on_presets)},
        "style ranked by the held-out metric alike": round(float(np.corrcoef(*ranks)[0, 1]), 3),
        "wanted": "the interval on defaults above 0",
        "rows": rows,
    }


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("views", "studies", "both"), nargs="?", default="both")
    parser.add_argument("--splats", type=int, default=4000)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--steps", type=int, default=40)
    given = vars(parser.parse_args())
    benches = {style: SceneBench(style, given["splats"], given["size"], given["steps"]) for style in STYLES}
    if given["part"] != "studies":
        report("scenes-views", {**given, **{style: of_views(bench) for style, bench in benches.items()}})
    if given["part"] != "views":
        report("scenes-studies", {**given, "trials": TRIALS, **of_studies(benches)})


if __name__ == "__main__":
    main()
