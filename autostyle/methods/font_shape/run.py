"""Outlines as distance fields, moved until the strokes of a sheet of glyphs look like the style's.

Random filters of three sizes see letters as black on white; the Gram matrices of what they see, inside and near the
strokes, are the style. Letters are held where they were by what is seen of them blurred. Outlines move as a broad pen
moves them, by which way they run, and beside that in waves of no less than a given width: they cannot fray.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.methods.contract import FontInputs, FontMethod, FontResult, Iterate, OnIterate, Stop, ignore
from autostyle.methods.devices import out_of_memory
from autostyle.methods.font_shape.spec import SPEC, FontShapeParams
from autostyle.typography.outlines import Coverage, Drawings, InkLayer, Sheet, masks
from autostyle.typography.strokes import SPAN, ink_of
from autostyle.typography.tracing import fitted, traced

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

FILTERS, WIDTH, SIZES = 16, 7, 3
"""Filters, how wide they are in pixels, and at how many sizes, each half of the one before."""
NEAR = 0.12
"""How far from strokes places count, em."""
EDGE = 0.8
"""Pixels over which an edge goes from black to white."""
RATE = 0.4
"""Pixels that an outline moves in a step, about."""
PEN_BLUR = 1.5
"""Pixels over which the way an outline runs is told."""
LEAST = 0.0002
"""Square ems; smaller specks and holes are left out."""


@dataclass(frozen=True)
class PreparedStrokes:
    """The glyphs as a distance field (pixels, more is inside) of one sheet, and the style's ink."""

    inputs: FontInputs
    sheet: Sheet
    field: NDArray[np.float32]
    styles: tuple[Coverage, ...]
    size: int


