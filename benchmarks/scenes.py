"""Scenes: how alike their views are beside views painted one by one, what a study gains, and what a run takes.

The scene is the procedural one of :mod:`autostyle.testing.scenes`, whose geometry is known; views that are judged are
not painted. ``views``: splat_style along its weight against gatys along its own, on each of the three judged views and
on the two that each is held against; view errors of gatys are read off between its weights at the style of splat_style.
``studies``: 10 runs each, presets among them, against the defaults. ``time``: a run at the defaults.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import torch

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image
from autostyle.codecs.scene import Scene
from autostyle.mediums.scene.spec import SPEC
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Inputs, Style
from autostyle.methods.splat_style.spec import SplatStyleParams
from autostyle.methods.viewpoints import judged
from autostyle.named_styles import named
from autostyle.plan import MethodPlan
from autostyle.scoring.scene_scorer import SceneScorer
from autostyle.testing.scenes import room
from autostyle.vision.tensors import resize, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.studies import StudyBench, of_method

STYLES = ("swirling-night", "woodcut-wave")
WEIGHTS = (0.3, 1.0, 3.0, 10.0, 30.0)
ALONE = (0.03, 0.1, 0.3, 1.0, 3.0)
"""Weights of gatys."""
DIVIDED = (0, 2)
TRIALS = 10


class SceneBench(StudyBench):
    """One style on a scene, and the method that paints it."""

    def __init__(self, style: str, scene: Scene, size: int, steps: int | None, name: str = "splat_style") -> None:
        found = named(style)
        assert found is not None
        self.style, self.size, self.scene = load_image(found.path).pixels, size, scene
        self.weights = Weights.open(offline=True)
        cameras = judged(self.scene, {})
        scorer = SceneScorer(self.scene, cameras, (self.style,), (1.0,), weights=self.weights, device="cpu")
        method = registry.create(name)
        method.load(self.weights, "cpu")
        prepared = method.prepare(Inputs(self.scene, Style((self.style,))), size)
        plan = MethodPlan(name=name, fixed={"steps": steps} if steps else {})
        super().__init__(plan, method, prepared, scorer)

    def along(self, divide: int, alike: float) -> list[dict[str, Any]]:
        """What splat_style makes along its weight, as one run, its large splats divided so many times and views held
        alike so much."""
        params = self.space.model.parse(self.space.full({name: self.default(name) for name in self.space.searched}))
        params = params.model_copy(update={"divide": divide, "alike": alike})
        made = self.method.run_path(self.prepared, params, WEIGHTS, seed=0)
        return [
            {"divide": divide, "style_weight": weight, "splats": len(one.made), **self._told(one.made)}
            for weight, one in zip(WEIGHTS, made, strict=True)
        ]

    def default(self, name: str) -> Any:
        return getattr(self.space.model(), name)

    def _told(self, scene: Scene) -> dict[str, Any]:
        scores = self.scorer.score(scene)
        errors = (scores.raw["view_error"], scores.raw["view_error_far"])
        return {**scores.objectives, "view_error": errors}

    def one_by_one(self) -> list[dict[str, Any]]:
        """The judged views, and those that they are held against, each painted by gatys along its weight."""
        gatys = registry.create("gatys")
        gatys.load(self.weights, "cpu")
        params = registry.complete("gatys", {})
        made = []
        for number, each in enumerate(self.scorer.content_views()):
            inputs = (ImageInputs(one, Style((self.style,))) for one in each)
            paths = (gatys.run_path(gatys.prepare(one, self.size), params, ALONE, seed=number) for one in inputs)
            made.append([[one.image for one in path] for path in paths])
        return [
            self._of_pictures(weight, [[path[n] for path in each] for each in made]) for n, weight in enumerate(ALONE)
        ]

    def _of_pictures(self, weight: float, made: list[list[Pixels]]) -> dict[str, Any]:
        side = len(self.scorer.content_views()[0][0])
        sized = [[resize(to_tensor(one), (side, side)) for one in each] for each in made]
        scores = self.scorer.score_views([each[0] for each in made])
        style, content = (float(np.mean([one.objectives[name] for one in scores])) for name in ("style", "content"))
        return {
            "style_weight": weight,
            "style": style,
            "content": content,
            "view_error": self.scorer.views_error(sized),
        }


def of_views(bench: SceneBench, alone: list[dict[str, Any]], runs: list[dict[str, Any]]) -> dict[str, Any]:
    """View errors at equal style of ``runs`` beside those of views painted ``alone``."""
    raw = bench.scorer.score(bench.scene).raw
    untouched = (raw["view_error"], raw["view_error_far"])
    alone = sorted(alone, key=lambda run: float(run["style"]))
    styles = [run["style"] for run in alone]
    for run in runs:
        run["share"] = None
        if styles[0] <= run["style"] <= styles[-1]:
            theirs = [np.interp(run["style"], styles, [one["view_error"][at] for one in alone]) for at in (0, 1)]
            run["share"] = [round(mine / other, 3) for mine, other in zip(run["view_error"], theirs, strict=True)]
            run["share beyond the untouched scene's"] = [
                round((mine - own) / (other - own), 3)
                for mine, other, own in zip(run["view_error"], theirs, untouched, strict=True)
            ]
    return {
        "one by one": alone,
        "runs": runs,
        "untouched": untouched,
        "wanted": "shares of the view errors of views one by one at equal style, near and far: at most 0.5",
    }


def of_time(splats: int) -> dict[str, Any]:
    """Seconds of a run at the defaults and the size of a search: processor and wall, on one and two threads."""
    bench = SceneBench(STYLES[0], room(splats), SPEC.scale.search if SPEC.scale else 192, None)
    params, found = bench.space.model(), dict[str, Any]()
    before = torch.get_num_threads()
    for threads in (1, 2):
        torch.set_num_threads(threads)
        fresh = bench.method.prepare(Inputs(bench.scene, Style((bench.style,))), bench.size)  # no views are known
        began, wall = time.process_time(), time.perf_counter()
        bench.method.run(fresh, params, seed=0)
        seconds = {"processor": time.process_time() - began, "wall": time.perf_counter() - wall}
        found[f"{threads} threads"] = {name: round(value, 1) for name, value in seconds.items()}
    torch.set_num_threads(before)
    return {"splats": splats, "size": bench.size, "seconds": found, "wanted": "20 s by the wall with two threads"}


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("views", "studies", "time", "all"), nargs="?", default="all")
    parser.add_argument("--splats", type=int, default=4000)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--alike", type=float, default=SplatStyleParams().alike)
    parser.add_argument("--kept", type=Path, help="JSON of an earlier run, whose views one by one are taken over")
    given = vars(parser.parse_args())
    part, file = given["part"], given.pop("kept")
    if part in ("time", "all"):
        report("scenes-time", of_time(20_000))
    if part == "time":
        return
    benches = {style: SceneBench(style, room(given["splats"]), given["size"], given["steps"]) for style in STYLES}
    if part != "studies":
        kept = json.loads(file.read_text()) if file else {}
        alone = {s: kept[s]["one by one"] if kept else bench.one_by_one() for s, bench in benches.items()}
        runs = {style: list[dict[str, Any]]() for style in benches}
        for divide, (style, bench) in itertools.product(DIVIDED, benches.items()):
            runs[style] += bench.along(divide, given["alike"])
            found = {s: of_views(one, alone[s], runs[s]) for s, one in benches.items()}
            told = {**given, "one by one, of": kept.get("machine", "this run"), **found}
            report("scenes-views", told)  # each time, so that what is stopped has something to tell
    if part != "views":
        pairs = [(style, lambda bench=bench: bench) for style, bench in benches.items()]
        report("scenes-studies", {**given, "trials": TRIALS, **of_method(pairs, TRIALS)})


if __name__ == "__main__":
    main()
