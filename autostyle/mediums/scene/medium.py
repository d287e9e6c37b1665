"""Scenes at work: a search paints few small views, and is judged by others; the whole is the same in larger views."""

from __future__ import annotations

import base64
import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from autostyle import formats
from autostyle.codecs import Pixels
from autostyle.codecs.clip_writer import clip_writer
from autostyle.codecs.image import jpeg_thumbnail, load_image, quantize, save_image
from autostyle.codecs.posed_photographs import PosedPhotographs, read_posed
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.radiance_field_file import FIELD, refuse_splats
from autostyle.codecs.scene import Scene
from autostyle.codecs.scene_file import SceneFile, read_scene, write_scene
from autostyle.errors import BadInput
from autostyle.mediums.contract import Exhibit, Medium, Order, Scorer
from autostyle.mediums.files import shown
from autostyle.mediums.image.styles import PictureStyles
from autostyle.mediums.links import LARGEST_COPY
from autostyle.mediums.scene.spec import SPEC, TURNTABLE, VIEWS
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, Inputs, Iterate, OnIterate, Stop, Style, ignore
from autostyle.methods.nerf_style import reading
from autostyle.methods.viewpoints import JUDGED, judged, turntable
from autostyle.safe_files import read
from autostyle.scoring.scores import ProfileName
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autostyle.vision.weights import Weights

STILL = 384
"""Side in pixels of the picture that stands for a scene."""
FRAMES, RATE = 48, Fraction(12)
"""Of a turntable."""
SHOWN = 20
"""Frames of a turntable that is made for a page alone."""
MOST_SHOWN = 200_000
"""Splats of a scene that a page's turntable is made of; of more the picture has to do."""


@dataclass(frozen=True)
class DrawnScene:
    """A scene in other colours, and what lies beside it, none of which is drawn where it was stopped."""

    sample: Scene
    stopped: bool
    notes: tuple[str, ...]
    beside: dict[str, bytes]

    finished = True

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.sample),)

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        return write_scene(path, self.sample, overwrite=overwrite)

    def companions(self) -> dict[str, bytes]:
        return self.beside


def _drawn_beside(scene: Scene, aids: Aids, size: int, on_iterate: OnIterate) -> dict[str, bytes]:
    """The companions of ``scene``; raises Stop where ``on_iterate`` does."""
    drawn = 0

    def on_picture(picture: Pixels) -> None:
        nonlocal drawn
        drawn += 1
        steps = FRAMES + 2 * len(JUDGED)
        on_iterate(Iterate(drawn, steps, lambda: picture, doing=Sentence("drawing the turntable and the views")))

    views = sheet(scene, aids, size, on_picture)
    return {
        TURNTABLE: turning(scene, aids, FRAMES, size, on_picture),
        VIEWS: jpeg_thumbnail(views, 3 * size, quality=95),
    }


OnPicture = Callable[[Pixels], None]


def _unwatched(picture: Pixels) -> None:
    """An ``on_picture`` for callers that do not watch."""


def seen(scene: Scene, aids: Aids, frames: int, size: int) -> Iterator[Pixels]:
    """Pictures of ``scene`` once around it, before white."""
    from autostyle.vision.rendering import pictures  # it brings torch

    return pictures(scene, [camera.at(size) for camera in turntable(scene, aids, frames)])


def sheet(scene: Scene, aids: Aids, size: int, on_picture: OnPicture = _unwatched) -> Pixels:
    """What the cameras see from which a scene is judged, none of which is painted, in a row; below each what is seen
    from the far one that it is held against."""
    from autostyle.vision.rendering import pictures  # it brings torch

    found = list[list[Pixels]]()
    for row in zip(*((one.at(size), far.at(size)) for one, _, far in judged(scene, aids)), strict=True):
        found.append([])
        for picture in pictures(scene, row):
            found[-1].append(picture)
            on_picture(picture)
    height, width = (max(one.shape[axis] for row in found for one in row) for axis in (0, 1))
    return np.concatenate([np.concatenate([_padded(one, height, width) for one in row], axis=1) for row in found])


