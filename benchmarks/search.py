"""The tuner's hypervolume against random search: 32 trials, 10 seeds, 2 pairs, real pictures at a small size.

Both sides try the same presets first; then the tuner asks the sampler that its rule chooses for a study at the default
size, and random search draws from the same space. Every trial is kept in ``trials-gatys.csv`` beside the figures.
"""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import optuna
from scipy import stats

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs
from autostyle.methods.params import Value
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import Scorer
from autostyle.tuning import sampler
from autostyle.tuning.pareto import counted, hypervolume
from autostyle.tuning.space import space, starts
from autostyle.vision.weights import Weights
from benchmarks.common import OUT, pictures, report

TRIALS, SEEDS, PAIRS = 32, 10, 2
SIZE, STEPS = 128, 12
SECONDS = 7.0
"""What a trial of gatys takes at a study's default size on two cores, for the sampler's rule."""
ARMS = ("tuner", "random")
SPEC = registry.built("gatys")
PLAN = MethodPlan(name="gatys", fixed={"steps": STEPS})
SPACE = space(SPEC, PLAN)


@dataclass(frozen=True)
class Row:
    """One trial: where it belongs, what was tried, what it scored."""

    pair: int
    seed: int
    arm: str
    number: int
    params: dict[str, Value]
    style: float
    content: float


def search(pair: int, seed: int, arm: str) -> list[Row]:
    """The trials of one side under one seed on one pair of pictures."""
    content, style = pictures()[pair]
    weights = Weights.open(offline=True)
    method = registry.create("gatys")
    method.load(weights, "cpu")
    scorer = Scorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    prepared = method.prepare(ImageInputs(content, (style,)), SIZE)

    found: list[tuple[float, float]] = []

    def objective(trial: optuna.Trial) -> tuple[float, float]:
        sampled = {name: trial._suggest(name, distribution) for name, distribution in SPACE.searched.items()}
        scores = scorer.score(method.run(prepared, SPACE.model.parse(SPACE.full(sampled)), seed=0).image)
        found.append((scores.style, scores.content))
        return counted(found[-1])

    study = optuna.create_study(directions=["maximize", "maximize"])
    for start in starts(SPEC, PLAN, SPACE):
        study.enqueue_trial({name: start.params[name] for name in SPACE.searched})
    name = sampler.choose(SPACE, TRIALS, SECONDS)[0] if arm == "tuner" else "random"
    for number in range(TRIALS):
        study.sampler = sampler.make(name, SPACE, sampler.seed(seed, "gatys", 0, number))
        study.optimize(objective, n_trials=1)
    return [Row(pair, seed, arm, t.number, dict(t.params), *f) for t, f in zip(study.trials, found, strict=True)]


def figures(rows: Iterable[Row]) -> dict[str, object]:
    """Hypervolumes of every side, and the gain of the tuner with its interval."""
    points: dict[tuple[int, int, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        points[row.pair, row.seed, row.arm].append((row.style, row.content))
    volumes = {key: hypervolume(found) for key, found in points.items()}
    runs = sorted({(pair, seed) for pair, seed, _ in volumes})
    gains = [volumes[*run, "tuner"] - volumes[*run, "random"] for run in runs]
    low, high = stats.t.interval(0.95, len(gains) - 1, statistics.mean(gains), stats.sem(gains))
    return {
        "sampler": sampler.choose(SPACE, TRIALS, SECONDS)[1],
        "hypervolume": {arm: statistics.mean(volumes[*run, arm] for run in runs) for arm in ARMS},
        "gain": {"mean": statistics.mean(gains), "interval_95": [float(low), float(high)]},
        "wanted": "interval above 0",
        "trials": TRIALS,
        "size": SIZE,
        "rows": [{"pair": p, "seed": s, **{arm: round(volumes[p, s, arm], 4) for arm in ARMS}} for p, s in runs],
    }


def save(rows: Iterable[Row]) -> None:
    """Write ``trials-gatys.csv``: pair, seed, arm, number, the searched parameters, style, content."""
    with (OUT / "trials-gatys.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["pair", "seed", "arm", "number", *SPACE.searched, "style", "content"])
        for row in rows:
            values = [row.params[name] for name in SPACE.searched] + [row.style, row.content]
            shown = [f"{value:.6g}" if isinstance(value, float) else value for value in values]
            table.writerow([row.pair, row.seed, row.arm, row.number, *shown])


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    rows = [r for pair in range(PAIRS) for seed in range(SEEDS) for arm in ARMS for r in search(pair, seed, arm)]
    report("search", figures(rows))
    save(rows)


if __name__ == "__main__":
    main()
