"""A generator as methods use it: from noise to latents, from latents, one a layer, to a picture.

The names of its parameters are those of NVIDIA's PyTorch releases, so that a network of theirs is loaded as it is; no
operator is compiled.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from autostyle.vision.stylegan.dense import Dense, MappingNetwork


class Synthesis(nn.Module, ABC):
    """Latents (N, layers, w) to pictures (N, 3, side, side), about -1..1.

    Args:
        side: of its pictures, in pixels.
        layers: latents that a picture takes.
    """

    def __init__(self, side: int, layers: int) -> None:
        super().__init__()
        self.side, self.layers = side, layers

    @abstractmethod
    def layer_side(self, number: int) -> int:
        """Side in pixels of the smallest picture that would hold what the latent ``number`` weighs."""

    @abstractmethod
    def memory(self) -> int:
        """Bytes that a picture and its gradient take beside the network, in single precision."""

    @abstractmethod
    def weighed(self) -> Sequence[tuple[int, Dense]]:
        """What weighs the features that convolutions take, each with the number of its latent."""


class Generator(nn.Module):
    """The whole: ``mapping`` and ``synthesis``."""

    def __init__(self, mapping: MappingNetwork, synthesis: Synthesis) -> None:
        super().__init__()
        self.mapping, self.synthesis = mapping, synthesis

    @property
    def latent(self) -> int:
        """Width of a latent."""
        return len(self.mapping.w_avg)

    @property
    def side(self) -> int:
        """Of its pictures, in pixels."""
        return self.synthesis.side

    @property
    def layers(self) -> int:
        """Latents that a picture takes: W+ is (layers, w)."""
        return self.synthesis.layers

    def memory(self) -> int:
        """Bytes that a picture and its gradient take beside the network, in single precision."""
        return self.synthesis.memory()

    def layer_side(self, number: int) -> int:
        """Side in pixels of the smallest picture that would hold what the latent ``number`` weighs."""
        return self.synthesis.layer_side(number)

    def forward(self, w: Tensor) -> Tensor:
        """Pictures, RGB (N, 3, H, W), about 0..1, of latents (N, w) or (N, layers, w)."""
        if w.dim() == 2:
            w = w[:, None].expand(-1, self.layers, -1)
        made: Tensor = self.synthesis(w)
        return made * 0.5 + 0.5

    def directions(self, first: int, last: int) -> Tensor:
        """The directions in which latents change the layers from ``first`` up to ``last`` most, (w, w), by strength.

        Source: Shen & Zhou, Closed-Form Factorization of Latent Semantics in GANs, CVPR 2021.
        """
        weights = [one.weight for number, one in self.synthesis.weighed() if first <= number < last]
        stacked = torch.cat([weight / weight.norm(dim=1, keepdim=True) for weight in weights]).double()
        _, vectors = torch.linalg.eigh(stacked.T @ stacked)
        found = vectors.flip(1).T
        # A direction and its opposite are the same to the decomposition: its largest part points up.
        largest = found.gather(1, found.abs().argmax(1, keepdim=True))
        upward: Tensor = (found * largest.sign()).to(weights[0].dtype)
        return upward
