"""Fast nets beside gatys: frames a second, and scores on kept-out photographs in the styles that a net has learnt.

    python -m benchmarks.fast --photos DIR [--net NAME] [--size 512] [--steps 40] [--sheet DIR]

Scores are those of studies (style and content by the scorer), and the held-out ones; both methods have the same
photograph and the same style picture. Seconds are of a process, on one thread, of the net alone and of a whole run.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autostyle.codecs.image import load_image, save_image
from autostyle.fingerprints import stamp
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.fast_net.run import loaded
from autostyle.named_styles import NAMED_STYLES
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.net_files import head, named_net
from autostyle.vision.tensors import resize_long, to_pixels, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.pairs import tile

PHOTOS = (
    "cid22_pexels-photo-6096399",
    "cid22_2387876",
    "clic_7e499613c3e376ea93afb3649719abeb",
)
"""Kept-out photographs; each is painted in every style, or as many as are asked for in turn."""
ALPHAS = (0.5, 0.7, 0.85, 1.0)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of the process."""
    found = []
    for _ in range(times + 1):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return statistics.median(found[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--net", default="embedded")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--each", type=int, default=len(PHOTOS), help="photographs a style")
    parser.add_argument("--steps", type=int, default=40, help="of gatys")
    parser.add_argument("--gatys", type=int, default=10, help="how many pairs gatys paints, too")
    parser.add_argument("--sheet", type=Path, help="folder for a sheet of each style")
    args = parser.parse_args()
    torch.set_num_threads(1)
    weights, path = Weights.open(offline=True), named_net(args.net)
    methods = {name: registry.create(name) for name in ("fast_net", "gatys")}
    for method in methods.values():
        method.load(weights, "cpu")
    net, _ = loaded(path, stamp(path), "cpu")
    image = torch.rand(1, 3, args.size, args.size).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        alone = seconds(lambda: net(image, net.mix({0: 1.0}, 1.0)))
    rows: list[dict[str, Any]] = []
    for number, style in enumerate(NAMED_STYLES):
        painting, shown = load_image(style.path).pixels, []
        if head(path).find(painting) is None:
            continue
        for place, name in enumerate(np.roll(PHOTOS, -number)[: args.each]):
            content = load_image(args.photos / f"{name}.jpg").pixels
            scorer = ImageScorer.open(content, (painting,), (1.0,), weights=weights, device="cpu")

            def figures(made: Pixels) -> dict[str, float]:
                scores = scorer.score(made)  # noqa: B023
                held = {f"held_out_{key}": value for key, value in scores.held_out.items()}
                return {key: round(value, 3) for key, value in {**scores.objectives, **held}.items()}

            inputs = ImageInputs(content, Style((painting,)), aids={"net": (path,)})
            fast = methods["fast_net"].prepare(inputs, args.size)
            params = registry.params("fast_net")()
            made = [r.image for r in methods["fast_net"].run_path(fast, params, ALPHAS, seed=0)]
            row: dict[str, Any] = {"style": style.name, "content": name}
            row["fast_net"] = {str(a): figures(picture) for a, picture in zip(ALPHAS, made, strict=True)}
            if len(rows) == 0:
                row["run_seconds"] = seconds(lambda: methods["fast_net"].run(fast, params, seed=0), 3)  # noqa: B023
            shown += [to_pixels(resize_long(to_tensor(content), args.size)), made[1], made[-1]]
            if place == 0 and number < args.gatys:
                slow = methods["gatys"].prepare(inputs, args.size)
                began = time.process_time()
                painted = methods["gatys"].run(slow, registry.params("gatys")(steps=args.steps), seed=0).image
                row["gatys"] = figures(painted) | {"seconds": round(time.process_time() - began, 1)}
                shown.append(painted)
            rows.append(row)
        if args.sheet:
            args.sheet.mkdir(parents=True, exist_ok=True)
            save_image(args.sheet / f"{style.name}.png", tile(shown, 384), overwrite=True)
    both = [row for row in rows if "gatys" in row]
    report(
        "fast",
        {
            "net": args.net,
            "size": args.size,
            "seconds_of_the_net_on_one_thread": round(alone, 3),
            "frames_a_second_on_one_thread": round(1 / alone, 2),
            "mean": {str(a): _mean([row["fast_net"][str(a)] for row in rows]) for a in ALPHAS},
            "beside_gatys": {
                "pairs": len(both),
                "fast_net": {str(a): _mean([row["fast_net"][str(a)] for row in both]) for a in ALPHAS},
                "gatys": _mean([row["gatys"] for row in both]) if both else None,
            },
            "rows": rows,
        },
    )


def _mean(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(float(np.mean([row[key] for row in rows])), 3) for key in rows[0]}


if __name__ == "__main__":
    main()
