"""Scenes: how alike their views are beside views painted one by one, what a study gains, and what a run takes.

The scene is the procedural one of :mod:`autostyle.testing.scenes`, whose geometry is known; views that are judged are
not painted. ``views``: splat_style at several weights against gatys on each judged view and on the two that it is held
against; at the weight whose style is nearest to that of gatys both view errors are compared. ``studies``: 10 runs each,
presets among them, against the defaults.
"""

from __future__ import annotations

import argparse
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
from autostyle.vision.tensors import resize, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.studies import StudyBench, of_method

STYLES = ("swirling-night", "woodcut-wave")
WEIGHTS = (0.3, 1.0, 3.0, 10.0, 30.0)
TRIALS = 10


class SceneBench(StudyBench):
    """One style on the scene."""

    def __init__(self, style: str, splats: int, size: int, steps: int) -> None:
        found = named(style)
        assert found is not None
        self.style, self.size = load_image(found.path).pixels, size
        self.scene = room(splats)
        self.weights = Weights.open(offline=True)
        cameras = judged(self.scene, {})
        scorer = SceneScorer(self.scene, cameras, (self.style,), (1.0,), weights=self.weights, device="cpu")
        method = registry.create("splat_style")
        method.load(self.weights, "cpu")
        prepared = method.prepare(Inputs(self.scene, Style((self.style,))), size)
        plan = MethodPlan(name="splat_style", fixed={"steps": steps})
        super().__init__(plan, method, prepared, scorer)

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


def of_views(bench: SceneBench) -> dict[str, Any]:
    """View errors at equal style."""
    alone = bench.one_by_one()
    defaults = {name: getattr(bench.space.model(), name) for name in bench.space.searched}
    runs = [{"style_weight": one, **bench.run({**defaults, "style_weight": one})} for one in WEIGHTS]
    nearest = min(runs, key=lambda run: abs(run["point"][0] - alone["style"]))
    untouched = bench.scorer.score(bench.scene).raw
    errors = [nearest["raw"][name] for name in ("view_error", "view_error_far")]
    share = [round(ours / theirs, 3) for ours, theirs in zip(errors, alone["view_error"], strict=True)]
    return {
        "one by one": alone,
        "runs": runs,
        "at equal style": nearest,
        "untouched": (untouched["view_error"], untouched["view_error_far"]),
        "share of the view error, near and far": share,
        "wanted": "at most 0.5",
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
        pairs = [(style, lambda bench=bench: bench) for style, bench in benches.items()]
        report("scenes-studies", {**given, "trials": TRIALS, **of_method(pairs, TRIALS)})


if __name__ == "__main__":
    main()
