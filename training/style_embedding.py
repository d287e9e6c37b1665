"""Train the embedded style embedding: crops of one hand together, all others apart.

    python -m training.style_embedding --pictures DIR [DIR ...] [--drawn DIR] --photos DIR --out DIR

A class is a painting, a photograph, a drawn picture, or one random hand that repainted several photographs. The two
crops of a class share no pixel, and a batch is made of families of like palettes, so that near colours settle nothing.
In some of the batches every crop has its colours disturbed on its own; there the hand answers alone. In the others the
whole vector does, palette included, and the hand learns what the palette leaves open.

Source: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.vision.style_embedding import CROP, LONG_SIDE, StyleEmbedding, join, palette
from training.data import SUFFIXES, Pixels, crop, files, read, to_tensor
from training.repainted import Hand

HELD_STYLES = 12
FAMILY, NEAREST = 7, 24
"""Classes of like palette that enter a batch together, and how many nearest they are drawn from."""
TEMPERATURE = 0.1
Classes = dict[str, list[Pixels]]


def family(path: Path) -> str:
    """The drawn style a file belongs to: its name without the trailing number (``hatching-03.png`` -> ``hatching``)."""
    return re.sub(r"[-_.]?\d+$", "", path.stem)


def drawn_styles(folder: Path) -> tuple[Classes, Classes]:
    """(train, kept out): drawn pictures split by style. Twelve styles are kept out, with one picture each."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES):
        found[family(path)].append(path)
    names = sorted(found, key=lambda name: name[::-1])
    train = [path for name in names[HELD_STYLES:] for path in found[name]]
    held = [found[name][0] for name in names[:HELD_STYLES]]
    return singles(train), singles(held)


def singles(paths: list[Path]) -> Classes:
    """Every picture a class of its own."""
    return {path.name: [read(path, LONG_SIDE)] for path in paths}


def repainted(photos: list[Pixels], hands: int, each: int, seed: int) -> Classes:
    """``hands`` random hands, each repainting ``each`` of ``photos``."""
    rng = np.random.default_rng(seed)
    found: Classes = {}
    for number in range(hands):
        hand = Hand.random(rng)
        picks = rng.choice(len(photos), each, replace=False)
        found[f"hand-{seed}-{number}"] = [hand.paint(rng, photos[int(i)]) for i in picks]
    return found


def recolor(crops: Tensor, generator: torch.Generator) -> Tensor:
    """Every crop through its own random gamma, contrast and colour matrix (hue, saturation, gains)."""
    count = len(crops)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=generator) * (high - low) + low

    grey = torch.tensor([0.299, 0.587, 0.114]).expand(count, 3, 3)
    angle, axis = uniform(-1.6, 1.6, 1, 1), 3**-0.5
    cross = torch.tensor([[0, -axis, axis], [axis, 0, -axis], [-axis, axis, 0]])
    eye, ones = torch.eye(3), torch.full((3, 3), 1 / 3)
    hue = angle.cos() * eye + angle.sin() * cross + (1 - angle.cos()) * ones
    saturation = uniform(0.2, 1.6, 1, 1)
    matrix = (saturation * eye + (1 - saturation) * grey) @ hue * uniform(0.7, 1.3, 3, 1)
    out = torch.einsum("nij,njhw->nihw", matrix, crops.clamp(1e-3, 1) ** uniform(0.6, 1.7, 1, 1, 1))
    return (out + uniform(-0.12, 0.12, 1, 1, 1)).clamp(0, 1)


