"""What the diffusion methods share: a content picture in latents, words, a run, a picture of the asked size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from torch import Tensor

from autostyle.diffusion.engine import Engine, Part, padded
from autostyle.diffusion.painting import Adapter, Control, Job, paint
from autostyle.media.color import luminance_only
from autostyle.methods.contract import Frame, ImageInputs, Method, OnFrame, Pixels, Result, Stop, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.diffusion.spec import Painting
from autostyle.vision.tensors import LEAST, resize_long, to_pixels, to_tensor

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

P = TypeVar("P", bound=Painting)


@dataclass(frozen=True)
class PreparedPicture:
    """A content picture at the size of the run and in latents, its styles, and words; never modified."""

    content: Pixels
    padded: Tensor
    latents: Tensor
    styles: tuple[Pixels, ...]
    shares: tuple[float, ...]
    prompt: str | None


class Diffusion(Method[P, PreparedPicture]):
    """Image to image with a shared :class:`Engine`; a method says which ``parts`` it needs and how they act."""

    parts: ClassVar[tuple[Part, ...]] = ()

    def load(self, weights: Weights, device: str) -> None:
        self.engine = Engine.shared(weights, device)
        for part in self.parts:
            self.engine.add(part)

    def named(self) -> dict[str, str]:
        return dict(self.engine.origins)

    @out_of_memory
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedPicture:
        content = to_pixels(resize_long(to_tensor(inputs.content), size))
        if min(content.shape[:2]) < LEAST:
            raise too_small(*content.shape[:2])
        image = padded(content)
        latents = self.engine.latents(image)
        return PreparedPicture(content, image, latents, inputs.styles, inputs.shares(), inputs.prompt)

    @out_of_memory
    def run(self, prepared: PreparedPicture, params: P, *, seed: int, on_frame: OnFrame = ignore) -> Result:
        height, width = prepared.content.shape[:2]
        stopped = False

        def finished(image: Tensor) -> Pixels:
            pixels = to_pixels(image[..., :height, :width])
            return luminance_only(pixels, prepared.content) if params.color_mode == "luminance" else pixels

        def on_step(step: int, latents: Tensor) -> bool:
            nonlocal stopped
            shape = prepared.padded.shape[-2], prepared.padded.shape[-1]
            try:
                on_frame(Frame(step, params.steps, lambda: finished(self.engine.preview(latents, shape))))
            except Stop:
                stopped = True
            return stopped

        painted = paint(self.engine, self.job(prepared, params, seed), on_step)
        notes = () if stopped or painted.steps == params.steps else (f"left the numbers after step {painted.steps}",)
        image = finished(self.engine.decode(painted.latents))
        return Result(image, painted.steps, stopped, notes, {"denoise": painted.seconds})

    def job(self, prepared: PreparedPicture, params: P, seed: int) -> Job:
        """The run that ``params`` ask for."""
        return Job(
            latents=prepared.latents,
            words=self.engine.words(prepared.prompt, params.negative),
            strength=params.strength,
            guidance=params.guidance,
            steps=params.steps,
            scheduler=params.scheduler,
            seed=seed,
            adapter=self.adapter(prepared, params),
            control=self.control(prepared, params),
        )

    def adapter(self, prepared: PreparedPicture, params: P) -> Adapter | None:
        """How the style picture acts; None if it does not."""
        return None

    def control(self, prepared: PreparedPicture, params: P) -> Control | None:
        """How the content's structure is held; None if it is not."""
        return None
