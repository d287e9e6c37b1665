"""The same settings at 192, 512 and 1024 px: how far the anchored scores move (mean over 8 settings and 2 pairs)."""

from __future__ import annotations

import statistics
from typing import Any

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.gatys.spec import GatysParams
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report

SIZES = (192, 512, 1024)
PAIRS = 2
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"style_weight": 0.2},
    {"style_weight": 5.0},
    {"content_layers": "relu4_1"},
    {"style_loss": "gram"},
    {"style_loss": "sliced"},
    {"recolor": 0.0},
    {"style_scale": 0.6},
)


def moved(pair: int, setting: dict[str, Any]) -> dict[str, Any]:
    """The scores of one setting on one pair at every size, and their spread: how far the most distant two sizes are,
    averaged over the two scores."""
    content, style = pictures()[pair]
    weights = Weights.open(offline=True)
    method = registry.create("gatys")
    method.load(weights, "cpu")
    scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    inputs, params = ImageInputs(content, Style((style,))), GatysParams(**setting)
    scores = {size: scorer.score(method.run(method.prepare(inputs, size), params, seed=0).image) for size in SIZES}
    found = {
        "style": {size: round(score.objectives["style"], 3) for size, score in scores.items()},
        "content": {size: round(score.objectives["content"], 3) for size, score in scores.items()},
    }
    spread = statistics.mean(max(values.values()) - min(values.values()) for values in found.values())
    return {"pair": pair, "setting": setting, **found, "spread": round(spread, 4)}


def main() -> None:
    rows = [moved(pair, setting) for pair in range(PAIRS) for setting in SETTINGS]
    report("sizes", {"mean_spread": statistics.mean(row["spread"] for row in rows), "wanted": "<= 0.05", "rows": rows})


if __name__ == "__main__":
    main()