class Batches:
    """Endless batches of two crops from each of ``classes`` classes, in families of like palettes.

    The first of a family is drawn by its group's share; the others are among the nearest palettes of all groups.
    """

    def __init__(
        self, groups: list[tuple[float, Classes]], classes: int, size: int, recolored: float, seed: int
    ) -> None:
        self.pictures = [pictures for _, group in groups for pictures in group.values()]
        self.odds = np.concatenate([np.full(len(group), share / len(group)) for share, group in groups])
        self.families, self.size, self.recolored = classes // FAMILY, size, recolored
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        squares = [cv2.resize(pictures[0], (64, 64), interpolation=cv2.INTER_AREA) for pictures in self.pictures]
        palettes = palette(to_tensor([np.asarray(square, np.uint8) for square in squares]))
        self.nearest = (palettes @ palettes.T).argsort(dim=1, descending=True)[:, 1 : 1 + NEAREST].numpy()

    def one(self) -> tuple[Tensor, bool]:
        """Crops (2 x classes, 3, size, size) in 0..1, those of one class together, and whether recoloured."""
        chosen: dict[int, None] = {}
        for first in self.rng.choice(len(self.pictures), self.families, replace=False, p=self.odds):
            near = self.rng.choice(self.nearest[first], FAMILY - 1, replace=False)
            chosen |= dict.fromkeys([int(first), *map(int, near)])
        crops = to_tensor([view for number in chosen for view in self._views(self.pictures[number])])
        recolored = bool(self.rng.random() < self.recolored)
        if recolored:
            crops = recolor(crops, self.generator)
        noise = torch.randn(crops.shape, generator=self.generator)
        crops = crops + noise * (torch.rand(len(crops), 1, 1, 1, generator=self.generator) * 0.02)
        return crops.clamp(0, 1), recolored

    def _views(self, pictures: list[Pixels]) -> list[Pixels]:
        """A crop from each half of a picture, or from two pictures."""
        if len(pictures) > 1:
            parts = [pictures[int(i)] for i in self.rng.choice(len(pictures), 2, replace=False)]
        else:
            parts = list(halves(pictures[0]))
        return [self._view(part) for part in parts]

    def _view(self, picture: Pixels) -> Pixels:
        square = crop(self.rng, picture, self.size, zoom=(1 / 1.3, 1 / 0.8))
        if self.rng.random() < 0.2:
            _, code = cv2.imencode(".jpg", square, [cv2.IMWRITE_JPEG_QUALITY, int(self.rng.integers(50, 95))])
            square = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), dtype=np.uint8)
        return square


def contrast(vectors: Tensor, temperature: float) -> Tensor:
    """Supervised contrastive loss of unit vectors (2K, D) whose classes lie together, two each."""
    count = len(vectors)
    labels = torch.arange(count) // 2
    itself = torch.eye(count, dtype=torch.bool)
    logits = (vectors @ vectors.T / temperature).masked_fill(itself, -1e4)
    positive = (labels[:, None] == labels) & ~itself
    return -(F.log_softmax(logits, dim=1) * positive).sum(1).div(positive.sum(1)).mean()


