"""A training of a few seconds as the run of a method: how its settings do, measured by what the net paints after it.

The net begins as that of ``autostyle train fast`` does, with the same optimizer, loss and averaging, on smaller
squares; that marks move with things, which is for clips, is left out. What is kept of the content and taken on of the
style is then scored on a picture that was not learnt on, like any other result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from autostyle.codecs import Pixels
from autostyle.codecs.image import fit_size
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Stop, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.fast_training.spec import PHOTOS, SPEC, FastTrainingParams
from autostyle.train import trainer
from autostyle.train.fast.course import FastCourse, Taught
from autostyle.train.fast.pictures import Photos, TaughtStyle, photographs
from autostyle.train.fast.settings import FastSettings
from autostyle.vision.tensors import LEAST, as_tensor, resize, to_pixels, to_tensor

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

SHORT: dict[str, Any] = {"size": 96, "style_size": 384, "batch": 1, "steady": 0.0}
"""Of every short training: its squares, and its marks, are three quarters of what they are in a whole one."""


SHEETS = {"one": (1, 1), "two": (1, 2), "four": (2, 2)}
"""Rows of pictures on the content, and pictures in a row."""


@dataclass(frozen=True)
class PreparedTraining:
    """The picture that judges, at its size; what is learnt, and on what."""

    content: Pixels
    style: TaughtStyle
    photos: Photos


class FastTraining(Method[FastTrainingParams, PreparedTraining]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self.weights, self.device = weights, device
        self._prepared: PreparedTraining | None = None
        self._taught: dict[tuple[int, str], Taught] = {}

    def weights_used(self) -> dict[str, str]:
        return {"eye": "embedded", "begin": "fast_net"}

    def prepare(self, inputs: ImageInputs, size: int) -> PreparedTraining:
        content = inputs.content
        height, width = fit_size(content.shape[0], content.shape[1], size)
        if min(height, width) < LEAST:
            raise too_small(height, width)
        if content.shape[:2] != (height, width):
            content = to_pixels(resize(as_tensor(content), (height, width)))
        style = TaughtStyle("style", inputs.style.exemplars[0], "")
        return PreparedTraining(content, style, photographs(inputs.aids.get(PHOTOS, ()), (style,)))

    @out_of_memory()
    def run(
        self, prepared: PreparedTraining, params: FastTrainingParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        told = params.model_dump(exclude={"sheet"})
        settings = FastSettings(**told, seed=seed % 2**31, **SHORT)
        down, across = SHEETS[params.sheet]
        styles = (prepared.style,)
        taught = self._targets(prepared, settings)
        course = FastCourse(styles, prepared.photos, settings, self.weights, self.device, taught=taught)

        def painted() -> Pixels:
            with torch.inference_mode():
                mix, image = course.average.mix({0: 1.0}, 1.0).to(self.device), to_tensor(prepared.content, self.device)
                rows = [
                    torch.cat([course.average(part, mix) for part in row.tensor_split(across, dim=-1)], dim=-1)
                    for row in image.tensor_split(down, dim=-2)
                ]
                return to_pixels(torch.cat(rows, dim=-2))

        for step in range(1, settings.steps + 1):
            loss = trainer.take_step(course, step)
            try:
                on_iterate(Iterate(step, settings.steps, painted, loss))
            except Stop:
                return ImageResult(painted(), step, stopped=True)
        return ImageResult(painted(), settings.steps)

    def _targets(self, prepared: PreparedTraining, settings: FastSettings) -> Taught:
        """What the eye knows of the style: the same for all runs on the same pictures with the same layers."""
        if self._prepared is not prepared:
            self._prepared, self._taught = prepared, {}
        told = (settings.seed, settings.style_layers)
        if told not in self._taught:
            photos, styles = prepared.photos, (prepared.style,)
            self._taught[told] = Taught.of(styles, photos, settings, self.weights, self.device)
        return self._taught[told]
