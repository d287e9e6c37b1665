"""Opacity of clips: what nobody sees decides nothing in them either, as in pictures."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from av import CodecContext, VideoFrame
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream
from numpy.typing import NDArray

from autostyle.codecs.clip_color import to_pixels
from autostyle.codecs.image import quantize
from autostyle.codecs.levels import unit, unmultiply
from autostyle.codecs.transparency import fill_hidden, shows_nothing
from autostyle.codecs.yuv import bits_of

_BESIDE = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"Codecs whose opacity is a stream of its own beside the picture's in WebM, and the decoders that read both."
_WHITE = 255


def decoder(stream: VideoStream) -> VideoCodecContext:
    """What decodes a stream with its opacity; its own decoder where there is none, or none that knows of it."""
    own = stream.codec_context
    name = _BESIDE.get(own.codec.canonical_name)
    if name is None or stream.metadata.get("alpha_mode") != "1":
        return own
    try:
        found = CodecContext.create(name, "r")
    except ValueError:
        return own
    found.extradata = own.extradata
    return found  # type: ignore[return-value]


def has_opacity(frame: VideoFrame) -> bool:
    """Whether a frame can be transparent anywhere."""
    components: Any = frame.format.components
    return frame.format.name == "pal8" or any(component.is_alpha for component in components)


def to_visible(frame: VideoFrame, size: tuple[int, int]) -> tuple[NDArray[np.uint8], NDArray[np.float32] | None]:
    """The frame at ``size`` (width, height): sRGB (H, W, 3), and opacity (H, W), 0..1, or None where it is opaque.

    Transparent places are filled as those of pictures are; where all is transparent, with white.
    """
    if not has_opacity(frame):
        return to_pixels(frame, size), None
    alpha = _opacity(frame)
    if alpha.min() >= 1:
        return to_pixels(frame, size), None
    pixels: NDArray[np.float32] = unit(to_pixels(frame, (frame.width, frame.height)))
    if (frame.width, frame.height) != size:
        # Multiplied, so that nothing hidden is mixed into what is visible beside it.
        kernel = cv2.INTER_AREA if size[0] * size[1] < alpha.size else cv2.INTER_LINEAR
        whole = cv2.resize(np.dstack([pixels * alpha[..., None], alpha]), size, interpolation=kernel).astype(np.float32)
        alpha = whole[..., 3].astype(np.float32)
        pixels = np.minimum(unmultiply(whole[..., :3], alpha), 1).astype(np.float32)
    if shows_nothing(alpha):
        return np.full(pixels.shape, _WHITE, np.uint8), alpha
    return quantize(fill_hidden(pixels, alpha)), alpha


def laid_on_white(frame: NDArray[np.uint8], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """``frame`` (H, W, 3) on white paper where ``alpha`` of any size lets it through."""
    height, width = frame.shape[:2]
    if alpha.shape != (height, width):
        kernel = cv2.INTER_AREA if height * width < alpha.size else cv2.INTER_LINEAR
        alpha = cv2.resize(alpha, (width, height), interpolation=kernel).astype(np.float32)
    return quantize(1 - (1 - unit(frame)) * alpha[..., None])


def _opacity(frame: VideoFrame) -> NDArray[np.float32]:
    deep = bits_of(frame) > 8
    alpha = frame.reformat(format="rgba64le" if deep else "rgba").to_ndarray()[..., 3]
    # swscale shifts up to 16 bits, and leaves the lowest ones empty.
    top = 65536 - (1 << (16 - bits_of(frame))) if deep else 255
    return np.minimum(alpha / np.float32(top), 1).astype(np.float32)
