"""Animated pictures as clips: GIF, APNG and WebP, frame by frame, each laid over those before it as the format says."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs.clip import ClipFile
from autostyle.codecs.clip_container import MAX_PIXELS
from autostyle.codecs.image import quantize
from autostyle.codecs.levels import unit
from autostyle.codecs.samples import check_pixels
from autostyle.codecs.transparency import fill_hidden, shows_nothing
from autostyle.errors import BadInput
from autostyle.safe_files import reading

MILLISECOND = Fraction(1, 1000)
_HURRIED, _SLOWED = Fraction(11, 1000), Fraction(1, 10)
"A frame that is to stay for less than the first stays for the second, as browsers have it."
_BROKEN = (OSError, EOFError, SyntaxError, ValueError, IndexError)


class AnimationFrame(NamedTuple):
    """sRGB (H, W, 3); when it appears and how long it stays, in seconds; opacity (H, W), 0..1, None where opaque."""

    pixels: NDArray[np.uint8]
    time: Fraction
    lasts: Fraction
    alpha: NDArray[np.float32] | None


def probe_animation(path: Path) -> ClipFile:
    """Look an animated picture over; all frames are decoded: only so their times are known.

    Raises:
        BadInput: damaged, or larger than what is read.
    """
    count, end, clear, lost = 0, Fraction(0), False, list[Fraction]()
    size = (0, 0)
    for frame in animation_frames(path, lost=lost):
        count, end = count + 1, frame.time + frame.lasts
        clear |= frame.alpha is not None
        size = frame.pixels.shape[1], frame.pixels.shape[0]
    if not count:
        raise _broken(path)
    tick = MILLISECOND
    return ClipFile(path, *size, count / end, count, Fraction(0), tick, (), (), transparent=clear, plays=_plays(path))


def animation_frames(
    path: Path, *, lost: list[Fraction], size: tuple[int, int] | None = None
) -> Iterator[AnimationFrame]:
    """All frames from the first one on; where the file is damaged they end, and ``lost`` is added when.

    Args:
        size: width and height; the picture's own if not given.
    """
    with reading(path) as file:
        try:
            picture = Image.open(file)
        except Image.DecompressionBombError as error:
            raise BadInput(
                "{path} is too large", "at most {most:g} million pixels are read", path=path, most=MAX_PIXELS / 1e6
            ) from error
        except _BROKEN as error:
            raise _broken(path) from error
        check_pixels(picture.width, picture.height, path, MAX_PIXELS)
        now = Fraction(0)
        for number in range(getattr(picture, "n_frames", 1)):
            try:
                picture.seek(number)
                whole = np.asarray(picture.convert("RGBA"))
            except _BROKEN:
                lost.append(now)
                return
            lasts = round(float(picture.info.get("duration", 0))) * MILLISECOND
            lasts = _SLOWED if lasts < _HURRIED else lasts
            pixels, alpha = _shown(whole, size or picture.size)
            yield AnimationFrame(pixels, now, lasts, alpha)
            now += lasts


def _shown(whole: NDArray[np.uint8], size: tuple[int, int]) -> tuple[NDArray[np.uint8], NDArray[np.float32] | None]:
    """RGBA at ``size``: colours, filled where nothing is to be seen, and opacity."""
    pixels, alpha = whole[..., :3], whole[..., 3]
    if alpha.min() == 255:
        return np.ascontiguousarray(_scaled(pixels, size)), None
    opacity = unit(alpha)
    if shows_nothing(opacity):
        return np.full((size[1], size[0], 3), 255, np.uint8), unit(_scaled(alpha, size))
    filled = quantize(fill_hidden(unit(pixels), opacity))
    return _scaled(filled, size), unit(_scaled(alpha, size))


def _scaled(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if pixels.shape[1::-1] == size:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _plays(path: Path) -> int:
    """How often it is shown: 0 for again and again."""
    with reading(path) as file, Image.open(file) as picture:
        told = picture.info.get("loop")
        if picture.format == "GIF":  # which counts how often it is shown again
            return 1 if told is None else told and told + 1
        return int(told or 0)


def _broken(path: Path) -> BadInput:
    return BadInput(
        "{path} is damaged or cut short: nothing can be read of it",
        "copy or download it again; a video editor can sometimes save what is left",
        path=path,
    )


def set_last_delay(path: Path, lasts: Fraction) -> None:
    """How long the last frame of a WebP or APNG of ours stays, which FFmpeg does not take over."""
    milliseconds = max(1, round(lasts / MILLISECOND))
    with path.open("r+b") as file:
        start = file.read(12)
        found = _last_webp_frame(file) if start[8:] == b"WEBP" else _last_png_frame(file)
        file.seek(found)
        if start[8:] == b"WEBP":
            file.write(min(milliseconds, 2**24 - 1).to_bytes(3, "little"))
            return
        file.seek(found - 24)
        chunk = bytearray(file.read(4 + 26))  # its name, and what it holds
        chunk[24:28] = min(milliseconds, 2**16 - 1).to_bytes(2, "big") + (1000).to_bytes(2, "big")
        file.seek(found - 24)
        file.write(chunk + zlib.crc32(chunk).to_bytes(4, "big"))


def _last_webp_frame(file: BinaryIO) -> int:
    """Where the duration of the last frame is."""
    last = 0
    while len(head := file.read(8)) == 8:
        if head[:4] == b"ANMF":
            last = file.tell() + 12
        length = int.from_bytes(head[4:], "little")
        file.seek(length + length % 2, os.SEEK_CUR)
    return last


def _last_png_frame(file: BinaryIO) -> int:
    """Where the delay of the last frame is."""
    file.seek(8)
    last = 0
    while len(head := file.read(8)) == 8:
        if head[4:] == b"fcTL":
            last = file.tell() + 20
        file.seek(int.from_bytes(head[:4], "big") + 4, os.SEEK_CUR)
    return last