def halves(picture: Pixels) -> tuple[Pixels, Pixels]:
    """Two parts of a picture that share no pixel, cut across its longer side."""
    height, width = picture.shape[:2]
    if width >= height:
        return picture[:, : width // 2], picture[:, width // 2 :]
    return picture[: height // 2], picture[height // 2 :]


def exam(classes: Classes, each: int = 6, seed: int = 9) -> tuple[list[Pixels], list[Pixels]]:
    """(gallery, queries): ``each`` crops a class. Queries come from another picture, or else the other half."""
    rng = np.random.default_rng(seed)
    gallery, queries = [], []
    for pictures in classes.values():
        here, there = (pictures[0], pictures[1]) if len(pictures) > 1 else halves(pictures[0])
        gallery += [crop(rng, here, CROP, zoom=(1, 1)) for _ in range(each)]
        queries += [crop(rng, there, CROP, zoom=(1, 1)) for _ in range(each)]
    return gallery, queries


def top1(gallery: NDArray[np.float32], queries: NDArray[np.float32], each: int = 6) -> NDArray[np.bool_]:
    """Whether each query's nearest gallery crop is of its own class; rows are unit vectors."""
    nearest = (queries @ gallery.T).argmax(1) // each
    return np.asarray(nearest == np.arange(len(queries)) // each)


def histogram(crops: Tensor) -> NDArray[np.float32]:
    """The baseline: Lab histograms of 8 x 8 x 8 bins as unit vectors for the Hellinger similarity."""
    rows = []
    for square in crops.permute(0, 2, 3, 1).numpy():
        lab = cv2.cvtColor(square, cv2.COLOR_RGB2LAB).reshape(-1, 3)
        counts, _ = np.histogramdd(lab, bins=8, range=((0, 100), (-80, 80), (-80, 80)))
        rows.append(np.sqrt(counts.ravel() / counts.sum()))
    return np.asarray(rows, dtype=np.float32)


@torch.no_grad()
def evaluate(model: StyleEmbedding, groups: dict[str, Classes]) -> dict[str, float]:
    """Top-1 retrieval over all groups' classes in one gallery, in all and by group, plain and recoloured."""
    model.eval()
    gallery, queries = exam({name: pictures for group in groups.values() for name, pictures in group.items()})
    plain, jittered = to_tensor(queries), recolor(to_tensor(queries), torch.Generator().manual_seed(1))
    found: dict[str, float] = {}
    for label, describe in (("embedding", lambda x: model(x).numpy()), ("histogram", histogram)):
        base = describe(to_tensor(gallery))
        for kind, crops in (("plain", plain), ("recolored", jittered)):
            hits = top1(base, describe(crops))
            found[f"{label} {kind}"] = round(float(hits.mean()), 4)
            start = 0
            for name, group in groups.items():
                count = 6 * len(group)
                if label == "embedding":
                    found[f"{label} {kind} {name}"] = round(float(hits[start : start + count].mean()), 4)
                start += count
    model.train()
    return found


def one_cycle(progress: float, warmup: float = 0.15) -> float:
    """The learning rate as a share of its peak: up and down half a cosine each; ``progress`` runs from 0 to 1."""
    place = progress / warmup if progress < warmup else (1 - progress) / (1 - warmup)
    return 0.5 - 0.5 * math.cos(math.pi * min(max(place, 0.0), 1.0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True, help="paintings; first the exam's")
    parser.add_argument("--photos", type=Path, required=True, help="photographs, also the ones repainted")
    parser.add_argument("--drawn", type=Path, help="pictures drawn by our code, named STYLE-NUMBER")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60, help="of training; the learning rate goes by this clock")
    parser.add_argument("--classes", type=int, default=56)
    parser.add_argument("--size", type=int, default=112)
    parser.add_argument("--recolored", type=float, default=0.5, help="share of batches whose crops are recoloured")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--hands", type=int, default=400)
    parser.add_argument("--every", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    paintings = singles([p for folder in args.pictures for p in files(folder, held=False)])
    photos = singles(files(args.photos, held=False))
    drawn, drawn_held = drawn_styles(args.drawn) if args.drawn else ({}, {})
    # Few photographs under many hands: the same scene in other styles is what a batch must tell apart.
    hands = repainted([p for (p,) in photos.values()][::4], args.hands, 4, args.seed)
    groups = [(0.4, paintings), (0.2, photos), (0.4, hands | drawn)]
    unseen = [p for (p,) in singles(files(args.photos, held=True)).values()]
    exams = {
        args.pictures[0].name: singles(files(args.pictures[0], held=True)),
        "hands": repainted(unseen, HELD_STYLES, 2, args.seed + 1),
        "drawn": drawn_held,
    }
    more = {folder.name: singles(files(folder, held=True)) for folder in args.pictures[1:]}
    batches = Batches(groups, args.classes, args.size, args.recolored, args.seed)
    model = StyleEmbedding().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if args.start:
        model.load_state_dict({k: v.float() for k, v in load_file(args.start).items()}, strict=False)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-3)
    history: list[dict[str, object]] = []
    started, losses = time.perf_counter(), []

    step, progress = 0, 0.0
    while progress < 1:
        step += 1
        optimizer.param_groups[0]["lr"] = args.rate * one_cycle(progress)
        crops, recolored = batches.one()
        with torch.autocast("cpu", torch.bfloat16):
            hand = model.hand(crops)
        # The palette's share leaves the cosines of the whole vector closer together.
        loss = (
            contrast(hand.float(), TEMPERATURE) if recolored else contrast(join(hand.float(), crops), TEMPERATURE / 2)
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        progress = (time.perf_counter() - started) / 60 / args.minutes
        losses.append(float(loss.detach()))
        if step % args.every == 0 or progress >= 1:
            row: dict[str, object] = {"step": step, "seconds": round(time.perf_counter() - started)}
            row |= {"loss": round(float(np.mean(losses)), 4), "top1": evaluate(model, exams)}
            row |= {"top1 of all": evaluate(model, exams | more)}
            losses = []
            history.append(row)
            print(json.dumps(row), flush=True)
            (args.out / "style_embedding.curve.json").write_text(json.dumps(history, indent=1))
            # BatchNorm's step counter is no weight, and half floats would wrap it.
            weights = {k: v.half().contiguous() for k, v in model.state_dict().items() if v.is_floating_point()}
            save_file(weights, args.out / "style_embedding.safetensors", {"format": "pt", "step": str(step)})


if __name__ == "__main__":
    main()
