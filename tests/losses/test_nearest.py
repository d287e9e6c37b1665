"""Nearest neighbours: found alike in parts and whole, of cells that a part of a picture has as the whole has them."""

from __future__ import annotations

import torch

from autostyle.losses.nearest import (
    CELL,
    column_units,
    fair_prices,
    hypercolumns,
    nearest,
    self_similarity,
    self_similarity_loss,
)


def rows(count: int, seed: int, channels: int = 24) -> torch.Tensor:
    return torch.randn(count, channels, generator=torch.Generator().manual_seed(seed))


def test_neighbours_are_the_same_by_chunks_as_at_once_and_those_of_the_largest_cosine() -> None:
    queries, bank = rows(131, 0), rows(47, 1)
    whole = nearest(queries, bank)
    for chunk in (1, 47 * 10, 47 * 131 - 1):
        assert torch.equal(nearest(queries, bank, chunk=chunk), whole)
    cosines = torch.nn.functional.cosine_similarity(queries[:, None].double(), bank[None].double(), dim=2)
    assert torch.equal(whole, cosines.argmax(1))
    assert torch.equal(nearest(5 * bank, bank), torch.arange(47))


def test_cells_of_a_part_are_those_of_the_whole() -> None:
    sides = {"relu1_1": 1, "relu2_1": 2, "relu3_1": 4, "relu4_1": 8}
    noise = torch.Generator().manual_seed(0)
    found = {layer: torch.rand(1, 3, 40 // side, 48 // side, generator=noise) for layer, side in sides.items()}
    units = column_units(found)
    whole = hypercolumns(found, units)
    assert whole.shape == (1, 12, 40 // CELL, 48 // CELL)
    part = {layer: feature[..., 16 // sides[layer] :, 8 // sides[layer] :] for layer, feature in found.items()}
    assert torch.equal(hypercolumns(part, units), whole[..., 16 // CELL :, 8 // CELL :])


def test_what_is_alike_stays_alike_however_features_are_turned() -> None:
    own = rows(30, 2)
    turn, _ = torch.linalg.qr(rows(24, 3))
    target = self_similarity(own)
    assert self_similarity_loss(3 * own @ turn, target) < 1e-5
    assert self_similarity_loss(rows(30, 4), target) > 0.1


def test_at_fair_prices_neighbours_are_spread_over_the_bank() -> None:
    bank = rows(40, 5)
    queries = bank[:4].repeat(60, 1) + 0.8 * rows(240, 6)
    prices = fair_prices(queries, bank)
    free, fair = (torch.bincount(nearest(queries, bank, each), minlength=40) for each in (None, prices))
    assert int((free > 0).sum()) < 20 < 35 < int((fair > 0).sum())
    turned = fair_prices(queries, torch.cat([bank, -bank]), kinds=2)
    assert torch.equal(turned[:40], turned[40:])
