"""What an encoder paints, judged by VGG-16: gatys with it against gatys with VGG-16 itself, in VGG-16's own loss.

    python -m benchmarks.encoders --teacher FILE --pictures DIR --paintings DIR [--units 1.5 2]

``FILE`` is the true VGG-16, which is no part of autostyle, and the two folders hold the pictures of PAIRS, on none of
which the embedded encoder was trained. A ratio of 1 is VGG-16's own painting; one style_weight means the same where
content and style stand to each other as they do there.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from autostyle.codecs.color import ColorSpread, recolor
from autostyle.codecs.image import fit_size, load_image
from autostyle.codecs.image import resize as shrink
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.gatys.objective import Aim, build, over_sizes, style_targets
from autostyle.methods.gatys.run import Gatys, pyramid_sizes
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.precision import fast
from autostyle.vision.tensors import resize, resize_long, to_tensor
from autostyle.vision.vgg import load_vgg
from autostyle.vision.weights import Weights
from benchmarks.common import OUT, report

SIZE = 256
PAIRS = (
    ("cid22_1583339", "hokusai_great_wave_1831"),
    ("cid22_3330118", "van_gogh_wheat_field_1889"),
    ("cid22_64271", "van_gogh_starry_night_1889"),
    ("cid22_2581922", "munch_scream_1893"),
    ("cid22_5739122", "kandinsky_composition_vii_1913"),
    ("clic_8bb119b8ca17492392e1e3ea4b811b32", "delaunay_portrait_1906"),
    ("cid22_7280783", "seurat_grande_jatte_1884"),
    ("clic_14ab4af28901fbeb1356b06d2d08ae06", "woman_in_peasant_dress_red_chalk"),
)
PARAMS = GatysParams()
Pair = tuple[Pixels, Pixels]


class With(Gatys):
    """Gatys with a given encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.device = fast(encoder, "cpu"), "cpu"


def paint(encoder: Encoder, pair: Pair) -> Pixels:
    """The defaults' picture of SIZE pixels: iterations at two sizes, 60 in all."""
    method = With(encoder)
    return method.run(method.prepare(ImageInputs(pair[0], Style((pair[1],))), SIZE), PARAMS, seed=0).image


@torch.no_grad()
def losses(judge: Encoder, pair: Pair, picture: Pixels) -> dict[str, float]:
    """Content and style loss of ``judge`` at the sizes and with the shares that gatys minimises, and their sum.

    Smoothness and gamut have no part in them.
    """
    content = to_tensor(recolor(pair[0], (ColorSpread.of(pair[1]),), (1.0,), PARAMS.recolor))
    height, width = content.shape[-2:]
    objectives = []
    for size in pyramid_sizes(height, width):
        shape = fit_size(height, width, size)
        kept, style = resize(content, shape).clamp(0, 1), resize_long(to_tensor(pair[1]), size)
        params = PARAMS.model_copy(update={"tv_weight": 0.0})
        targets = style_targets(judge, params, [style], (1.0,), seed=0)
        objectives.append((shape, build(judge, params, kept, [Aim(targets)], seed=0, finest=SIZE)))
    loss, image = over_sizes(objectives, PARAMS.coarse), to_tensor(picture).clamp(0, 1)
    both, alone = float(loss(image, PARAMS.style_weight)), float(loss(image, 0.0))
    return {"loss": both, "content": alone, "style": (both - alone) / PARAMS.style_weight}


def ratios(rows: list[dict[str, float]], own: list[dict[str, float]]) -> dict[str, Any]:
    """Geometric means over pairs of each loss relative to VGG-16's own picture."""
    found: dict[str, Any] = {
        key: round(statistics.geometric_mean([row[key] / base[key] for row, base in zip(rows, own, strict=True)]), 3)
        for key in ("loss", "content", "style")
    }
    found["balance"] = round(found["content"] / found["style"], 3)
    found["pairs"] = [round(row["loss"] / base["loss"], 3) for row, base in zip(rows, own, strict=True)]
    found["seconds"] = round(statistics.mean(row["seconds"] for row in rows), 1)
    return found


def judged(judge: Encoder, encoder: Encoder, pairs: list[Pair], name: str) -> list[dict[str, float]]:
    """Losses of every pair's picture; the pictures are kept beside the figures, to be looked at.

    VGG-16's own, which take longest, are painted once: remove the folder when gatys itself has changed.
    """
    rows = []
    (OUT / "encoders").mkdir(parents=True, exist_ok=True)
    for number, pair in enumerate(pairs):
        file = OUT / "encoders" / f"{name}-{number}.png"
        started = time.perf_counter()
        if encoder is not judge or not file.exists():
            pixels = (np.clip(paint(encoder, pair), 0, 1) * 255 + 0.5).astype(np.uint8)
            Image.fromarray(pixels).save(file)
        seconds = time.perf_counter() - started
        rows.append(losses(judge, pair, load_image(file).pixels) | {"seconds": seconds})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--teacher", type=Path, required=True, help="the true VGG-16")
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--paintings", type=Path, required=True)
    parser.add_argument("--units", type=float, nargs="*", help="style units to try instead of its own")
    parser.add_argument("--pairs", type=int, nargs="+", default=range(len(PAIRS)))
    args = parser.parse_args()

    pairs = [
        (
            shrink(load_image(args.pictures / f"{content}.jpg").pixels, SIZE),
            shrink(load_image(args.paintings / f"{style}.jpg").pixels, 2 * SIZE),
        )
        for content, style in (PAIRS[i] for i in args.pairs)
    ]
    weights = Weights.open(offline=True)
    judge = load_vgg("vgg16", args.teacher, "avg").eval().requires_grad_(False)
    before = weights.adain_encoder()
    before.pooling = "avg"
    encoders = {"embedded": weights.encoder("embedded", "cpu", "avg"), "before": before}
    own = judged(judge, judge, pairs, "vgg16")
    figures: dict[str, Any] = {
        "vgg16": {k: round(statistics.mean(row[k] for row in own), 3) for k in ("loss", "content", "style")}
    }
    for name, encoder in encoders.items():
        figures[name] = {}
        for unit in (args.units if name == "embedded" else None) or [encoder.style_unit]:
            encoder.style_unit = unit
            figures[name][f"{unit:g}"] = ratios(judged(judge, encoder, pairs, f"{name}-{unit:g}"), own)
    report("encoders", {"pairs": [PAIRS[i] for i in args.pairs], "wanted": "embedded loss <= 1.3", "by_unit": figures})


if __name__ == "__main__":
    main()
