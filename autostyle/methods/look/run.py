"""Look: what was done to the style photograph is told from it, and done to the content by a table of colours.

The table is the same at every size, and at every place: nothing is painted, no edge moves. What of it is asked for
(tones, colours, a share of the style's own palette) is mixed on the table, then smoothed, held to greys that rise, and
drawn inside of what a picture can hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from autostyle.codecs import ColorTable, Pixels, Visibility
from autostyle.codecs.color import LUMA, ColorSpread
from autostyle.codecs.image import at_most, fit_size, resize
from autostyle.codecs.lut_files import identity, inside, rising, smoothed
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, OnIterate, Stop, TableMethod, at_ratio, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.look.spec import SPEC, LookParams
from autostyle.vision.color_table import apply_table
from autostyle.vision.look_estimator import SEEN

if TYPE_CHECKING:
    from torch import Tensor

    from autostyle.vision.weights import Weights

LEAST = 32
"""Short side of the smallest picture, as with all methods."""
_COUNTED = 256
"""Long side at which colours are counted."""
_CORNER = 0.75
"""Sides of the corners that are looked at by themselves, as a share of the whole's."""
_LEAST_DEVIATION = 0.02
"""Of a palette along any direction, for transport: what hardly varies is not stretched to fit."""
_SKIN = (np.array([0.78, 0.57, 0.46]), np.array([0.45, 0.29, 0.22]))
"""Light and dark skin, sRGB; all between, and the like of it, counts."""


@dataclass(frozen=True)
class PreparedLook:
    """The content at the size of the run, and what the style adds to each colour: its look as told, and its palette by
    transport."""

    content: Pixels
    told: ColorTable
    moved: ColorTable


class LookTransfer(TableMethod[LookParams, PreparedLook]):
    """See the module's docstring."""

    spec = SPEC
    independent = True
    device = "cpu"

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.network = weights.look(device)

    def weights_used(self) -> dict[str, str]:
        return {"look": self.network.origin}

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedLook:
        style, content = inputs.style, _at_size(inputs.content, size)
        if min(content.shape[:2]) < LEAST:
            raise too_small(*content.shape[:2])
        own = self._embed(inputs.content)
        tables = [self._told(exemplar, own) for exemplar in style.exemplars]
        told = sum(share * table for share, table in zip(style.shares, tables, strict=True))
        return PreparedLook(
            content,
            np.asarray(told, np.float32),
            _transport(inputs.content, inputs.visible, style.colors, style.shares),
        )

    @torch.inference_mode()
    def _embed(self, photo: Pixels) -> Tensor:
        """Of the whole photograph, and of its four corners, each as it is and mirrored: all of these were given the
        same look, and the mean of what is told from them is nearer to it (0.3 dB)."""
        small = at_most(photo, _COUNTED)
        high, wide = (max(1, round(_CORNER * side)) for side in small.shape[:2])
        parts = [small, small[:high, :wide], small[:high, -wide:], small[-high:, :wide], small[-high:, -wide:]]
        squares = [cv2.resize(part, (SEEN, SEEN), interpolation=cv2.INTER_AREA) for part in parts]
        seen = torch.from_numpy(np.clip(np.stack(squares), 0, 1)).permute(0, 3, 1, 2).to(self.device)
        found: Tensor = self.network.embed(torch.cat([seen, seen.flip(3)]))
        return found

    @torch.inference_mode()
    def _told(self, style: Pixels, content: Tensor) -> ColorTable:
        nodes = self.network.nodes(self._embed(style), content).mean(0, keepdim=True)
        found: ColorTable = self.network.whole(nodes)[0].permute(1, 2, 3, 0).cpu().numpy()
        return found

    def table(self, prepared: PreparedLook, params: LookParams) -> ColorTable:
        """What becomes of each colour."""
        colors = identity()
        change = (1 - params.match) * params.strength * prepared.told
        change = change + params.match * min(params.strength, 1.0) * prepared.moved
        light = (change @ LUMA)[..., None]
        chroma = change - light
        chroma = chroma * (1 - params.skin * _like_skin(colors))[..., None]
        white = np.clip((colors @ LUMA - 0.75) / 0.25, 0, 1)[..., None] ** 2
        change = (1 - params.highlights * white) * (params.tone * light + params.color * chroma)
        whole = colors + smoothed(np.asarray(change, np.float32), params.smoothness)
        return inside(rising(np.asarray(whole, np.float32)))

    def run(
        self, prepared: PreparedLook, params: LookParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        return next(self.run_path(prepared, params, [params.strength], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedLook,
        params: LookParams,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ImageResult]:
        """Told once; each strength has a table of its own."""
        with out_of_memory():
            for step, strength in enumerate(values, 1):
                table, stopped = self.table(prepared, at_ratio(self.spec, params, strength)), False
                made = apply_table(table, prepared.content, self.device)
                try:
                    on_iterate(Iterate.of(1, 1, made))
                except Stop:
                    stopped = True
                yield ImageResult(made, step, stopped, table=table)
                if stopped:
                    return


def _at_size(content: Pixels, size: int) -> Pixels:
    """``content`` itself at its own size: not a pixel of it is made anew."""
    return content if fit_size(content.shape[0], content.shape[1], size) == content.shape[:2] else resize(content, size)


def _like_skin(colors: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much (..., 3) are of the colour of skin, 0..1, without an edge anywhere."""
    light, dark = _SKIN
    along = np.clip(((colors - dark) @ (light - dark)) / ((light - dark) @ (light - dark)), -0.3, 1.3)
    away = np.linalg.norm(colors - (dark + along[..., None] * (light - dark)), axis=-1)
    return np.asarray(np.exp(-((away / 0.14) ** 2)), np.float32)


def _transport(
    content: Pixels, visible: Visibility | None, styles: Sequence[ColorSpread], shares: Sequence[float]
) -> ColorTable:
    """What the map of least cost between the palettes, taken for Gaussian, adds to each colour."""
    seen = None if visible is None else cv2.resize(visible, content.shape[1::-1], interpolation=cv2.INTER_AREA)
    small = at_most(content if seen is None else np.dstack([content, seen]), _COUNTED)
    own = ColorSpread.of(small[..., :3], None if seen is None else small[..., 3])
    colors = identity().reshape(-1, 3).astype(np.float64)
    least = np.eye(3) * _LEAST_DEVIATION**2
    root, inverse = _roots(own.covariance + least)
    change = np.zeros_like(colors)
    for share, goal in zip(shares, styles, strict=True):
        middle, _ = _roots(root @ (goal.covariance + least) @ root)
        matrix = inverse @ middle @ inverse
        change += share * ((colors - own.mean) @ matrix.T + goal.mean - colors)
    return change.astype(np.float32).reshape(identity().shape)


def _roots(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The symmetric root of a covariance, and its inverse."""
    values, vectors = np.linalg.eigh(matrix)
    roots = np.sqrt(np.maximum(values, 1e-9))
    return (vectors * roots) @ vectors.T, (vectors / roots) @ vectors.T
