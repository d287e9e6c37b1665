"""Train the embedded encoder: VGG-16 with fewer channels, pruned, fitted by least squares, then trained to agree.

    python -m training.encoder --teacher vgg16_features.safetensors --pictures DIR [DIR ...] --paintings DIR [DIR ...]
        --out DIR [--start encoder.safetensors] [--seconds 3600]

The student has some of VGG-16's channels in every layer (training/pruning.py says which, and where it starts), so its
activations and their covariances are compared with the teacher's own, no map between them. It sees photographs,
paintings, drawings, flat skies, noise, and pictures in the middle of an optimisation *against itself*: what gatys does
is to look for pictures that the encoder is wrong about.

The teacher pads by reflection here and pools by the mean, as gatys does, or by the maximum. The student's layers are as
large as the teacher's, so that what a loss makes of their size (means against covariances) is the same for both.

Teacher: Simonyan & Zisserman, 2015. Distilling all activations: Romero et al., "FitNets", ICLR 2015.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.losses.style import moments
from autostyle.vision.encoder import EMBEDDED_WIDTHS, OXFORD_MEAN, VGG16_BLOCKS, Encoder, by_block, embedded_encoder
from training.data import Crops, files, read, to_tensor
from training.iterates import LAYERS, Iterates
from training.pruning import Kept, bias_of, convolution, prune

SIZE, BATCH = 112, 8
CROPS = 640
"""Pictures that the least squares see."""
MOMENTS = 3.0
"""Weight of the moments against the activations."""
BETWEEN = 0.3
"""Weight of the layers that no style loss compares."""
AVERAGE = 0.995
"""Decay of the average of the weights, which is what is kept."""


def teacher_network(file: Path) -> Encoder:
    """VGG-16 to relu5_1 by Caffe's names, for RGB in 0..1, padded by reflection."""
    blocks = (*VGG16_BLOCKS[:4], 1)
    widths = by_block((64, 128, 256, 512, 512), blocks)
    encoder = Encoder(widths, "relu5_1", OXFORD_MEAN, (1.0,) * 3, blocks=blocks, pooling="avg", style_unit=1.5)
    state = load_file(file)
    encoder.convs.load_state_dict({name: state[name] for name in encoder.convs.state_dict()})
    return encoder.eval().requires_grad_(False)


@torch.no_grad()
def scales(encoder: Encoder, images: Tensor) -> list[float]:
    """The RMS of every layer on ``images``."""
    return [float(features.square().mean().sqrt()) for features in encoder(images, encoder.layers).values()]


@torch.no_grad()
def rescale(encoder: Encoder, factors: Sequence[float]) -> Encoder:
    """``encoder`` with every layer times its factor, which the next one makes good for: nothing else changes."""
    before = 1.0
    for layer, factor in zip(encoder.layers, factors, strict=True):
        conv = convolution(encoder, layer)
        conv.weight.mul_(factor / before)
        bias_of(conv).mul_(factor)
        before = factor
    return encoder


def relative_error(found: Tensor, target: Tensor) -> Tensor:
    """Squared error over the target's variance, both summed over channels: 0 is perfect, 1 is its mean."""
    variance = (target - target.mean(dim=(0, 2, 3), keepdim=True)).square().mean()
    return (found.float() - target).square().mean() / variance


def moment_error(found: Tensor, target: Tensor) -> Tensor:
    """Squared error of each picture's means and covariances, over the target's own square and some of the batch's."""
    pairs = [(moments(a[None].float()), moments(b[None])) for a, b in zip(found, target, strict=True)]
    squares = [wanted.square().sum() for _, wanted in pairs]
    floor = 0.1 * sum(squares) / len(squares)
    errors = [(a - b).square().sum() / (s + floor) for (a, b), s in zip(pairs, squares, strict=True)]
    return torch.stack(errors).mean()


