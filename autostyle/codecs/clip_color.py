"""A decoded frame as sRGB, by what the clip says of its colours (ITU-T H.273), as players show them.

Standard definition's primaries and every curve of television are shown as sRGB is, for that is what players, browsers
and screens do; BT.2020, P3, PQ, HLG and the rest are converted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from av import VideoFrame
from av.sidedata.sidedata import Type
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from autostyle.codecs.cicp import HLG, PQ, UNSPECIFIED, Cicp, to_srgb
from autostyle.codecs.image import quantize
from autostyle.codecs.yuv import bits_of, unit_rgb
from autostyle.sentences import Sentence

_BT709, _BT2020 = 1, 9
_AS_BT709 = frozenset({5, 6, 7, 22})
"Primaries of standard definition: so near that players leave them."
_AS_TELEVISION = frozenset({4, 5})
"Pure powers named by old encoders for what every screen shows alike."
_HIGH_DEFINITION = 720
"Lines from which players take the matrix of high definition where a file names none."
_MATRICES = {1: Colorspace.ITU709, 4: Colorspace.FCC, 5: Colorspace.ITU601, 6: Colorspace.ITU601} | {
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
_RGB, _RESERVED = 0, 3
_DOLBY_ONLY = frozenset({"dvh1", "dvhe", "dva1", "dvav"})
"Names of streams that are Dolby Vision and nothing else to show."


def to_pixels(frame: VideoFrame, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The frame at ``size`` (width, height): shape (H, W, 3), sRGB."""
    said = _said(frame)
    width, height = size
    matrix = None if frame.format.is_rgb else _MATRICES.get(said.matrix, Colorspace.ITU709)
    # From more than 8 bits straight to 8, swscale makes 253 of white.
    if said.is_srgb and bits_of(frame) <= 8:
        return np.asarray(frame.reformat(width, height, "rgb24", src_colorspace=matrix).to_ndarray(), np.uint8)
    return quantize(to_srgb(unit_rgb(frame, size, matrix=matrix), said))


def notes(frame: VideoFrame, tag: str) -> tuple[Sentence, ...]:
    """What a person should know of a clip's colours; ``tag`` is its codec's name in the container."""
    said = _said(frame)
    beside: Any = frame.side_data  # iterates over its values, which its stubs do not know
    dolby = {found.type for found in beside} & {Type.DOVI_METADATA, Type.DOVI_RPU_BUFFER}
    if tag.lower() in _DOLBY_ONLY or (dolby and said.transfer == UNSPECIFIED):
        return (Sentence("Dolby Vision without a base for other players: its colours come out wrong"),)
    if not said.known or said.matrix not in (*_MATRICES, _RGB):
        codes = f"{frame.color_primaries}-{frame.color_trc}-{frame.colorspace}"
        return (
            Sentence(
                "its colours are told by codes that are not known here ({codes}): they may come out wrong", codes=codes
            ),
        )
    if said.high_range:
        return (
            Sentence(
                "HDR ({curve}): brighter than white paper becomes white", curve="PQ" if said.transfer == PQ else "HLG"
            ),
        )
    return ()


def _said(frame: VideoFrame) -> Cicp:
    """Its code points, those it does not name as players take them."""
    codes = (frame.color_primaries, frame.color_trc, frame.colorspace)
    primaries, transfer, matrix = (UNSPECIFIED if code == _RESERVED else int(code) for code in codes)
    primaries, transfer = primaries or UNSPECIFIED, transfer or UNSPECIFIED  # 0 means something for a matrix only
    if primaries == UNSPECIFIED and transfer in (PQ, HLG):
        primaries = _BT2020
    elif primaries in _AS_BT709:
        primaries = _BT709
    if transfer in _AS_TELEVISION:
        transfer = _BT709
    if matrix == UNSPECIFIED:
        high = frame.height >= _HIGH_DEFINITION
        matrix = _BT2020 if primaries == _BT2020 else _BT709 if high else 6
    return Cicp(primaries, transfer, _RGB if frame.format.is_rgb else matrix)
