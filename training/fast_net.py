"""Train the embedded fast net on the named styles.

    python -m training.fast_net --photos DIR [DIR ...] --out DIR [--steps 5000] [--size 160]

The same again goes on from the last checkpoint. Loss: autostyle/train/fast/loss.py.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.codecs.image import load_image
from autostyle.named_styles import NAMED_STYLES
from autostyle.train.fast.loss import SPIKES, TOGETHER, Target, losses, painted_with_spikes
from autostyle.vision.encoder import embedded_encoder
from autostyle.vision.fast_net import FastNet
from autostyle.vision.net_files import described, write_metadata
from autostyle.vision.registry import EMBEDDED
from training.data import Pixels, crop, draw_abstract, draw_sky, files, read, to_tensor

PAIRS = 2
STYLE_SIDE = 512
AVERAGE = 0.996
STRONGEST = 30.0


def content(rng: np.random.Generator, photos: list[Pixels], size: int) -> Pixels:
    kind = rng.random()
    if kind < 0.05:
        return draw_sky(rng, size)
    if kind < 0.08:
        return draw_abstract(rng, size)
    return crop(rng, photos[int(rng.integers(len(photos)))], size, zoom=(0.8, 2.6))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--strongest", type=float, default=STRONGEST)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    eye = embedded_encoder("avg").eval().requires_grad_(False)
    eye.load_state_dict({k: v.float() for k, v in load_file(EMBEDDED / "encoder.safetensors").items()})
    eye.convs.to(torch.bfloat16, memory_format=torch.channels_last)  # type: ignore[call-overload]
    photos = [read(p, 640) for folder in args.photos for p in files(folder, held=False)]
    shown = [read(p, 384) for folder in args.photos for p in files(folder, held=True)][:24:8]
    rng = np.random.default_rng(args.seed)
    probes = [to_tensor([content(rng, photos, args.size) for _ in range(TOGETHER)]) for _ in range(12)]
    styles = [to_tensor([read(style.path, STYLE_SIDE)]) for style in NAMED_STYLES]
    targets = [Target.of(eye, style, probes, number) for number, style in enumerate(styles)]
    described_styles = [described(style.name, load_image(style.path).pixels) for style in NAMED_STYLES]
    net = FastNet(len(styles))
    with torch.no_grad():
        nn.init.constant_(net.deconv3.conv2d.bias, 0.5)  # type: ignore[arg-type]
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(net).requires_grad_(False)
    rows = [parameter for name, parameter in net.named_parameters() if ".conv2d." not in name and "in" in name]
    convs = [parameter for name, parameter in net.named_parameters() if ".conv2d." in name]
    optimizer = torch.optim.Adam([{"params": convs}, {"params": rows}], lr=args.rate, betas=(0.9, 0.99))
    step, history, checkpoint = 0, list[dict[str, float]](), args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, history = state["step"], state["history"]
    sums: dict[str, list[float]] = {}
    started = time.perf_counter()
    while step < args.steps:
        for group, faster in zip(optimizer.param_groups, (1, 8), strict=True):
            done = step / args.steps
            group["lr"] = (
                faster * args.rate * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
            )
        rng = np.random.default_rng((args.seed, step))
        wanted = [int(k) for k in rng.choice(len(styles), PAIRS, replace=False)]
        strengths = [1.0 if kind < 0.6 else 0.0 if kind > 0.94 else float(rng.uniform()) for kind in rng.random(PAIRS)]
        pixels = to_tensor([content(rng, photos, args.size) for _ in range(PAIRS * TOGETHER)])
        pixels = pixels.contiguous(memory_format=torch.channels_last)
        mix = mixes(wanted, strengths, net.rows).repeat_interleave(TOGETHER, dim=0)
        with torch.autocast("cpu", torch.bfloat16):
            painted, spikes = painted_with_spikes(net, pixels, mix)
        parts = losses(eye, pixels, painted, [targets[k] for k in wanted], strengths, args.strongest)
        parts["spikes"] = SPIKES * spikes
        optimizer.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        for name, part in parts.items():
            sums.setdefault(name, []).append(float(part.detach()))
        with torch.no_grad():
            decay = min(AVERAGE, step / (step + 20))
            for mean, now in zip(average.parameters(), net.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)
        if step % args.every == 0 or step == args.steps or step == 50:
            row: dict[str, float] = {"step": step, "seconds": round(time.perf_counter() - started)}
            row |= {"cpu": round(time.process_time())}
            row |= {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
            sums = {}
            history.append(row)
            print(json.dumps(row), flush=True)
            (args.out / "fast_net.curve.json").write_text(json.dumps(history, indent=1))
            save_file(
                {k: v.to(torch.float16).contiguous() for k, v in average.state_dict().items()},
                args.out / "fast_net.safetensors",
                write_metadata(described_styles, {"step": step}),
            )
            state = {"net": net.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
            part_file = checkpoint.with_suffix(".part")
            torch.save(state | {"step": step, "history": history}, part_file)
            part_file.replace(checkpoint)
            preview(average, shown, args.out / f"step-{step:05d}.png")


def mixes(styles: list[int], strengths: list[float], rows: int) -> Tensor:
    """Rows of a style, and of none for the rest."""
    mix = torch.zeros(len(styles), rows)
    for number, (style, strength) in enumerate(zip(styles, strengths, strict=True)):
        mix[number, style], mix[number, -1] = strength, 1 - strength
    return mix


@torch.inference_mode()
def preview(net: FastNet, shown: list[Pixels], file: Path) -> None:
    """One row a photograph, one column a style."""
    import cv2

    rows = []
    for photo in shown:
        square = photo[:256, :256]
        image = to_tensor([square])
        row = [image[0]]
        for number in range(net.styles):
            row.append(net(image, mixes([number], [1.0], net.rows))[0])
        row.append(net(image, mixes([0], [0.0], net.rows))[0])
        rows.append(torch.cat(row, dim=2))
    sheet = (torch.cat(rows, dim=1).clamp(0, 1) * 255).byte().permute(1, 2, 0).numpy()
    cv2.imwrite(str(file), sheet[..., ::-1])


if __name__ == "__main__":
    main()
