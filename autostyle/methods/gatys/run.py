"""Gatys, Ecker & Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016, coarse to fine,
and along the style weight: a run may go on from one weight to the next, each from the picture of the one before.

Departures from the paper, each because it paints better in less time: normalised losses (objective.py), a pyramid of
sizes instead of one, the pixels as one more style level, bfloat16 where it is faster. Sizes too large to be seen whole
(tiled.py) come last: a path is gone at the largest size below them, and what it came to is painted on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from autostyle.codecs.color import luminance_only
from autostyle.codecs.image import fit_size
from autostyle.codecs.transparency import resize_visible
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.gatys.levels import Level, Levels, PreparedGatys, SeenTerms, pyramid_sizes
from autostyle.methods.gatys.objective import Term, over_sizes
from autostyle.methods.gatys.spec import SPEC, GatysParams
from autostyle.methods.gatys.tiled import SIDE, add_over_sizes
from autostyle.methods.regions import regions_of
from autostyle.sentences import Sentence
from autostyle.vision.encoder import Encoder
from autostyle.vision.heap import give_back
from autostyle.vision.optimize import AdamState, Best, Watch, adam, descend, lbfgs
from autostyle.vision.precision import fast
from autostyle.vision.tensors import LEAST, as_tensor, resize, resize_long, to_pixels
from autostyle.vision.tiles import count_tiles

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

FURTHER, GROWTH = 1 / 7, 0.4
"""Share of ``steps`` that a path takes from one weight to the next up to 1, and with which power of the weight it grows
from there on. Many short ones lie closer together than few long ones for the same time, and keep more content at the
same style; bold pictures are further apart (measured)."""
CLIMB = 1 / 3
"""Share of ``steps`` at each size that is seen tile by tile: what is left to be painted there is small."""
FINE = 0.75
"""Share of the wanted size that a style picture has to have for its marks to come out nearly as large."""
KEEP_EVERY = 60.0
"""Least seconds from one time that a picture that is seen tile by tile is kept to the next."""
FAINT = 0.5
"""The style_weight below which less and less is painted."""


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


def climbing_steps(params: GatysParams, weight: float) -> int:
    """Iterations at each size that is seen tile by tile."""
    return max(1, round(params.steps * CLIMB * strength(weight)))


@dataclass
class _Canvas:
    """What a run has come to: the picture, the iterations done, what is to be said.

    Args:
        at: what the levels are built for: the content, and the style_weight that it was recolored for.
    """

    params: GatysParams
    image: Tensor
    painted_on: Tensor
    weight: float
    levels: list[Level] = field(default_factory=list)
    done: int = 0
    stopped: bool = False
    notes: list[str] = field(default_factory=list)
    carried: AdamState | None = None

    def minimise(self, steps: int, watch: Watch) -> None:
        """Go on from the picture for ``steps`` iterations, until ``watch`` raises Stop."""
        best, pyramid = Best(self.image.contiguous()), self.params.representation == "laplacian"
        for level in self.levels:
            level.look_at(self.image)
        objective = over_sizes([(level.shape, level.loss) for level in self.levels], self.params.coarse)

        def loss(image: Tensor) -> Tensor:
            return objective(image, self.weight)

        try:
            if self.params.optimizer == "adam":
                self.carried = adam(loss, best, steps, watch, pyramid=pyramid, carried=self.carried)
            else:
                lbfgs(loss, best, steps, watch, pyramid=pyramid)
        except Stop:
            self.stopped = True
        self.image, self.done = best.image, self.done + best.steps
        self.notes += best.notes

    def descend(self, steps: int, watch: Watch, done: int = 0) -> None:
        """The same where the largest size is seen tile by tile, with few copies of the picture; ``done`` of the steps
        are over."""
        objectives = [(level.shape, level.objective) for level in self.levels]

        def add_gradient(image: Tensor, gradient: Tensor) -> float:
            return add_over_sizes(objectives, self.params.coarse, image, self.weight, gradient)

        def counted(step: int, picture: Tensor, loss: float) -> None:
            self.done += 1
            watch(step, picture, loss)

        try:
            self.notes += descend(add_gradient, self.image, steps, counted, done)
        except Stop:
            self.stopped = True


@dataclass(frozen=True)
class Polish:
    """Iterations on a picture that is painted, all of whose sizes have a further part in their loss."""

    params: GatysParams
    steps: int
    seen_terms: SeenTerms


class _Progress:
    """Tells how far a run has come: in iterations, and tiles, which take about as long as one of the largest picture
    that is seen whole."""

    def __init__(self, on_iterate: OnIterate, finish: Callable[[Tensor], Pixels]) -> None:
        self._on_iterate, self._finish = on_iterate, finish
        self.total = self._done = self._before = 0
        self._picture = torch.zeros(0)
        self._loss: float | None = None

    def begin(self, total: int) -> None:
        """What is to be done until the next result."""
        self.total = total
        self.stage(0)

    def stage(self, done: int) -> None:
        """What is done of it so far."""
        self._done = self._before = done

    def step(self, step: int, picture: Tensor, loss: float) -> None:
        """The iteration ``step`` of this stage is over."""
        self.look_at(picture, loss)
        self._tell(self._before + step)

    def look_at(self, picture: Tensor, loss: float | None = None) -> None:
        """What is shown to those who want to see the picture."""
        self._picture, self._loss = picture, loss

    def tile(self) -> None:
        """A tile was seen."""
        self._tell(self._done + 1)

    def _tell(self, done: int) -> None:
        self._done, picture = done, self._picture
        self._on_iterate(Iterate(min(self._done, self.total), self.total, lambda: self._finish(picture), self._loss))


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
        content = inputs.content
        height, width = fit_size(content.shape[0], content.shape[1], size)
        if min(height, width) < LEAST:
            raise too_small(height, width)
        visible = resize_visible(inputs.visible, height, width)
        regions = regions_of(inputs.aids, inputs.style, height, width, inputs.frame)
        if content.shape[:2] != (height, width):
            content = to_pixels(resize(as_tensor(content), (height, width)))
        return PreparedGatys(pyramid_sizes(height, width), inputs.style, content, visible, regions, inputs.unfinished)

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
            run = _Run(self, prepared, params, seed, on_iterate)
            for canvas in run.along(values):
                yield run.result(run.climbed(run.polished(canvas)))

    def run_to(
        self,
        prepared: PreparedGatys,
        params: GatysParams,
        path: Sequence[float] = (),
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> ImageResult:
        """The way there is gone at the largest size that is seen whole."""
        if not prepared.tiled:
            return super().run_to(prepared, params, path, seed=seed, on_iterate=on_iterate)
        with out_of_memory():
            return _Run(self, prepared, params, seed, on_iterate).to((*path, params.style_weight))

    def paint_on(
        self,
        prepared: PreparedGatys,
        params: GatysParams,
        start: Pixels,
        steps: int,
        *,
        where: NDArray[np.float32],
        more: float = 1.0,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> ImageResult:
        """``steps`` iterations at the largest size, which is seen whole, from a picture of that size.

        Args:
            where: how far it is begun from at each place, (H, W, 1), 0..1; from the content with its palette moved
                elsewhere.
            more: times style_weight that the style counts.
        """
        with out_of_memory():
            return _Run(self, prepared, params, seed, on_iterate).on(start, where, steps, more)

    def term(self, prepared: PreparedGatys, params: GatysParams, size: int) -> Term | None:
        """What a method that is built on this one adds to the loss at a size of the pyramid."""
        return None

    def polish(self, prepared: PreparedGatys, params: GatysParams, seed: int) -> Polish | None:
        """What it makes of every picture that is a result, before that is painted at the sizes seen tile by tile."""
        return None

    def finished(self, image: Pixels, prepared: PreparedGatys, params: GatysParams) -> Pixels:
        """What it makes of a picture that is painted, of the content's size."""
        return image


