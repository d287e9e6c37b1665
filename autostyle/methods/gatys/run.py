"""Gatys, Ecker & Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016, coarse to fine,
and along the style weight: a run may go on from one weight to the next, each from the picture of the one before.

Departures from the paper, each because it paints better in less time: normalised losses (objective.py), a pyramid of
sizes instead of one, the pixels as one more style level, bfloat16 where it is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import luminance_only, match_color
from autostyle.codecs.image import fit_size
from autostyle.codecs.transparency import resize_visible
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.gatys.objective import Aim, LossFunction, Targets, Term, build, over_sizes, style_targets
from autostyle.methods.gatys.spec import SPEC, GatysParams
from autostyle.methods.regions import Regions, kept_of, recolor_regions, regions_of
from autostyle.vision.encoder import Encoder
from autostyle.vision.optimize import AdamState, Best, Watch, adam, lbfgs
from autostyle.vision.precision import fast
from autostyle.vision.tensors import LEAST, long_side_for, resize, resize_long, to_pixels, to_tensor, to_visible

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

COARSEST = 96
"""Least long side of the pyramid's smallest size: large marks are decided there, where an iteration costs nothing."""
FURTHER, GROWTH = 1 / 7, 0.4
"""Share of ``steps`` that a path takes from one weight to the next up to 1, and with which power of the weight it grows
from there on. Many short ones lie closer together than few long ones for the same time, and keep more content at the
same style; bold pictures are further apart (measured)."""
FAINT = 0.5
"""The style_weight below which less and less is painted."""


@dataclass(frozen=True)
class PreparedGatys:
    """The content on the device, the sizes of the run's pyramid, and the style; never modified."""

    sizes: tuple[int, ...]
    content: Tensor
    style: Style
    content_pixels: Pixels
    visible: Visibility | None
    regions: Regions | None

    @property
    def parts(self) -> tuple[tuple[Style, Visibility | None, float], ...]:
        """The styles to take on, each with where, of what is visible, and its share of the picture."""
        if self.regions is None:
            return ((self.style, self.visible, 1.0),)
        shown = 1.0 if self.visible is None else self.visible
        parts = [(one.style, (one.places * shown).astype(np.float32)) for one in self.regions.painted]
        return tuple((style, where, float(where.mean() / np.mean(shown))) for style, where in parts)


def pyramid_sizes(height: int, width: int) -> tuple[int, ...]:
    """Long sides from coarse to fine, halved from a picture's own, as far as the encoder and the marks have room."""
    sizes = [max(height, width)]
    while (half := round(sizes[0] / 2)) >= COARSEST and long_side_for(height, width, half) == half:
        sizes.insert(0, half)
    return tuple(sizes)


def marks(style: Tensor, long_side: float) -> int:
    """The long side at which a style picture is read, in pixels."""
    return long_side_for(style.shape[-2], style.shape[-1], round(long_side))


def strength(weight: float) -> float:
    """How much is painted at a style_weight, 0..1: of the palette that is moved, of the iterations that a run takes.

    Towards weight 0 the result becomes the content itself: moving its palette all the same would cost content and gain
    no style, and from there to the result is a short way.
    """
    return float(min(1.0, (weight / FAINT) ** 0.5))


def first_steps(params: GatysParams, weight: float) -> int:
    """Iterations at each size of a run to ``weight``."""
    return max(further_steps(params, min(weight, 1.0)), round(params.steps * strength(weight)))


def further_steps(params: GatysParams, weight: float) -> int:
    """Iterations of a path from the weight before to ``weight``."""
    return max(1, round(params.steps * FURTHER * float(max(1.0, weight) ** GROWTH)))


@dataclass
class _Run:
    """What a run has come to: the picture, the iterations done, what is to be said."""

    params: GatysParams
    image: Tensor
    done: int = 0
    stopped: bool = False
    notes: list[str] = field(default_factory=list)
    carried: AdamState | None = None

    def minimise(self, objective: LossFunction, weight: float, steps: int, watch: Watch) -> None:
        """Go on from the picture for ``steps`` iterations at a style_weight, until ``watch`` raises Stop."""
        best, pyramid = Best(self.image), self.params.representation == "laplacian"

        def loss(image: Tensor) -> Tensor:
            return objective(image, weight)

        try:
            if self.params.optimizer == "adam":
                self.carried = adam(loss, best, steps, watch, pyramid=pyramid, carried=self.carried)
            else:
                lbfgs(loss, best, steps, watch, pyramid=pyramid)
        except Stop:
            self.stopped = True
        self.image, self.done = best.image, self.done + best.steps
        self.notes += best.notes


