"""The matting Laplacian against its definition, written plainly."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from autostyle.losses.matting import EPSILON, MattingLaplacian


def defined(content: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levin, Lischinski & Weiss 2006, equation 12, window by window: (H x W, H x W)."""
    height, width, _ = content.shape
    whole = np.zeros((height * width, height * width))
    for top in range(height - 2):
        for left in range(width - 2):
            inside = [(top + y) * width + left + x for y in range(3) for x in range(3)]
            colors = content.reshape(-1, 3)[inside]
            apart = colors - colors.mean(0)
            covariance = apart.T @ apart / 9 + EPSILON / 9 * np.eye(3)
            fits = (1 + apart @ np.linalg.solve(covariance, apart.T)) / 9
            whole[np.ix_(inside, inside)] += np.eye(9) - fits
    return whole


def picture(seed: int, height: int = 7, width: int = 6) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random((height, width, 3))


def tensor(pixels: NDArray[np.float64]) -> torch.Tensor:
    return torch.tensor(pixels.transpose(2, 0, 1)[None])


def flat_but_one() -> NDArray[np.float64]:
    content = np.full((7, 6, 3), 0.5)
    content[3, 2] = 0.9
    return content


@pytest.mark.parametrize("content", [picture(0), flat_but_one(), np.full((7, 6, 3), 1.0)])
def test_it_is_the_matrix_of_its_definition(content: NDArray[np.float64]) -> None:
    image = picture(1)
    whole = defined(content)
    found = MattingLaplacian(tensor(content)).times(tensor(image))[0].permute(1, 2, 0).numpy()
    assert found.reshape(-1, 3) == pytest.approx(whole @ image.reshape(-1, 3), abs=1e-9)


@pytest.mark.parametrize("rows", [1, 2])
def test_by_bands_of_rows_it_is_the_same(rows: int) -> None:
    content, image = tensor(picture(0, 11)), tensor(picture(1, 11))
    whole, banded = MattingLaplacian(content), MattingLaplacian(content, kept=4 * rows * content.shape[-1])
    torch.testing.assert_close(banded.times(image), whole.times(image))


def test_its_gradient_is_twice_the_product_of_each_channel() -> None:
    matrix, image = MattingLaplacian(tensor(picture(0))), tensor(picture(1)).requires_grad_()
    assert torch.autograd.gradcheck(matrix, (image,))
    matrix(image).backward()
    assert image.grad is not None
    torch.testing.assert_close(image.grad, 2 * matrix.times(image) / image.numel())


def test_other_colours_cost_nothing_and_another_edge_does() -> None:
    content = np.repeat(np.repeat(picture(0, 4, 4), 4, 0), 4, 1)
    matrix = MattingLaplacian(tensor(content))
    regraded = content @ np.array([[0.2, 0.9, 0.1], [0.5, 0.1, 0.4], [-0.3, 0.2, 0.8]]) + 0.1
    edged = content.copy()
    edged[:, 6:] += 0.1  # inside of a flat square, where the content has no edge
    assert float(matrix(tensor(regraded))) < 1e-4 < 1e-3 < float(matrix(tensor(edged)))
