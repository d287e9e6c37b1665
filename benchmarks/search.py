"""The tuner's hypervolume against random search: 32 trials, 5 seeds, 2 pairs, real pictures at a small size.

The tuner is what a study runs: presets, then its sampler. Random search draws every trial from the same space. A third
arm, random search after the same presets, shows what the sampler alone is worth.
"""

from __future__ import annotations

import statistics

import optuna
from scipy import stats

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import Scorer
from autostyle.tuning import sampler
from autostyle.tuning.pareto import hypervolume
from autostyle.tuning.space import space, starts
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report

TRIALS, SEEDS, PAIRS = 32, 5, 2
SIZE, STEPS = 128, 12
ARMS = {"tuner": ("auto", True), "random": ("random", False), "random_after_presets": ("random", True)}
"""arm -> (sampler, whether presets are tried first)."""


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    weights = Weights.open(offline=True)
    method = registry.create("gatys")
    method.load(weights, "cpu")
    spec = registry.built("gatys")
    plan = MethodPlan(name="gatys", fixed={"steps": STEPS})
    searched = space(spec, plan)
    rows = []
    for pair, (content, style) in enumerate(pictures()[:PAIRS]):
        scorer = Scorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
        prepared = method.prepare(ImageInputs(content, (style,)), SIZE)

        def objective(trial: optuna.Trial, prepared: object = prepared, scorer: Scorer = scorer) -> tuple[float, float]:
            sampled = {name: trial._suggest(name, dist) for name, dist in searched.searched.items()}
            params = searched.model.parse(searched.full(sampled))
            scores = scorer.score(method.run(prepared, params, seed=0).image)
            return scores.style, scores.content

        for seed in range(SEEDS):
            row: dict[str, object] = {"pair": pair, "seed": seed}
            for arm, (name, presets) in ARMS.items():
                study = optuna.create_study(directions=["maximize", "maximize"])
                if presets:
                    for start in starts(spec, plan, searched):
                        study.enqueue_trial({k: start.params[k] for k in searched.searched})
                chosen = sampler.choose(searched, TRIALS, 6.0)[0] if name == "auto" else name
                for number in range(TRIALS):
                    proposal_seed = sampler.seed(seed, "gatys", 0, number)
                    study.sampler = sampler.make(chosen, searched, proposal_seed)  # type: ignore[arg-type]
                    study.optimize(objective, n_trials=1)
                row[arm] = hypervolume([(t.values[0], t.values[1]) for t in study.trials])
            rows.append(row)
    gains = {}
    for arm in ("random", "random_after_presets"):
        found = [float(row["tuner"]) - float(row[arm]) for row in rows]  # type: ignore[arg-type]
        low, high = stats.t.interval(0.95, len(found) - 1, statistics.mean(found), stats.sem(found))
        gains[arm] = {"mean": statistics.mean(found), "interval_95": [float(low), float(high)]}
    means = {arm: statistics.mean(float(row[arm]) for row in rows) for arm in ARMS}  # type: ignore[arg-type]
    report(
        "search",
        {
            "hypervolume": means,
            "gain_over": gains,
            "wanted": "interval over random above 0",
            "size": SIZE,
            "rows": rows,
        },
    )


if __name__ == "__main__":
    main()