class FontShape(FontMethod[FontShapeParams, PreparedStrokes]):
    """See the module's docstring."""

    spec = SPEC
    layered = False

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        generator = torch.Generator().manual_seed(0)
        filters = torch.randn(FILTERS, 1, WIDTH, WIDTH, generator=generator)
        filters -= filters.mean(dim=(2, 3), keepdim=True)
        self.filters = (filters / filters.flatten(1).norm(dim=1)[:, None, None, None]).to(device)

    def weights_used(self) -> dict[str, str]:
        return {"strokes": "random filters"}

    def prepare(self, inputs: FontInputs, size: int) -> PreparedStrokes:
        found = masks(inputs.content.tables, inputs.glyphs or inputs.content.names, size)
        if not found:
            raise BadInput("there is no glyph with an outline to paint", "name another font")
        sheet = Sheet.of(found)
        return PreparedStrokes(inputs, sheet, signed(sheet.mask), tuple(map(ink_of, inputs.style.exemplars)), size)

    @out_of_memory()
    def run(
        self, prepared: PreparedStrokes, params: FontShapeParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> FontResult:
        size, sheet = prepared.size, prepared.sheet
        field = prepared.field
        if params.roundness * size > 0.3:
            field = np.asarray(cv2.GaussianBlur(field, (0, 0), params.roundness * size), np.float32)
        field = field + np.float32(params.weight * size)
        moved, steps, stopped = self._moved(prepared, field, params, on_iterate)
        draw = {
            name: (InkLayer(-1, _outline(sheet.cut(moved, name), sheet, name, params, size)),) for name in sheet.glyphs
        }
        return FontResult(prepared.inputs.content, Drawings(draw), steps, stopped=stopped)

    def _moved(
        self, prepared: PreparedStrokes, field: NDArray[np.float32], params: FontShapeParams, on_iterate: OnIterate
    ) -> tuple[NDArray[np.float32], int, bool]:
        begin = torch.from_numpy(field)[None, None].to(self.device)
        near = _near(torch.from_numpy(prepared.sheet.mask)[None, None].to(self.device), prepared.size)
        wanted = self._wanted(prepared, params)
        old = torch.sigmoid(begin / EDGE)
        soft = _blurred(old)
        waves = torch.zeros_like(begin, requires_grad=True)
        ways = torch.from_numpy(_ways(field))[:, None].to(self.device)
        pen = torch.zeros((len(ways), 1, 1, 1), requires_grad=True, device=self.device)
        optimizer = torch.optim.Adam([waves, pen], lr=RATE)
        kernel = _bell(params.smoothness * prepared.size).to(self.device)
        done, stopped = 0, False
        for step in range(1, params.steps + 1):
            moved = begin + _waved(waves, kernel) + (pen * ways).sum(dim=0, keepdim=True)
            ink = torch.sigmoid(moved / EDGE)
            style = sum(
                (F.mse_loss(a, b) / b.square().mean() for a, b in zip(self._seen(ink, near), wanted, strict=True))
            )
            content = (_blurred(ink) - soft).square().mean() / soft.square().mean()
            loss = params.style_weight * 0.01 * style + content
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done = step
            try:
                on_iterate(Iterate(step, params.steps, partial(_picture, ink), float(loss.detach())))
            except Stop:
                stopped = True
                break
        with torch.no_grad():
            moved = begin + _waved(waves, kernel) + (pen * ways).sum(dim=0, keepdim=True)
        return moved[0, 0].cpu().numpy(), done, stopped

    @torch.no_grad()
    def _wanted(self, prepared: PreparedStrokes, params: FontShapeParams) -> list[Tensor]:
        """The Gram matrices of the styles, blended by their shares."""
        found: list[list[Tensor]] = []
        side = SPAN * params.style_scale * prepared.size
        for style in prepared.styles:
            scale = side / max(style.shape)
            size = [max(8 * WIDTH, round(scale * length)) for length in style.shape]
            ink = torch.from_numpy(style)[None, None].to(self.device)
            ink = F.interpolate(ink, size=size, mode="bilinear", antialias=True, align_corners=False)
            found.append(self._seen(ink, _near(ink, prepared.size)))
        shares = prepared.inputs.style.shares
        return [
            sum(share * each for share, each in zip(shares, level, strict=True)) for level in zip(*found, strict=True)
        ]

    def _seen(self, ink: Tensor, near: Tensor) -> list[Tensor]:
        """The Gram matrix of what the filters see near strokes, at each size."""
        grams = []
        for _ in range(SIZES):
            seen = F.relu(F.conv2d(F.pad(ink, (WIDTH // 2,) * 4, mode="replicate"), self.filters))
            flat, count = (seen * near).flatten(2)[0], near.sum().clamp(min=1)
            means = flat.sum(1, keepdim=True) / count
            grams.append(torch.cat([flat @ seen.flatten(2)[0].T / count, means], dim=1))
            ink, near = F.avg_pool2d(ink, 2), F.avg_pool2d(near, 2)
        return grams


def signed(mask: Coverage) -> NDArray[np.float32]:
    """How far each place is inside, in pixels; less than 0 outside. Within a pixel of an edge, by what is covered."""
    inside = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    outside = cv2.distanceTransform((mask <= 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    far = np.where(mask > 0.5, inside - 0.5, 0.5 - outside)
    edge = (mask > 0.02) & (mask < 0.98)
    return np.asarray(np.where(edge, mask - 0.5, far), np.float32)


def _ways(field: NDArray[np.float32]) -> NDArray[np.float32]:
    """By how much outlines that run each way move with the three measures of a pen, (3, H, W): its width, how much
    wider it is one way than across, and the same of the diagonals."""
    soft = cv2.GaussianBlur(field, (0, 0), PEN_BLUR)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    steep = np.maximum(across**2 + down**2, 1e-6)
    turned = [np.ones_like(field), (across**2 - down**2) / steep, 2 * across * down / steep]
    return np.stack([cv2.GaussianBlur(each, (0, 0), PEN_BLUR) for each in turned]).astype(np.float32)


def _bell(spread: float) -> Tensor:
    places = torch.arange(-math.ceil(2.5 * spread), math.ceil(2.5 * spread) + 1, dtype=torch.float32)
    bell = torch.exp(-0.5 * (places / max(spread, 0.1)).square())
    return (bell / bell.sum())[None, None, :, None]


def _waved(waves: Tensor, kernel: Tensor) -> Tensor:
    reach = kernel.shape[2] // 2
    return F.conv2d(F.conv2d(waves, kernel, padding=(reach, 0)), kernel.mT, padding=(0, reach))


def _near(ink: Tensor, size: int) -> Tensor:
    reach = 2 * max(1, round(NEAR * size)) + 1
    return (F.max_pool2d(ink, reach, 1, reach // 2) > 0.5).float()


def _blurred(ink: Tensor) -> Tensor:
    return F.avg_pool2d(ink, 7, 1, 3)


def _picture(ink: Tensor) -> NDArray[np.float32]:
    black = 1 - ink.detach()[0, 0].clamp(0, 1).cpu().numpy()
    return np.repeat(black[..., None], 3, axis=2)


def _outline(
    field: NDArray[np.float32], sheet: Sheet, name: str, params: FontShapeParams, size: int
) -> tuple[NDArray[np.int16], ...]:
    tracer = partial(fitted, glyph=sheet.glyphs[name], tolerance=params.tolerance * size, corner=params.corner)
    return traced(np.ascontiguousarray(field), LEAST * size**2, tracer)
