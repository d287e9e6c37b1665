"""The one-pass methods beside each other on pairs of kept-out pictures: style at equal content, and flat places.

    python -m benchmarks.one_pass --pictures DIR --paintings DIR [--size 512] [--sheet DIR]

What is asked, by the held-out metric: at the content score of ``adain``'s defaults, ``microast`` has at least 1.4 times
its style (read off its picture at each of ALPHAS, straight lines between). Flat places, the quarter of the content's
tiles with the least steps from pixel to pixel, are to be no rougher than the flattest quarter of the style picture.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
from pathlib import Path
from typing import Any

import numpy as np

from autostyle.codecs.color import luma
from autostyle.codecs.image import load_image, save_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.tensors import resize_long, to_pixels, to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.encoders import PAIRS
from benchmarks.pairs import tile

FURTHER = (
    ("cid22_pexels-photo-6096399", "van_gogh_starry_night_1889"),
    ("cid22_2387876", "monet_water_lilies_1919"),
    ("cid22_3616956", "classic_14"),
    ("clic_7e499613c3e376ea93afb3649719abeb", "turner_shipwreck_1805"),
    ("clic_097cb426910ba8ce2525dd8bb7fb1777", "gris_portrait_of_picasso_1912"),
)
ALPHAS = (0.2, 0.4, 0.55, 0.7, 0.8, 0.9, 1.0)
TILE = 16


def roughness(pixels: Pixels) -> np.ndarray[Any, Any]:
    """Mean squared step of the luma from pixel to pixel in tiles of TILE pixels."""
    plane = luma(pixels)
    steps = np.diff(plane, axis=0)[:, :-1] ** 2 + np.diff(plane, axis=1)[:-1] ** 2
    height, width = (side // TILE * TILE for side in steps.shape)
    tiles = steps[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE)
    return np.asarray(tiles.mean(axis=(1, 3)))


def flat_ratio(image: Pixels, content: Pixels, style: Pixels) -> float:
    """Root mean squared step in the content's flattest tiles over that in the style picture's own flattest."""
    own, theirs = roughness(content), roughness(style)
    flattest, calm = own <= np.quantile(own, 0.25), theirs <= np.quantile(theirs, 0.25)
    return float(np.sqrt(roughness(image)[flattest].mean() / max(theirs[calm].mean(), (1 / 255) ** 2)))


def style_at(content: float, curve: list[dict[str, float]]) -> float:
    """The style score that a curve of alphas has at a content score; of its last point where it never falls so low."""
    for before, after in itertools.pairwise(curve):
        if before["content"] >= content >= after["content"]:
            share = (before["content"] - content) / max(before["content"] - after["content"], 1e-9)
            return before["style"] + share * (after["style"] - before["style"])
    return curve[-1]["style"] if content < curve[-1]["content"] else curve[0]["style"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--paintings", type=Path, required=True)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--sheet", type=Path, help="folder for a sheet of each pair")
    args = parser.parse_args()
    weights = Weights.open(offline=True)
    methods = {name: registry.create(name) for name in ("adain", "microast")}
    for method in methods.values():
        method.load(weights, "cpu")
    rows: list[dict[str, Any]] = []
    for photo, painting in (*PAIRS, *FURTHER):
        content = load_image(args.pictures / f"{photo}.jpg").pixels
        style = load_image(args.paintings / f"{painting}.jpg").pixels
        scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
        shown = [to_pixels(resize_long(to_tensor(picture), args.size)) for picture in (content, style)]
        inputs = ImageInputs(content, Style((style,)))

        def figures(image: Pixels) -> dict[str, float]:
            return dict(scorer.score(image).held_out) | {"flat": flat_ratio(image, *shown)}  # noqa: B023

        params = {name: registry.params(name)() for name in methods}
        prepared = {name: method.prepare(inputs, args.size) for name, method in methods.items()}
        before = methods["adain"].run(prepared["adain"], params["adain"], seed=0).image
        made = [
            result.image
            for result in methods["microast"].run_path(prepared["microast"], params["microast"], ALPHAS, seed=0)
        ]
        row = {
            "content": photo, "style": painting, "adain": figures(before),
            "untouched_flat": flat_ratio(shown[0], *shown),
            "microast": {alpha: figures(image) for alpha, image in zip(ALPHAS, made, strict=True)},
        }  # fmt: skip
        mark = row["adain"]
        found = style_at(mark["content"], list(row["microast"].values()))
        row |= {"style_at_equal_content": found, "ratio": found / max(mark["style"], 0.05)}
        rows.append(row)
        if args.sheet:
            args.sheet.mkdir(parents=True, exist_ok=True)
            sheet = tile([*shown, before, made[3], made[-1]], 512)
            save_image(args.sheet / f"{photo}-{painting}.png", sheet, overwrite=True)
    report(
        "one_pass",
        {
            "pairs": len(rows),
            "style_ratio": statistics.mean(r["style_at_equal_content"] for r in rows)
            / statistics.mean(r["adain"]["style"] for r in rows),
            "style_ratio_wanted": ">= 1.4",
            "median_ratio": statistics.median(r["ratio"] for r in rows),
            "flat": statistics.geometric_mean(r["microast"][1.0]["flat"] for r in rows),
            "flat_wanted": "<= 1",
            "adain_flat": statistics.geometric_mean(r["adain"]["flat"] for r in rows),
            "rows": rows,
        },
    )


if __name__ == "__main__":
    main()
