"""Pictures that become clips: how long and how fast is up to the method's parameters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_writer import clip_writer
from autostyle.codecs.image import ImageFile
from autostyle.mediums.contract import Order
from autostyle.mediums.image.medium import FromImage
from autostyle.mediums.video.clips import ToVideo
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, ClipInputs, OnIterate, Style, ignore


@dataclass(frozen=True)
class DrawnClipInMemory:
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

    def companions(self) -> dict[str, bytes]:
        return {}


class ImageToVideo(ToVideo[ImageFile], FromImage[Clip]):
    """See the module's docstring; what is made is kept, shown and scored as other clips are."""

    def inputs(self, content: ImageFile, style: Style, aids: Aids = NONE) -> ClipInputs:
        # A clip made of a cut-out shows what is painted over the fill, so that all of it counts.
        return ClipInputs(Clip.of([content.pixels], Fraction(1)), style, still=True, aids=aids)

    def draw(
        self, method: AnyMethod, content: ImageFile, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnClipInMemory:
        prepared = method.prepare(self.inputs(content, order.style, order.aids), order.size)
        result = method.run_to(prepared, order.params, order.path, seed=order.seed, on_iterate=on_iterate)
        return DrawnClipInMemory(result.clip, result.stopped, result.notes)
