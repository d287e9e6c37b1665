"""Plain ``stylize`` (defaults, no search) beside five-level WCT on pairs of one's own, by the held-out metric.

    python -m benchmarks.pairs --pairs pairs.json --teacher DIR [--size 512] [--sheet out.png]

``pairs.json`` is a list of [content, style] paths. What is asked: among the settings of style_weight tried, the one
that reaches WCT's style score keeps at least 1.5 times its content score.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path

import numpy as np

from autostyle.codecs.image import load_image, resize, save_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.gatys.spec import GatysParams
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.tensors import resize_long, to_pixels, to_tensor
from autostyle.vision.weights import Weights
from benchmarks import wct
from benchmarks.common import report

STYLE_WEIGHTS = (2.0, 0.3, 10.0)
"""The default first; then what a person would try."""


def tile(pictures: list[Pixels], width: int) -> Pixels:
    """Pictures side by side at the first one's shape, ``width`` pixels each."""
    height = round(width * pictures[0].shape[0] / pictures[0].shape[1])
    rows = []
    for picture in pictures:
        shrunk = resize(picture, max(round(width * max(1, picture.shape[0] / picture.shape[1])), 1))
        canvas = np.ones((height, width, 3), np.float32)
        part = shrunk[:height, :width]
        canvas[: part.shape[0], : part.shape[1]] = part
        rows.append(canvas)
    return np.concatenate(rows, axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--sheet", type=Path)
    args = parser.parse_args()
    weights = Weights.open(offline=True)
    method = registry.create("gatys")
    method.load(weights, "cpu")
    rows, tiles = [], []
    for content_path, style_path in json.loads(args.pairs.read_text()):
        content, style = load_image(Path(content_path)).pixels, load_image(Path(style_path)).pixels
        scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
        prepared = method.prepare(ImageInputs(content, Style((style,))), args.size)
        mark = to_pixels(
            wct.stylize(
                resize_long(to_tensor(content), args.size), resize_long(to_tensor(style), args.size), args.teacher
            )
        )
        wanted = scorer.score(mark).held_out
        tried = {}
        for weight in STYLE_WEIGHTS:
            image = method.run(prepared, GatysParams(style_weight=weight), seed=0).image
            tried[weight] = scorer.score(image).held_out
            if weight == STYLE_WEIGHTS[0]:
                tiles.append(tile([content, style, mark, image], 320))
        reaching = [s["content"] for s in tried.values() if s["style"] >= wanted["style"]]
        best = max(reaching, default=0.0)
        rows.append(
            {"content": Path(content_path).name, "style": Path(style_path).name, "wct": wanted, "gatys": tried,
             "reached": bool(reaching), "content_ratio": best / max(wanted["content"], 1e-3) if reaching else None}
        )  # fmt: skip
    default = STYLE_WEIGHTS[0]
    report(
        "pairs",
        {
            "pairs_reaching_wct_style": sum(bool(r["reached"]) for r in rows), "pairs": len(rows),
            "default_style": statistics.mean(r["gatys"][default]["style"] for r in rows),
            "default_content": statistics.mean(r["gatys"][default]["content"] for r in rows),
            "wct_style": statistics.mean(r["wct"]["style"] for r in rows),
            "wct_content": statistics.mean(r["wct"]["content"] for r in rows),
            "median_content_ratio": statistics.median(r["content_ratio"] for r in rows if r["reached"]),
            "wanted": ">= 1.5", "rows": rows,
        },
    )  # fmt: skip
    if args.sheet:
        height = sum(t.shape[0] for t in tiles)
        save_image(args.sheet, np.concatenate(tiles, axis=0)[:height], overwrite=True)


if __name__ == "__main__":
    main()
