"""Chung, Hyun & Heo, "Style Injection in Diffusion", CVPR 2024, with query preservation that falls over the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import Tensor

from autostyle.diffusion.caches import digest
from autostyle.diffusion.engine import Engine, pad_to_cells
from autostyle.diffusion.schedule import Schedule
from autostyle.diffusion.style_id import Injection, inject, invert
from autostyle.methods.contract import ImageInputs, ImageResult, Method, OnIterate, Pixels, ignore
from autostyle.methods.devices import out_of_memory
from autostyle.methods.diffusion.run import Watched, at_size, kept_cells
from autostyle.methods.regions import Regions, regions_of
from autostyle.methods.style_id.spec import SPEC, StyleIDParams
from autostyle.vision.tensors import covering, to_tensor

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


@dataclass(frozen=True)
class PreparedPair:
    """Content and style at one size, in pixels and in latents; never modified."""

    content: Pixels
    latents: Tensor
    style: Tensor
    regions: Regions | None


class StyleID(Method[StyleIDParams, PreparedPair]):
    """See the module's docstring. The seed changes nothing: no noise is drawn."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self.engine = Engine.shared(weights, device, self.spec.weights)

    def weights_used(self) -> dict[str, str]:
        return self.engine.weights_used()

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedPair:
        content = at_size(inputs.content, size)
        image = pad_to_cells(content)
        style = covering(to_tensor(inputs.style.exemplars[0]), (image.shape[-2], image.shape[-1]))
        height, width = content.shape[:2]
        regions = regions_of(inputs.aids, inputs.style, height, width, inputs.frame)
        return PreparedPair(content, self.engine.latents(image), self.engine.latents(style), regions)

    @out_of_memory()
    def run(
        self, prepared: PreparedPair, params: StyleIDParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        fall = Schedule(shape=params.gamma_shape).weights(params.steps)
        gammas = tuple(params.gamma_end + (params.gamma - params.gamma_end) * weight for weight in fall)
        injection = Injection(gammas, params.temperature, params.init_adain)
        watched = Watched(self.engine, prepared.content, params.steps, params.color_mode, on_iterate, prepared.regions)
        painted = inject(
            self.engine,
            self._inverted(prepared.latents, params.steps),
            self._inverted(prepared.style, params.steps),
            injection,
            watched,
            kept_cells(prepared.regions, prepared.latents),
        )
        return watched.result(painted)

    def _inverted(self, latents: Tensor, steps: int) -> list[Tensor]:
        key = digest(latents.float().cpu().numpy()), steps
        return self.engine.memo.get("inverted", key, lambda: invert(self.engine, latents, steps))
