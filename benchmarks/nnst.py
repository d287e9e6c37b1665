"""``nnst`` beside the front of ``gatys``: content at equal style, by the study's scorer and by the held-out metric.

    python -m benchmarks.nnst [--pairs pairs.json] [--size 256] [--sheets DIR] [--rows rows.json]

Both go along style weights from the same seed. Where the style that nnst reaches lies between two pictures of
gatys, theirs is taken between them on a straight line; what lies outside is left out and counted. ``pairs.json`` is a
list of [content, style] paths; without it the examples that come with autostyle are paired, each content with each of
three styles. Seconds are processor time of a whole path and the scoring of its pictures is not among them. DIR gets a
sheet of each pair: content, style, the picture of gatys with most nearly the style of nnst's by the held-out metric,
and nnst's. A run that was ended goes on from rows.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autostyle.codecs.image import load_image, save_image
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Style
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.weights import Weights
from benchmarks.common import EXAMPLES, gain, report
from benchmarks.pairs import tile

WEIGHTS = {"gatys": (0.1, 0.35, 0.6, 1.0, 1.8, 3.0, 8.0), "nnst": (0.35, 1.0, 3.0)}
SHOWN = 1.0
"""The weight whose picture by nnst is on a sheet."""
SIDES = tuple(WEIGHTS)
SCORERS = ("objectives", "held_out")
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--rows", type=Path)
    args = parser.parse_args()
    weights = Weights.open(offline=True)
    methods = {name: registry.create(name) for name in SIDES}
    for method in methods.values():
        method.load(weights, "cpu")
    rows: list[Row] = json.loads(args.rows.read_text()) if args.rows and args.rows.exists() else []
    wanted = pairs(args.pairs)
    for number, (content_path, style_path) in enumerate(wanted[len(rows) :], len(rows)):
        content, style = load_image(content_path).pixels, load_image(style_path).pixels
        scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu", model="embedded")
        inputs = ImageInputs(content, Style((style,)))
        made = {name: painted(method, inputs, args.size, scorer) for name, method in methods.items()}
        rows.append(
            {
                "content": content_path.name,
                "style": style_path.name,
                **{name: {"seconds": side["seconds"], "points": side["points"]} for name, side in made.items()},
                "at_equal_style": {by: ahead(made["gatys"]["points"], made["nnst"]["points"], by) for by in SCORERS},
            }
        )
        if args.rows:
            args.rows.write_text(json.dumps(rows))
        if args.sheets:
            shown = [made[name]["pictures"][at] for name, at in zip(SIDES, alike(made), strict=True)]
            args.sheets.mkdir(parents=True, exist_ok=True)
            save_image(args.sheets / f"{number}.png", tile([content, style, *shown], 240), overwrite=True)
    report("nnst", {"size": args.size, "weights": WEIGHTS, **summary(rows), "rows": rows})


def pairs(file: Path | None) -> list[tuple[Path, Path]]:
    if file is not None:
        return [(Path(content), Path(style)) for content, style in json.loads(file.read_text())]
    contents, styles = (sorted((EXAMPLES / kind).glob("*.jpg")) for kind in ("content", "styles"))
    return [
        (content, styles[(number + turn) % len(styles)])
        for turn in (0, 2, 4)
        for number, content in enumerate(contents)
    ]


def painted(method: AnyMethod, inputs: ImageInputs, size: int, scorer: ImageScorer) -> dict[str, Any]:
    """A path along WEIGHTS: its pictures, their scores, and its seconds."""
    prepared = method.prepare(inputs, size)
    params = registry.params(method.spec.name)()
    began = time.process_time()
    pictures = [made.image for made in method.run_path(prepared, params, WEIGHTS[method.spec.name], seed=0)]
    seconds = time.process_time() - began
    scores = [scorer.score(picture) for picture in pictures]
    points = [
        {"objectives": dict(one.objectives), "held_out": dict(one.held_out), "leakage": one.raw["leakage"]}
        for one in scores
    ]
    return {"pictures": pictures, "points": points, "seconds": seconds}


def alike(made: Mapping[str, Any]) -> tuple[int, int]:
    """Which picture of each side is shown: of gatys the one whose style, held out, is nearest."""
    shown = WEIGHTS["nnst"].index(SHOWN)
    front, others = ([one["held_out"]["style"] for one in made[name]["points"]] for name in SIDES)
    return min(range(len(front)), key=lambda at: abs(front[at] - others[shown])), shown


def ahead(front: Sequence[Row], others: Sequence[Row], by: str) -> list[float]:
    """How much more content each of ``others`` has than ``front`` at its style; nothing for those outside of it."""
    styles, contents = ([one[by][score] for one in front] for score in ("style", "content"))
    return [
        one[by]["content"] - max(crossed)
        for one in others
        if (crossed := list(crossings(styles, contents, one[by]["style"])))
    ]


def crossings(styles: Sequence[float], contents: Sequence[float], style: float) -> list[float]:
    """The contents at which a front, from picture to picture, comes by ``style``."""
    return [
        low_content + (high_content - low_content) * (style - low) / (high - low)
        for low, high, low_content, high_content in zip(styles, styles[1:], contents, contents[1:], strict=False)
        if min(low, high) <= style <= max(low, high) and low != high
    ]


def summary(rows: Sequence[Row]) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "seconds": {name: statistics.mean(row[name]["seconds"] for row in rows) for name in SIDES},
        "leakage": {  # at the weights that both painted
            name: statistics.mean(
                point["leakage"]
                for row in rows
                for weight, point in zip(WEIGHTS[name], row[name]["points"], strict=True)
                if weight in WEIGHTS["nnst"]
            )
            for name in SIDES
        },
    }
    for by in SCORERS:
        told = [statistics.mean(row["at_equal_style"][by]) for row in rows if row["at_equal_style"][by]]
        inside = sum(len(row["at_equal_style"][by]) for row in rows)
        found[f"content_at_equal_style_{by}"] = {
            **gain(told),
            "pairs": len(told),
            "pairs_ahead": sum(one > 0 for one in told),
            "pictures": inside,
            "outside": len(rows) * len(WEIGHTS["nnst"]) - inside,
        }
    return found


if __name__ == "__main__":
    main()
