"""The gradient of the moments is the one that they have when everything is kept for it."""

from __future__ import annotations

import pytest
import torch

from autostyle.losses.style import moments


@pytest.mark.parametrize(("masked", "pictures"), [(False, 1), (False, 3), (True, 1)])
def test_moments_and_their_gradient(masked: bool, pictures: int) -> None:
    random = torch.Generator().manual_seed(0)
    bordered = 3 + torch.rand(pictures, 5, 9, 11, generator=random)
    features = bordered[..., 1:-1, 1:-1].requires_grad_()  # a part of a larger tensor, as an encoder gives it
    counts = torch.rand(1, 1, 7, 9, generator=random) if masked else None

    rows = features.double().permute(0, 2, 3, 1).reshape(-1, 5)
    each = torch.ones(len(rows), 1) if counts is None else counts.reshape(-1, 1)
    mean = (rows * each).sum(0) / each.sum()
    covariance = ((rows - mean).T @ ((rows - mean) * each)) / each.sum()
    expected = torch.cat([covariance, mean[:, None] * 5**0.5], dim=1)

    made, weights = moments(features, counts).double(), torch.rand(5, 6, generator=random)
    torch.testing.assert_close(made, expected, atol=1e-5, rtol=1e-5)
    gradients = [torch.autograd.grad((one * weights).sum(), features)[0] for one in (made, expected)]
    torch.testing.assert_close(*gradients, atol=1e-5, rtol=1e-5)
