"""The samplers' hypervolume against random search: 32 trials, 5 seeds, 2 pairs, real pictures at a small size.

All sides try the same presets first; then each asks its sampler for trials of the same space. Every trial is kept in
``trials-METHOD.csv`` beside the figures. Samplers were made on other seeds (``results/README.md``).
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import optuna

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.params import Value
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import ImageScorer
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of
from autostyle.tuning.pareto import clamp_point, hypervolume
from autostyle.tuning.search_space import SearchSpace, starts
from autostyle.vision.weights import Weights
from benchmarks.common import OUT, gain, pictures, report

TRIALS, SEEDS, PAIRS = 32, range(10, 15), 2
SIZE = 128
PLANS = {
    "gatys": MethodPlan(name="gatys", fixed={"steps": 12}),
    "adain": MethodPlan(name="adain"),
}
ARMS: tuple[sampler.Name, ...] = ("gp", "tpe", "random")


@dataclass(frozen=True)
class Row:
    """One trial: where it belongs, what was tried, what it scored."""

    pair: int
    seed: int
    arm: sampler.Name
    number: int
    params: dict[str, Value]
    style: float
    content: float


def search(plan: MethodPlan, pair: int, seed: int, arm: sampler.Name) -> list[Row]:
    """The trials of one side under one seed on one pair of pictures."""
    content, style = pictures()[pair]
    weights = Weights.open(offline=True)
    method = registry.create(plan.name)
    method.load(weights, "cpu")
    scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    prepared = method.prepare(ImageInputs(content, Style((style,))), SIZE)
    space = space_of(plan).single
    found: list[tuple[float, float]] = []

    def objective(trial: optuna.Trial) -> tuple[float, float]:
        sampled = {name: trial._suggest(name, distribution) for name, distribution in space.searched.items()}
        scores = scorer.score(method.run(prepared, space.model.parse(space.full(sampled)), seed=0).image)
        found.append((scores.objectives["style"], scores.objectives["content"]))
        return clamp_point(found[-1])

    study = optuna.create_study(directions=["maximize", "maximize"])
    for start in starts(registry.find_built(plan.name), plan, space):
        study.enqueue_trial({name: start.params[name] for name in space.searched})
    for number in range(TRIALS):
        study.sampler = sampler.make(arm, space, sampler.seed(seed, plan.name, 0, number))
        study.optimize(objective, n_trials=1)
    return [Row(pair, seed, arm, t.number, dict(t.params), *f) for t, f in zip(study.trials, found, strict=True)]


def figures(space: SearchSpace, rows: Sequence[Row]) -> dict[str, object]:
    """Hypervolumes of every side, and the gain of the tuner's sampler on the others with its interval."""
    points: dict[tuple[int, int, str], list[tuple[float, float]]] = {}
    for row in rows:
        points.setdefault((row.pair, row.seed, row.arm), []).append((row.style, row.content))
    volumes = {key: hypervolume(found) for key, found in points.items()}
    runs = sorted({(pair, seed) for pair, seed, _ in volumes})
    mine, why = sampler.choose("auto", space, TRIALS)
    return {
        "sampler": why,
        "hypervolume": {arm: statistics.mean(volumes[*run, arm] for run in runs) for arm in ARMS},
        "gain": {
            f"on {arm}": gain([volumes[*run, mine] - volumes[*run, arm] for run in runs]) for arm in ARMS if arm != mine
        },
        "wanted": "the interval on random above 0",
        "rows": [{"pair": p, "seed": s, **{arm: round(volumes[p, s, arm], 4) for arm in ARMS}} for p, s in runs],
    }


def save(method: str, space: SearchSpace, rows: Sequence[Row]) -> None:
    """Write ``trials-METHOD.csv``: pair, seed, arm, number, the searched parameters, style, content."""
    with (OUT / f"trials-{method}.csv").open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["pair", "seed", "arm", "number", *space.searched, "style", "content"])
        for row in rows:
            values = [row.params[name] for name in space.searched] + [row.style, row.content]
            shown = [f"{value:.6g}" if isinstance(value, float) else value for value in values]
            table.writerow([row.pair, row.seed, row.arm, row.number, *shown])


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    OUT.mkdir(exist_ok=True)
    found: dict[str, object] = {}
    for name, plan in PLANS.items():
        rows = []
        for pair in range(PAIRS):
            for seed in SEEDS:
                sys.stderr.write(f"{name}: pair {pair}, seed {seed}\n")
                rows += [row for arm in ARMS for row in search(plan, pair, seed, arm)]
        save(name, space_of(plan).single, rows)
        found[name] = figures(space_of(plan).single, rows)
    report("search", {"trials": TRIALS, "size": SIZE, **found})


if __name__ == "__main__":
    main()
