"""Train the embedded one-pass network with the embedded encoder as the eye that judges what it paints.

    python -m training.microast --photos DIR [DIR ...] --styles DIR [DIR ...] --out DIR
        [--start microast.safetensors] [--size 128] [--seconds 3600] [--seed 0]

It begins as AdaIN: both encoders are its encoder, the decoder its decoder, nothing is modulated. Its loss is much like
that of gatys (every style layer's distance over its value at the content, the content's over its own variance, the
palette by slices), at three sizes, with a style weight that grows with ``alpha``, drawn anew for every pair: so each
alpha is a trade-off that the network has learnt. Two crops of different photographs are judged together in one style,
for a patch of sky alone can't have all marks of a painting. Flat places of the content are to be no rougher than those
of the style, and a painting in its own style is to stay as it is.

Source: Wang et al., "MicroAST", AAAI 2023; a weight that is an input: Dosovitskiy & Djolonga, "You Only Train Once",
ICLR 2020.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from autostyle.codecs.color import match_color
from autostyle.losses.content import content_loss
from autostyle.losses.style import distance
from autostyle.losses.variation import out_of_range, total_variation
from autostyle.train.fast.loss import gap, look, palette, pyramid, roughness, see
from autostyle.vision.encoder import Encoder, embedded_encoder
from autostyle.vision.microast import MicroNetwork, Signals
from autostyle.vision.registry import EMBEDDED
from training.data import Pixels, crop, draw_abstract, draw_sky, files, read, to_tensor

PAIRS, TOGETHER = 2, 2
"""Pairs of a step, and contents of each that are judged together."""
STYLE_SIDE, SHOWN, KNOWN = 192, 144, 48
"""Of a style picture the eye sees more than the network: what matters is what is typical of it."""
LAYERS = (
    ("relu1_1", "relu2_1", "relu3_1"),
    ("relu1_1", "relu2_1", "relu3_1", "relu4_1"),
    ("relu1_1", "relu2_1", "relu3_1"),
)
"""Of the style loss at full, half and a quarter of the size: from relu3_1 to relu4_1 lies half of what a look costs."""
SHARES = (0.4, 0.4, 0.2)
"""What the three sizes count."""
CONTENT = "relu3_1"
PALETTE = 0.1
"""Weight of the palette beside the mean of the layers, as in gatys."""
STRONGEST, SPAN = 30.0, 2.7
"""Style weight at alpha 1, and the decades from there down to alpha 0."""
FLAT, VARIATION, IDENTITY, GAMUT = 0.02, 0.003, 2.0, 10.0
FLOOR, EVEN = 0.04, 1e4
AVERAGE = 0.998


@dataclass(frozen=True)
class Sight:
    """What the eye makes of a pair at one size.

    Args:
        kept: features of the contents, (TOGETHER, C, H, W).
        busy: what their changes count, 0..1: in an empty sky, of no variance, all would be lost with the first mark.
        targets: the style's statistics by layer.
        scales: how far the contents' own are from these.
    """

    kept: Tensor
    busy: Tensor
    targets: dict[str, Tensor]
    scales: dict[str, Tensor]

    @classmethod
    def of(cls, eye: Encoder, contents: Tensor, style: Tensor, layers: tuple[str, ...]) -> Sight:
        kept = see(eye, contents, layers)
        targets = {k: look(x) for k, x in see(eye, style, layers).items()}
        variance = kept[CONTENT].float().var(dim=(2, 3)).mean()
        scales = {k: gap(look(kept[k]), t) for k, t in targets.items()}
        return cls(kept[CONTENT].float(), variance / variance.clamp_min(EVEN), targets, scales)

    def losses(self, found: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Content loss, and the mean of the layers' style losses relative to those of the content."""
        style = [distance(look(found[k]), self.targets[k]) / self.scales[k] for k in self.targets]
        return content_loss(found[CONTENT], self.kept) * self.busy, torch.stack(style).mean()


@dataclass(frozen=True)
class Pair:
    """TOGETHER contents and a style, and all that the loss has to know of them.

    Args:
        identity: the contents are crops of the style picture.
        seed: of the palette's slices.
        flattest: the flattest quarter of each content's tiles, 0 or 1.
        limit: how rough these may be, (TOGETHER,).
    """

    contents: Tensor
    style: Tensor
    identity: bool
    sights: tuple[Sight, ...]
    seed: int
    colors: Tensor
    color_gap: Tensor
    flattest: Tensor
    limit: Tensor
    variation: Tensor

    @classmethod
    @torch.no_grad()
    def of(cls, eye: Encoder, contents: Tensor, style: Tensor, identity: bool, seed: int) -> Pair:
        sizes = zip(pyramid(contents), pyramid(style), LAYERS, strict=True)
        sights = tuple(Sight.of(eye, *at) for at in sizes)
        colors = palette(style, seed)
        own, allowed = roughness(contents), roughness(style)
        flattest = (own <= own.quantile(0.25, dim=1, keepdim=True)).float()
        calm = allowed[allowed <= allowed.quantile(0.25)].mean()
        limit = torch.maximum(calm, (own * flattest).sum(1) / flattest.sum(1))
        variation = total_variation(style).clamp_min(1e-4)
        color_gap = gap(palette(contents, seed), colors)
        return cls(contents, style, identity, sights, seed, colors, color_gap, flattest, limit, variation)


