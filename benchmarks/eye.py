"""Whether the style score, and leakage, say what a person sees, on pictures that were judged by eye.

    python -m benchmarks.eye --teacher FILE --photos DIR --paintings DIR

``benchmarks/eye.json`` holds triples of a style picture and two pictures made of one photograph, which of the two is
more in the style (judged side by side, in random order, before anything was scored), and which pictures show things of
the style picture. What is missing of the pictures is painted first, under benchmarks/out/eye: an hour. ``FILE`` is the
true VGG-16; the two folders hold pictures that are no part of autostyle. Every other judgement of a kind was used to
choose the score; figures are given for both halves. Leakage and its limit were chosen on half of the pictures, too, and
told those of the other half as well (area under the curve 0.91 and 1.00); here are all of them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from autostyle.codecs.color import match_color
from autostyle.codecs.image import load_image, resize
from autostyle.methods import registry
from autostyle.methods.adain.spec import AdaINParams
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.spec import MOST_LEAKAGE
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.encoder import Encoder
from autostyle.vision.vgg import load_vgg
from autostyle.vision.weights import Weights
from benchmarks.common import EXAMPLES, OUT, report
from benchmarks.encoders import With

JUDGED = Path(__file__).with_name("eye.json")
SIZE = 256
SCORES = ("style score", "texture alone", "style model alone", "held-out metric")
SIDES = ("choosing", "judging")
Filter = Callable[[Pixels], Pixels]
"""Of the photograph in the style's palette: what an application offers that does not paint."""


def edges(picture: Pixels) -> Pixels:
    grey = cv2.cvtColor(_bytes(picture), cv2.COLOR_RGB2GRAY)
    lines = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 6)
    return picture * (0.3 + 0.7 * lines[..., None] / 255)


def canvas(picture: Pixels) -> Pixels:
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    return picture * (1 + 0.18 * np.sin(x * 2.1) * np.sin(y * 2.1))[..., None]


FILTERS: dict[str, Filter] = {
    "color": lambda picture: picture,
    "stylize": lambda picture: cv2.stylization(_bytes(picture), sigma_s=40, sigma_r=0.45) / np.float32(255),
    "posterize": lambda picture: np.round(picture * 5) / 5,
    "grain": lambda picture: picture + np.random.default_rng(1).normal(0, 0.12, (*picture.shape[:2], 1)),
    "median": lambda picture: cv2.medianBlur(_bytes(picture), 9) / np.float32(255),
    "sharpen": lambda picture: picture + 2 * (picture - cv2.GaussianBlur(picture, (0, 0), 2)),
    "canvas": canvas,
    "edges": edges,
}


