"""Train the small generator that shows how StyleGAN's latents work: from noise to the head drawn from it.

    python -m training.stylegan --out DIR [--steps 8000] [--minutes 30]

No adversary: the drawing that a noise stands for is known (training/drawn/heads.py), and the generator regresses it.
What comes of it is a generator in the layout and with the latents of StyleGAN2, of drawings, not of photographs.
The same again goes on from the checkpoint in DIR.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from autostyle.codecs.image import save_image
from autostyle.vision.stylegan.dense import MAPPING_RATE, MappingNetwork
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.stylegan.stylegan2 import StackedSynthesis
from training.drawn.heads import NUMBERS, heads

SIDE, LATENT, DEPTH = 64, 32, 2
CHANNELS = (48, 48, 48, 32, 24)
BATCH, RATE = 16, 1e-2


def fresh() -> Generator:
    """An untrained one."""
    return Generator(MappingNetwork(NUMBERS, LATENT, DEPTH), StackedSynthesis(LATENT, CHANNELS))


def loss_of(made: Tensor, drawn: Tensor) -> Tensor:
    """Absolute differences at three sizes."""
    total = torch.zeros(())
    for size in (1, 2, 4):
        total = total + F.l1_loss(F.avg_pool2d(made, size), F.avg_pool2d(drawn, size))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--minutes", type=float, default=1e9)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    net = fresh()
    # The mapping's weights are stored over a hundredth: Adam's steps are as much larger.
    groups = [{"params": net.synthesis.parameters()}, {"params": net.mapping.parameters()}]
    optimizer = torch.optim.Adam(groups, RATE, betas=(0.5, 0.99))
    mean, first, checkpoint = {k: v.clone() for k, v in net.state_dict().items()}, 0, args.out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(kept["net"])
        optimizer.load_state_dict(kept["optimizer"])
        mean, first = kept["mean"], kept["step"]
    began, log = time.monotonic(), (args.out / "curve.csv").open("a")
    for step in range(first, args.steps):
        noise = torch.randn(BATCH, NUMBERS, generator=torch.Generator().manual_seed(step))
        for group, times in zip(optimizer.param_groups, (1.0, 1 / MAPPING_RATE), strict=True):
            group["lr"] = times * RATE * min(1.0, 2 * (1 - step / args.steps), (step + 1) / 100)
        loss = loss_of(net(net.mapping(noise)), heads(noise, SIDE))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            for name, value in net.state_dict().items():
                mean[name].lerp_(value, 0.002) if step > 200 else mean[name].copy_(value)
        over = step + 1 == args.steps or time.monotonic() - began > 60 * args.minutes
        if (step + 1) % 200 == 0 or over:
            print(step + 1, f"{loss.item():.4f}", file=log, flush=True)
            torch.save(
                {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "step": step + 1},
                checkpoint,
            )
            show(mean, args.out)
        if over:
            break


@torch.no_grad()
def show(mean: dict[str, Tensor], out: Path) -> None:
    """The generator as it ships, and a sheet: what was drawn above what it makes of the same noise."""
    net = fresh()
    net.load_state_dict(mean)
    some = torch.Generator().manual_seed(1)
    net.mapping.w_avg.copy_(net.mapping(torch.randn(4096, NUMBERS, generator=some)).mean(0))
    noise = torch.randn(8, NUMBERS, generator=some)
    rows = [torch.cat(list(each), 2) for each in (heads(noise, SIDE), net(net.mapping(noise)).clamp(0, 1))]
    sheet = np.ascontiguousarray(torch.cat(rows, 1).permute(1, 2, 0).numpy())
    save_image(out / "sheet.png", sheet, overwrite=True)
    kept = {k: v.half().contiguous() for k, v in net.state_dict().items() if "resample_filter" not in k}
    save_file(kept, out / "stylegan.safetensors")


if __name__ == "__main__":
    main()
