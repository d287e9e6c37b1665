"""Train the embedded encoder: regress a slim VGG-19 teacher's activations from our own initialisation.

    python -m training.encoder --teacher SE5.pth --pictures DIR [DIR ...] --out DIR

Every convolution sees the *teacher's* activation below it (teacher forcing), so all thirteen learn at once, and is
compared before the ReLU, where the problem is linear in the weights and no unit can die. What is judged is the student
on its own, from the picture up. Training it end to end as well was tried and made the deep layers worse.

The teacher's activations are divided by each layer's RMS, so the student's layers come out normalised, which every
loss downstream relies on.

Teacher: Wang et al., "Collaborative Distillation for Ultra-Resolution Universal Style Transfer", CVPR 2020.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn

from autostyle.vision.encoder import BLOCKS, Encoder, embedded_encoder
from training.data import Crops, files, read, to_tensor


class Teacher(nn.Module):
    """The slim VGG-19 teacher; returns each of its thirteen 3x3 convolutions' output before the ReLU."""

    def __init__(self, state: dict[str, Tensor]) -> None:
        super().__init__()
        self.state = {k: v.float() for k, v in state.items()}
        names = [f"{b}{c}" for b, count in enumerate(BLOCKS, 1) for c in range(1, count + 1)]
        self.names = names[: names.index("51") + 1]

    @torch.no_grad()
    def forward(self, image: Tensor) -> list[Tensor]:
        x = F.conv2d(image, self.state["conv0.weight"], self.state["conv0.bias"])
        found = []
        for name in self.names:
            if name.endswith("1") and name != "11":
                x = F.max_pool2d(x, 2)
            x = F.pad(x, (1, 1, 1, 1), mode="reflect")
            x = F.conv2d(x, self.state[f"conv{name}.weight"], self.state[f"conv{name}.bias"])
            found.append(x)
            x = F.relu(x)
        return found


def forced(student: Encoder, image: Tensor, targets: list[Tensor]) -> Iterator[Tensor]:
    """The student's convolutions before the ReLU, each computed from the teacher's activation below it.

    Before the ReLU the problem is linear in the weights, so no unit can die on the way.
    """
    before = (image - student.mean) / student.std
    for name, target in zip(student.layers, targets, strict=True):
        if name.endswith("_1") and name != "relu1_1":
            before = F.max_pool2d(before, 2)
        yield student.convs[name.replace("relu", "conv")](before)
        before = F.relu(target)


def relative_error(found: Tensor, target: Tensor) -> Tensor:
    """Squared error over the target's variance, both summed over channels: 0 is perfect, 1 is its mean."""
    variance = (target - target.mean(dim=(0, 2, 3), keepdim=True)).square().mean()
    return (found.float() - target).square().mean() / variance


@torch.no_grad()
def evaluate(student: Encoder, teacher: Teacher, rms: list[float], pictures: list[Tensor]) -> dict[str, float]:
    """Relative error per layer, averaged over whole kept-out pictures."""
    total = dict.fromkeys(student.layers, 0.0)
    for image in pictures:
        found = student(image, student.layers)
        for name, target, scale in zip(student.layers, teacher(image), rms, strict=True):
            total[name] += float(relative_error(found[name], F.relu(target) / scale)) / len(pictures)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2600)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, default=112)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(torch.load(args.teacher, weights_only=True, map_location="cpu")["model"])
    train = [read(p, 512) for folder in args.pictures for p in files(folder, held=False)]
    held = [to_tensor([read(p, 320)]) for folder in args.pictures for p in files(folder, held=True)][::2]
    crops = Crops(train, args.size, args.seed)
    with torch.no_grad():
        activations = teacher(crops.batch(64))
        rms = [float(F.relu(a).square().mean().sqrt()) for a in activations]
    student = embedded_encoder()
    history: list[dict[str, object]] = []
    started = time.perf_counter()

    optimizer = torch.optim.AdamW(student.parameters(), lr=3e-3, weight_decay=1e-5)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=args.steps, pct_start=0.15)
    for step in range(1, args.steps + 1):
        image = crops.batch(args.batch)
        targets = [t / r for t, r in zip(teacher(image), rms, strict=True)]
        with torch.autocast("cpu", torch.bfloat16):
            found = list(forced(student, image, targets))
        errors = [relative_error(f, t) for f, t in zip(found, targets, strict=True)]
        loss = torch.stack(errors).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 200 == 0 or step == args.steps:
            shown = held if step == args.steps else held[:12]
            row = {
                "step": step,
                "seconds": round(time.perf_counter() - started),
                "train": [round(float(e.detach()), 4) for e in errors],
                "kept_out": {k: round(v, 4) for k, v in evaluate(student, teacher, rms, shown).items()},
            }
            history.append(row)
            print(json.dumps(row), flush=True)
            (args.out / "encoder.curve.json").write_text(json.dumps(history, indent=1))
            weights = {k: v.to(torch.float16).contiguous() for k, v in student.state_dict().items()}
            save_file(weights, args.out / "encoder.safetensors", {"format": "pt", "step": str(step)})


if __name__ == "__main__":
    main()
