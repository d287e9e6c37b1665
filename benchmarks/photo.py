"""How well a hidden look is recovered: a look nobody was trained on is laid on two photographs, and told from the one.

    python -m benchmarks.photo --photos DIR [DIR ...] [--looks 96] [--size 256]

The photographs are those of DIR that no training run saw (training/kept_out.json); the looks are chains of ffmpeg's
curves and colour filters (hidden_looks.py), which share no code with those of training. Each is laid on a content,
which is the truth, and on another photograph, which is the style. Beside ``look`` stand no change at all, Reinhard's
means and deviations in Lab, and the linear Monge-Kantorovitch map (MKL). ``visible`` are the looks that change the
style photograph by a root mean square of more than 1/20, as those do that people ask for; ``photographs`` are the looks
of which neither picture is a drawing: three of the kept-out files are diagrams.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from autostyle.codecs import Pixels
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.look.run import LookTransfer
from autostyle.methods.look.spec import LookParams
from autostyle.scoring.content import ssim
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.hidden_looks import filtered, hidden_look
from training.data import files, read

VISIBLE = 1 / 20
DRAWN = {"cid22_1454613116.jpg", "cid22_Abstract-Art-1.jpg", "cid22_Lungs-Cross-Section-Illustration.jpg"}
FAINTEST = 1e-6
"""Squared error, beyond which decibels say nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--looks", type=int, default=96)
    parser.add_argument("--size", type=int, default=256)
    args = parser.parse_args()
    paths = [path for folder in args.photos for path in files(folder, held=True)]
    photos = [read(path, args.size) / np.float32(255) for path in paths]
    method = LookTransfer()
    method.load(Weights.open(offline=True), "cpu")
    rng = np.random.default_rng(0)
    rows: list[dict[str, Any]] = []
    for number in range(args.looks):
        first, second = number % len(photos), (number * 7 + 3 + number // len(photos)) % len(photos)
        content, other = photos[first], photos[second]
        chain = hidden_look(rng)
        truth, style = filtered(content, chain), filtered(other, chain)
        made = {name: way(method, content, style) for name, way in WAYS.items()}
        figures = {
            name: {"psnr": psnr(picture, truth), "ssim": likeness(picture, truth)} for name, picture in made.items()
        }
        drawn = bool(DRAWN & {paths[first].name, paths[second].name})
        rows.append({"visible": rms(style, other) > VISIBLE, "drawn": drawn, "figures": figures})
    seen = [row for row in rows if row["visible"]]
    told = {"all": summary(rows), "visible": summary(seen)}
    told["photographs"] = summary([row for row in rows if not row["drawn"]])
    report(
        "photo",
        {"looks": args.looks, "visible_looks": len(seen), "size": args.size, "photographs": len(photos), **told},
    )


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Means and medians of every way, and how often it is nearer to the truth than no change at all."""
    found = {}
    for name in WAYS:
        each = [row["figures"][name] for row in rows]
        better = [row["figures"][name]["psnr"] > row["figures"]["untouched"]["psnr"] for row in rows]
        found[name] = {
            "psnr": round(statistics.mean(one["psnr"] for one in each), 2),
            "psnr_median": round(statistics.median(one["psnr"] for one in each), 2),
            "ssim": round(statistics.mean(one["ssim"] for one in each), 4),
            "better_than_untouched": round(statistics.mean(better), 3),
        }
    return found


def rms(one: Pixels, other: Pixels) -> float:
    return float(np.sqrt(np.square(one - other).mean()))


def psnr(made: Pixels, truth: Pixels) -> float:
    return float(-10 * np.log10(max(rms(made, truth) ** 2, FAINTEST)))


def likeness(made: Pixels, truth: Pixels) -> float:
    return ssim(to_tensor(made), to_tensor(truth))


def by_look(params: LookParams) -> Callable[[LookTransfer, Pixels, Pixels], Pixels]:
    def make(method: LookTransfer, content: Pixels, style: Pixels) -> Pixels:
        prepared = method.prepare(ImageInputs(content, Style((style,))), max(content.shape[:2]))
        return method.run(prepared, params, seed=0).image

    return make


def reinhard(method: LookTransfer, content: Pixels, style: Pixels) -> Pixels:
    """Means and deviations of CIE Lab. Source: Reinhard et al., "Color Transfer between Images", 2001."""
    own, goal = (cv2.cvtColor(np.ascontiguousarray(p, np.float32), cv2.COLOR_RGB2LAB) for p in (content, style))
    ends = [(lab.mean(axis=(0, 1)), lab.std(axis=(0, 1)) + 1e-3) for lab in (own, goal)]
    moved = (own - ends[0][0]) / ends[0][1] * ends[1][1] + ends[1][0]
    return np.clip(cv2.cvtColor(moved.astype(np.float32), cv2.COLOR_LAB2RGB), 0, 1)


WAYS: dict[str, Callable[[LookTransfer, Pixels, Pixels], Pixels]] = {
    "untouched": lambda method, content, style: content,
    "reinhard": reinhard,
    "mkl": by_look(LookParams(match=1, skin=0, smoothness=0.005)),
    "look": by_look(LookParams()),
    "look_and_transport": by_look(LookParams(match=0.3)),
}

if __name__ == "__main__":
    main()