def errors(
    student: Encoder, teacher: Encoder, kept: Kept, image: Tensor, pooling: str
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Errors of the student's activations in every layer, and of its moments in those of style."""
    student.pooling = teacher.pooling = pooling
    image = image.contiguous(memory_format=torch.channels_last)
    with torch.no_grad():
        wanted = teacher(image, teacher.layers)
        targets = {k: wanted[k][:, kept[k.replace("relu", "conv")]].float() for k in student.layers}
    with torch.autocast("cpu", torch.bfloat16):
        found = student(image, student.layers)
    activations = {k: relative_error(found[k], targets[k]) for k in student.layers}
    return activations, {k: moment_error(found[k], targets[k]) for k in LAYERS}


@torch.no_grad()
def evaluate(
    student: Encoder, teacher: Encoder, kept: Kept, pictures: Sequence[Tensor], pooling: str
) -> dict[str, float]:
    """Error of every layer's activations, averaged over kept-out pictures."""
    rows = [errors(student, teacher, kept, picture, pooling)[0] for picture in pictures]
    return {k: round(float(np.mean([float(row[k]) for row in rows])), 4) for k in student.layers}


def save(student: Encoder, rms: Sequence[float], kept: Kept, file: Path) -> None:
    """Half precision, every layer as large as the teacher's, with the channels that were kept in the header."""
    whole = rescale(copy.deepcopy(student), rms)
    weights = {k: v.to(torch.float16).contiguous() for k, v in whole.state_dict().items()}
    save_file(weights, file, {"format": "pt", "teacher": "VGG-16", "kept": json.dumps(kept, separators=(",", ":"))})


def load(file: Path) -> tuple[Encoder, Kept]:
    """A student that :func:`save` wrote, of whatever widths."""
    with safe_open(file, "pt") as opened:
        kept: Kept = json.loads(opened.metadata()["kept"])
    student = embedded_encoder("avg", [len(channels) for channels in kept.values()])
    student.load_state_dict({k: v.float() for k, v in load_file(file).items()})
    return student, kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--paintings", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a student to go on from instead of pruning")
    parser.add_argument("--channels", type=Path, help="a student whose channels are kept instead of choosing anew")
    parser.add_argument("--widths", type=int, nargs="+", default=EMBEDDED_WIDTHS)
    parser.add_argument("--seconds", type=float, default=3600, help="of training after the least squares")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    teacher = teacher_network(args.teacher)
    photos, paintings = (
        [read(p, 512) for folder in folders for p in files(folder, held=False)]
        for folders in (args.pictures, args.paintings)
    )
    held = [
        to_tensor([read(p, 320)]) for folder in (*args.pictures, *args.paintings) for p in files(folder, held=True)[:12]
    ]
    iterates = Iterates(photos, paintings, args.seed)
    crops = Crops(photos + paintings, SIZE, args.seed, met=iterates.met)
    if args.start is None:
        for _ in range(24):
            iterates.add(teacher)
        chosen = load(args.channels)[1] if args.channels else None
        student = embedded_encoder("avg", args.widths)
        kept = prune(teacher, student, [crops.batch(16) for _ in range(CROPS // 16)], args.seed, chosen)
        save(student, [1.0] * len(student.layers), kept, args.out / "pruned.safetensors")
    else:
        student, kept = load(args.start)
        for _ in range(6):
            iterates.add(student)
    # Trained at unit scale, at which one rate suits all layers.
    rms = scales(teacher, crops.batch(64))
    rescale(teacher, [1 / r for r in rms])
    rescale(student, [1 / r for r in rms])
    train(student, teacher, rms, kept, crops, iterates, held, args.seconds, args.rate, rng, args.out)


def train(
    student: Encoder,
    teacher: Encoder,
    rms: Sequence[float],
    kept: Kept,
    crops: Crops,
    iterates: Iterates,
    held: Sequence[Tensor],
    seconds: float,
    rate: float,
    rng: np.random.Generator,
    out: Path,
) -> None:
    """Regress the teacher for ``seconds``; the averaged weights are written every five minutes."""
    half = copy.deepcopy(teacher)
    half.convs.to(torch.bfloat16)
    average = copy.deepcopy(student).requires_grad_(False)
    optimizer = torch.optim.AdamW(student.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=0.0)
    history: list[dict[str, object]] = []
    started = time.perf_counter()
    step, told, running = 0, -math.inf, 0.0
    while (done := (time.perf_counter() - started) / seconds) < 1 or told < step:
        if done >= 1 or time.perf_counter() - started - 300 * len(history) >= 0:
            told = step
            row: dict[str, object] = {
                "step": step,
                "seconds": round(time.perf_counter() - started),
                "train": round(running / (1 - 0.98**step), 4) if step else None,
                "kept_out": evaluate(average, half, kept, held, "avg"),
                "kept_out_max": evaluate(average, half, kept, held[::4], "max"),
            }
            history.append(row)
            print(json.dumps(row), flush=True)
            (out / "encoder.curve.json").write_text(json.dumps(history, indent=1))
            save(average, rms, kept, out / "encoder.safetensors")
            continue
        if step % 12 == 0:
            iterates.add(average)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 60) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        activations, statistics = errors(
            student, half, kept, crops.batch(BATCH), "max" if rng.random() < 0.3 else "avg"
        )
        loss = torch.stack([e if k in LAYERS else BETWEEN * e for k, e in activations.items()]).sum()
        loss = loss + MOMENTS * torch.stack(list(statistics.values())).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 0.5)
        optimizer.step()
        step += 1
        running = 0.98 * running + 0.02 * float(loss.detach())
        decay = min(AVERAGE, step / (step + 20))
        with torch.no_grad():
            for mean, now in zip(average.parameters(), student.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)


if __name__ == "__main__":
    main()
