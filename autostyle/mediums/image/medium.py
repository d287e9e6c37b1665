"""Pictures: what a trial makes is what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from autostyle.codecs import ColorTable, Pixels, Visibility
from autostyle.codecs.image import ImageFile, load_image, save_image
from autostyle.mediums.contract import Made, Medium, Order, Scorer
from autostyle.mediums.identity import run_identity
from autostyle.mediums.image.spec import SPEC
from autostyle.mediums.image.styles import PictureStyles
from autostyle.mediums.image.unfinished import UnfinishedPicture
from autostyle.mediums.tables import files_of
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, ImageInputs, Inputs, OnIterate, Style, ignore
from autostyle.methods.regions import regions_of
from autostyle.scoring.scores import ProfileName

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


@dataclass(frozen=True)
class DrawnPicture:
    """A picture in memory, and the content whose opacity and bit depth it takes on."""

    sample: Pixels
    stopped: bool
    notes: tuple[str, ...]
    content: ImageFile
    table: ColorTable | None = None
    unfinished: UnfinishedPicture | None = None

    finished = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.sample.shape[1], self.sample.shape[0]

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        carried = recipe if path.suffix.lower() == ".png" else None
        notes = save_image(
            path,
            self.sample,
            alpha=self.content.alpha,
            bit_depth=self.content.bit_depth,
            recipe=carried,
            overwrite=overwrite,
        )
        if self.unfinished is not None and not self.stopped:
            self.unfinished.remove()
        return notes

    def companions(self) -> Mapping[str, bytes]:
        return files_of(self.table)


class FromImage(PictureStyles, Medium[ImageFile, Pixels, Made]):
    """What holds where the content is a picture, whatever is made of it."""

    def load(self, path: Path) -> ImageFile:
        return load_image(path)

    def size(self, content: ImageFile) -> int:
        return max(int(side) for side in content.pixels.shape[:2])

    def size_of(self, path: Path) -> int:
        try:
            with Image.open(path) as picture:
                return max(picture.size)
        except (OSError, Image.DecompressionBombError):  # not one of Pillow's formats
            return super().size_of(path)

    def describe(self, content: ImageFile) -> dict[str, Any]:
        height, width = content.pixels.shape[:2]
        return {"width": width, "height": height, "told": f"{width} x {height}", "notes": list(content.notes)}

    def preview(self, content: ImageFile) -> Pixels:
        return content.pixels


def _painted(inputs: Inputs[Pixels, Pixels]) -> Visibility | None:
    """How far places count in a score: those that are to be seen, and are not left as they are."""
    visible = inputs.visible if isinstance(inputs, ImageInputs) else None
    regions = regions_of(inputs.aids, inputs.style, *inputs.content.shape[:2])
    return visible if regions is None else regions.seen(visible)


class ImageMedium(FromImage[Pixels]):
    """See the module's docstring."""

    spec = SPEC

    def inputs(self, content: ImageFile, style: Style, aids: Aids = NONE) -> ImageInputs:
        return ImageInputs(content.pixels, style, aids=aids, visible=content.visible)

    def draw(
        self, method: AnyMethod, content: ImageFile, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnPicture:
        unfinished = UnfinishedPicture(place, lambda: run_identity(method, order, content.sha256))
        inputs = replace(self.inputs(content, order.style, order.aids), unfinished=unfinished)
        result = method.run_to(
            method.prepare(inputs, order.size),
            order.params,
            order.path,
            seed=order.seed,
            on_iterate=on_iterate,
        )
        return DrawnPicture(result.image, result.stopped, result.notes, content, result.table, unfinished)

    def scorer(
        self, inputs: Inputs[Pixels, Pixels], *, weights: Weights, device: str, model: str, profile: ProfileName
    ) -> Scorer:
        from autostyle.scoring.scorer import ImageScorer as PictureScorer

        style = inputs.style
        return PictureScorer.open(
            inputs.content,
            style.exemplars,
            style.shares,
            weights=weights,
            device=device,
            model=model,
            profile=profile,
            visible=_painted(inputs),
            styles_visible=style.visible,
        )

    def copy(self, source: Path, target: Path) -> None:
        if source.suffix.lower() == target.suffix.lower():  # with its recipe, and a JPEG is not compressed twice
            return super().copy(source, target)
        picture = load_image(source)
        save_image(target, picture.pixels, alpha=picture.alpha, bit_depth=picture.bit_depth)

    def still(self, made: Pixels) -> Pixels:
        return made

    def keep(self, path: Path, made: Pixels) -> None:
        save_image(path, made, overwrite=True)
