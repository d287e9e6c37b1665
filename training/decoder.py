"""Train the embedded AdaIN decoder on its encoder.

    python -m training.decoder --encoder adain_encoder.safetensors --pictures DIR [DIR ...] --styles DIR [DIR ...]
        --out DIR

Every stage sees the encoder's *own* features of its level (teacher forcing) and learns to give those of the level
above; the last gives pixels. Beside that the whole chain is run on half of the batch rebuilt (pixels and SSIM) and half
stylized with another picture's statistics (means and standard deviations at relu1_1 .. relu4_1), with ``detail`` drawn
anew each step, so one decoder serves the whole range.

Source: Huang & Belongie, ICCV 2017. A first recipe, one stack from relu4_1 trained only end to end with additive skips,
lost its deep half to the skips and painted noise; teacher forcing cured it.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from pytorch_msssim import ssim  # type: ignore[import-untyped]
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.losses.adain import adain, channel_moments
from autostyle.vision.decoder import DECODER_LAYERS, Decoder
from autostyle.vision.encoder import Encoder, adain_encoder
from training.data import Crops, files, read, to_tensor
from training.encoder import relative_error

STYLE_WEIGHT = 4.0


def stage_errors(decoder: Decoder, features: dict[str, Tensor], image: Tensor) -> list[Tensor]:
    """Every stage on the encoder's own features: squared error relative to the variance of what it should give."""
    errors = []
    for above, layer in zip(("image", *DECODER_LAYERS), DECODER_LAYERS, strict=False):
        target = (image if above == "image" else features[above]).float()
        found = decoder.stages[layer](features[layer], target.shape[-2:]).float()
        errors.append(relative_error(found, target))
    return errors


@torch.no_grad()
def evaluate(encoder: Encoder, decoder: Decoder, pictures: list[Tensor]) -> dict[str, float]:
    """SSIM of plain reconstructions of whole kept-out pictures, by share of detail."""
    found: dict[str, float] = {}
    for detail in (0.0, 0.5, 1.0):
        scores = []
        for image in pictures:
            rebuilt = decoder(encoder(image, DECODER_LAYERS), detail).clamp(0, 1)
            scores.append(float(ssim(rebuilt, image, data_range=1.0)))
        found[f"ssim_detail_{detail:g}"] = round(sum(scores) / len(scores), 4)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--styles", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = adain_encoder().eval().requires_grad_(False)
    encoder.load_state_dict({k: v.float() for k, v in load_file(args.encoder).items()})
    contents = Crops([read(p, 512) for d in args.pictures for p in files(d, held=False)], args.size, args.seed)
    styles = Crops([read(p, 512) for d in args.styles for p in files(d, held=False)], args.size, args.seed + 1)
    held = [to_tensor([read(p, 384)]) for d in args.pictures for p in files(d, held=True)]
    decoder = Decoder()
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=1.5e-3, weight_decay=1e-5)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.5e-3, total_steps=args.steps, pct_start=0.1)
    history: list[dict[str, object]] = []
    half = args.batch // 2
    started = time.perf_counter()

    for step in range(1, args.steps + 1):
        image, style = contents.batch(args.batch), styles.batch(args.batch - half)
        detail = float(rng.choice([0.0, 1.0, rng.uniform()]))
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                features = encoder(image, DECODER_LAYERS)
                moments = {k: channel_moments(v) for k, v in encoder(style, DECODER_LAYERS).items()}
            forced = torch.stack(stage_errors(decoder, features, image)).mean()

            def impose(layer: str, x: Tensor, moments: dict[str, tuple[Tensor, Tensor]] = moments) -> Tensor:
                return torch.cat([x[:half], adain(x[half:], *moments[layer]).to(x.dtype)])

            painted = decoder(features, detail, impose)
            seen = encoder(painted.clamp(-0.2, 1.2), DECODER_LAYERS)
        painted = painted.float()
        rebuilt, wanted = painted[:half], image[:half]
        rebuild = F.l1_loss(rebuilt, wanted) * 4 + 1 - ssim(rebuilt, wanted, data_range=1.0)
        target = adain(features["relu4_1"][half:], *moments["relu4_1"])
        content = F.mse_loss(seen["relu4_1"][half:].float(), target)
        style_loss = torch.stack(
            [
                F.mse_loss(found, wanted)
                for k in DECODER_LAYERS
                for found, wanted in zip(channel_moments(seen[k][half:]), moments[k], strict=True)
            ]
        ).sum()
        loss = 4 * forced + rebuild + content + STYLE_WEIGHT * style_loss
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0 or step == args.steps:
            row: dict[str, object] = {
                "step": step,
                "seconds": round(time.perf_counter() - started),
                "forced": round(float(forced.detach()), 4),
                "rebuild": round(float(rebuild.detach()), 4),
                "content": round(float(content.detach()), 4),
                "style": round(float(style_loss.detach()), 4),
                **evaluate(encoder, decoder, held[:8] if step < args.steps else held),
            }
            history.append(row)
            print(json.dumps(row), flush=True)
            (args.out / "adain_decoder.curve.json").write_text(json.dumps(history, indent=1))
            weights = {k: v.to(torch.float16).contiguous() for k, v in decoder.state_dict().items()}
            save_file(weights, args.out / "adain_decoder.safetensors", {"format": "pt", "step": str(step)})


if __name__ == "__main__":
    main()