class Pictures:
    """The pictures of JUDGED, by their names in it: painted where they are not there yet."""

    def __init__(self, data: dict[str, Any], folders: dict[str, Path], teacher: Path) -> None:
        self._files = {name: folders[place] / file for name, (place, file) in data["pictures"].items()}
        self._recipes, self._teacher, self._weights = data["recipes"], teacher, Weights.open(offline=True)
        self.given, self.scorer, self.figures = cache(self._given), cache(self._scorer), cache(self._figures)

    def _given(self, name: str, size: int) -> Pixels:
        return resize(load_image(self._files[name]).pixels, size)

    def _scorer(self, content: str, style: str) -> ImageScorer:
        pair = self.given(content, SIZE), (self.given(style, 2 * SIZE),)
        return ImageScorer.open(*pair, (1.0,), weights=self._weights, device="cpu", model="embedded")

    def _figures(self, content: str, style: str, painted: str, recipe: str) -> dict[str, float]:
        """Of what a recipe made of ``content`` and the style picture ``painted``, held against ``style``: the style
        score, its two parts between their anchors, the held-out metric, and leakage."""
        scorer = self.scorer(content, style)
        scores, ends = scorer.score(self.made(content, painted, recipe)), scorer.identity.anchors
        parts = {
            part: Anchors(ends[f"{part}.1.zero"], ends[f"{part}.1.one"]).place(scores.raw[f"{part}_similarity"])
            for part in ("texture", "style")
        }
        return {
            "style score": scores.objectives["style"],
            "texture alone": parts["texture"],
            "style model alone": parts["style"],
            "held-out metric": scores.held_out["style"],
            "leakage": scores.raw["leakage"],
        }

    def made(self, content: str, style: str, recipe: str) -> Pixels:
        file = OUT / "eye" / f"{content}-{style}-{recipe}.png"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(_bytes(self._paint(content, style, self._recipes[recipe]))).save(file)
        return load_image(file).pixels

    def _paint(self, content: str, style: str, recipe: dict[str, Any]) -> Pixels:
        pair = self.given(content, SIZE), self.given(style, 2 * SIZE)
        if "filter" in recipe:
            return FILTERS[recipe["filter"]](match_color(*pair))
        inputs = ImageInputs(pair[0], Style((pair[1],)))
        if recipe["method"] == "adain":
            adain = registry.create("adain")
            adain.load(self._weights, "cpu")
            image: Pixels = adain.run(adain.prepare(inputs, SIZE), AdaINParams(**recipe["params"]), seed=0).image
            return image
        gatys, params = With(self._encoder(recipe["encoder"])), GatysParams(**recipe["params"])
        *_, last = gatys.run_path(gatys.prepare(inputs, SIZE), params, recipe["path"], seed=0)
        return last.image

    def _encoder(self, name: str) -> Encoder:
        if name == "vgg16":
            return load_vgg("vgg16", self._teacher, "avg").eval().requires_grad_(False)
        if name == "embedded":
            return self._weights.encoder("embedded", "cpu", "avg")
        encoder = self._weights.adain_encoder()
        encoder.pooling = "avg"
        return encoder


def _bytes(picture: Pixels) -> Any:
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def sides(rows: list[dict[str, Any]], kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(0 or 1, row): every other row of a kind chooses, the others judge."""
    seen: dict[str, int] = defaultdict(int)
    for row in rows:
        yield seen[row[kind]] % 2, row
        seen[row[kind]] += 1


def agreement(pictures: Pictures, triples: list[dict[str, Any]]) -> dict[str, Any]:
    """How often each score takes the side of the person, by kind, and in both halves without ``leaked``."""
    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for side, row in sides(triples, "kind"):
        better, worse = (pictures.figures(row["content"], row["style"], *row[key]) for key in ("better", "worse"))
        for name in SCORES:
            hits[name][row["kind"]].append(better[name] > worse[name])
            if row["kind"] != "leaked":
                hits[name][SIDES[side]].append(better[name] > worse[name])
    return {name: {key: f"{sum(v)} of {len(v)}" for key, v in found.items()} for name, found in hits.items()}


def leaks(pictures: Pictures, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How leakage tells the pictures that show things of the style picture from the others."""
    found: dict[bool, list[float]] = defaultdict(list)
    for row in rows:
        figures = pictures.figures(row["content"], row["style"], row["style"], row["recipe"])
        found[row["shows"]].append(figures["leakage"])
    right = [[a > b for b in found[False]] for a in found[True]]
    over = {shows: f"{sum(v > MOST_LEAKAGE for v in values)} of {len(values)}" for shows, values in found.items()}
    return {
        "area under the curve": round(float(np.mean(right)), 2),
        "over the limit": over[True],
        "wrongly": over[False],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--teacher", type=Path, required=True, help="the true VGG-16")
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--paintings", type=Path, required=True)
    args = parser.parse_args()
    data = json.loads(JUDGED.read_text())
    folders = {"photos": args.photos, "paintings": args.paintings, "examples": EXAMPLES}
    pictures = Pictures(data, folders, args.teacher)
    report(
        "eye",
        {
            "agreement": agreement(pictures, data["triples"]), "wanted": "90 % in both halves",
            "leakage": leaks(pictures, data["things"]),
        },
    )  # fmt: skip


if __name__ == "__main__":
    main()