class Samples:
    """Endless pairs of a crop of a style picture and two contents in its palette.

    They are drawn from KNOWN ones, of which one is exchanged every second step: to make a pair, and to look at it,
    costs as much as to learn from it, and each alpha asks something else of it.
    """

    def __init__(self, eye: Encoder, photos: list[Pixels], paintings: list[list[Pixels]], size: int, seed: int) -> None:
        self.eye, self.photos, self.paintings, self.size = eye, photos, paintings, size
        self.rng = np.random.default_rng(seed)
        self.known: list[Pair] = []
        self.made = self.steps = 0

    def style(self) -> Pixels:
        """A square of a random folder's random picture; now and then with its colours exchanged."""
        folder = self.paintings[int(self.rng.integers(len(self.paintings)))]
        picture = folder[int(self.rng.integers(len(folder)))]
        square = crop(self.rng, picture, STYLE_SIDE, zoom=(0.8, 2.2))
        if self.rng.random() < 0.3:
            square = square[..., self.rng.permutation(3)]
        return square

    def content(self, style: Pixels) -> Pixels:
        """A crop of a photograph, or a drawing, in the palette of ``style`` or on the way there."""
        rng, kind = self.rng, self.rng.random()
        if kind < 0.06:
            square = whole = draw_sky(rng, self.size)
        elif kind < 0.12:
            square = whole = draw_abstract(rng, self.size)
        else:
            whole = self.photos[int(rng.integers(len(self.photos)))]
            square = crop(rng, whole, self.size, zoom=(0.7, 2.6))
        amount = 1.0 if rng.random() < 0.8 else rng.uniform()
        return recolored(square, whole, style, amount)

    def pair(self) -> Pair:
        style = self.style()
        self.made += 1
        identity = self.made % 20 == 0
        contents = [
            crop(self.rng, style, self.size, zoom=(1, 1.4)) if identity else self.content(style)
            for _ in range(TOGETHER)
        ]
        return Pair.of(self.eye, to_tensor(contents), to_tensor([style]), identity, self.made)

    def batch(self) -> list[Pair]:
        """PAIRS pairs."""
        self.steps += 1
        if len(self.known) < KNOWN:
            self.known += [self.pair() for _ in range(PAIRS)]
            return self.known[-PAIRS:]
        if self.steps % 2:
            self.known[int(self.rng.integers(KNOWN))] = self.pair()
        return [self.known[int(k)] for k in self.rng.choice(KNOWN, PAIRS, replace=False)]


def recolored(square: Pixels, whole: Pixels, style: Pixels, amount: float) -> Pixels:
    """A crop of ``whole`` with the palette that ``whole`` takes on in the colours of ``style``."""
    few = whole[::6, ::6].reshape(-1, 1, 3)
    both = np.concatenate([square.reshape(-1, 1, 3), few]).astype(np.float32) / np.float32(255)
    counts = np.concatenate([np.zeros(square.shape[0] * square.shape[1]), np.ones(len(few))])[:, None]
    matched = match_color(both, style[::3, ::3].astype(np.float32) / np.float32(255), counts.astype(np.float32))
    mixed = (1 - amount) * square + amount * 255 * matched[: square.shape[0] * square.shape[1]].reshape(square.shape)
    return np.asarray(np.clip(mixed + 0.5, 0, 255), np.uint8)


def style_weight(alpha: float) -> float:
    """What a style layer counts against the content at ``alpha``."""
    return float(STRONGEST * 10.0 ** (-SPAN * (1 - alpha)))


def flat_excess(image: Tensor, pair: Pair) -> Tensor:
    """By how much, in logarithms, the flattest places of the contents are rougher than they may be."""
    least = (2 / 255) ** 2
    found = (roughness(image) * pair.flattest).sum(1) / pair.flattest.sum(1)
    return F.relu(torch.log((found + least) / (pair.limit + least))).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--eye", type=Path, default=EMBEDDED / "encoder.safetensors")
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--styles", type=Path, nargs="+", required=True, help="folders; each is seen as often")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--adain", type=Path, default=EMBEDDED, help="folder of AdaIN's networks, to begin with")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    eye = embedded_encoder("avg").eval().requires_grad_(False)
    eye.load_state_dict({k: v.float() for k, v in load_file(args.eye).items()})
    eye.convs.to(torch.bfloat16, memory_format=torch.channels_last)  # type: ignore[call-overload]
    photos = [read(p, 512) for folder in args.photos for p in files(folder, held=False)]
    paintings = [[read(p, 512) for p in files(folder, held=False)] for folder in args.styles]
    net = begun(args.adain)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if args.start:
        net.load_state_dict({k: v.float() for k, v in load_file(args.start).items()})
    train(net, eye, Samples(eye, photos, paintings, args.size, args.seed), args.seconds, args.rate, args.out)


