"""Clips: a search looks at the liveliest second or so; the whole clip is painted in parts and put together."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.error import ArgumentError, FFmpegError, InvalidDataError

from autostyle.codecs import ColorTable, Pixels
from autostyle.codecs.clip import Clip, ClipFile
from autostyle.codecs.clip_reader import clip, gather, lively, probe, read_frames
from autostyle.codecs.clip_sound import sound_notes
from autostyle.codecs.clip_transparency import laid_on_white
from autostyle.codecs.clip_writer import clip_writer
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.mediums.contract import Content, Exhibit, Medium, Order, Scorer
from autostyle.mediums.files import shown
from autostyle.mediums.identity import run_identity
from autostyle.mediums.image.styles import PictureStyles
from autostyle.mediums.tables import files_of
from autostyle.mediums.video.parts import Parts
from autostyle.mediums.video.spec import SPEC
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import (
    AnyMethod,
    ClipInputs,
    ClipMethod,
    Inputs,
    Iterate,
    OnIterate,
    Style,
    TableMethod,
    ignore,
)
from autostyle.methods.regions import refuse_other_length, regions_of
from autostyle.methods.steady import Steady
from autostyle.methods.tabled import Tabled
from autostyle.safe_files import read, reading
from autostyle.scoring.scores import ProfileName
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


EXCERPT = 12
"""Frames a trial paints and is scored on: enough to see flicker, few enough to search."""
PLAYED = {"yuv420p", "yuvj420p"}
"""Eight bits a sample, half the colour: what every browser plays, as H.264 in MP4."""


@dataclass(frozen=True)
class DrawnClip:
    """A clip painted in parts, and the clip whose sound it takes over.

    Args:
        painted: frames so far; all of the content's unless it was stopped.
    """

    parts: Parts
    content: ClipFile
    painted: int
    stopped: bool
    notes: tuple[str, ...]
    table: ColorTable | None = None

    @property
    def finished(self) -> bool:
        return not self.stopped

    @property
    def sample(self) -> Clip | None:
        """The frames that a search looks at."""
        part = lively(self.content, EXCERPT)
        if self.painted < part.stop:
            return None
        found = list(itertools.islice(self.parts.frames(), part.start, part.stop))
        return Clip(np.stack(found), self.content.fps)

    @property
    def shape(self) -> tuple[int, int]:
        first = next(self.parts.frames(), None)
        return (0, 0) if first is None else (first.shape[1], first.shape[0])

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        try:
            clear = self._write(path, self.content, overwrite)
            notes = sound_notes(path, self.content)
        except (InvalidDataError, ArgumentError):  # known only at its end; what took hours to paint is not lost for it
            clear = self._write(path, None, overwrite)
            notes = (Sentence("its sound is too damaged to be taken over"),)
        self.parts.remove()
        kind = path.suffix[1:].upper()
        return (
            (*notes, Sentence("{kind} is written without transparency: laid on white", kind=kind)) if clear else notes
        )

    def companions(self) -> Mapping[str, bytes]:
        return files_of(self.table)

    def _write(self, path: Path, sound_of: ClipFile | None, overwrite: bool) -> bool:
        """Whether a frame was transparent anywhere."""
        content, clear = self.content, False
        opacities = (frame.alpha for frame in read_frames(content.path)) if content.transparent else iter(())
        with clip_writer(
            path, content.fps, tick=content.tick, sound_of=sound_of, plays=content.plays, overwrite=overwrite
        ) as writer:
            for frame in self.parts.shown():
                alpha = next(opacities, None)
                clear |= alpha is not None
                pixels = frame.pixels if alpha is None else laid_on_white(frame.pixels, alpha)
                writer.add(pixels, frame.time, frame.lasts)
        return clear


class ToVideo(PictureStyles, Medium[Content, Pixels, Clip]):
    """What holds where clips are made, whatever the content is."""

    spec = SPEC

    def scorer(
        self, inputs: Inputs[Clip, Pixels], *, weights: Weights, device: str, model: str, profile: ProfileName
    ) -> Scorer:
        from autostyle.scoring.video_scorer import VideoScorer

        style = inputs.style
        return VideoScorer.open(
            _painted(inputs),
            style.exemplars,
            style.shares,
            weights=weights,
            device=device,
            model=model,
            profile=profile,
            styles_visible=style.visible,
        )

    def still(self, made: Clip) -> Pixels:
        return made.middle

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        data = _playable(path, most * 3 // 4)
        if data is None:
            return None
        source = "data:video/mp4;base64," + base64.b64encode(data).decode("ascii")
        quiet = dict.fromkeys(("controls", "loop", "muted", "playsinline"), True)
        return Exhibit("video", source=source, attributes=quiet, poster=True, needs={"media-src": "data:"})

    def keep(self, path: Path, made: Clip) -> None:
        with clip_writer(path, made.fps, overwrite=True) as writer:
            for frame in made.frames:
                writer.add(frame)
        save_image(shown(path), made.middle, overwrite=True)


def _painted(inputs: Inputs[Clip, Pixels]) -> Clip:
    """The content, of which what is left as it is counts in no score."""
    content = inputs.content
    first = inputs.first if isinstance(inputs, ClipInputs) else 0
    (height, width), numbers = content.frames.shape[1:3], range(first, first + len(content))
    regions = [regions_of(inputs.aids, inputs.style, height, width, number) for number in numbers]
    kept = [one.kept for one in regions if one is not None]
    if not any(one.any() for one in kept):
        return content
    whole = np.full(content.frames.shape[:3], 255, np.uint8) if content.visible is None else content.visible
    return replace(content, visible=np.round(whole * (1 - np.stack(kept))).astype(np.uint8))


class VideoMedium(ToVideo[ClipFile]):
    """See the module's docstring."""

    def load(self, path: Path) -> ClipFile:
        return probe(path)

    def size(self, content: ClipFile) -> int:
        return max(content.width, content.height)

    def describe(self, content: ClipFile) -> dict[str, Any]:
        seconds = content.frames / content.fps
        return {
            "width": content.width,
            "height": content.height,
            "frames": content.frames,
            "fps": float(content.fps),
            "told": f"{content.width} x {content.height}, {content.frames} frames, {float(seconds):.1f} s",
            "notes": list(content.notes),
        }

    def inputs(self, content: ClipFile, style: Style, aids: Aids = NONE) -> ClipInputs:
        refuse_other_length(aids, content.frames)
        part = lively(content, EXCERPT)
        return ClipInputs(clip(content, part), style, first=part.start, aids=aids)

    def adapt(self, method: AnyMethod) -> AnyMethod:
        """A method of pictures paints frame by frame, held together along the motion; of one that makes a table of
        colours one table serves all frames."""
        if isinstance(method, TableMethod):
            return Tabled(method)
        return Steady(method) if method.spec.medium == "image" else method

    def draw(
        self, method: AnyMethod, content: ClipFile, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnClip:
        assert isinstance(method, ClipMethod)
        refuse_other_length(order.aids, content.frames)
        parts = Parts.beside(place, run_identity(method, order, digest(content.path), method.span))
        lengths = parts.done()
        painted, notes, before = sum(lengths), dict[str, None](), None
        lost: list[Fraction] = []
        table: ColorTable | None = None
        whole = clip(content, lively(content, EXCERPT)) if method.whole else None
        source = read_frames(content.path, max(0, painted - 1), lost=lost)
        if painted:
            ended = Clip(next(source).pixels[None], content.fps).resized(order.size).frames[0]
            before = np.stack([ended, parts.last()])
        for number in itertools.count(len(lengths)):
            taken = list(itertools.islice(source, method.span))
            if not taken:
                break
            part = gather(taken, content.fps)

            def onward(iterate: Iterate, begun: int = painted, share: int = len(taken)) -> None:
                """Steps are counted in frames of the whole clip."""
                done = begun + share * iterate.step // iterate.steps
                on_iterate(Iterate(done, max(content.frames, done), iterate.image, iterate.loss))

            inputs = ClipInputs(part, order.style, before, painted, whole=whole, aids=order.aids)
            prepared = method.prepare(inputs, order.size)
            result = method.run_to(prepared, order.params, order.path, seed=order.seed, on_iterate=onward)
            if result.stopped:
                said = Sentence(
                    "{painted} of {frames} frames are painted: the same command goes on from here",
                    painted=painted,
                    frames=content.frames,
                )
                return DrawnClip(parts, content, painted, True, (*notes, said))
            parts.add(number, result.clip, taken, content)
            painted, table = painted + len(taken), result.table
            notes |= dict.fromkeys(result.notes)
            before = np.stack([part.resized(order.size).frames[-1], result.clip.frames[-1]])
        if table is None and isinstance(method, Tabled) and whole is not None:  # every frame was painted before
            prepared = method.prepare(ClipInputs(whole, order.style, whole=whole, aids=order.aids), order.size)
            table = method.table(prepared, order.params)
        return DrawnClip(parts, content, painted, False, (*_damage(lost, content), *notes), table)

    def preview(self, content: ClipFile) -> Pixels:
        return clip(content, lively(content, EXCERPT)).middle


def _damage(lost: list[Fraction], content: ClipFile) -> tuple[Sentence, ...]:
    if not lost:
        return ()
    first, last = (f"{float(time - content.start):.1f}" for time in (min(lost), max(lost)))
    where = (
        Sentence("at {first} s", first=first)
        if first == last
        else Sentence("from {first} to {last} s", first=first, last=last)
    )
    return (Sentence("damaged {where}: frames that cannot be read there are left out", where=where),)


def _playable(path: Path, most: int) -> bytes | None:
    """The bytes of the clip at ``path``; None where a browser may not play it, or it has more than ``most``."""
    try:
        if path.stat().st_size > most:
            return None
        with reading(path) as file, av.open(file) as container:
            context = container.streams.video[0].codec_context
            if "mp4" not in container.format.name or context.name != "h264" or context.pix_fmt not in PLAYED:
                return None
        return read(path, most)
    except (OSError, BadInput, FFmpegError, IndexError):
        return None
