"""Nearest neighbours: each place of a picture is held against the one place of a style that is most like it.

Kolkin, Kucera, Paris, Sykora, Shechtman & Shakhnarovich, "Neural Neighbor Style Transfer", 2022 (nearest neighbours by
the cosine of centred features); Kolkin, Salavon & Shakhnarovich, "Style Transfer by Relaxed Optimal Transport and
Self-Similarity", CVPR 2019 (hypercolumns, self-similarity).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

CELL = 4
"""Side in pixels of what a hypercolumn stands for."""
CHUNK = 2**22
"""Cosines that are computed at once."""
ENTROPY = 0.03
"""Of :func:`fair_prices`, in units of a cosine."""


def column_units(found: Mapping[str, Tensor]) -> dict[str, float]:
    """What features are divided by so that each layer counts alike in a hypercolumn: their deviation, as vectors."""
    return {
        layer: float(feature.float().var(dim=(2, 3)).sum().sqrt().clamp_min(1e-6)) for layer, feature in found.items()
    }


def hypercolumns(found: Mapping[str, Tensor], units: Mapping[str, float]) -> Tensor:
    """What all layers see at cells of :data:`CELL` pixels a side, (1, C, h, w), channels of all layers in a row.

    Each cell has means of what is finer, and what is coarser as it is there, so that cells are those of the whole
    picture in a part of it, too. Pixels that are no whole place of the deepest layer are left out.

    Args:
        found: layer -> (1, C, h, w), of layers whose places stand for 1, 2, 4, ... pixels.
        units: of :func:`column_units`.
    """
    strides = {layer: 2 ** (int(layer.removeprefix("relu")[0]) - 1) for layer in found}
    rows, columns = (
        min(
            found[layer].shape[side] * max(1, stride // CELL) // max(1, CELL // stride)
            for layer, stride in strides.items()
        )
        for side in (-2, -1)
    )
    cells = []
    for layer, stride in strides.items():
        feature = found[layer].float()
        if stride < CELL:
            feature = F.avg_pool2d(feature, CELL // stride)
        elif stride > CELL:
            feature = F.interpolate(feature, scale_factor=stride // CELL, mode="nearest")
        cells.append(feature[..., :rows, :columns] / units[layer])
    return torch.cat(cells, dim=1)


def nearest(queries: Tensor, bank: Tensor, prices: Tensor | None = None, chunk: int = CHUNK) -> Tensor:
    """Which row of ``bank``, (M, C), has the largest cosine with each of the ``queries``, (N, C): (N,), the first of
    several alike.

    Args:
        prices: that are taken off the cosines with each row, (M,); None: none.
        chunk: cosines that are computed at once.
    """
    goals = F.normalize(bank, dim=1).T.contiguous()
    parts = queries.split(max(1, chunk // max(1, len(bank))))
    taken = 0.0 if prices is None else prices
    return torch.cat([(F.normalize(part, dim=1) @ goals - taken).argmax(dim=1) for part in parts])


def fair_prices(queries: Tensor, bank: Tensor, kinds: int = 1, rounds: int = 10) -> Tensor:
    """At which prices the neighbours of (N, C) ``queries`` are spread over all of the ``bank``, (M, C): (M,).

    Left to themselves, most places of a picture find the same few of a style. These are the duals of optimal transport
    with an entropy of :data:`ENTROPY` (Cuturi, "Sinkhorn Distances", NIPS 2013), in which each row is found as often.

    Args:
        kinds: of so many equal parts of the bank rows that stand at the same place count together.
    """
    scores = F.normalize(queries, dim=1) @ F.normalize(bank, dim=1).T / ENTROPY
    places = len(bank) // kinds
    prices = scores.new_zeros(places)
    for _ in range(rounds):
        here = scores - prices.repeat(kinds)
        logs = (here - here.logsumexp(dim=1, keepdim=True)).logsumexp(dim=0)  # how often each row is found
        often = logs.reshape(kinds, places).logsumexp(dim=0) - math.log(len(queries) / places)
        prices = prices + often
    return (ENTROPY * (prices - prices.mean())).repeat(kinds)


def cosine_distance(rows: Tensor, others: Tensor) -> Tensor:
    """One less the cosine of each of ``rows`` with that of ``others``, both (N, C): (N,), 0..2."""
    return 1 - F.cosine_similarity(rows, others, dim=1, eps=1e-6)


def self_similarity(rows: Tensor) -> Tensor:
    """How far each of (N, C) ``rows`` is from each other one, by cosine, as shares of all that it is from them: (N, N).

    What a picture shows stays in it whatever its features become: what was alike is still alike.
    """
    unit = F.normalize(rows, dim=1, eps=1e-6)
    apart = (1 - unit @ unit.T).clamp_min(0)
    return apart / apart.sum(dim=1, keepdim=True).clamp_min(1e-6)


def self_similarity_loss(rows: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference of (N, C) ``rows``' :func:`self_similarity` from ``target``, in shares: 0..2."""
    return (self_similarity(rows) - target).abs().sum(dim=1).mean()
