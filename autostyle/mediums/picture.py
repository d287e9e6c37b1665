"""Pictures: what a trial makes is what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.media import Pixels
from autostyle.media.image import Picture, load_image, save_image
from autostyle.mediums.contract import Made, Medium, Order
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, OnFrame, ignore


@dataclass(frozen=True)
class DrawnPicture:
    """A picture in memory, and the content whose opacity and bit depth it takes on."""

    sample: Pixels
    stopped: bool
    notes: tuple[str, ...]
    content: Picture

    finished = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.sample.shape[1], self.sample.shape[0]

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        carried = recipe if path.suffix.lower() == ".png" else None
        return save_image(
            path,
            self.sample,
            alpha=self.content.alpha,
            bit_depth=self.content.bit_depth,
            recipe=carried,
            overwrite=overwrite,
        )


class OfPictures(Medium[Picture, Made]):
    """What holds where the content is a picture, whatever is made of it."""

    def load(self, path: Path) -> Picture:
        return load_image(path)

    def long_side(self, content: Picture) -> int:
        return max(int(side) for side in content.pixels.shape[:2])

    def preview(self, content: Picture) -> Pixels:
        return content.pixels


class Pictures(OfPictures[Pixels]):
    """See the module's docstring."""

    best = "best.png"
    kept = ".png"

    def inputs(
        self, content: Picture, styles: tuple[Pixels, ...], style_weights: tuple[float, ...], prompt: str | None
    ) -> ImageInputs:
        return ImageInputs(content.pixels, styles, style_weights, prompt)

    def method(self, name: str) -> AnyMethod:
        if registry.built(name).medium != "image":
            raise BadInput(f"{name} makes no pictures", "`autostyle methods` says what each takes")
        return registry.create(name)

    def draw(
        self, method: AnyMethod, content: Picture, order: Order, place: Path, on_frame: OnFrame = ignore
    ) -> DrawnPicture:
        inputs = self.inputs(content, order.styles, order.style_weights, order.prompt)
        result = method.run(method.prepare(inputs, order.size), order.params, seed=order.seed, on_frame=on_frame)
        return DrawnPicture(result.image, result.stopped, result.notes, content)

    def still(self, made: Pixels) -> Pixels:
        return made

    def keep(self, path: Path, made: Pixels) -> None:
        save_image(path, made, overwrite=True)
