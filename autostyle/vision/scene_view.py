"""A camera's view of a scene whose geometry stays where it is: linear in the colours of its splats, or voxels."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autostyle.codecs.scene import Camera

COEFFICIENTS = (
    (0.4886025119029199,),
    (1.0925484305920792, 0.31539156525252005, 0.5462742152960396),
    (0.5900435899266435, 2.890611442640554, 0.4570457994644658, 0.3731763325901154, 1.445305721320277),
)
"""Of the spherical harmonics of degrees 1, 2 and 3."""
MOST_WEIGHTS = 2**26
"""Pairs of a splat, or point, and a pixel that have a weight in a view: 64 for each pixel of 1024 x 1024, and some 4 GB
while they are found."""


@dataclass(frozen=True)
class SceneView:
    """A camera's view of splats that stay where they are.

    Args:
        weights: sparse, (pixels, N): how much of each splat's colour is in each pixel.
        back: the transpose, for gradients.
        covered: how far each pixel is filled with splats, (H, W), 0..1.
        beside: what each splat shows to this side beside its colour, (N, 3); None: nothing.
        depths: of the splats from the camera, (N,).
    """

    camera: Camera
    weights: Tensor
    back: Tensor
    covered: Tensor
    beside: Tensor | None
    depths: Tensor

    def picture(self, colors: Tensor, background: Tensor | float = 1.0) -> Tensor:
        """The view of splats of ``colors``, (N, 3), before a background of one colour: (1, 3, H, W), differentiable
        and not cut off at 0 and 1."""
        seen = colors if self.beside is None else colors + self.beside
        flat: Tensor = _Product.apply(seen.clamp_min(0), self.weights, self.back)  # type: ignore[no-untyped-call]
        behind = (1 - self.covered).reshape(-1, 1) * torch.as_tensor(background, dtype=flat.dtype, device=flat.device)
        return (flat + behind).view(self.camera.height, self.camera.width, 3).permute(2, 0, 1)[None]

    def depth(self) -> tuple[Tensor, Tensor]:
        """How far away what is seen is, (H, W), and how far from there the splats are that are seen, as a deviation;
        where nothing is, they mean nothing."""
        flat = self.weights @ torch.stack([self.depths, self.depths**2], dim=1)
        mean, square = (flat / self.covered.reshape(-1, 1).clamp_min(1e-6)).T.reshape(2, *self.covered.shape)
        return mean, (square - mean**2).clamp_min(0).sqrt()


class _Product(torch.autograd.Function):
    """A sparse matrix times colours."""

    @staticmethod
    def forward(ctx: Any, colors: Tensor, weights: Tensor, back: Tensor) -> Tensor:
        ctx.back = back
        return weights @ colors

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        return ctx.back @ gradients[0].contiguous(), None, None


def matrices_of(pixels: Tensor, which: Tensor, weights: Tensor, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    """The matrix and its transpose, in compressed rows."""

    def compressed(of: Tensor, other: Tensor, size: tuple[int, int]) -> Tensor:
        order = of.argsort(stable=True)
        starts = torch.zeros(size[0] + 1, dtype=torch.int32, device=of.device)
        starts[1:] = torch.bincount(of, minlength=size[0]).cumsum(0)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta")
            return torch.sparse_csr_tensor(
                starts, other[order].int(), weights[order], size=size, check_invariants=False
            )

    return compressed(pixels, which, (rows, columns)), compressed(which, pixels, (columns, rows))


def beside(positions: Tensor, harmonics: Tensor, place: Tensor) -> Tensor | None:
    """What the harmonics of degree 1 and up add to each splat's colour as it is seen from ``place``, (N, 3)."""
    count = harmonics.shape[1]
    if not count:
        return None
    x, y, z = torch.nn.functional.normalize(positions - place, dim=1).unbind(1)
    (one,), two, three = COEFFICIENTS
    basis = [-one * y, one * z, -one * x]
    if count >= 8:
        basis += [two[0] * x * y, -two[0] * y * z, two[1] * (2 * z * z - x * x - y * y)]
        basis += [-two[0] * x * z, two[2] * (x * x - y * y)]
    if count >= 15:
        basis += [-three[0] * y * (3 * x * x - y * y), three[1] * x * y * z]
        basis += [-three[2] * y * (4 * z * z - x * x - y * y), three[3] * z * (2 * z * z - 3 * x * x - 3 * y * y)]
        basis += [-three[2] * x * (4 * z * z - x * x - y * y), three[4] * z * (x * x - y * y)]
        basis += [-three[0] * x * (x * x - 3 * y * y)]
    return torch.einsum("kn,nkc->nc", torch.stack(basis), harmonics)