class Gatys(Method[GatysParams, PreparedGatys]):
    """Optimise the picture itself; see the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.encoder: Encoder = fast(weights.encoder("auto", device, pooling="avg"), device)

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin}

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedGatys:
        content = resize_long(to_tensor(inputs.content), size)
        height, width = content.shape[-2:]
        if min(height, width) < LEAST:
            raise too_small(height, width)
        sizes = pyramid_sizes(height, width)
        visible = resize_visible(inputs.visible, height, width)
        regions = regions_of(inputs.aids, inputs.style, height, width)
        return PreparedGatys(sizes, content.to(self.device), inputs.style, to_pixels(content), visible, regions)

    def run(
        self, prepared: PreparedGatys, params: GatysParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        return next(self.run_path(prepared, params, [params.style_weight], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedGatys,
        params: GatysParams,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ImageResult]:
        """Coarse to fine at the first weight, then at the largest size from each weight's picture to the next one's."""
        with out_of_memory():
            ahead = iter(values)
            weight = next(ahead)
            styles = [
                [self._style(one, seen, where, prepared, params) for one, seen in style.seen]
                for style, where, _ in prepared.parts
            ]
            painted_on = self._recolored(prepared, params, weight)
            generator = torch.Generator().manual_seed(seed)
            run = _Run(params, self._start(painted_on, prepared.sizes[0], params, generator))
            objectives: list[tuple[tuple[int, int], LossFunction]] = []
            targets: dict[int, list[Targets]] = {}

            def watching(before: int, total: int) -> Watch:
                def watch(step: int, picture: Tensor, loss: float) -> None:
                    on_iterate(Iterate(before + step, total, lambda: self._finish(picture, prepared, params), loss))

                return watch

            def objective(size: int) -> tuple[tuple[int, int], LossFunction]:
                shape = fit_size(painted_on.shape[-2], painted_on.shape[-1], size)
                content = resize(painted_on, shape).clamp(0, 1)
                aims = [
                    Aim(aim, to_visible(where, shape, self.device), share)
                    for aim, (_, where, share) in zip(targets[size], prepared.parts, strict=True)
                ]
                built = build(
                    self.encoder,
                    params,
                    content,
                    aims,
                    seed=seed,
                    finest=prepared.sizes[-1],
                    visible=to_visible(prepared.visible, shape, self.device),
                    kept=to_visible(kept_of(prepared.regions), shape, self.device),
                    also=self.term(prepared, params, size),
                )
                return shape, built

            steps = first_steps(params, weight)
            for stage, size in enumerate(prepared.sizes):
                targets[size] = self._targets(prepared, params, styles, size, seed)
                objectives.append(objective(size))
                run.image = resize(run.image, objectives[-1][0])
                watch = watching(stage * steps, len(prepared.sizes) * steps)
                run.minimise(over_sizes(objectives, params.coarse), weight, steps, watch)
                if run.stopped:
                    break
            yield self._result(run, prepared)
            for further in () if run.stopped else ahead:
                if strength(further) != strength(weight):
                    before, painted_on = painted_on, self._recolored(prepared, params, further)
                    # The palette moves at once; what is left to the iterations is the painting.
                    run.image = run.image + painted_on - before
                    objectives = [objective(size) for size in prepared.sizes]
                weight, steps = further, further_steps(params, further)
                run.minimise(over_sizes(objectives, params.coarse), weight, steps, watching(0, steps))
                yield self._result(run, prepared)
                if run.stopped:
                    return

    def term(self, prepared: PreparedGatys, params: GatysParams, size: int) -> Term | None:
        """What a method that is built on this one adds to the loss at a size of the pyramid."""
        return None

    def _targets(
        self, prepared: PreparedGatys, params: GatysParams, styles: list[list[Tensor]], size: int, seed: int
    ) -> list[Targets]:
        """What each part of a picture of ``size`` pixels is to come to."""

        def of(style: Style, pictures: list[Tensor]) -> Targets:
            scaled = [resize_long(one, marks(one, size * params.style_scale)) for one in pictures]
            visible = [
                to_visible(where, one.shape[-2:], self.device)
                for one, (_, where) in zip(scaled, style.seen, strict=True)
            ]
            return style_targets(self.encoder, params, scaled, style.shares, seed=seed, styles_visible=visible)

        return [of(style, mine) for (style, _, _), mine in zip(prepared.parts, styles, strict=True)]

    def _result(self, run: _Run, prepared: PreparedGatys) -> ImageResult:
        notes = (*run.notes, *(() if prepared.regions is None else prepared.regions.notes))
        return ImageResult(self._finish(run.image, prepared, run.params), run.done, run.stopped, notes)

    def _style(
        self,
        style: Pixels,
        visible: Visibility | None,
        where: Visibility | None,
        prepared: PreparedGatys,
        params: GatysParams,
    ) -> Tensor:
        if params.color_mode == "match":
            style = match_color(style, prepared.content_pixels, visible, where)
        return to_tensor(style, self.device)

    def _recolored(self, prepared: PreparedGatys, params: GatysParams, weight: float) -> Tensor:
        """The content with its palette moved towards the styles' by ``recolor``, as far as a style_weight paints; what
        is kept is its structure."""
        if params.color_mode == "match":
            return prepared.content
        amount = params.recolor * strength(weight)
        pixels = recolor_regions(prepared.content_pixels, prepared.style, amount, prepared.visible, prepared.regions)
        return to_tensor(pixels, self.device)

    def _start(self, content: Tensor, size: int, params: GatysParams, generator: torch.Generator) -> Tensor:
        small = resize_long(content, size)
        if params.init == "content":
            return small
        noise = torch.rand(small.shape, generator=generator).to(small.device)
        return noise if params.init == "noise" else (small + noise) / 2

    def _finish(self, image: Tensor, prepared: PreparedGatys, params: GatysParams) -> Pixels:
        height, width = prepared.content_pixels.shape[:2]
        pixels = to_pixels(resize(image.detach(), (height, width)))
        if params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content_pixels)
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content_pixels)
