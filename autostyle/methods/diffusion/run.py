"""What the diffusion methods share: a content picture in latents, words, a run, a picture of the asked size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

import numpy as np
from torch import Tensor

from autostyle.codecs.color import luminance_only
from autostyle.diffusion.blocks import in_blocks
from autostyle.diffusion.engine import Engine, EnginePart, pad_to_cells
from autostyle.diffusion.lora import Lora
from autostyle.diffusion.painting import Adapter, Control, Painted, PaintInputs, paint
from autostyle.diffusion.schedule import Schedule
from autostyle.errors import BadInput
from autostyle.methods.aids import Aids
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.diffusion.spec import Injected, Painting
from autostyle.methods.regions import Regions, kept_of, regions_of
from autostyle.sentences import Sentence
from autostyle.vision.tensors import LEAST, resize_long, to_pixels, to_tensor, to_visible

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

P = TypeVar("P", bound=Painting)


@dataclass(frozen=True)
class PreparedPicture:
    """A content picture at the size of the run and in latents, the style and the aids; never modified."""

    content: Pixels
    padded: Tensor
    latents: Tensor
    style: Style
    aids: Aids
    regions: Regions | None


def at_size(content: Pixels, size: int) -> Pixels:
    """``content`` with a long side of ``size`` pixels; raises BadInput where its short side is then too short."""
    pixels = to_pixels(resize_long(to_tensor(content), size))
    if min(pixels.shape[:2]) < LEAST:
        raise too_small(*pixels.shape[:2])
    return pixels


def kept_cells(regions: Regions | None, latents: Tensor) -> Tensor | None:
    """What is left as it is of the cells of ``latents`` (..., h, w), shape (1, 1, h, w); None where nothing is."""
    kept = kept_of(regions)
    if kept is None:
        return None
    height, width = (8 * side for side in latents.shape[-2:])
    around = ((0, height - kept.shape[0]), (0, width - kept.shape[1]))
    return to_visible(np.pad(kept, around, mode="edge"), latents.shape[-2:])


@dataclass
class Watched:
    """Between a run in latents and whoever watches it in pixels."""

    engine: Engine
    content: Pixels
    steps: int
    color_mode: Literal["style", "luminance"]
    on_iterate: OnIterate
    regions: Regions | None = None
    stopped: bool = False

    def __call__(self, step: int, latents: Tensor) -> bool:
        shape = 8 * latents.shape[-2], 8 * latents.shape[-1]
        try:
            self.on_iterate(Iterate(step, self.steps, lambda: self._pixels(self.engine.preview(latents, shape))))
        except Stop:
            self.stopped = True
        return self.stopped

    def result(self, painted: Painted) -> ImageResult:
        """What the method returns."""
        notes = () if self.stopped else breakdown(painted.steps, self.steps)
        notes += () if self.regions is None else self.regions.notes
        image = self._pixels(self.engine.decode(painted.latents))
        return ImageResult(image, painted.steps, self.stopped, notes, {"denoise": painted.seconds})

    def _pixels(self, image: Tensor) -> Pixels:
        height, width = self.content.shape[:2]
        pixels = to_pixels(image[..., :height, :width])
        if self.color_mode == "luminance":
            pixels = luminance_only(pixels, self.content)
        return pixels if self.regions is None else self.regions.restore(pixels, self.content)


def breakdown(steps: int, asked: int) -> tuple[str, ...]:
    """What is to be said of a run that took ``steps`` of ``asked``.

    Raises:
        BadInput: it took none: the picture is not painted.
    """
    if steps == 0:
        raise BadInput(
            "the numbers broke down in the first step: nothing was painted",
            "take smaller scales and less guidance, or other weights",
        )
    return (Sentence("the numbers broke down after step {steps}", steps=steps),) if steps < asked else ()


class Diffusion(Method[P, PreparedPicture]):
    """Image to image with a shared :class:`Engine`; a method says which ``parts`` it needs and how they act."""

    parts: ClassVar[tuple[EnginePart, ...]] = ()

    def load(self, weights: Weights, device: str) -> None:
        self.engine = Engine.shared(weights, device, self.spec.weights)
        for part in self.parts:
            self.engine.add(part)

    def weights_used(self) -> dict[str, str]:
        return self.engine.weights_used(*self.parts)

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedPicture:
        content = at_size(inputs.content, size)
        image = pad_to_cells(content)
        latents = self.engine.latents(image)
        height, width = content.shape[:2]
        regions = regions_of(inputs.aids, inputs.style, height, width, inputs.frame)
        return PreparedPicture(content, image, latents, inputs.style, inputs.aids, regions)

    @out_of_memory()
    def run(self, prepared: PreparedPicture, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> ImageResult:
        watched = Watched(self.engine, prepared.content, params.steps, params.color_mode, on_iterate, prepared.regions)
        job = self.job(prepared, params, seed)
        result = watched.result(paint(self.engine, job, watched))
        return replace(result, notes=(*result.notes, *self.notes(job)))

    def job(self, prepared: PreparedPicture, params: P, seed: int) -> PaintInputs:
        """The run that ``params`` ask for."""
        loras = self.loras(prepared, params)
        return PaintInputs(
            latents=prepared.latents,
            words=self.engine.words(prepared.style.prompt, params.negative, loras),
            strength=params.strength,
            guidance=params.guidance,
            steps=params.steps,
            scheduler=params.scheduler,
            seed=seed,
            adapter=self.adapter(prepared, params),
            control=self.control(prepared, params),
            loras=loras,
            kept=kept_cells(prepared.regions, prepared.latents),
        )

    def notes(self, job: PaintInputs) -> tuple[str, ...]:
        """What a run paints with beside what :meth:`named` says."""
        return tuple(Sentence("with {origin}", origin=lora.origin) for lora in job.loras)

    def adapter(self, prepared: PreparedPicture, params: P) -> Adapter | None:
        """How the style picture acts; None if it does not."""
        return None

    def control(self, prepared: PreparedPicture, params: P) -> Control | None:
        """How the content's structure is held; None if it is not."""
        return None

    def loras(self, prepared: PreparedPicture, params: P) -> tuple[Lora, ...]:
        """The LoRA files in force."""
        return ()


def injected(engine: Engine, prepared: PreparedPicture, params: Injected) -> Adapter:
    """The style picture, acting where and when ``params`` say."""
    scales = in_blocks(engine.family, style=params.style_scale, layout=params.layout_scale, rest=params.other_scale)
    schedule = Schedule(params.adapter_start, params.adapter_end, params.adapter_shape)
    return Adapter(engine.seen(prepared.style.exemplars, prepared.style.shares), scales, schedule)
