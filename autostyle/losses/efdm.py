"""Exact feature distribution matching: every channel takes on another's whole distribution, not two moments of it.

Source: Zhang et al., "Exact Feature Distribution Matching for Arbitrary Style Transfer and Domain Generalization",
CVPR 2022. Departures: places with one and the same value keep one, the mean of what is theirs, where sorting alone
would tear flat places into noise; and places count as far as they are to be seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from autostyle.losses.exact import exact_on
from autostyle.losses.visible import shares

STEPS = 4096
"""Values that a distribution is kept as, at most."""
_AT_ONCE = 2**18


def distribution(features: Tensor, visible: Tensor | None = None) -> Tensor:
    """Of every channel of (1, C, H, W): its values in ascending order, (C, n), each the mean over one n-th of the
    places, float64; with ``visible``, (1, 1, H, W), 0..1, each place counts as far as it is to be seen."""
    flat, weights = _flat(features, visible)
    steps = min(flat.shape[1], STEPS) if visible is None else STEPS
    return torch.cat([_means(*_in_order(some, weights)[:2], steps) for some in _groups(flat)])


def blend(distributions: list[Tensor], weights: tuple[float, ...]) -> Tensor:
    """The distribution between several: each value the mean of those at its rank, by their shares."""
    steps = max(one.shape[1] for one in distributions)
    even = [one.new_full((one.shape[1],), 1 / one.shape[1]).expand_as(one) for one in distributions]
    alike = [_means(one, share, steps) for one, share in zip(distributions, even, strict=True)]
    return torch.stack([weight * one for weight, one in zip(weights, alike, strict=True)]).sum(0)


def matched(features: Tensor, wanted: Tensor, visible: Tensor | None = None) -> Tensor:
    """(1, C, H, W) features whose channels have the distributions ``wanted``, in the order of their own values."""
    flat, weights = _flat(features, visible)
    one = max(1, _AT_ONCE // flat.shape[1])
    made = [_ranked(some, weights, of) for some, of in zip(_groups(flat), wanted.split(one), strict=True)]
    return torch.cat(made).reshape(features.shape).to(features.device, torch.float32)


def _ranked(values: Tensor, weights: Tensor, wanted: Tensor) -> Tensor:
    ordered, counts, order = _in_order(values, weights)
    above = counts.cumsum(1)
    below = above - counts
    # Alike values share the ranks of all of them.
    apart = ordered[:, 1:] != ordered[:, :-1]
    edge = torch.ones_like(ordered[:, :1], dtype=torch.bool)
    low = below.where(torch.cat([edge, apart], 1), 0.0).cummax(1).values
    high = above.where(torch.cat([apart, edge], 1), 1.0).flip(1).cummin(1).values.flip(1)
    width = (high - low).clamp_min(1e-9)  # of what is not to be seen there is nothing
    total = torch.cat([torch.zeros_like(wanted[:, :1]), wanted.cumsum(1) / wanted.shape[1]], 1)
    ranks = torch.cat([low.clamp_max(1 - 1e-9), (low.clamp_max(1 - 1e-9) + width).clamp_max(1.0)], 1)
    start, end = _between(total, ranks * wanted.shape[1]).chunk(2, 1)
    found = (end - start) / width
    return torch.empty_like(values).scatter_(1, order, found)


def _means(ordered: Tensor, counts: Tensor, steps: int) -> Tensor:
    """Over equal shares of the places, of values in ascending order that count as far as ``counts`` says."""
    zero = torch.zeros_like(ordered[:, :1])
    above = torch.cat([zero, counts.cumsum(1)], 1)
    total = torch.cat([zero, (ordered * counts).cumsum(1)], 1)
    knots = (
        torch.linspace(0, 1, steps + 1, dtype=ordered.dtype, device=ordered.device)
        .expand(len(ordered), -1)
        .contiguous()
    )
    right = torch.searchsorted(above.contiguous(), knots).clamp(1, counts.shape[1])
    left = right - 1
    width = (above.gather(1, right) - above.gather(1, left)).clamp_min(1e-300)
    share = ((knots - above.gather(1, left)) / width).clamp(0, 1)
    return torch.lerp(total.gather(1, left), total.gather(1, right), share).diff(dim=1) * steps


def _between(table: Tensor, places: Tensor) -> Tensor:
    left = places.floor().clamp(0, table.shape[1] - 2)
    at = left.long()
    return torch.lerp(table.gather(1, at), table.gather(1, at + 1), places - left)


def _in_order(values: Tensor, weights: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Ascending, with their weights, and where they were."""
    ordered, order = values.sort(dim=1)
    return ordered, weights[order], order


def _flat(features: Tensor, visible: Tensor | None) -> tuple[Tensor, Tensor]:
    """(C, n), and how far each place counts, together 1."""
    flat = features.detach()[0].flatten(1).to(exact_on(features), torch.float64)
    counts = torch.ones_like(flat[0]) if visible is None else shares(visible, features).flatten().to(flat)
    if not counts.any():
        counts = torch.ones_like(counts)
    return flat, counts / counts.sum()


def _groups(flat: Tensor) -> Sequence[Tensor]:
    """Of channels, so many at once as memory does not notice."""
    some = max(1, _AT_ONCE // flat.shape[1])
    return [flat[at : at + some] for at in range(0, len(flat), some)]