class _Run:
    """One run: its canvas goes along the weights at the sizes that are seen whole, and from there up to the largest."""

    def __init__(
        self, method: Gatys, prepared: PreparedGatys, params: GatysParams, seed: int, on_iterate: OnIterate
    ) -> None:
        self._prepared, self._params, self._seed = prepared, params, seed
        self._method, self._device, self._tiled = method, method.device, prepared.tiled
        self._whole = prepared.sizes[: len(prepared.sizes) - len(self._tiled)]
        self._progress = _Progress(on_iterate, self._finish)
        self._kept_at = time.monotonic()
        self._levels = Levels(
            method.encoder,
            method.device,
            prepared,
            params,
            seed,
            self._progress.tile,
            lambda size: method.term(prepared, params, size),
        )
        self._polish = method.polish(prepared, params, seed)
        self._polishing = 0 if self._polish is None else self._polish.steps

    def along(self, values: Iterable[float], *, climbs: bool = True) -> Iterator[_Canvas]:
        """The same canvas at each weight, painted on; ``climbs``: from each the largest sizes are painted, too."""
        ahead, done = iter(values), 0
        weight = next(ahead)
        painted_on = self._recolored(weight)
        canvas = _Canvas(self._params, self._start(painted_on), painted_on, weight)
        steps = first_steps(self._params, weight)
        if climbs:
            self._progress.begin(len(self._whole) * steps + self._polishing + self._climb(weight))
        for size in self._whole:
            self._progress.stage(done)
            canvas.levels.append(self._levels.at(size, painted_on))
            canvas.image = resize(canvas.image, canvas.levels[-1].shape)
            canvas.minimise(steps, self._progress.step)
            done += steps
            if canvas.stopped:
                break
        yield canvas
        for further in () if canvas.stopped else ahead:
            if strength(further) != strength(canvas.weight):
                before, canvas.painted_on = canvas.painted_on, self._recolored(further)
                # The palette moves at once; what is left to the iterations is the painting.
                shape = canvas.levels[-1].shape
                canvas.image = canvas.image + resize(canvas.painted_on, shape) - resize(before, shape)
                canvas.levels = [self._levels.at(size, canvas.painted_on) for size in self._whole]
            canvas.weight, steps = further, further_steps(self._params, further)
            if climbs:
                done = 0
                self._progress.begin(steps + self._polishing + self._climb(further))
            self._progress.stage(done)
            canvas.minimise(steps, self._progress.step)
            done += steps
            yield canvas
            if canvas.stopped:
                return

    def to(self, values: Sequence[float]) -> ImageResult:
        """What it comes to at the last of several weights; the largest sizes are painted there alone."""
        if (found := self._kept(values[-1])) is not None:
            return found
        first, *further = values
        steps = len(self._whole) * first_steps(self._params, first)
        steps += sum(further_steps(self._params, value) for value in further)
        self._progress.begin(steps + self._polishing + self._climb(values[-1]))
        *_, reached = self.along(values, climbs=False)
        return self.result(self.climbed(self.polished(reached)))

    def on(self, start: Pixels, where: NDArray[np.float32], steps: int, more: float) -> ImageResult:
        """What it comes to from a picture of the largest size, as far as ``where`` says, where the style counts
        ``more`` times its weight."""
        weight = self._params.style_weight
        painted_on = self._recolored(weight)
        begun = torch.lerp(painted_on, as_tensor(start, self._device), as_tensor(where, self._device))
        canvas = _Canvas(self._params, begun, painted_on, more * weight)
        canvas.levels = [self._levels.at(size, painted_on) for size in self._whole]
        self._progress.begin(steps)
        canvas.minimise(steps, self._progress.step)
        return self.result(canvas)

    def _kept(self, weight: float) -> ImageResult | None:
        """What comes of what the same run had before something ended it; None where it kept nothing."""
        kept = None if self._prepared.unfinished is None else self._prepared.unfinished.read()
        steps = climbing_steps(self._params, weight)
        shapes = [(*self._prepared.shape(size), 3) for size in self._tiled]
        if kept is None or kept[1].shape not in shapes or not 0 < kept[0] <= steps or kept[1].dtype != np.float32:
            return None
        done, picture = kept
        stage = shapes.index(picture.shape)
        painted_on = self._recolored(weight)
        canvas = _Canvas(self._params, as_tensor(picture, self._device).contiguous(), painted_on, weight)
        canvas.levels = [self._levels.at(size, painted_on) for size in self._whole]
        canvas.done = len(self._whole) * first_steps(self._params, weight) + stage * steps + done
        self._progress.begin(self._climb(weight))
        return self.result(self.climbed(canvas, stage, done))

    def polished(self, canvas: _Canvas) -> _Canvas:
        """What the method makes of a canvas, which stays as it is."""
        if self._polish is None or canvas.stopped:
            return canvas
        given = self._polish
        give_back()
        made = replace(canvas, params=given.params, notes=list(canvas.notes), carried=None)
        made.levels = [self._levels.at(size, made.painted_on, given.seen_terms) for size in self._whole]
        self._progress.stage(self._progress.total - self._polishing - self._climb(canvas.weight))
        made.minimise(given.steps, self._progress.step)
        return made

    def climbed(self, canvas: _Canvas, stage: int = 0, done: int = 0) -> _Canvas:
        """What is painted on a canvas at the sizes that are seen tile by tile; it came to ``done`` steps at the
        ``stage`` of them before."""
        if not self._tiled or canvas.stopped:
            return canvas
        top = replace(canvas, levels=list(canvas.levels), notes=list(canvas.notes))
        steps = climbing_steps(self._params, canvas.weight)
        for number, size in enumerate(self._tiled):
            give_back()
            top.levels.append(self._levels.at(size, top.painted_on))
            if number < stage:
                continue
            give_back()
            top.image = resize(top.image, top.levels[-1].shape).contiguous()
            self._progress.look_at(top.image)
            self._progress.stage(self._progress.total - self._climb(canvas.weight, number, done))
            top.descend(steps, self._keep, done)
            done = 0
            if top.stopped:
                break
        return top

    def _keep(self, step: int, picture: Tensor, loss: float) -> None:
        """After a step of a picture that is seen tile by tile."""
        self._progress.look_at(picture, loss)
        if self._prepared.unfinished is not None and time.monotonic() - self._kept_at >= KEEP_EVERY:
            self._prepared.unfinished.keep(step, picture[0].permute(1, 2, 0).cpu().numpy())
            self._kept_at = time.monotonic()

    def result(self, canvas: _Canvas) -> ImageResult:
        """The picture that a canvas shows."""
        regions = self._prepared.regions
        notes = (*canvas.notes, *(() if regions is None else regions.notes), *self._small_styles())
        return ImageResult(self._finish(canvas.image), canvas.done, canvas.stopped, notes)

    def _small_styles(self) -> tuple[Sentence, ...]:
        """What is to be said of style pictures that have no marks as large as the result's; they are not enlarged."""
        wanted = round(self._prepared.sizes[-1] * self._params.style_scale)
        own = min(max(exemplar.shape[:2]) for exemplar in self._prepared.style.exemplars)
        if not self._tiled or own >= FINE * wanted:
            return ()
        return (
            Sentence(
                "a style picture of {own} px for marks of {wanted}: its finest ones come out small",
                own=own,
                wanted=wanted,
            ),
        )

    def _climb(self, weight: float, stage: int = 0, done: int = 0) -> int:
        """Tiles that are still to be seen after ``done`` steps at the ``stage`` of the sizes that are seen so, each
        together with those below it."""
        counts = [count_tiles(*self._prepared.shape(size), SIDE) for size in self._tiled]
        a_step = [sum(counts[: number + 1]) for number in range(len(counts))]
        return sum(a_step[stage:]) * climbing_steps(self._params, weight) - (done * a_step[stage] if done else 0)

    def _recolored(self, weight: float) -> Tensor:
        return self._levels.recolored(self._params.recolor * strength(weight))

    def _start(self, content: Tensor) -> Tensor:
        small = resize_long(content, self._prepared.sizes[0])
        if self._params.init == "content":
            return small
        noise = torch.rand(small.shape, generator=torch.Generator().manual_seed(self._seed)).to(small.device)
        return noise if self._params.init == "noise" else (small + noise) / 2

    def _finish(self, image: Tensor) -> Pixels:
        prepared = self._prepared
        height, width = prepared.content_pixels.shape[:2]
        pixels = self._method.finished(to_pixels(resize(image.detach(), (height, width))), prepared, self._params)
        if self._params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content_pixels)
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content_pixels)