def _padded(picture: Pixels, height: int, width: int) -> Pixels:
    """``picture`` in the middle of a white one; cameras that are given have pictures of any shape."""
    rooms = (height - picture.shape[0], width - picture.shape[1])
    sides = [(room // 2, room - room // 2) for room in rooms]
    return np.pad(picture, (*sides, (0, 0)), constant_values=1)


def turning(scene: Scene, aids: Aids, frames: int, size: int, on_picture: OnPicture = _unwatched) -> bytes:
    """An MP4 that goes once around ``scene``."""
    with tempfile.TemporaryDirectory(prefix="autostyle-") as folder:
        path = Path(folder, "turntable.mp4")
        with clip_writer(path, RATE * frames / FRAMES) as writer:
            for picture in seen(scene, aids, frames, size - size % 2):
                writer.add(quantize(picture))
                on_picture(picture)
        return path.read_bytes()


def _side(scene: Scene, side: int) -> int:
    """Pixels of a picture that is made on the way: a field has less to show than splats, and takes longer for it."""
    return max(64, side // 2) if isinstance(scene, RadianceField) else side


def _beside(path: Path, most: int) -> bytes | None:
    """A turntable that lies there already; None where there is none, or a larger one. No link is followed: a page holds
    what is read, and a study may come from anybody."""
    try:
        return read(path, most)
    except (FileNotFoundError, ValueError):
        return None


def _are_photographs(path: Path) -> bool:
    return formats.at(path) is formats.POSED


def _scene(content: SceneFile | PosedPhotographs) -> Scene:
    """Photographs are worked on as what :meth:`SceneMedium.settled` makes of them."""
    assert isinstance(content, SceneFile)
    return content.scene


class SceneMedium(PictureStyles, Medium[SceneFile | PosedPhotographs, Pixels, Scene]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, path: Path) -> SceneFile | PosedPhotographs:
        return read_posed(path) if _are_photographs(path) else read_scene(path)

    def settled(self, path: Path, on_iterate: OnIterate = ignore) -> Path:
        """The field of photographs, in the user's cache folder."""
        if not _are_photographs(path):
            return path
        from autostyle.methods.nerf_style.fitting import fitted  # it brings torch

        return fitted(read_posed(path), on_iterate)

    def digest(self, path: Path, on_iterate: OnIterate = ignore) -> str:
        return reading.digest(read_posed(path), on_iterate) if _are_photographs(path) else super().digest(path)

    def size(self, content: SceneFile | PosedPhotographs) -> int:
        assert SPEC.scale is not None
        return SPEC.scale.own

    def describe(self, content: SceneFile | PosedPhotographs) -> dict[str, Any]:
        if isinstance(content, PosedPhotographs):
            count = len(content.pictures)
            told = Sentence("{n} photographs with their cameras", n=count)
            return {"photographs": count, "told": told, "notes": list(content.notes)}
        scene = content.scene
        if isinstance(scene, RadianceField):
            grid = Sentence("a field of {n} points, {side} along each side", n=len(scene), side=scene.resolution)
            return {"points": len(scene), "resolution": scene.resolution, "told": grid, "notes": list(content.notes)}
        degree = {0: 0, 3: 1, 8: 2, 15: 3}[scene.harmonics.shape[1]]
        return {
            "splats": len(scene),
            "degree": degree,
            "told": Sentence("{splats} splats, SH {degree}", splats=len(scene), degree=degree),
            "notes": list(content.notes),
        }

    def preview(self, content: SceneFile | PosedPhotographs) -> Pixels:
        if isinstance(content, PosedPhotographs):
            return load_image(content.pictures[0]).on_white
        return self.still(content.scene)

    def inputs(self, content: SceneFile | PosedPhotographs, style: Style, aids: Aids = NONE) -> Inputs[Scene, Pixels]:
        return Inputs(_scene(content), style, aids=aids)

    def adapt(self, method: AnyMethod) -> AnyMethod:
        """A method of pictures paints views, whose colours the splats take."""
        if method.spec.medium != "image":
            return method
        from autostyle.methods.solid import Solid  # it brings torch

        return Solid(method)

    def draw(
        self,
        method: AnyMethod,
        content: SceneFile | PosedPhotographs,
        order: Order,
        place: Path,
        on_iterate: OnIterate = ignore,
    ) -> DrawnScene:
        if place.suffix.lower() == FIELD:  # before anything is painted for it
            refuse_splats(_scene(content))
        prepared = method.prepare(Inputs(_scene(content), order.style, aids=order.aids), order.size)
        result = method.run_to(prepared, order.params, order.path, seed=order.seed, on_iterate=on_iterate)
        beside, notes = dict[str, bytes](), result.notes
        if not result.stopped:
            with contextlib.suppress(Stop):
                beside = _drawn_beside(result.made, order.aids, order.size, on_iterate)
            if not beside:
                notes = (*notes, Sentence("stopped: the turntable and the picture of the views were not drawn"))
        return DrawnScene(result.made, not beside, notes, beside)

    def scorer(
        self, inputs: Inputs[Scene, Pixels], *, weights: Weights, device: str, model: str, profile: ProfileName
    ) -> Scorer:
        from autostyle.scoring.scene_scorer import SceneScorer

        style = inputs.style
        return SceneScorer(
            inputs.content,
            judged(inputs.content, inputs.aids),
            style.exemplars,
            style.shares,
            weights=weights,
            device=device,
            model=model,
            profile=profile,
            styles_visible=style.visible,
        )

    def keep(self, path: Path, made: Scene) -> None:
        # A front of large scenes would take more room than anybody has; one that is asked for is painted again.
        if made.bytes <= LARGEST_COPY:
            write_scene(path, made, overwrite=True)
        save_image(shown(path), self.still(made), overwrite=True)

    def copy(self, source: Path, target: Path) -> None:
        if source.suffix.lower() == target.suffix.lower():
            return super().copy(source, target)
        write_scene(target, read_scene(source).scene)

    def still(self, made: Scene) -> Pixels:
        return next(seen(made, NONE, FRAMES, _side(made, STILL)))

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        """As a clip that goes around it, over and over."""
        try:
            data = _beside(path.with_suffix(TURNTABLE), most * 3 // 4)
            if data is None:
                scene = read_scene(path).scene
                if len(scene) > MOST_SHOWN:
                    return None
                data = turning(scene, NONE, SHOWN, _side(scene, STILL // 2))
        except (BadInput, OSError):
            return None
        if len(data) > most * 3 // 4:
            return None
        source = "data:video/mp4;base64," + base64.b64encode(data).decode("ascii")
        playing = dict.fromkeys(("controls", "loop", "muted", "playsinline", "autoplay"), True)
        return Exhibit("video", source=source, attributes=playing, poster=True, needs={"media-src": "data:"})
