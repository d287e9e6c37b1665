"""Whitening and colouring: what the features come to, and where there is nothing to whiten."""

from __future__ import annotations

import pytest
import torch

from autostyle.losses.wct import Spread, Transform, transformed

KINDS: tuple[Transform, ...] = ("wct", "transport")


def features(seed: int, channels: int = 6, side: int = 12) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    mixed = torch.randn(channels, channels, generator=generator) @ torch.randn(
        channels, side * side, generator=generator
    )
    return (mixed + seed).reshape(1, channels, side, side)


def apart(found: Spread, wanted: Spread) -> float:
    return float((found.covariance - wanted.covariance).norm() / wanted.covariance.norm())


@pytest.mark.parametrize("kind", KINDS)
def test_the_covariance_and_the_mean_become_the_styles(kind: Transform) -> None:
    content, style = features(1), Spread.of(features(2))
    found = Spread.of(transformed(content, style, kind, 1e-4, Spread.of(content)))
    assert apart(found, style) < 1e-3
    torch.testing.assert_close(found.mean, style.mean, atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shrinkage", [1e-4, 1.0])
def test_ones_own_style_changes_nothing(kind: Transform, shrinkage: float) -> None:
    content = features(1)
    own = Spread.of(content)
    torch.testing.assert_close(transformed(content, own, kind, shrinkage, own), content, atol=1e-3, rtol=0)


def test_transport_moves_the_features_less() -> None:
    content, style = features(1), Spread.of(features(2))
    moved = {
        kind: float((transformed(content, style, kind, 1e-4, Spread.of(content)) - content).norm()) for kind in KINDS
    }
    assert moved["transport"] < moved["wct"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("flat", [torch.zeros(1, 6, 4, 4), torch.full((1, 6, 4, 4), 0.3), features(3, side=1)])
def test_flat_features_and_one_place_take_the_mean_and_stay_finite(kind: Transform, flat: torch.Tensor) -> None:
    style = Spread.of(features(2))
    found = transformed(flat, style, kind, 1e-4, Spread.of(flat))
    torch.testing.assert_close(found.mean((2, 3))[0].double(), style.mean, atol=1e-3, rtol=0)
    of_flat = transformed(features(2), Spread.of(flat), kind, 1e-4, style)
    assert bool(torch.isfinite(of_flat).all())


def test_a_region_without_a_place_leaves_numbers() -> None:
    nothing = Spread.of(features(1), torch.zeros(1, 1, 12, 12))
    assert bool(torch.isfinite(nothing.covariance).all())


def test_only_what_is_visible_counts() -> None:
    content = features(1)
    half = torch.zeros(1, 1, 12, 12)
    half[..., :6] = 1
    seen, alone = Spread.of(content, half), Spread.of(content[..., :6])
    torch.testing.assert_close(seen.covariance, alone.covariance)
