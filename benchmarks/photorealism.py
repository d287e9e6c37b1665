"""Whether photographs stay photographs: straight lines, edges and flat places under the methods made for that.

    python -m benchmarks.photorealism --pictures DIR [--size 192] [--sheet DIR]

A drawing of straight edges between flat colours, and pairs of photographs, each painted by ``gatys`` (as it is, and at
a fifth of its weight), ``deep_photo`` and ``photo_wct``. Of the drawing: by how many pixels its edges deviate from
straight lines, and what fine texture its flat places have. Of the pairs: style and content of the profile ``photo``,
with edges, new texture and banding alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from autostyle.codecs.color import luma
from autostyle.codecs.image import load_image, resize, save_image
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Pixels, Style
from autostyle.methods.params import Value
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.weights import Weights
from benchmarks.common import report

PAIRS = (
    ("cid22_1370704", "cid22_2444429"),  # houses, a mountain at dusk
    ("cid22_2272939", "cid22_169647"),  # a street by day, a city by night
    ("cid22_pexels-photo-2811087", "7a7ab63f093cab"),  # a face, a face in coloured light
)
SIDES: tuple[tuple[str, str, Mapping[str, Value]], ...] = (
    ("gatys", "gatys", {}),
    ("gatys, style_weight 0.2", "gatys", {"style_weight": 0.2}),
    ("deep_photo, laplacian_weight 1000", "deep_photo", {"laplacian_weight": 1000.0}),
    ("deep_photo", "deep_photo", {}),
    ("photo_wct", "photo_wct", {}),
    ("photo_wct, alpha 1", "photo_wct", {"alpha": 1.0}),
    ("photo_wct, alpha 1, unsmoothed", "photo_wct", {"alpha": 1.0, "smooth_radius": 0.0}),
)
LINES = ((0.16, 0.1), (0.35, -0.12), (0.59, 0.05), (0.78, 0.12))
"""Of the drawing: where an edge is at the top, as a share of its width, and how far it goes to the right a row."""
COLORS = ((0.75, 0.8, 0.85), (0.2, 0.25, 0.3), (0.7, 0.4, 0.3), (0.3, 0.5, 0.35), (0.85, 0.75, 0.4))


def drawing(size: int) -> Pixels:
    """Straight edges at several slopes between flat colours, four times as fine and averaged."""
    y, x = np.mgrid[0 : 4 * size, 0 : 4 * size].astype(np.float32) / 4
    picture = np.full((4 * size, 4 * size, 3), COLORS[0], np.float32)
    for (start, slope), color in zip(LINES, COLORS[1:], strict=True):
        picture[x > start * size + slope * y] = color
    return np.asarray(cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA), np.float32)


def bend(picture: Pixels, reach: int = 6) -> float:
    """Root mean square of how far the drawing's edges are from the straight lines through them, in pixels."""
    size = picture.shape[0]
    steps = np.square(cv2.Sobel(cv2.GaussianBlur(picture, (0, 0), 0.8), -1, 1, 0, ksize=3)).sum(-1)
    rows = np.arange(size // 16, size - size // 16)
    found = []
    for start, slope in LINES:
        first = np.round(start * size + slope * rows - 0.5).astype(int) - reach
        near = np.stack([steps[row, at : at + 2 * reach + 1] for row, at in zip(rows, first, strict=True)])
        near = np.maximum(near - np.median(near, axis=1, keepdims=True), 1e-9)
        places = first + (near * np.arange(2 * reach + 1)).sum(1) / near.sum(1)
        found.append(np.square(places - np.polyval(np.polyfit(rows, places, 1), rows)).mean())
    return float(np.sqrt(np.mean(found)))


def flat_texture(picture: Pixels, content: Pixels) -> float:
    """Root mean square of what is finer than two pixels, where the content is flattest (two fifths of it)."""
    slopes = cv2.GaussianBlur(np.hypot(*np.gradient(luma(content))).astype(np.float32), (0, 0), 3)
    plane = luma(picture).astype(np.float32)
    fine = plane - cv2.GaussianBlur(plane, (0, 0), 2)
    return float(np.sqrt(np.square(fine[slopes <= np.quantile(slopes, 0.4)]).mean()))


def find(folder: Path, name: str) -> Pixels:
    """The picture whose file name has that in it."""
    return load_image(next(iter(sorted(folder.glob(f"*{name}*"))))).pixels


def painted(
    methods: dict[str, AnyMethod], content: Pixels, style: Pixels, size: int
) -> dict[str, tuple[Pixels, float]]:
    """What each side makes of it, and in how many seconds."""
    found = {}
    for label, name, settings in SIDES:
        prepared = methods[name].prepare(ImageInputs(content, Style((style,))), size)
        started = time.perf_counter()
        image = methods[name].run(prepared, registry.params(name).parse(dict(settings)), seed=0).image
        found[label] = image, round(time.perf_counter() - started, 1)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--sheet", type=Path)
    args = parser.parse_args(arguments)
    weights = Weights.open(offline=True)
    methods = {name: registry.create(name) for name in dict.fromkeys(name for _, name, _ in SIDES)}
    for method in methods.values():
        method.load(weights, "cpu")

    own, style = drawing(args.size), find(args.pictures, PAIRS[0][1])
    lines: dict[str, dict[str, float]] = {"itself": {"bend": bend(own), "flat_texture": flat_texture(own, own)}}
    for label, (image, seconds) in painted(methods, own, style, args.size).items():
        lines[label] = {"bend": bend(image), "flat_texture": flat_texture(image, own), "seconds": seconds}
    pairs = {}
    for first, second in PAIRS:
        content, style = resize(find(args.pictures, first), args.size), find(args.pictures, second)
        scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu", profile="photo")
        made = painted(methods, content, style, args.size)
        rows = pairs[f"{first}, {second}"] = dict[str, dict[str, float]]()
        for label, (image, seconds) in {"itself": (content, 0.0), **made}.items():
            scores = scorer.score(image)
            rows[label] = {
                **scores.objectives,
                **{name: scores.raw[name] for name in ("edges", "texture", "banding")},
                "flat_texture": flat_texture(image, content),
                "seconds": seconds,
            }
        if args.sheet:
            args.sheet.mkdir(parents=True, exist_ok=True)
            whole = (content, *(image for image, _ in made.values()))
            save_image(args.sheet / f"{first}.png", np.concatenate(whole, axis=1), overwrite=True)
    report("photorealism", {"size": args.size, "lines": lines, "pairs": pairs})


if __name__ == "__main__":
    main()
