"""Train the embedded look estimator: random looks on photographs, told from one photograph and held against another.

    python -m training.look --photos DIR [DIR ...] --out DIR [--start look.safetensors] [--seconds 3600] [--seed 0]

A look is drawn (grades.py) and laid on two photographs. The network sees the one that is graded and the other as it
is; its table is applied to the other, and the loss is how far that lies from the truth. Components begin as the
principal ones of random looks.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.codecs.lut_files import SIDE
from autostyle.vision.look_estimator import COMPONENTS, NODES, SEEN, LookEstimator
from training.data import Pixels, files, read
from training.grades import grades, natural

BATCH, POINTS = 64, 384
"""Pairs of a step, and colours of a content at which its table is held against the truth."""
VALIDATED = 12
"""Photographs that only tell how far it has come."""
AVERAGE = 0.999
FAINT = 0.01
"""Error, 0..1, below which nothing more is gained."""
COMPOSED = 0.35
"""Share of the squares that are put together of two photographs."""


class Photos:
    """Random squares of photographs, as the network sees them."""

    def __init__(self, pictures: list[Pixels], rng: np.random.Generator) -> None:
        self.pictures, self.rng = pictures, rng

    def squares(self, n: int) -> Tensor:
        """(n, 3, SEEN, SEEN), values 0..1: mostly large parts of photographs, some mirrored."""
        return torch.from_numpy(np.stack([self.one() for _ in range(n)])).permute(0, 3, 1, 2).float().div_(255)

    def one(self) -> Pixels:
        """A photograph, or parts of two beside each other: two hundred photographs alone are soon known by heart."""
        if self.rng.random() < COMPOSED:
            first, second = self.part(), self.part().copy()
            split = int(self.rng.integers(SEEN // 4, 3 * SEEN // 4))
            if self.rng.random() < 0.5:
                second[split:] = first[split:]
            else:
                second[:, split:] = first[:, split:]
            return second
        return self.part()

    def part(self) -> Pixels:
        picture = self.pictures[int(self.rng.integers(len(self.pictures)))]
        height, width = picture.shape[:2]
        if self.rng.random() < 0.7:
            share = np.sqrt(self.rng.uniform(0.12, 1.0))
            tall = int(np.clip(height * share * self.rng.uniform(0.8, 1.25), SEEN, height))
            wide = int(np.clip(width * share * self.rng.uniform(0.8, 1.25), SEEN, width))
            top, left = int(self.rng.integers(height - tall + 1)), int(self.rng.integers(width - wide + 1))
            picture = picture[top : top + tall, left : left + wide]
        square = np.asarray(cv2.resize(picture, (SEEN, SEEN), interpolation=cv2.INTER_AREA), np.uint8)
        return square[:, ::-1] if self.rng.random() < 0.5 else square


def examples(photos: Photos, n: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Graded photographs and straight ones (n, 3, SEEN, SEEN), colours of these and what they become (n, P, 3)."""
    rng = photos.rng
    both = photos.squares(2 * n).flatten(2).transpose(1, 2)
    both = natural(rng, 2 * n)(both)
    style, content = both[:n], both[n:]
    some = content[:, torch.from_numpy(rng.permutation(SEEN * SEEN)[:POINTS])]
    graded = grades(rng, n)(torch.cat([style, some], dim=1))
    shown, straight = (pixels.transpose(1, 2).unflatten(2, (SEEN, SEEN)) for pixels in (graded[:, : SEEN**2], content))
    return shown, straight, some, graded[:, SEEN**2 :]


def apply_nodes(nodes: Tensor, steps: Tensor, pixels: Tensor) -> Tensor:
    """(N, P, 3) colours through tables given by their nodes: what those of :meth:`LookEstimator.whole` make of
    them by trilinear interpolation, for a few colours in less time."""
    at = pixels.clamp(0, 1) * (SIDE - 1)
    low = at.floor().clamp_max(SIDE - 2).long()
    weights = steps[low] * (1 - (at - low))[..., None] + steps[low + 1] * (at - low)[..., None]
    red, green, blue = weights.unbind(2)
    flat = nodes.flatten(1, 3)  # (N, 3 blue green, red)
    found = torch.bmm(red, flat.transpose(1, 2)).unflatten(2, (3, NODES, NODES))
    found = (found * green[:, :, None, None, :]).sum(4)
    made: Tensor = pixels + (found * blue[:, :, None, :]).sum(3)
    return made


