"""Radiance fields: how near views that no photograph shows come to the truth, and what fitting and painting take.

The photographs are of the procedural scene of :mod:`autostyle.testing.scenes`; ``fit`` holds the field against the
scene itself in views between the photographs. ``views``: nerf_style at two weights beside gatys on each judged view and
on the two that it is held against. ``studies``: 8 runs each, presets among them, against the defaults, on a small field
that all share.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import optuna
import torch

from autostyle.codecs.image import load_image
from autostyle.codecs.posed_photographs import read_posed
from autostyle.codecs.scene import Scene, orbit
from autostyle.codecs.scene_file import read_scene
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Inputs, Style
from autostyle.methods.nerf_style import fitting, kept_fields
from autostyle.methods.viewpoints import judged
from autostyle.named_styles import named
from autostyle.scoring.scene_scorer import SceneScorer
from autostyle.testing.photographs import photographed
from autostyle.testing.scenes import room
from autostyle.vision.rendering import viewer
from autostyle.vision.splats import Splats, view
from autostyle.vision.tensors import resize, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.scenes import STYLES, SceneBench
from benchmarks.studies import of_method

WEIGHTS = (1.0, 30.0)
SMALL: dict[str, Any] = {"photographs": 20, "side": 48, "stages": ((16, 40), (32, 100), (44, 120))}
"""Of the field of the studies."""
SIZE, STEPS, TRIALS = 64, 16, 8
"""Of a study: pixels of its views, iterations of its runs, and these."""
BETWEEN = ((0.03, 14.0), (0.31, 25.0), (0.57, 33.0), (0.83, 44.0))
"""Turn and height of views that no photograph shows."""


def psnr(one: torch.Tensor, other: torch.Tensor) -> float:
    """Of two pictures, in decibels."""
    return -10 * float(np.log10(float((one.clamp(0, 1) - other.clamp(0, 1)).square().mean())))


def fit(scene: Scene, folder: Path, photographs: int) -> tuple[Scene, dict[str, Any]]:
    """The field of ``photographs`` of ``scene``, and how near it comes to that, as a field and as splats."""
    side = fitting.LONG_SIDE
    posed = read_posed(photographed(folder, scene, photographs, side))
    began = time.process_time()
    field = read_scene(fitting.fitted(posed)).scene
    seconds = time.process_time() - began
    own, see, as_splats = viewer(scene), viewer(field), Splats.of(field)
    colors, truth = torch.from_numpy(field.colors), torch.from_numpy(scene.colors)
    near, splats, taken = [], [], []
    for camera in (one.at(side) for one in orbit(scene, *zip(*BETWEEN, strict=True))):
        want = own(camera).picture(truth)
        began = time.process_time()
        near.append(psnr(see(camera).picture(colors), want))
        taken.append(time.process_time() - began)
        splats.append(psnr(view(as_splats, camera).picture(colors), want))
    return field, {
        "photographs": photographs,
        "side": side,
        "stages": fitting.STAGES,
        "seconds": seconds,
        "points": len(field),
        "psnr": near,
        "psnr_as_splats": splats,
        "seconds_a_view": float(np.mean(taken)),
    }


def views(field: Scene, style: str, size: int, steps: int) -> dict[str, Any]:
    """Scores of nerf_style along its path, and of views that gatys paints one by one."""
    found = named(style)
    assert found is not None
    pixels, networks = load_image(found.path).pixels, Weights.open(offline=True)
    scorer = SceneScorer(field, judged(field, {}), (pixels,), (1.0,), weights=networks, device="cpu")
    method, gatys = registry.create("nerf_style"), registry.create("gatys")
    method.load(networks, "cpu")
    gatys.load(networks, "cpu")
    prepared = method.prepare(Inputs(field, Style((pixels,))), size)
    rows, params = [], registry.complete("nerf_style", {"steps": steps})
    began = time.process_time()
    for weight, result in zip(WEIGHTS, method.run_path(prepared, params, WEIGHTS, seed=0), strict=True):
        seconds = time.process_time() - began
        scores = scorer.score(result.scene)
        rows.append({"weight": weight, "seconds": seconds, **scores.objectives, **scores.raw})
        began = time.process_time()
    made = []
    for number, each in enumerate(scorer.content_views()):
        inputs = (ImageInputs(one, Style((pixels,))) for one in each)
        plain = registry.complete("gatys", {})
        made.append([gatys.run(gatys.prepare(one, size), plain, seed=number).image for one in inputs])
    shapes = [one.shape[:2] for one in scorer.content_views()[0]]
    sized = [[resize(to_tensor(one), shape) for one, shape in zip(each, shapes, strict=True)] for each in made]
    scores = scorer.score_views([each[0] for each in made])
    alone: dict[str, Any] = {
        name: float(np.mean([one.objectives[name] for one in scores])) for name in ("style", "content")
    }
    alone["view_error"], alone["view_error_far"] = scorer.views_error(sized)
    return {"style": style, "content": scorer.identity.anchors, "rows": rows, "one_by_one": alone}


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("fit", "views", "studies"), nargs="?", default="views")
    parser.add_argument("--splats", type=int, default=8000)
    parser.add_argument("--photographs", type=int, default=28)
    parser.add_argument("--style", default="swirling-night")
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--steps", type=int, default=32)
    given = vars(parser.parse_args())
    part = given["part"]
    # A field that is kept of another time would take no time.
    with tempfile.TemporaryDirectory() as folder, patch.object(kept_fields, "folder", lambda: Path(folder, "fields")):
        if part == "studies":
            return report("fields-studies", studies(Path(folder, "small")))
        field, told = fit(room(given["splats"]), Path(folder, "posed"), given["photographs"])
        report("fields-fit", {**given, **told})
        if part == "views":
            report("fields-views", {**given, **views(field, given["style"], given["size"], given["steps"])})


def studies(folder: Path) -> dict[str, Any]:
    """What studies gain on a small field."""
    count, side, stages = SMALL.values()
    with patch.multiple(fitting, STAGES=stages, LONG_SIDE=side):
        field = read_scene(fitting.fitted(read_posed(photographed(folder, room(3000), count, side)))).scene
    pairs = [(style, lambda style=style: SceneBench(style, field, SIZE, STEPS, "nerf_style")) for style in STYLES]
    told = {"size": SIZE, "steps": STEPS, "trials": TRIALS, "points": len(field)}
    return {"splats": 3000, **SMALL, **told, **of_method(pairs, TRIALS)}


if __name__ == "__main__":
    main()
