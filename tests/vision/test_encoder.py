"""An encoder sees what its convolutions, one after the other, see, and keeps little of it for the gradient."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.style import moments
from autostyle.vision.encoder import VGG16_BLOCKS, Encoder, by_block

WIDTHS = by_block((6, 8, 10, 12, 14), VGG16_BLOCKS)[:11]


def encoder(pooling: str) -> Encoder:
    torch.manual_seed(0)
    return Encoder(WIDTHS, "relu5_1", (0.4,) * 3, (0.3,) * 3, pooling=pooling, blocks=VGG16_BLOCKS, style_unit=1.0)


def plain(net: Encoder, image: Tensor, layers: Sequence[str]) -> dict[str, Tensor]:
    """The same features, each operation by itself."""
    x, found = (image - net.mean) / net.std, {}
    for before, name in pairwise(("", *net.layers)):
        if before and before[:5] != name[:5]:
            x = F.max_pool2d(x, 2) if net.pooling == "max" else F.avg_pool2d(x, 2)
        x = F.relu(net.convs[name.replace("relu", "conv")](x))
        found[name] = x
    return {name: found[name] for name in layers}


@pytest.mark.parametrize("pooling", ["max", "avg"])
@pytest.mark.parametrize("layers", [("relu1_1",), ("relu1_1", "relu3_2", "relu4_1"), ("relu2_2", "relu5_1")])
def test_features_and_gradients_are_those_of_the_plain_network(pooling: str, layers: tuple[str, ...]) -> None:
    net, gradients = encoder(pooling), []
    image = torch.rand(2, 3, 37, 50, generator=torch.Generator().manual_seed(1)).requires_grad_()
    for found in (net(image, layers), plain(net, image, layers)):
        assert found.keys() == set(layers)
        (gradient,) = torch.autograd.grad(sum(value.square().sum() for value in found.values()), image)
        gradients.append((found, gradient))
    (ours, own), (theirs, reference) = gradients
    for layer in layers:
        assert torch.equal(ours[layer], theirs[layer])
    torch.testing.assert_close(own, reference)


def test_each_activation_is_kept_once_for_the_gradient() -> None:
    net, kept = encoder("avg"), dict[int, int]()
    image = torch.rand(1, 3, 128, 128).requires_grad_()
    own = {parameter.untyped_storage().data_ptr() for parameter in net.parameters()}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        statistics = [moments(found) for found in net(image, net.layers).values()]
    assert len(statistics) == 11
    once = sum(value.numel() * 4 for value in plain(net, image, net.layers).values())
    assert sum(size for where, size in kept.items() if where not in own) < 2 * once
