"""Runs along the style weight against runs of one value: the hypervolume by seconds, painted live.

    python -m benchmarks.paths [--size 192] [--steps 30] [--pairs 4] [--seeds 5] [--arms tpe,paths] [--minutes 8]

Every side tries the same presets first. Plain multivariate TPE paints 32 trials; the others have as many seconds:
those that a process of one thread used for painting, scoring and proposing, so that a busy machine says what a quiet
one does. Content at equal style is judged by the held-out metric, which nothing here optimises: along the front of
each side content is read off at the styles that both reach. A search that the table under benchmarks/out has is not
painted again, so that the bench may go on where it stopped.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import torch
from optuna.trial import create_trial

from autostyle.codecs.image import load_image
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Style
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import ImageScorer
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import Point, clamp_point, front, hypervolume
from autostyle.tuning.search_space import starts
from autostyle.vision.weights import Weights
from benchmarks.common import EXAMPLES, OUT, gain, report

TRIALS = 32
METHOD, RATIO = "gatys", "style_weight"
PAIRS = (
    "astronaut/mosaic-wave-1",
    "chelsea/rainy-city-5",
    "coffee/stained-glass-0",
    "chelsea/swirling-night-12",
    "astronaut/woodcut-wave-0",
    "coffee/watercolor-lake-2",
    "astronaut/swirling-night-12",
    "coffee/rainy-city-5",
)
"""content/style among the examples."""
ARMS: dict[str, sampler.Name] = {"tpe": "tpe", "paths": "gp", "gp": "gp", "random": "random"}
"""Side -> its sampler; the first sets the seconds of the others."""


@dataclass(frozen=True)
class Row:
    """One picture: where it belongs, after how many seconds it was scored, and how."""

    pair: str
    seed: int
    arm: str
    run: int
    weight: float
    seconds: float
    style: float
    content: float
    held_style: float
    held_content: float
    leakage: float


@dataclass(frozen=True)
class Bench:
    """What all sides paint one pair with."""

    pair: str
    method: AnyMethod
    prepared: Any
    scorer: ImageScorer
    plan: MethodPlan

    def search(self, arm: str, seed: int, seconds: float | None) -> Iterator[Row]:
        """The pictures of one side: those of all runs that begin within ``seconds``; of :data:`TRIALS` without."""
        whole = space = space_of(self.plan) if arm == "paths" else space_of(self.plan).single
        study = optuna.create_study(directions=["maximize", "maximize"])
        queue = list(starts(registry.find_built(METHOD), self.plan, space))
        began, run = time.process_time(), 0
        curves: dict[int, list[tuple[float, Point]]] = {}
        while run < TRIALS if seconds is None else time.process_time() - began < seconds:
            start = queue.pop(0) if queue else None
            name = "random" if start else ARMS[arm]
            space = whole.after(sorted(curve) for curve in curves.values() if len(curve) > 1)
            study.sampler = sampler.make(name, space, sampler.seed(seed, METHOD, 0, run))
            if start is not None:
                study.enqueue_trial({key: start.params[key] for key in space.searched} | space.begin)
            trial = study.ask(space.searched)
            walk = space.walk([start.through if start else None])
            params = space.model.parse(space.full(trial.params))
            value, ahead = float(trial.params[RATIO]), [float(trial.params[RATIO])]
            for made in self.method.run_path(self.prepared, params, _taken(ahead), seed=0):
                scores = self.scorer.score(made.made)
                style, content = scores.objectives["style"], scores.objectives["content"]
                held = scores.held_out["style"], scores.held_out["content"]
                yield Row(
                    self.pair,
                    seed,
                    arm,
                    run,
                    value,
                    time.process_time() - began,
                    style,
                    content,
                    *held,
                    scores.raw["leakage"],
                )
                curves.setdefault(run, []).append((value, (style, content)))
                values = list(clamp_point((style, content)))
                if value == trial.params[RATIO]:
                    study.tell(trial, values)
                else:
                    params_here = {**trial.params, RATIO: value}
                    study.add_trial(create_trial(params=params_here, distributions=trial.distributions, values=values))
                further = None if walk is None else walk.onward(value, (style, content))
                if further is not None:
                    value = further
                    ahead.append(further)
            run += 1


def _taken(ahead: list[float]) -> Iterator[float]:
    while ahead:
        yield ahead.pop()


def volume(rows: Sequence[Row], seconds: float = float("inf"), *, held_out: bool = False) -> float:
    """The hypervolume of what was there after ``seconds``."""
    return hypervolume(
        (row.held_style, row.held_content) if held_out else (row.style, row.content)
        for row in rows
        if row.seconds <= seconds
    )


def reached(rows: Sequence[Row], wanted: float) -> float | None:
    """Seconds until a side had a hypervolume; None where it never had."""
    return next((row.seconds for row in rows if volume(rows, row.seconds) >= wanted), None)


def content_at_equal_style(mine: Sequence[Row], others: Sequence[Row]) -> float:
    """How much more content the front of ``mine`` keeps, on average over the styles that both fronts reach."""
    fronts = []
    for rows in (mine, others):
        points = {n: (row.held_style, row.held_content) for n, row in enumerate(rows)}
        fronts.append(np.array([points[n] for n in front(points)]))
    low, high = max(f[0, 0] for f in fronts), min(f[-1, 0] for f in fronts)
    styles = np.linspace(low, high, 50)
    kept = [np.interp(styles, f[:, 0], f[:, 1]) for f in fronts]
    return float((kept[0] - kept[1]).mean())


def figures(rows: Sequence[Row], arms: Sequence[str]) -> dict[str, object]:
    """What ``paths`` gains on each other side, over pairs and seeds."""
    sides: dict[tuple[str, int, str], list[Row]] = {}
    for row in rows:
        sides.setdefault((row.pair, row.seed, row.arm), []).append(row)
    searches = sorted({(row.pair, row.seed) for row in rows})
    spent = {search: sides[*search, "tpe"][-1].seconds for search in searches}
    goal = {search: volume(sides[*search, "tpe"]) for search in searches}
    after = {search: reached(sides[*search, "paths"], goal[search]) or float("inf") for search in searches}
    shares = [after[search] / spent[search] for search in searches]
    others = [arm for arm in arms if arm != "paths"]
    return {
        "searches": len(searches),
        "seconds": statistics.mean(spent.values()),
        "hypervolume": {arm: statistics.mean(volume(sides[*s, arm], spent[s]) for s in searches) for arm in arms},
        "share of the seconds": {"median": statistics.median(shares), "all": [round(share, 3) for share in shares]},
        "gain at equal seconds": {
            arm: gain([volume(sides[*s, "paths"], spent[s]) - volume(sides[*s, arm], spent[s]) for s in searches])
            for arm in others
        },
        "held out, gain at equal seconds": {
            arm: gain(
                [
                    volume(sides[*s, "paths"], spent[s], held_out=True)
                    - volume(sides[*s, arm], spent[s], held_out=True)
                    for s in searches
                ]
            )
            for arm in others
        },
        "held out, content at equal style": {
            arm: gain([content_at_equal_style(sides[*s, "paths"], sides[*s, arm]) for s in searches]) for arm in others
        },
        "wanted": "a third of the seconds at most, a fifth at best; intervals above 0",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--pairs", type=int, default=4)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--arms", default=",".join(ARMS), help="in this order; tpe first")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no side is begun after that long")
    asked = parser.parse_args()
    arms = asked.arms.split(",")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    torch.set_num_threads(1)
    OUT.mkdir(exist_ok=True)
    began, table = time.monotonic(), OUT / f"paths-{asked.size}.csv"
    rows = read(table)
    weights = Weights.open(offline=True)
    method = registry.create(METHOD)
    method.load(weights, "cpu")
    plan = MethodPlan(name=METHOD, fixed={"steps": asked.steps})
    searches = list(product(range(20, 20 + asked.seeds), PAIRS[: asked.pairs]))
    for seed, pair in searches:
        there = {row.arm: row for row in rows if (row.pair, row.seed) == (pair, seed)}  # the last of each
        left = [arm for arm in arms if arm not in there]
        if not left:
            continue
        content, style = (
            load_image(EXAMPLES / folder / f"{name}.jpg").pixels
            for folder, name in zip(("content", "styles"), pair.split("/"), strict=True)
        )
        scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
        prepared = method.prepare(ImageInputs(content, Style((style,))), asked.size)
        bench, seconds = Bench(pair, method, prepared, scorer, plan), there["tpe"].seconds if "tpe" in there else None
        for arm in left:
            if time.monotonic() - began > 60 * asked.minutes:
                return
            sys.stderr.write(f"{pair}, seed {seed}: {arm}\n")
            mine = list(bench.search(arm, seed, seconds))
            seconds = mine[-1].seconds if seconds is None else seconds
            rows += mine
            write(table, mine)
    whole = [row for row in rows if (row.seed, row.pair) in searches and row.arm in arms]
    report(f"paths-{asked.size}", {"size": asked.size, "steps": asked.steps, **figures(whole, arms)})


def read(table: Path) -> list[Row]:
    """The pictures of all searches that were finished."""
    if not table.exists():
        return []
    with table.open(newline="") as file:
        kinds = [{"str": str, "int": int, "float": float}[str(each.type)] for each in fields(Row)]
        return [Row(*(kind(v) for kind, v in zip(kinds, line, strict=True))) for line in list(csv.reader(file))[1:]]


def write(table: Path, rows: Sequence[Row]) -> None:
    """Append the pictures of one search."""
    new = not table.exists()
    with table.open("a", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if new:
            lines.writerow([each.name for each in fields(Row)])
        lines.writerows([f"{v:.5g}" if isinstance(v, float) else v for v in astuple(row)] for row in rows)


if __name__ == "__main__":
    main()
