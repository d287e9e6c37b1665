"""Train the embedded wavelet decoder on the embedded encoder.

    python -m training.photo_wct --encoder autostyle/vision/embedded/encoder.safetensors --pictures DIR [DIR ...]
        --out DIR [--seconds 2400] [--start photo_wct.safetensors]

Every stage sees the encoder's own features of its level and learns to give what was pooled before it, and from that the
level above; the last gives pixels. The linear filter of each is fitted by least squares first. Beside that the whole
chain is run and held to the picture (pixels and SSIM). The encoder pools by means, as for ``gatys``.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from pytorch_msssim import ssim  # type: ignore[import-untyped]
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.vision.encoder import Encoder, embedded_encoder
from autostyle.vision.wavelet import LEVELS, POOLED, Inverse, WaveletDecoder, haar, padded
from training.data import Crops, files, read, to_tensor
from training.encoder import relative_error


def stage_errors(decoder: WaveletDecoder, features: dict[str, Tensor], image: Tensor) -> dict[str, Tensor]:
    """Of every stage on the encoder's own features, by what it should give: squared error over its variance."""
    errors = {"pixels": relative_error(decoder.stage("relu1_1").below(features["relu1_1"]), image)}
    for index in range(1, len(LEVELS)):
        stage, pooled, above = decoder.stage(LEVELS[index]), POOLED[index - 1], LEVELS[index - 1]
        low, _ = haar(features[pooled].float())
        errors[pooled] = relative_error(stage.below(features[LEVELS[index]]), low)
        errors[above] = relative_error(F.relu(stage.above(features[pooled])), features[above].float())
    return errors


@torch.no_grad()
def fit(decoder: WaveletDecoder, encoder: Encoder, crops: Crops, places: int = 40_000) -> None:
    """Every linear filter by least squares, on about ``places`` places each."""
    wanted: list[tuple[Inverse, str, str]] = [(decoder.stage("relu1_1").below, "relu1_1", "pixels")]
    for above, pooled, level in zip(LEVELS, POOLED, LEVELS[1:], strict=False):
        wanted += [(decoder.stage(level).above, pooled, above), (decoder.stage(level).below, level, f"{pooled} low")]
    for inverse, given, target in wanted:
        linear, seen = inverse.linear, 0
        width = 9 * linear.in_channels + 1
        together = torch.zeros(width, width, dtype=torch.float64)
        own = torch.zeros(width, linear.out_channels, dtype=torch.float64)
        first = crops.batch(8)
        inverse.given.copy_(_size(_wanted(encoder, first, given)))
        inverse.wanted.copy_(_size(_wanted(encoder, first, target)))
        while seen < places:
            image = crops.batch(8)
            x, y = _wanted(encoder, image, given) / inverse.given, _wanted(encoder, image, target) / inverse.wanted
            windows = F.unfold(F.pad(x, (1, 1, 1, 1), mode="reflect"), 3).transpose(1, 2).flatten(0, 1)
            picked = torch.randperm(len(windows))[: places // 8]
            x = F.pad(windows[picked], (0, 1), value=1.0)
            y = y.permute(0, 2, 3, 1).flatten(0, 2)[picked]
            together += (x.T @ x).double()
            own += (x.T @ y).double()
            seen += len(picked)
        ridge = 1e-6 * together.diagonal().mean() * torch.eye(len(together))
        solved = torch.linalg.solve(together + ridge, own).float()
        linear.weight.copy_(solved[:-1].T.reshape(linear.weight.shape))
        assert linear.bias is not None
        linear.bias.copy_(solved[-1])


def _wanted(encoder: Encoder, image: Tensor, name: str) -> Tensor:
    """Features of a layer, their means of 2 x 2 places (``relu1_2 low``), or the picture itself (``pixels``)."""
    if name == "pixels":
        return image
    layer = name.removesuffix(" low")
    found: Tensor = encoder(image, [layer])[layer]
    return haar(found)[0] if layer != name else found


def _size(values: Tensor) -> Tensor:
    return values.square().mean().sqrt()


def rebuilt(encoder: Encoder, decoder: WaveletDecoder, image: Tensor) -> Tensor:
    """A picture through the whole autoencoder."""
    height, width = image.shape[-2:]
    whole: Tensor = decoder(encoder(padded(image), {LEVELS[-1], *POOLED}))
    return whole[..., :height, :width]


@torch.no_grad()
def evaluate(encoder: Encoder, decoder: WaveletDecoder, pictures: list[Tensor]) -> dict[str, float]:
    """SSIM and decibels of whole kept-out pictures through the autoencoder."""
    similar, decibels = [], []
    for image in pictures:
        found = rebuilt(encoder, decoder, image).clamp(0, 1).float()
        similar.append(float(ssim(found, image, data_range=1.0)))
        decibels.append(float(-10 * torch.log10((found - image).square().mean())))
    return {"ssim": round(sum(similar) / len(similar), 4), "psnr": round(sum(decibels) / len(decibels), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--seconds", type=float, default=2400)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = embedded_encoder("avg").eval().requires_grad_(False)
    encoder.load_state_dict({k: v.float() for k, v in load_file(args.encoder).items()})
    crops = Crops([read(p, 512) for d in args.pictures for p in files(d, held=False)], args.size, args.seed)
    held = [to_tensor([read(p, 320)]) for d in args.pictures for p in files(d, held=True)]
    decoder = WaveletDecoder()
    if args.start:
        decoder.load_state_dict({k: v.float() for k, v in load_file(args.start).items()})
    else:
        fit(decoder, encoder, crops)
        print(json.dumps({"step": 0} | evaluate(encoder, decoder, held[:6])), flush=True)
        _save(decoder, args.out, [])
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=args.rate, weight_decay=1e-5)
    history: list[dict[str, float]] = []
    started, step = time.perf_counter(), 0

    while (spent := time.perf_counter() - started) < args.seconds:
        step += 1
        # Down a line, by the time that is left: how many steps that is depends on the machine.
        optimizer.param_groups[0]["lr"] = args.rate * min(1.0, step / 50) * max(0.02, 1 - spent / args.seconds)
        image = crops.batch(args.batch)
        # In whole precision: brightness is a small difference of large features.
        with torch.no_grad():
            features = encoder(image, {*LEVELS, *POOLED})
        errors = stage_errors(decoder, features, image)
        painted = decoder(features)
        rebuild = F.l1_loss(painted, image) * 4 + 1 - ssim(painted, image, data_range=1.0)
        loss = torch.stack(list(errors.values())).sum() + rebuild
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        if step % args.every == 0:
            row: dict[str, float] = {"step": step, "seconds": round(time.perf_counter() - started)}
            row |= {name: round(float(error.detach()), 4) for name, error in errors.items()}
            history.append(row | {"rebuild": round(float(rebuild.detach()), 4)} | evaluate(encoder, decoder, held[:6]))
            print(json.dumps(history[-1]), flush=True)
            _save(decoder, args.out, history)

    history.append({"step": step, "seconds": round(time.perf_counter() - started)} | evaluate(encoder, decoder, held))
    print(json.dumps(history[-1]), flush=True)
    _save(decoder, args.out, history)


def _save(decoder: WaveletDecoder, out: Path, history: list[dict[str, float]]) -> None:
    halves = {k: v.detach().half().contiguous() for k, v in decoder.state_dict().items()}
    save_file(halves, out / "photo_wct.safetensors")
    (out / "photo_wct.curve.json").write_text(json.dumps(history, indent=1) + "\n")


if __name__ == "__main__":
    main()
