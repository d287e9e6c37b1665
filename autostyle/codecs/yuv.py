"""A decoded frame as RGB with all its bits, matrix and range undone by swscale."""

from __future__ import annotations

import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from autostyle.codecs import Pixels

_MPEG, _JPEG = int(ColorRange.MPEG), int(ColorRange.JPEG)


def bits_of(frame: VideoFrame) -> int:
    """Bits a sample."""
    return max(int(component.bits) for component in frame.format.components)


def is_full(frame: VideoFrame) -> bool:
    """Whether its samples take the full range, as the frame says; where it says nothing video does not."""
    return frame.format.is_rgb or frame.format.name.startswith(("yuvj", "gray")) or frame.color_range == _JPEG


def unit_rgb(
    frame: VideoFrame,
    size: tuple[int, int] | None = None,
    *,
    matrix: Colorspace | int | None = None,
    full_range: bool | None = None,
) -> Pixels:
    """Non-linear RGB of a frame, shape (H, W, 3), white at 1.

    Args:
        size: (width, height), if not its own.
        matrix, full_range: for a frame that says something else, or nothing.
    """
    full = is_full(frame) if full_range is None else full_range
    width, height = size or (frame.width, frame.height)
    deep = frame.reformat(
        width,
        height,
        "rgb48le",
        src_colorspace=matrix,
        src_color_range=_JPEG if full else _MPEG,
        interpolation=Interpolation.BICUBIC,
    ).to_ndarray()
    return np.asarray(deep / _white(frame, full), dtype=np.float32)


def _white(frame: VideoFrame, full: bool) -> np.float32:
    """What swscale makes of white (measured): it shifts a full range up to 16 bits, video's it spreads to 65280."""
    bits = bits_of(frame)
    if frame.format.is_rgb and bits > 8:
        return np.float32(65535)
    return np.float32(65536 - (1 << (16 - bits)) if full else 65280)
