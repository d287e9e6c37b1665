"""A method of pictures at work on a scene: it paints views around it, and the splats take the colours that are nearest
to all of them together.

With the splats where they are a view is linear in their colours, so that these are the solution of a least-squares
problem over all views (conjugate gradients). Where painted views say different things of a point, it becomes their
mean: palettes come through, and marks that each view has of its own fade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autostyle.codecs.image import resize
from autostyle.codecs.scene import Scene
from autostyle.methods.contract import (
    ImageInputs,
    ImageResult,
    Inputs,
    Iterate,
    OnIterate,
    P,
    Pixels,
    SceneMethod,
    SceneResult,
    Stop,
    ignore,
)
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.painter import ByPainter, PicturePaths
from autostyle.methods.viewpoints import painted
from autostyle.vision.rendering import viewer
from autostyle.vision.scene_view import SceneView
from autostyle.vision.tensors import LEAST, to_pixels, to_tensor

VIEWS = 12
HELD = 0.02
"""How much each splat is held to its own colour, beside how much of a splat all views show in the mean."""
ROUNDS = 30
"""Of conjugate gradients."""


@dataclass(frozen=True)
class PreparedViews:
    """A scene, its views, and what the painter prepared of each."""

    scene: Scene
    views: tuple[SceneView, ...]
    known: tuple[Any, ...]


class Solid(ByPainter[P], SceneMethod[P, PreparedViews]):
    """See the module's docstring."""

    def prepare(self, inputs: Inputs[Scene, Pixels], size: int) -> PreparedViews:
        scene = inputs.content
        cameras = [one.at(size) for one in painted(scene, inputs.aids, VIEWS)]
        for one in cameras:
            if min(one.width, one.height) < LEAST:
                raise too_small(one.height, one.width)
        colors = torch.from_numpy(scene.colors)
        views = tuple(map(viewer(scene), cameras))
        pictures = (
            ImageInputs(
                to_pixels(one.picture(colors, _behind(scene))),
                inputs.style,
                aids=inputs.aids,
                visible=one.covered.numpy(),
                frame=number,
            )
            for number, one in enumerate(views)
        )
        return PreparedViews(scene, views, tuple(self.painter.prepare(one, size) for one in pictures))

    def run(self, prepared: PreparedViews, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> SceneResult:
        return self.run_to(prepared, params, seed=seed, on_iterate=on_iterate)

    def run_to(
        self,
        prepared: PreparedViews,
        params: P,
        path: Sequence[float] = (),
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> SceneResult:
        def paint(number: int, onward: OnIterate) -> ImageResult:
            return self.painter.run_to(prepared.known[number], params, path, seed=seed, on_iterate=onward)

        return _solved(prepared, paint, on_iterate)

    def run_path(
        self,
        prepared: PreparedViews,
        params: P,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[SceneResult]:
        """Every view goes on from itself at the value before."""
        paths = PicturePaths(self.painter, params, seed, prepared.known.__getitem__)
        for value in values:
            paths.value = value
            made = _solved(prepared, paths.paint, on_iterate)
            yield made
            if made.stopped:
                return


def _behind(scene: Scene) -> Tensor:
    """What is behind a scene in a view that is painted: a colour of its own."""
    return torch.from_numpy(scene.colors.mean(axis=0).clip(0, 1))


def _solved(
    prepared: PreparedViews, paint: Callable[[int, OnIterate], ImageResult], on_iterate: OnIterate
) -> SceneResult:
    """The scene whose views are nearest to those that ``paint`` paints; what is not painted yet stays as it is."""
    count = len(prepared.views)
    pictures: list[Pixels] = []
    stopped, notes, steps = False, dict[str, None](), 0
    for number in range(count):

        def onward(iterate: Iterate, done: int = number) -> None:
            on_iterate(Iterate(done * iterate.steps + iterate.step, count * iterate.steps, iterate.image, iterate.loss))

        try:
            made = paint(number, onward)
        except Stop:
            stopped = True
            break
        pictures.append(made.image)
        notes |= dict.fromkeys(made.notes)
        steps += made.steps
        if made.stopped:
            stopped = True
            break
    with out_of_memory():
        colors = solve(prepared.scene, prepared.views[: len(pictures)], pictures)
    return SceneResult(prepared.scene.with_colors(colors.numpy()), steps, stopped, tuple(notes))


@torch.no_grad()
def solve(scene: Scene, views: Sequence[SceneView], pictures: Sequence[Pixels]) -> Tensor:
    """The colours, (N, 3), whose ``views`` are nearest to ``pictures``, (H, W, 3); what is hardly seen keeps them."""
    own = torch.from_numpy(scene.colors)
    if not views:
        return own.clone()
    behind, least = _behind(scene), torch.zeros(len(scene), 1)
    left = torch.zeros_like(own)
    for one, picture in zip(views, pictures, strict=True):
        shape = one.covered.shape
        sized = picture if picture.shape[:2] == shape else resize(picture, max(shape))
        wanted = to_tensor(sized)[0].permute(1, 2, 0).reshape(-1, 3)
        shown = one.picture(own, behind)[0].permute(1, 2, 0).reshape(-1, 3)
        left += one.back @ (wanted - shown).contiguous()
        least += one.back @ torch.ones(len(wanted), 1)
    hold = HELD * float(least.mean()) + 1e-6

    def curved(step: Tensor) -> Tensor:
        return torch.stack([one.back @ (one.weights @ step) for one in views]).sum(0) + hold * step

    moved, rest = torch.zeros_like(own), left
    step, size = rest, (rest * rest).sum(0)
    for _ in range(ROUNDS):
        bent = curved(step)
        share = size / (step * bent).sum(0).clamp_min(1e-12)
        moved, rest = moved + share * step, rest - share * bent
        before, size = size, (rest * rest).sum(0)
        if float(size.max()) < 1e-10:
            break
        step = rest + size / before.clamp_min(1e-12) * step
    return torch.maximum(torch.minimum(own + moved, own.clamp_min(1)), own.clamp_max(0))
