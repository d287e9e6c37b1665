"""The same settings at 192, 512 and 1024 px: how far the anchored scores move (mean over 8 settings and 2 pairs)."""

from __future__ import annotations

import statistics

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs
from autostyle.methods.gatys.spec import GatysParams
from autostyle.scoring.scorer import Scorer
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report

SIZES = (192, 512, 1024)
SETTINGS = (
    {},
    {"style_weight": 0.2},
    {"style_weight": 5.0},
    {"content_layers": "relu3_1"},
    {"style_loss": "gram"},
    {"style_loss": "sliced"},
    {"recolor": 0.0},
    {"style_scale": 0.6},
)


def main() -> None:
    weights = Weights.open(offline=True)
    method = registry.create("gatys")
    method.load(weights, "cpu")
    rows = []
    for index, (content, style) in enumerate(pictures()[:2]):
        scorer = Scorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
        inputs = ImageInputs(content, (style,))
        prepared = {size: method.prepare(inputs, size) for size in SIZES}
        for setting in SETTINGS:
            params = GatysParams(**setting)  # type: ignore[arg-type]
            scores = {size: scorer.score(method.run(prepared[size], params, seed=0).image) for size in SIZES}
            row = {
                "pair": index,
                "setting": setting,
                "style": {size: round(s.style, 3) for size, s in scores.items()},
                "content": {size: round(s.content, 3) for size, s in scores.items()},
            }
            # How far the most distant two sizes are, averaged over the two scores.
            spread = [max(v.values()) - min(v.values()) for v in (row["style"], row["content"])]  # type: ignore[attr-defined]
            rows.append(row | {"spread": round(statistics.mean(spread), 4)})
    report("sizes", {"mean_spread": statistics.mean(r["spread"] for r in rows), "wanted": "<= 0.05", "rows": rows})  # type: ignore[misc]


if __name__ == "__main__":
    main()
