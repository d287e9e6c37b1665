"""Distributions of features: what they come to, what keeps its order, and where there is nothing to put in order."""

from __future__ import annotations

import pytest
import torch

from autostyle.losses import efdm
from autostyle.losses.efdm import blend, distribution, matched


def features(seed: int, side: int = 12, channels: int = 4) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(1, channels, side, side, generator=generator).pow(1 + seed) * 3 - 1


def in_order(found: torch.Tensor) -> torch.Tensor:
    return found[0].flatten(1).sort(dim=1).values


def test_every_channel_has_the_styles_values_in_its_own_order() -> None:
    content, style = features(1), features(2)
    found = matched(content, distribution(style))
    torch.testing.assert_close(in_order(found), in_order(style), atol=1e-5, rtol=0)
    assert torch.equal(found[0].flatten(1).argsort(dim=1), content[0].flatten(1).argsort(dim=1))


def test_a_style_of_another_size_gives_its_mean_and_covariance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efdm, "STEPS", 256)
    content, style = features(1, side=40), features(2, side=64)
    found = matched(content, distribution(style))
    torch.testing.assert_close(found.mean((2, 3)), style.mean((2, 3)), atol=1e-4, rtol=0)
    torch.testing.assert_close(found.std((2, 3)), style.std((2, 3)), atol=0, rtol=1e-2)


@pytest.mark.parametrize("side", [12, 70])
def test_ones_own_style_changes_nothing(side: int) -> None:
    content = features(1, side)
    torch.testing.assert_close(matched(content, distribution(content)), content, atol=5e-3, rtol=0)


@pytest.mark.parametrize("flat", [torch.zeros(1, 4, 4, 4), torch.full((1, 4, 4, 4), 0.3), features(3, side=1)])
def test_flat_features_and_one_place_take_the_mean(flat: torch.Tensor) -> None:
    style = features(2)
    found = matched(flat, distribution(style))
    torch.testing.assert_close(found, style.mean((2, 3), keepdim=True).expand_as(found), atol=1e-5, rtol=0)
    torch.testing.assert_close(matched(style, distribution(flat)), flat.mean((2, 3), keepdim=True).expand_as(style))


def test_places_alike_stay_alike() -> None:
    content = features(1)
    content[..., :6] = content.amin()
    found = matched(content, distribution(features(2)))
    assert float(found[..., :6].std((2, 3)).max()) < 1e-6


def test_only_what_is_visible_counts() -> None:
    content, style = features(1), features(2)
    half = torch.zeros(1, 1, 12, 12)
    half[..., :6] = 1
    seen, alone = distribution(content, half), distribution(content[..., :6])
    torch.testing.assert_close(blend([seen, alone], (1.0, 0.0)), blend([alone, seen], (1.0, 0.0)), atol=0.02, rtol=0)
    found = matched(content, distribution(style), half)
    torch.testing.assert_close(in_order(found[..., :6]).mean(1), style.mean((2, 3))[0], atol=1e-3, rtol=0)
    nothing = matched(content, distribution(style, torch.zeros_like(half)), torch.zeros_like(half))
    assert bool(torch.isfinite(nothing).all())


def test_between_two_styles_lies_the_mean_of_their_values() -> None:
    one, other = features(1), features(1) + 2
    found = blend([distribution(one), distribution(other)], (0.25, 0.75))
    torch.testing.assert_close(found, in_order(one).double() + 1.5, atol=1e-6, rtol=0)
