"""Guo et al., "AnimateDiff", ICLR 2024: a base model with a motion adapter, here with an IP-Adapter beside the words.

Clips that are longer than a run are painted one run after the other. The first frames of a run are held to the last of
the one before, along the content's motion, so that it does not jump from one hand to another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from autostyle.codecs.clip import Clip, Frames
from autostyle.codecs.color import luminance_only
from autostyle.codecs.image import quantize
from autostyle.diffusion.blocks import everywhere
from autostyle.diffusion.engine import Engine, pad_to_cells
from autostyle.diffusion.families import FAMILIES
from autostyle.diffusion.painting import Adapter, PaintInputs, paint
from autostyle.methods.animatediff.spec import SPEC, AnimateDiffParams
from autostyle.methods.contract import (
    ClipInputs,
    ClipMethod,
    ClipResult,
    Iterate,
    OnIterate,
    Pixels,
    Stop,
    Style,
    ignore,
)
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.diffusion.run import breakdown, kept_cells
from autostyle.methods.regions import Regions, regions_of
from autostyle.methods.steady import HOLD, blend_carried, link
from autostyle.vision.tensors import LEAST, to_pixels

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

SEAM = 8
"""Frames over which a run lets go of the one before it."""


@dataclass(frozen=True)
class PreparedFrames:
    """The content at the size of the run and in latents (1, 4, T, h, w), and the style; never modified."""

    content: Clip
    latents: Tensor
    style: Style
    before: Frames | None
    still: bool
    regions: Regions | None

    def lasting(self, frames: int, fps: int) -> PreparedFrames:
        """A still as ``frames`` equal frames; a clip as it is."""
        if not self.still:
            return self
        content = Clip(np.repeat(self.content.frames, frames, axis=0), Fraction(fps))
        return replace(self, content=content, latents=self.latents.expand(-1, -1, frames, -1, -1))


class AnimateDiff(ClipMethod[AnimateDiffParams, PreparedFrames]):
    """Video to video, and one picture to video; see the module's docstring."""

    spec = SPEC
    span = 64

    def load(self, weights: Weights, device: str) -> None:
        base = next(name for name, family in FAMILIES.items() if family.motion)
        self.engine = Engine.shared(weights, device, base=base)
        self.engine.add("adapter")
        self.engine.add("motion")

    def weights_used(self) -> dict[str, str]:
        return dict(self.engine.origins)

    @out_of_memory()
    def prepare(self, inputs: ClipInputs, size: int) -> PreparedFrames:
        content = inputs.content.resized(size)
        if min(content.frames.shape[1:3]) < LEAST:
            raise too_small(*content.frames.shape[1:3])
        latents = torch.stack([self.engine.latents(pad_to_cells(content[t])) for t in range(len(content))], dim=2)
        regions = regions_of(inputs.aids, inputs.style, *content.frames.shape[1:3])
        return PreparedFrames(content, latents, inputs.style, inputs.before, inputs.still, regions)

    @out_of_memory()
    def run(
        self, prepared: PreparedFrames, params: AnimateDiffParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ClipResult:
        stopped = False
        prepared = prepared.lasting(params.frames, params.fps)
        middle = len(prepared.content) // 2
        shape = 8 * prepared.latents.shape[-2], 8 * prepared.latents.shape[-1]

        def on_step(step: int, latents: Tensor) -> bool:
            nonlocal stopped

            def preview() -> Pixels:
                return self._pixels(self.engine.preview(latents[:, :, middle], shape), prepared, params, middle)

            try:
                on_iterate(Iterate(step, params.steps, preview))
            except Stop:
                stopped = True
            return stopped

        painted = paint(self.engine, self._job(prepared, params, seed), on_step)
        frames = [
            quantize(self._pixels(self.engine.decode(painted.latents[:, :, t]), prepared, params, t))
            for t in range(len(prepared.content))
        ]
        clip = Clip(np.stack(hold_first_frames(frames, prepared)), prepared.content.fps)
        notes = () if stopped else breakdown(painted.steps, params.steps)
        return ClipResult(clip, painted.steps, stopped, notes, {"denoise": painted.seconds})

    def _job(self, prepared: PreparedFrames, params: AnimateDiffParams, seed: int) -> PaintInputs:
        seen = self.engine.seen(prepared.style.exemplars, prepared.style.shares)
        return PaintInputs(
            latents=prepared.latents,
            words=self.engine.words(prepared.style.prompt, params.negative),
            strength=params.strength,
            guidance=params.guidance,
            steps=params.steps,
            scheduler=params.scheduler,
            seed=seed,
            adapter=Adapter(seen, everywhere(params.adapter_scale)),
            kept=kept_cells(prepared.regions, prepared.latents),
            stride=params.stride,
        )

    def _pixels(self, image: Tensor, prepared: PreparedFrames, params: AnimateDiffParams, t: int) -> Pixels:
        height, width = prepared.content.frames.shape[1:3]
        pixels = to_pixels(image[..., :height, :width])
        if params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content[t])
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content[t])


def hold_first_frames(frames: list[NDArray[np.uint8]], prepared: PreparedFrames) -> list[NDArray[np.uint8]]:
    """``frames`` with the first few of them held to the result before, ever less."""
    if prepared.before is None:
        return frames
    found = list(frames)
    source, result = prepared.before
    for t in range(min(SEAM, len(frames))):
        joint = link(source, prepared.content.frames[t])
        painted = found[t].astype(np.float32) / np.float32(255)
        held = blend_carried(painted, result, joint, HOLD * (1 - t / SEAM))
        if prepared.regions is not None:
            held = prepared.regions.restore(held, prepared.content[t])
        found[t] = quantize(held)
        source, result = prepared.content.frames[t], found[t]
    return found
