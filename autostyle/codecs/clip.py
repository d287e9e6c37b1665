"""A clip in memory, and what is known of a clip in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.image import fit_size, quantize
from autostyle.sentences import Sentence

Frames = NDArray[np.uint8]
"""Frames of a clip: shape (T, H, W, 3), sRGB, 0..255: as floats they would take four times the memory."""


@dataclass(frozen=True)
class Clip:
    """Consecutive frames.

    Args:
        frames: shape (T, H, W, 3), never modified.
        fps: frames a second.
        visible: how far each place of each frame is to be seen, shape (T, H, W), 0..255; None: all alike.
    """

    frames: Frames
    fps: Fraction
    visible: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self.frames)

    def __getitem__(self, index: int) -> Pixels:
        pixels: Pixels = self.frames[index].astype(np.float32) / np.float32(255)
        return pixels

    def seen(self, index: int) -> Visibility | None:
        """How far each place of a frame is to be seen; None where all of it is alike, and where nothing is."""
        if self.visible is None or np.ptp(self.visible[index]) == 0:
            return None
        found: Visibility = self.visible[index].astype(np.float32) / np.float32(255)
        return found

    @property
    def middle(self) -> Pixels:
        """The frame that stands for the clip where one picture has to."""
        return self[len(self) // 2]

    @classmethod
    def of(cls, frames: Iterable[Pixels], fps: Fraction) -> Clip:
        """A clip of pictures (H, W, 3) of one size; raises ValueError for none."""
        return cls(np.stack([quantize(frame) for frame in frames]), fps)

    def resized(self, long_side: int) -> Clip:
        """The clip with ``long_side`` pixels on the longer side, aspect kept."""
        return self.scaled(*fit_size(self.frames.shape[1], self.frames.shape[2], long_side))

    def scaled(self, height: int, width: int) -> Clip:
        """The clip at exactly this size."""
        if (height, width) == self.frames.shape[1:3]:
            return self
        kernel = cv2.INTER_AREA if height * width < self.frames[0, ..., 0].size else cv2.INTER_CUBIC
        scaled = [cv2.resize(frame, (width, height), interpolation=kernel) for frame in self.frames]
        if (visible := self.visible) is not None:
            kernel = cv2.INTER_AREA if kernel == cv2.INTER_AREA else cv2.INTER_LINEAR
            visible = np.stack([cv2.resize(frame, (width, height), interpolation=kernel) for frame in visible])
        return Clip(np.stack(scaled).astype(np.uint8), self.fps, visible)


@dataclass(frozen=True)
class ClipFile:
    """A clip on disk, not decoded.

    Args:
        path: where it is.
        width, height: of a frame, upright and with square pixels.
        fps: frames a second, the average where the rate varies.
        frames: how many there are.
        start: when picture or sound begins, whichever is first, in seconds on the clip's own clock.
        tick: the unit of its frames' times, in seconds.
        sounds: the names of the codecs of its tracks of sound.
        notes: what a person should know.
        transparent: whether its frames can be transparent anywhere.
        plays: how often an animated picture is shown; 0: again and again.
    """

    path: Path
    width: int
    height: int
    fps: Fraction
    frames: int
    start: Fraction
    tick: Fraction
    sounds: tuple[str, ...]
    notes: tuple[Sentence, ...]
    transparent: bool = False
    plays: int = 0

    @property
    def seconds(self) -> float:
        return float(self.frames / self.fps)


class Writer(Protocol):
    """Takes the frames of a clip in order, (H, W, 3), all of one size."""

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        """Write one more.

        Args:
            time: when it appears, in seconds, later than the one before; None: as the rate has it.
            lasts: how long it stays if no other comes after it, in seconds; None: as the rate has it.
        """
