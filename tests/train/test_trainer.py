"""A step of a training, whatever is learnt."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import nn

from autostyle.train.trainer import take_step


def test_a_step_whose_gradient_is_no_number_changes_nothing() -> None:
    weight = nn.Parameter(torch.ones(2))

    def loss(step: int) -> torch.Tensor:
        return (weight * (step - 1)).sqrt().sum()  # at 0 the slope of a root is no number

    course: Any = SimpleNamespace(
        weights={"weight": weight}, optimizer=torch.optim.Adam([weight], 0.1), loss=loss, stepped=lambda step: None
    )
    assert take_step(course, 1) == 0.0
    assert torch.equal(weight, torch.ones(2))
    take_step(course, 2)
    assert bool((weight < 0.95).all())
