"""Train the network that reads glyphs at 24 px, for the legibility of fonts.

    python -m training.glyph_reader --fonts DIR [DIR ...] --out DIR [--steps 1500] [--seed 0]

Letters, digits and Korean syllables of all fonts below the folders are drawn as FreeType draws them, and made worse:
paler, uneven in contrast, moved, scaled, thicker, thinner, noisy. It learns to tell them apart (cosines to a vector for
each character, cross-entropy); every sixth font is kept out, and its share of letters read right is what is reported.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import nn

from autostyle.errors import BadInput
from autostyle.scoring.letters.ink import inks
from autostyle.typography.characters import common_syllables
from autostyle.typography.font import read_font
from autostyle.vision.glyph_reader import SHARPNESS, SIDE, GlyphReader

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789&?!"
BATCH, RATE = 128, 3e-3


def glyphs(folders: list[Path], text: str) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """Ink (N, SIDE, SIDE), which character, and of which font."""
    found, which, font_of = [], [], []
    files = sorted(file for folder in folders for file in folder.rglob("*.[to]tf"))
    for number, file in enumerate(files):
        try:
            font = read_font(file).font
        except BadInput:
            continue
        known = "".join(one for one in text if ord(one) in font.characters)
        if len(known) < 26:
            continue
        found.append(inks(font, known)[0])
        which += [text.index(one) for one in known]
        font_of += [number] * len(known)
        print(file.name, len(known), flush=True)
    return np.concatenate(found), np.array(which), np.array(font_of)


def worse(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A glyph as styles make them."""
    made = ink
    if rng.random() < 0.3:
        kernel = np.ones((2, 2), np.uint8)
        made = np.asarray(cv2.dilate(made, kernel) if rng.random() < 0.5 else cv2.erode(made, kernel), np.float32)
    scale, (dx, dy) = rng.uniform(0.85, 1.15), rng.uniform(-2, 2, 2)
    matrix = np.array([[scale, rng.uniform(-0.15, 0.15), dx], [0, scale, dy]], np.float32)
    middle = (SIDE - 1) / 2
    matrix[:, 2] += middle - matrix[:, :2] @ [middle, middle]
    made = np.asarray(cv2.warpAffine(made, matrix, (SIDE, SIDE)))
    blobs = cv2.GaussianBlur(rng.normal(size=(SIDE, SIDE)).astype(np.float32), (0, 0), rng.uniform(0.7, 4))
    blobs = np.clip(0.6 + rng.uniform(0, 0.5) * blobs / max(float(blobs.std()), 1e-6), 0, 1)
    made = made * rng.uniform(0.15, 1.0) * blobs
    return np.asarray(np.clip(made + rng.normal(0, rng.uniform(0, 0.06), made.shape), 0, 1), np.float32)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fonts", type=Path, nargs="+", required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--steps", type=int, default=1500)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    rng = np.random.default_rng(given.seed)
    torch.manual_seed(given.seed)
    syllables = common_syllables()
    text = LATIN + "".join(syllables[:: len(syllables) // 300])
    ink, which, font_of = glyphs(given.fonts, text)
    kept_out = font_of % 6 == 5
    learnt, tested = np.flatnonzero(~kept_out), np.flatnonzero(kept_out)
    network, vectors = GlyphReader(), nn.Parameter(torch.randn(len(text), 64))
    optimizer = torch.optim.AdamW([*network.parameters(), vectors], lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, given.steps)
    began = time.process_time()
    for step in range(given.steps):
        picked = rng.choice(learnt, BATCH)
        seen = torch.from_numpy(np.stack([worse(ink[at], rng) for at in picked]))[:, None]
        cosines = network(seen) @ F.normalize(vectors, dim=1).T
        loss = F.cross_entropy(SHARPNESS * cosines, torch.from_numpy(which[picked]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            print(step, round(float(loss.detach()), 3), round(time.process_time() - began), "s", flush=True)
    given.out.mkdir(parents=True, exist_ok=True)
    figures: dict[str, float] = {}
    rated = {"plain": ink[tested], "worse": np.stack([worse(ink[at], np.random.default_rng(at)) for at in tested])}
    with torch.inference_mode():
        for name, pictures in rated.items():
            guesses = (network(torch.from_numpy(pictures)[:, None]) @ F.normalize(vectors, dim=1).T).argmax(1).numpy()
            figures[f"kept-out fonts, {name}"] = round(float((guesses == which[tested]).mean()), 4)
    figures |= {"characters": len(text), "fonts": len({*font_of.tolist()}), "steps": given.steps}
    weights = {name: value.half() for name, value in network.state_dict().items()}
    save_file(weights, given.out / "glyph_reader.safetensors")
    (given.out / "glyph_reader.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(figures)


if __name__ == "__main__":
    main()
