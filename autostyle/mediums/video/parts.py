"""What is painted of a long clip, in files of some frames each, so that an interrupted run goes on where it was.

They lie in a hidden folder beside the place of the finished clip, named after everything that decides how the frames
look; parts of another order are swept away when a new one begins.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.clip import Clip, ClipFile
from autostyle.codecs.clip_reader import Shown, frames, probe, read_frames
from autostyle.codecs.clip_writer import clip_writer
from autostyle.errors import BadInput
from autostyle.mediums.parts_folder import parts_folder


@dataclass(frozen=True)
class Parts:
    """Finished parts of a clip, each lossless."""

    folder: Path

    @classmethod
    def beside(cls, place: Path, order: str) -> Parts:
        """The parts of ``order`` for the clip at ``place``; the folder is made, and other orders' are removed."""
        return cls(parts_folder(place, "parts", order))

    def done(self) -> list[int]:
        """How many frames each finished part has, from the first part to the last without a gap."""
        lengths: list[int] = []
        while (file := self._file(len(lengths))).is_file():
            try:
                lengths.append(probe(file).frames)
            except BadInput:  # half a disk's worth of trouble: painted again
                break
        return lengths

    def add(self, number: int, clip: Clip, source: Sequence[Shown], content: ClipFile) -> None:
        """Keep part ``number``, whole or not at all, with the times of the frames it was painted from, less the
        content's start."""
        with clip_writer(self._file(number), clip.fps, tick=content.tick, overwrite=True) as writer:
            for frame, of in zip(clip.frames, source, strict=True):
                writer.add(frame, of.time - content.start, of.lasts)

    def shown(self) -> Iterator[Shown]:
        """All frames painted so far, each with its time from the content's start."""
        for number, _ in enumerate(self.done()):
            yield from read_frames(self._file(number))

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """The pixels of :meth:`shown`."""
        return (frame.pixels for frame in self.shown())

    def last(self) -> NDArray[np.uint8]:
        """The last frame painted; there is one."""
        *_, frame = frames(self._file(len(self.done()) - 1))
        return frame

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:05d}.mov"