def begun(folder: Path) -> MicroNetwork:
    """The network that paints as AdaIN's does: both encoders are its encoder, and nothing is modulated yet."""
    net = MicroNetwork()
    encoder, decoder = (
        {k: v.float() for k, v in load_file(folder / f"adain_{name}.safetensors").items()}
        for name in ("encoder", "decoder")
    )
    for own in net.encoders.values():
        own.load_state_dict({name: encoder[name] for name in own.state_dict()})
    net.decoder.load_state_dict(decoder)
    return net


def train(net: MicroNetwork, eye: Encoder, samples: Samples, seconds: float, rate: float, out: Path) -> None:
    """For ``seconds``; the averaged weights and the curve are written every four minutes."""
    average = copy.deepcopy(net).requires_grad_(False)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=0.0)
    rng = samples.rng
    history: list[dict[str, float]] = []
    sums: dict[str, list[float]] = {}
    started = time.perf_counter()
    step = 0
    while True:
        done = (time.perf_counter() - started) / seconds
        if done >= 1 or done * seconds >= 240 * (len(history) + 1):
            row: dict[str, float] = {"step": step, "seconds": round(done * seconds), "cpu": round(time.process_time())}
            row |= {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
            sums = {}
            history.append(row)
            print(json.dumps(row), flush=True)
            (out / "microast.curve.json").write_text(json.dumps(history, indent=1))
            save_file(
                {k: v.to(torch.float16).contiguous() for k, v in average.state_dict().items()},
                out / "microast.safetensors",
                {"format": "pt", "step": str(step)},
            )
            if done >= 1:
                return
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        pairs = samples.batch()
        alphas = [1.0 if rng.random() < 0.5 else float(rng.uniform()) for _ in pairs]
        alpha = torch.tensor(alphas).repeat_interleave(TOGETHER)[:, None]
        pixels = torch.cat([pair.contents for pair in pairs]).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            styles = torch.cat([pair.style[..., :SHOWN, :SHOWN] for pair in pairs]).contiguous(
                memory_format=torch.channels_last
            )
            signals = Signals(net.signals(styles).vector.repeat_interleave(TOGETHER, dim=0))
            painted = net(pixels, net.content(pixels), signals, alpha)
        parts = losses(eye, painted, pairs, alphas)
        loss = torch.stack(list(parts.values())).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        for name, part in parts.items():
            sums.setdefault(name, []).append(float(part.detach()))
        with torch.no_grad():
            decay = min(AVERAGE, step / (step + 20))
            for mean, now in zip(average.parameters(), net.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)


def losses(eye: Encoder, painted: Tensor, pairs: list[Pair], alphas: list[float]) -> dict[str, Tensor]:
    """Parts of the loss of a batch, weighted so that a pair counts the same whatever its alpha."""
    names = ("content", "style", "palette", "flat", "variation", "identity")
    parts: dict[str, list[Tensor]] = {name: [] for name in names}
    inside = painted.clamp(-0.1, 1.1)
    looks = [see(eye, at, layers) for at, layers in zip(pyramid(inside), LAYERS, strict=True)]
    for number, (pair, alpha) in enumerate(zip(pairs, alphas, strict=True)):
        mine = slice(number * TOGETHER, (number + 1) * TOGETHER)
        image = inside[mine]
        share = style_weight(alpha) / (1 + style_weight(alpha))
        each = [
            sight.losses({k: x[mine] for k, x in found.items()})
            for sight, found in zip(pair.sights, looks, strict=True)
        ]
        content, style = (
            torch.stack([share_of * part for share_of, part in zip(SHARES, parts_of, strict=True)]).sum()
            for parts_of in zip(*each, strict=True)
        )
        colors = distance(palette(image, pair.seed), pair.colors) / pair.color_gap
        parts["content"].append((1 - share) * content)
        parts["style"].append(share * style)
        parts["palette"].append(share * PALETTE * colors)
        parts["flat"].append(FLAT * flat_excess(image, pair))
        parts["variation"].append(VARIATION * total_variation(image) / pair.variation)
        parts["identity"].append(IDENTITY * pair.identity * F.l1_loss(image, pair.contents))
    found_parts = {name: torch.stack(values).sum() / len(pairs) for name, values in parts.items()}
    return found_parts | {"gamut": GAMUT * out_of_range(painted)}


if __name__ == "__main__":
    main()
