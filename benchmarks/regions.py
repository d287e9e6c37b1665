"""Seams: how steep pictures are across the edge of what a mask leaves as it is, against the content.

    python -m benchmarks.regions [--size 256] [--out FOLDER] [METHOD ...]

The content is scikit-image's astronaut, her face kept, and chelsea's upper half; the style comes with autostyle. Beside
each method with the mask stands the same method without one, the content's part pasted on it afterwards: what a person
would do by hand. Steepness is the mean absolute step from a pixel inside the edge to one outside, two pixels apart
along the edge's normal, so that one picture's texture is not another's seam; 1 is as steep as the content itself there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import cv2
import numpy as np
from skimage import data

from autostyle import named_styles
from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image, resize, save_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.regions import regions_of
from autostyle.vision.find_regions import find_region
from autostyle.vision.weights import Weights

STYLE = "swirling-night.webp"


def steepness(picture: Pixels, kept: np.ndarray) -> float:
    """The mean step across the 0.5 edge of ``kept``, (H, W)."""
    soft = cv2.GaussianBlur(kept, (0, 0), 2)
    across, down = (cv2.Sobel(soft, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    length = np.hypot(across, down)
    y, x = np.nonzero((np.abs(kept - 0.5) < 0.5) & (length > 1e-3))
    if not len(y):
        inside = kept >= 0.5
        edge = inside & ~cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & (length > 1e-3)
        y, x = np.nonzero(edge)
    step = np.stack([across[y, x], down[y, x]]) / length[y, x]

    def at(sign: float) -> np.ndarray:
        places = ((x + sign * step[0])[None].astype(np.float32), (y + sign * step[1])[None].astype(np.float32))
        return cv2.remap(picture, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]

    return float(np.abs(at(1.0) - at(-1.0)).mean())


def contents(size: int) -> dict[str, tuple[Pixels, np.ndarray]]:
    """Pictures, each with how far its places are kept."""
    face = resize((data.astronaut() / 255).astype(np.float32), size)
    cat = resize((data.chelsea() / 255).astype(np.float32), size)
    half = np.zeros(cat.shape[:2], np.float32)
    half[: len(half) // 2] = 1
    return {"face": (face, find_region(face, "face").places), "half": (cat, half)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("methods", nargs="*", default=["microast", "adain", "gatys"])
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    style = load_image(named_styles.FOLDER / STYLE).as_style.pixels
    weights = Weights.open(offline=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in args.methods:
            method = registry.create(name)
            method.load(weights, "cpu")
            for case, (content, kept) in contents(args.size).items():
                mask = Path(folder) / f"{case}.png"
                save_image(mask, np.repeat(1 - kept[..., None], 3, axis=2), overwrite=True)
                aids = {"content_mask": (mask,)}
                params = registry.complete(name, {})
                made = [
                    method.run(method.prepare(ImageInputs(content, Style((style,)), aids=a), args.size), params, seed=0)
                    for a in (aids, {})
                ]
                masked, whole = (one.image for one in made)
                pasted = np.where((kept >= 0.5)[..., None], content, whole)
                regions = regions_of(aids, Style((style,)), *content.shape[:2])
                assert regions is not None
                same = float(np.abs(masked - content)[regions.kept == 1].max())
                own = steepness(content, kept)
                ratios = {"masked": steepness(masked, kept) / own, "pasted": steepness(pasted, kept) / own}
                print(json.dumps({"method": name, "case": case, **ratios, "kept_differs": same}), flush=True)
                if args.out is not None:
                    args.out.mkdir(parents=True, exist_ok=True)
                    save_image(args.out / f"{name}-{case}.png", np.hstack([content, masked, pasted]), overwrite=True)


if __name__ == "__main__":
    main()