def principal(rng: np.random.Generator, looks: int = 3000) -> tuple[Tensor, Tensor]:
    """Mean and principal components of what random looks add at the nodes."""
    axis = torch.linspace(0, 1, NODES)
    blue, green, red = torch.meshgrid(axis, axis, axis, indexing="ij")
    lattice = torch.stack([red, green, blue], dim=-1).reshape(1, -1, 3).expand(looks, -1, -1)
    added = (grades(rng, looks)(lattice) - lattice).transpose(1, 2).flatten(1)
    mean = added.mean(0)
    _, sizes, axes = torch.pca_lowrank(added, COMPONENTS, niter=3)
    scaled = axes.T * (sizes[:, None] / math.sqrt(looks))
    shape = (3, NODES, NODES, NODES)
    return mean.view(shape), scaled.view(COMPONENTS, *shape)


def error(net: LookEstimator, batch: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    """Root mean squared error of each pair, (N,)."""
    style, content, before, after = batch
    seen = net.embed(torch.cat([style, content]))
    nodes = net.nodes(seen[: len(style)], seen[len(style) :])
    return ((apply_nodes(nodes, net.steps, before) - after).square().mean(dim=(1, 2)) + 1e-6).sqrt()


def decibels(rms: Tensor) -> float:
    return float((-20 * torch.log10(rms)).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    pictures = [read(path, 256) for folder in args.photos for path in files(folder, held=False)]
    held = {round(i * (len(pictures) - 1) / (VALIDATED - 1)) for i in range(VALIDATED)}
    known = Photos([p for i, p in enumerate(pictures) if i not in held], rng)
    unseen = Photos([p for i, p in enumerate(pictures) if i in held], np.random.default_rng(args.seed + 1))
    net = LookEstimator()
    if args.start:
        net.load_state_dict({k: v.float() for k, v in load_file(args.start).items()})
    else:
        mean, components = principal(rng)
        with torch.no_grad():
            net.mean.copy_(mean)
            net.components.copy_(components)
            last = net.head[-1]
            assert isinstance(last, nn.Linear)
            last.weight.mul_(0.1)
    train(net, known, [examples(unseen, BATCH) for _ in range(6)], args.seconds, args.rate, args.out)


def train(
    net: LookEstimator,
    photos: Photos,
    unseen: list[tuple[Tensor, Tensor, Tensor, Tensor]],
    seconds: float,
    rate: float,
    out: Path,
) -> None:
    """For ``seconds``; the averaged weights and the curve are written every two minutes."""
    average = copy.deepcopy(net).requires_grad_(False).eval()
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=1e-3)
    history: list[dict[str, float]] = []
    untouched = [((before - after).square().mean(dim=(1, 2)) + 1e-6).sqrt() for _, _, before, after in unseen]
    print("untouched:", round(decibels(torch.cat(untouched)), 2), "dB", flush=True)
    found: list[Tensor] = []
    started, step = time.perf_counter(), 0
    while True:
        done = (time.perf_counter() - started) / seconds
        if done >= 1 or done * seconds >= 120 * (len(history) + 1):
            with torch.no_grad():
                ahead = torch.cat([error(average, batch) for batch in unseen])
            row: dict[str, float] = {"step": step, "seconds": round(done * seconds), "cpu": round(time.process_time())}
            row |= {"learnt_db": round(decibels(torch.cat(found)), 3), "unseen_db": round(decibels(ahead), 3)}
            found = []
            history.append(row)
            print(json.dumps(row), flush=True)
            (out / "look.curve.json").write_text(json.dumps(history, indent=1))
            weights = {k: v.to(torch.float16).contiguous() for k, v in average.state_dict().items()}
            save_file(weights, out / "look.safetensors", {"format": "pt", "step": str(step)})
            if done >= 1:
                return
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        each = error(net, examples(photos, BATCH))
        optimizer.zero_grad(set_to_none=True)
        # In decibels: a look that is hardly any is not to be lost among strong ones.
        torch.log(each.square() + FAINT**2).mean().backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        found.append(each.detach())
        with torch.no_grad():
            decay = min(AVERAGE, step / (step + 20))
            for mean, now in zip(average.parameters(), net.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)


if __name__ == "__main__":
    main()
