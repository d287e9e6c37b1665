"""A network made smaller without training: what can be left out is left out, and what is left makes up for it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autostyle.vision.encoder import Encoder
from training.encoder import rescale, scales
from training.pruning import prune


def network(*widths: int) -> Encoder:
    torch.manual_seed(4)
    blocks = (2, 1)
    network = Encoder(widths, "relu2_1", (0.5,) * 3, (0.25,) * 3, blocks=blocks, style_unit=1.0)
    return network.requires_grad_(False)


@pytest.fixture
def images() -> list[torch.Tensor]:
    random = torch.Generator().manual_seed(0)
    return [torch.rand(2, 3, 24, 24, generator=random) for _ in range(3)]


def test_channels_that_say_nothing_of_their_own_are_dropped_and_nothing_is_lost(images: list[torch.Tensor]) -> None:
    teacher = network(8, 4, 4)
    first, second = teacher.convs["conv1_1"], teacher.convs["conv1_2"]
    first.weight[5], first.bias[5] = -first.weight[5], -20.0  # never active
    first.weight[7], first.bias[7] = 2 * first.weight[2], 2 * first.bias[2]  # twice another
    second.weight[:, 7] += 0.3
    student = network(6, 4, 4)
    kept = prune(teacher, student, images, seed=0)
    assert 5 not in kept["conv1_1"] and len({2, 7} & set(kept["conv1_1"])) == 1
    for pooling in ("max", "avg"):
        teacher.pooling = student.pooling = pooling
        wanted = teacher(images[0], ["relu1_2", "relu2_1"])
        for layer, found in student(images[0], ["relu1_2", "relu2_1"]).items():
            torch.testing.assert_close(found, wanted[layer], rtol=1e-2, atol=1e-2)


def test_layers_are_rescaled_and_differ_by_one_factor_only(images: list[torch.Tensor]) -> None:
    plain, scaled = network(6, 4, 4), network(6, 4, 4)
    rescale(scaled, [1 / rms for rms in scales(plain, images[0])])
    before, after = plain(images[0], plain.layers), scaled(images[0], plain.layers)
    for layer in plain.layers:
        assert float(after[layer].square().mean().sqrt()) == pytest.approx(1.0, rel=1e-3)
        ratio = (after[layer] / before[layer])[before[layer] > 1e-3]
        assert float(np.ptp(ratio.numpy()) / ratio.mean()) < 1e-3
