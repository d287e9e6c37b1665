"""Heads, each drawn from sixteen numbers: simple enough for a generator of half a megabyte."""

from __future__ import annotations

import torch
from torch import Tensor

NUMBERS = 16
"""Of a head: two of its background, three of its shape, two of its skin, four of its hair, and so on."""
SOFT = 1.5
"""Pixels over which an edge goes from one side to the other."""


def heads(noise: Tensor, side: int) -> Tensor:
    """Pictures RGB (N, 3, side, side), 0..1, of noise (N, :data:`NUMBERS`): every number moves something of a head,
    smoothly, and what it moves no other does."""
    noise = noise * torch.rsqrt(noise.square().mean(1, keepdim=True) + 1e-8)
    each = torch.sigmoid(1.7 * noise)[:, :, None, None].unbind(1)
    (ground, dusk, x, width, height, tone, warmth, hair, red, long, curl, eye, apart, mouth, smile, shirt) = each
    across = torch.linspace(-1, 1, side)
    right, down = across[None, None, :], across[None, :, None]
    softness = SOFT * 2 / side

    def inside(distance: Tensor) -> Tensor:
        return torch.sigmoid(-distance / (softness / 4))

    def ellipse(x: Tensor | float, y: Tensor | float, a: Tensor | float, b: Tensor | float) -> Tensor:
        a, b = torch.as_tensor(a), torch.as_tensor(b)
        reach = torch.sqrt(((right - x) / a) ** 2 + ((down - y) / b) ** 2 + 1e-6)
        return inside((reach - 1) * torch.minimum(a, b))

    def color(r: Tensor | float, g: Tensor | float, b: Tensor | float) -> Tensor:
        one = torch.zeros_like(x)
        return torch.stack([one + r, one + g, one + b], 1)

    def over(picture: Tensor, place: Tensor, paint: Tensor) -> Tensor:
        return torch.lerp(picture, paint, place[:, None])

    middle = 0.3 * (x - 0.5)
    a, b = 0.36 + 0.14 * width, 0.44 + 0.16 * height
    skin = color(0.35 + 0.6 * tone, 0.22 + 0.55 * tone - 0.06 * warmth, 0.16 + 0.5 * tone - 0.2 * warmth)
    dark = color(
        0.1 + 0.75 * hair * (0.5 + 0.5 * red), 0.08 + 0.6 * hair * (1 - 0.6 * red), 0.07 + 0.35 * hair * (1 - red)
    )
    sky = color(0.25 + 0.6 * ground, 0.45 + 0.35 * dusk, 0.85 - 0.5 * ground)
    shade = (0.75 + 0.25 * (1 - down) / 2)[:, None]
    picture = (sky * shade).expand(-1, -1, side, side)
    picture = over(picture, ellipse(middle, 0.05 + 0.35 * long, a + 0.1 + 0.08 * curl, b + 0.05 + 0.25 * long), dark)
    picture = over(picture, ellipse(middle, 1.15, 0.75, 0.42), color(0.15 + 0.7 * shirt, 0.35, 0.85 - 0.7 * shirt))
    picture = over(
        picture, inside(torch.maximum((right - middle).abs() - 0.16, 0.3 - down)) * inside(down - 0.85), skin * 0.9
    )
    picture = over(picture, ellipse(middle, 0.05, a, b), skin)
    fringe = ellipse(middle, 0.05, a, b) * inside(down + 0.12 + 0.25 * b + 0.08 * torch.cos(9 * right) * curl)
    picture = over(picture, fringe, dark)
    for sign in (-1, 1):
        at = middle + sign * (0.12 + 0.09 * apart)
        picture = over(picture, ellipse(at, 0.02, 0.06 + 0.05 * eye, 0.04 + 0.05 * eye), color(0.97, 0.97, 0.97))
        picture = over(picture, ellipse(at, 0.02, 0.035, 0.035), color(0.12, 0.1, 0.1))
    picture = over(picture, ellipse(middle, 0.17, 0.03, 0.06), skin * 0.82)
    curve = 0.3 + 0.09 * (smile - 0.5) - 1.6 * (smile - 0.5) * (right - middle) ** 2
    lips = inside((down - curve).abs() - 0.03) * inside((right - middle).abs() - 0.1 - 0.12 * mouth)
    return over(picture, lips, color(0.7, 0.2, 0.22)).clamp(0, 1)
