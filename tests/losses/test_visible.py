"""Losses and statistics over what is to be seen: what is hidden might as well not be there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from autostyle.losses.adain import adain, channel_moments
from autostyle.losses.content import content_loss
from autostyle.losses.style import statistic
from autostyle.losses.variation import total_variation

LEFT = 5


def features(seed: int) -> Tensor:
    return torch.rand(1, 16, 9, 8, generator=torch.Generator().manual_seed(seed))


def content(found: Tensor, visible: Tensor | None) -> Tensor:
    return content_loss(found, found.flip(1).square(), visible)


def channels(found: Tensor, visible: Tensor | None) -> Tensor:
    return torch.cat(channel_moments(found, visible), dim=1)


MEASURES: dict[str, Callable[[Tensor, Tensor | None], Tensor]] = {
    "gram": lambda found, visible: statistic("gram", found, 0, visible),
    "moments": lambda found, visible: statistic("moments", found, 0, visible),
    "sliced": lambda found, visible: statistic("sliced", found, 0, visible),
    "content": content,
    "channels": channels,
    "variation": total_variation,
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_what_is_hidden_might_as_well_be_cut_off(measure: Callable[[Tensor, Tensor | None], Tensor]) -> None:
    whole, visible = features(0), torch.zeros(1, 1, 9, 8)
    visible[..., :LEFT] = 1
    alone = measure(whole[..., :LEFT], None)
    assert_close(measure(whole, visible), alone, atol=1e-5, rtol=1e-4)
    assert not torch.allclose(measure(whole, None), alone, atol=1e-3)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_where_all_is_seen_alike_it_makes_no_difference_how_well(
    measure: Callable[[Tensor, Tensor | None], Tensor],
) -> None:
    alike = measure(features(1), torch.full((1, 1, 9, 8), 0.5))
    assert_close(alike, measure(features(1), None), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("kind", ["gram", "moments"])
def test_a_place_counts_by_the_visible_share_of_its_area(kind: str) -> None:
    found = features(2)
    visible = torch.zeros(1, 1, 18, 16)
    visible[..., ::2, :] = 1  # half of each place
    visible[..., : LEFT * 2] = 1
    twice = torch.cat([found[..., :LEFT], found], dim=3)
    of: Callable[..., Tensor] = partial(statistic, kind)  # type: ignore[arg-type]
    assert_close(of(found, 0, visible), of(twice, 0), atol=1e-5, rtol=1e-4)


def test_quantiles_lead_back_to_what_is_seen_alone() -> None:
    found, visible = features(3).requires_grad_(), torch.zeros(1, 1, 9, 8)
    visible[..., :LEFT] = torch.rand(9, LEFT, generator=torch.Generator().manual_seed(0))
    statistic("sliced", found, 0, visible).square().sum().backward()
    assert found.grad is not None and found.grad.isfinite().all()
    assert (found.grad[..., LEFT:] == 0).all() and (found.grad[..., :LEFT] != 0).any()


def test_adain_reads_the_contents_own_statistics_where_it_is_seen() -> None:
    whole, visible = features(4), torch.zeros(1, 1, 9, 8)
    visible[..., :LEFT] = 1
    mean, std = channel_moments(features(5))
    moved = adain(whole, mean, std, visible)[..., :LEFT]
    assert_close(moved, adain(whole[..., :LEFT], mean, std), atol=1e-4, rtol=1e-4)
