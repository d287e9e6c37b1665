"""Pictures that become clips: how long and how fast is up to the method's parameters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.media import Pixels
from autostyle.media.clip import Clip
from autostyle.media.clip_writer import clip_writer
from autostyle.media.image import Picture
from autostyle.mediums.clip import Clips
from autostyle.mediums.contract import Order
from autostyle.mediums.picture import OfPictures
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ClipInputs, OnFrame, ignore


@dataclass(frozen=True)
class DrawnMoving:
    """A whole clip in memory."""

    sample: Clip
    stopped: bool
    notes: tuple[str, ...]

    @property
    def finished(self) -> bool:
        return not self.stopped

    @property
    def shape(self) -> tuple[int, int]:
        return self.sample.frames.shape[2], self.sample.frames.shape[1]

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        with clip_writer(path, self.sample.fps, overwrite=overwrite) as writer:
            for frame in self.sample.frames:
                writer.add(frame)
        return ()


class MovingPictures(OfPictures[Clip]):
    """See the module's docstring; what is made is kept and shown as other clips are."""

    best = Clips.best
    kept = Clips.kept

    def inputs(
        self, content: Picture, styles: tuple[Pixels, ...], style_weights: tuple[float, ...], prompt: str | None
    ) -> ClipInputs:
        clip = Clip.of([content.pixels], Fraction(1))
        return ClipInputs(clip, styles, style_weights, prompt, still=True)

    def method(self, name: str) -> AnyMethod:
        if not registry.built(name).stills:
            raise BadInput(f"{name} makes no clips of pictures", "`autostyle methods` says what each takes")
        return registry.create(name)

    def draw(
        self, method: AnyMethod, content: Picture, order: Order, place: Path, on_frame: OnFrame = ignore
    ) -> DrawnMoving:
        inputs = self.inputs(content, order.styles, order.style_weights, order.prompt)
        result = method.run(method.prepare(inputs, order.size), order.params, seed=order.seed, on_frame=on_frame)
        return DrawnMoving(result.clip, result.stopped, result.notes)

    def still(self, made: Clip) -> Pixels:
        return made.middle

    def keep(self, path: Path, made: Clip) -> None:
        Clips().keep(path, made)
