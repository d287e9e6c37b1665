"""Random looks: what may have been done to a photograph, as functions of colour alone, many at once on tensors.

Tone curves, white balance, exposure, split toning, channel mixing, saturation, curves like those of film, single hues.
Pixels are (N, P, 3), sRGB 0..1: each row of N has a look of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
from scipy.interpolate import PchipInterpolator
from torch import Tensor

from autostyle.codecs.color import LUMA

Rng = np.random.Generator
Grade = Callable[[Tensor], Tensor]
CURVE = 65


def grades(rng: Rng, n: int) -> Grade:
    """``n`` random looks, each of one to five parts; now and then one that is hardly any."""
    on = [np.flatnonzero(rng.random(n) < 1.25 * often) for _, often in PARTS]
    parts = [(make(rng, len(rows)), torch.from_numpy(rows)) for (make, _), rows in zip(PARTS, on, strict=True)]
    order = rng.permutation(len(parts))
    amount = tensor(np.where(rng.random(n) < 0.1, rng.uniform(0, 0.3, n), rng.uniform(0.6, 1.5, n)))

    def grade(pixels: Tensor) -> Tensor:
        found = pixels.clone()
        for number in order:
            part, rows = parts[number]
            if len(rows):
                found[rows] = part(found[rows]).clamp(0, 1)
        return (pixels + amount[:, None, None] * (found - pixels)).clamp(0, 1)

    return grade


def natural(rng: Rng, n: int) -> Grade:
    """``n`` differences that photographs have as cameras make them, in exposure, white balance and contrast."""
    parts = [
        exposure(rng, n, 0.2),
        white_balance(rng, n, 0.05),
        contrast(rng, n, 0.1),
        saturation(rng, n, 0.1),
        single_hues(rng, n, 0.4),
    ]

    def grade(pixels: Tensor) -> Tensor:
        for part in parts:
            pixels = part(pixels).clamp(0, 1)
        return pixels

    return grade


def tensor(values: object) -> Tensor:
    return torch.tensor(np.asarray(values, dtype=np.float32))


def luma(pixels: Tensor) -> Tensor:
    return (pixels * torch.tensor(LUMA)).sum(-1, keepdim=True)


def exposure(rng: Rng, n: int, stops: float = 0.5) -> Grade:
    gain = tensor(2 ** rng.normal(0, stops, (n, 1, 1)))

    def grade(pixels: Tensor) -> Tensor:
        light = gain * pixels.clamp(0, 1) ** 2.2
        over = (light - 0.8).clamp_min(0)  # highlights roll off rather than burn out
        return (light.clamp_max(0.8) + 0.2 * (1 - torch.exp(-over / 0.2))).clamp_min(1e-8) ** (1 / 2.2)

    return grade


def white_balance(rng: Rng, n: int, much: float = 0.16) -> Grade:
    warm, green = rng.normal(0, much, n), rng.normal(0, much / 2, n)
    gains = np.exp(np.stack([warm, green, -warm], axis=1))
    balanced = tensor(gains / (gains @ LUMA)[:, None])[:, None]
    return lambda pixels: (balanced * pixels.clamp(0, 1) ** 2.2).clamp_min(1e-8) ** (1 / 2.2)


def mixing(rng: Rng, n: int) -> Grade:
    """Rows sum to one for most, so that grey stays grey."""
    matrix = np.eye(3) + rng.normal(0, 0.12, (n, 3, 3)) * rng.uniform(0.2, 1.3, (n, 1, 1))
    grey = rng.random((n, 1, 1)) < 0.75
    mixed = tensor(np.where(grey, matrix + (1 - matrix.sum(2, keepdims=True)) / 3, matrix))
    return lambda pixels: pixels @ mixed.transpose(1, 2)


def contrast(rng: Rng, n: int, much: float = 0.3) -> Grade:
    power, pivot = tensor(np.exp(rng.normal(0, much, (n, 1, 1)))), tensor(rng.uniform(0.3, 0.6, (n, 1, 1)))

    def grade(pixels: Tensor) -> Tensor:
        x = pixels.clamp(1e-4, 1 - 1e-4)
        low = pivot * (x / pivot) ** power
        high = 1 - (1 - pivot) * ((1 - x) / (1 - pivot)) ** power
        return torch.where(x < pivot, low, high)

    return grade


def sampled(rng: Rng, n: int, channels: int, much: float) -> Tensor:
    """Random rising curves at CURVE places, (n, channels, CURVE)."""
    found = np.empty((n, channels, CURVE), np.float32)
    at = np.linspace(0, 1, CURVE)
    for one in found.reshape(-1, CURVE):
        inner = np.sort(rng.uniform(0.08, 0.92, int(rng.integers(1, 5))))
        x = np.concatenate([[0.0], inner[np.r_[True, np.diff(inner) > 0.08]], [1.0]])
        y = x + rng.normal(0, much, len(x)) * np.where((x == 0) | (x == 1), 0.6, 1.0)
        y[0], y[-1] = max(0.0, y[0]), min(1.0, y[-1])
        y = np.maximum.accumulate(np.clip(y, 0, 1))
        one[:] = PchipInterpolator(x, y)(at)
    return torch.from_numpy(found)


def along(curves: Tensor, pixels: Tensor) -> Tensor:
    """(N, P, C) values through (N, C, CURVE) curves."""
    at = pixels.clamp(0, 1) * (CURVE - 1)
    low = at.floor().clamp_max(CURVE - 2).long()
    rest = at - low
    flat = curves.transpose(1, 2)
    return torch.gather(flat, 1, low) * (1 - rest) + torch.gather(flat, 1, low + 1) * rest


def master_curve(rng: Rng, n: int) -> Grade:
    curves = sampled(rng, n, 1, 0.07)
    on_luma = tensor(rng.random((n, 1, 1)) < 0.3)

    def grade(pixels: Tensor) -> Tensor:
        each = along(curves.expand(-1, 3, -1), pixels)
        light = luma(pixels)
        scaled = pixels * (along(curves, light) / light.clamp_min(0.02)).clamp(0, 4)
        return on_luma * scaled + (1 - on_luma) * each

    return grade


def channel_curves(rng: Rng, n: int) -> Grade:
    curves = sampled(rng, n, 3, 0.05)
    return lambda pixels: along(curves, pixels)


def film(rng: Rng, n: int) -> Grade:
    """A toe and a shoulder for each channel: logistic curves over the logarithm of light."""
    shape = tensor(rng.uniform(1.1, 2.2, (n, 1, 1)) * np.exp(rng.normal(0, 0.06, (n, 1, 3))))
    middle = tensor(rng.normal(-1.6, 0.35, (n, 1, 1)) + rng.normal(0, 0.12, (n, 1, 3)))
    low = tensor(rng.uniform(0, 0.07, (n, 1, 1)) + np.abs(rng.normal(0, 0.03, (n, 1, 3))))
    high = tensor(1 - rng.uniform(0, 0.07, (n, 1, 1)) - np.abs(rng.normal(0, 0.03, (n, 1, 3))))

    def curve(light: Tensor) -> Tensor:
        return torch.sigmoid(shape * (torch.log(light.clamp_min(1e-4)) - middle))

    top = curve(torch.ones(1))

    def grade(pixels: Tensor) -> Tensor:
        return low + (high - low) * (curve(pixels.clamp(0, 1) ** 2.2) / top).clamp_min(1e-8) ** (1 / 1.7)

    return grade


def lift_gamma_gain(rng: Rng, n: int) -> Grade:
    lift, gain = tensor(rng.normal(0, 0.035, (n, 1, 3))), tensor(1 + rng.normal(0, 0.07, (n, 1, 3)))
    gamma = tensor(np.exp(rng.normal(0, 0.12, (n, 1, 3))))
    return lambda pixels: (gain * pixels + lift * (1 - pixels)).clamp(1e-6, 1) ** gamma


def fade(rng: Rng, n: int) -> Grade:
    black, white = tensor(rng.uniform(0, 0.16, (n, 1, 1))), tensor(1 - rng.uniform(0, 0.12, (n, 1, 1)))
    tint = tensor(rng.normal(0, 0.02, (n, 1, 3)))
    return lambda pixels: black + tint + (white - black) * pixels


def split_toning(rng: Rng, n: int) -> Grade:
    shadows, highlights = (tensor(tint(rng, n, 0.09)) for _ in range(2))
    balance = tensor(rng.uniform(0.3, 0.7, (n, 1, 1)))

    def grade(pixels: Tensor) -> Tensor:
        share = torch.sigmoid(8 * (luma(pixels) - balance))
        inside = 4 * luma(pixels) * (1 - luma(pixels))
        return pixels + (0.4 + 0.6 * inside) * ((1 - share) * shadows + share * highlights)

    return grade


def tint(rng: Rng, n: int, much: float) -> np.ndarray:
    """Colours without luma, (n, 1, 3)."""
    found = rng.normal(0, much, (n, 3))
    return (found - (found @ LUMA)[:, None])[:, None]


def saturation(rng: Rng, n: int, much: float = 0.4) -> Grade:
    factor = np.exp(rng.normal(-0.05, much, n))
    factor = np.where(rng.random(n) < 0.06 * (much > 0.2), rng.uniform(0, 0.15, n), factor)
    vivid = tensor(rng.normal(0, 0.5 * much, (n, 1, 1)))
    by = tensor(factor)[:, None, None]

    def grade(pixels: Tensor) -> Tensor:
        light = luma(pixels)
        spread = pixels.amax(-1, keepdim=True) - pixels.amin(-1, keepdim=True)
        return light + (by * (1 + vivid * (1 - spread))).clamp(0, 3) * (pixels - light)

    return grade


def monotone(rng: Rng, n: int) -> Grade:
    """Sepia and its like: the luma in one colour, as a share."""
    share, color = tensor(rng.uniform(0.2, 1, (n, 1, 1))), tensor(tint(rng, n, 0.08))
    return lambda pixels: pixels + share * (luma(pixels) + color * 4 * luma(pixels) * (1 - luma(pixels)) - pixels)


def single_hues(rng: Rng, n: int, share: float = 1.0) -> Grade:
    """Up to three ranges of hue turned, made stronger or weaker, lighter or darker."""
    count = 3
    center = tensor(rng.uniform(-math.pi, math.pi, (n, 1, count)))
    narrow = tensor(rng.uniform(1.0, 6.0, (n, 1, count)))
    turn, more, light_by = (tensor(rng.normal(0, share * much, (n, 1, count))) for much in (0.3, 0.35, 0.15))

    def grade(pixels: Tensor) -> Tensor:
        light = luma(pixels)
        red, _, blue = (pixels - light).unbind(-1)
        hue = torch.atan2(blue, red)[..., None]
        near = torch.exp(narrow * (torch.cos(hue - center) - 1))
        size = (red.square() + blue.square()).sqrt()
        angle = hue[..., 0] + (near * turn).sum(-1)
        size = size * torch.exp((near * more).sum(-1)).clamp(0.2, 3)
        lighter = light[..., 0] * (1 + (near * light_by).sum(-1) * (4 * size).clamp_max(1))
        red, blue = size * torch.cos(angle), size * torch.sin(angle)
        green = -(LUMA[0].item() * red + LUMA[2].item() * blue) / LUMA[1].item()
        return lighter[..., None] + torch.stack([red, green, blue], dim=-1)

    return grade


PARTS: tuple[tuple[Callable[[Rng, int], Grade], float], ...] = (
    (exposure, 0.35),
    (white_balance, 0.4),
    (mixing, 0.25),
    (contrast, 0.35),
    (master_curve, 0.35),
    (channel_curves, 0.35),
    (film, 0.15),
    (lift_gamma_gain, 0.3),
    (fade, 0.25),
    (split_toning, 0.3),
    (saturation, 0.4),
    (monotone, 0.05),
    (single_hues, 0.2),
)
