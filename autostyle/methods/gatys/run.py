"""Gatys, Ecker & Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016, coarse to fine,
and along the style weight: a run may go on from one weight to the next, each from the picture of the one before.

Departures from the paper, each because it paints better in less time: normalised losses (objective.py), a pyramid of
sizes instead of one, the pixels as one more style level, bfloat16 where it is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import luminance_only, match_color, recolor
from autostyle.codecs.image import fit_size
from autostyle.codecs.transparency import resize_visible
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.gatys.objective import LossFunction, build, over_sizes
from autostyle.methods.gatys.spec import SPEC, GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.optimize import AdamState, Best, Watch, adam, lbfgs
from autostyle.vision.precision import fast
from autostyle.vision.tensors import LEAST, long_side_for, resize, resize_long, to_pixels, to_tensor, to_visible

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

COARSEST = 96
"""Least long side of the pyramid's smallest size: large marks are decided there, where an iteration costs nothing."""
FURTHER = 1 / 3
"""Share of ``steps`` that a path takes from one weight to the next."""


@dataclass(frozen=True)
class PreparedGatys:
    """The content on the device, the sizes of the run's pyramid, and the style; never modified."""

    sizes: tuple[int, ...]
    content: Tensor
    style: Style
    content_pixels: Pixels
    visible: Visibility | None


def pyramid_sizes(height: int, width: int) -> tuple[int, ...]:
    """Long sides from coarse to fine, halved from a picture's own, as far as the encoder and the marks have room."""
    sizes = [max(height, width)]
    while (half := round(sizes[0] / 2)) >= COARSEST and long_side_for(height, width, half) == half:
        sizes.insert(0, half)
    return tuple(sizes)


def marks(style: Tensor, long_side: float) -> int:
    """The long side at which a style picture is read, in pixels."""
    return long_side_for(style.shape[-2], style.shape[-1], round(long_side))


def further_steps(params: GatysParams) -> int:
    """Iterations from one weight of a path to the next."""
    return max(1, round(params.steps * FURTHER))


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
        return PreparedGatys(sizes, content.to(self.device), inputs.style, to_pixels(content), visible)

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
            styles = [self._style(style, where, prepared, params) for style, where in prepared.style.seen]
            painted_on = self._recolored(prepared, params)
            generator = torch.Generator().manual_seed(seed)
            run = _Run(params, self._start(painted_on, prepared.sizes[0], params, generator))
            objectives: list[tuple[tuple[int, int], LossFunction]] = []

            def watching(before: int, total: int) -> Watch:
                def watch(step: int, picture: Tensor, loss: float) -> None:
                    on_iterate(Iterate(before + step, total, lambda: self._finish(picture, prepared, params), loss))

                return watch

            weight = next(ahead)
            for stage, size in enumerate(prepared.sizes):
                shape = fit_size(painted_on.shape[-2], painted_on.shape[-1], size)
                content = resize(painted_on, shape).clamp(0, 1)
                scaled = [resize_long(style, marks(style, size * params.style_scale)) for style in styles]
                objective = build(
                    self.encoder,
                    params,
                    content,
                    scaled,
                    prepared.style.shares,
                    seed=seed,
                    finest=prepared.sizes[-1],
                    visible=to_visible(prepared.visible, shape, self.device),
                    styles_visible=[
                        to_visible(where, style.shape[-2:], self.device)
                        for style, (_, where) in zip(scaled, prepared.style.seen, strict=True)
                    ],
                )
                objectives.append((shape, objective))
                run.image = resize(run.image, shape)
                watch = watching(stage * params.steps, len(prepared.sizes) * params.steps)
                run.minimise(over_sizes(objectives, params.coarse), weight, params.steps, watch)
                if run.stopped:
                    break
            yield self._result(run, prepared)
            steps = further_steps(params)
            for weight in () if run.stopped else ahead:
                run.minimise(over_sizes(objectives, params.coarse), weight, steps, watching(0, steps))
                yield self._result(run, prepared)
                if run.stopped:
                    return

    def _result(self, run: _Run, prepared: PreparedGatys) -> ImageResult:
        return ImageResult(self._finish(run.image, prepared, run.params), run.done, run.stopped, tuple(run.notes))

    def _style(self, style: Pixels, visible: Visibility | None, prepared: PreparedGatys, params: GatysParams) -> Tensor:
        if params.color_mode == "match":
            style = match_color(style, prepared.content_pixels, visible, prepared.visible)
        return to_tensor(style, self.device)

    def _recolored(self, prepared: PreparedGatys, params: GatysParams) -> Tensor:
        """The content with its palette moved towards the styles' by ``recolor``; what is kept is its structure."""
        if params.color_mode == "match":
            return prepared.content
        style = prepared.style
        pixels = recolor(
            prepared.content_pixels, style.exemplars, style.shares, params.recolor, prepared.visible, style.visible
        )
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
        return luminance_only(pixels, prepared.content_pixels) if params.color_mode == "luminance" else pixels
