"""Colours of clips: diffuse white and the red of sRGB, however a camera tells them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_reader import frames, probe
from tests.clips import written

RED = {  # of sRGB, as the samples (0..1) of a system
    "sdr": (1.0, 0.0, 0.0),
    "hlg": (0.6556, 0.2345, 0.1132),
    "pq": (0.5328, 0.3275, 0.2199),
    "2020": (0.8235, 0.3285, 0.1804),
    "p3": (0.9175, 0.2003, 0.1386),
}
WHITE = {"hlg": 0.75, "pq": 0.5807}
KR_KB = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}


def told(
    path: Path, system: str, primaries: int, transfer: int, matrix: int, *, bits: int = 10, full: bool = False
) -> None:
    """Left half diffuse white, right half red; 2 frames, lossless."""
    with av.open(path, "w") as out:
        stream = out.add_stream("ffv1", rate=10)
        stream.width, stream.height = 64, 48
        stream.pix_fmt = "yuv444p10le" if bits == 10 else "yuv444p"
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace = primaries, transfer, matrix
        context.color_range = 2 if full else 1
        for _ in range(2):
            out.mux(stream.encode(_frame(system, matrix, bits, full)))
        out.mux(stream.encode(None))


def _frame(system: str, matrix: int, bits: int, full: bool) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, "yuv444p10le" if bits == 10 else "yuv444p")
    colors = np.array([[WHITE.get(system, 1.0)] * 3, RED[system]])
    kr, kb = KR_KB.get(matrix, KR_KB[9 if system in WHITE else 6])
    luma = colors @ [kr, 1 - kr - kb, kb]
    parts = [luma, (colors[:, 2] - luma) / (2 - 2 * kb), (colors[:, 0] - luma) / (2 - 2 * kr)]
    most, step = 2**bits - 1, 2 ** (bits - 8)
    for plane, part, chroma in zip(frame.planes, parts, (False, True, True), strict=True):
        if full:
            levels = part * most + (2 ** (bits - 1) if chroma else 0)
        else:
            levels = part * (224 if chroma else 219) * step + (128 if chroma else 16) * step
        row = np.repeat(np.round(levels), 32).clip(0, most)
        sample = np.uint16 if bits == 10 else np.uint8
        buffer = np.zeros((48, plane.line_size // sample().itemsize), sample)
        buffer[:, :64] = row
        plane.update(buffer.tobytes())
    frame.color_range = 2 if full else 1
    return frame


def halves(path: Path) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    picture = next(frames(path)).astype(int)
    return picture[24, 8], picture[24, 56]


@pytest.mark.parametrize(
    ("system", "primaries", "transfer", "matrix", "bits", "full"),
    [
        ("hlg", 9, 18, 9, 10, False),
        ("hlg", 2, 18, 2, 10, False),
        ("pq", 9, 16, 9, 10, False),
        ("pq", 9, 16, 9, 10, True),
        ("2020", 9, 14, 9, 10, False),
        ("p3", 12, 13, 1, 10, False),
        ("p3", 12, 1, 1, 8, False),
        ("sdr", 1, 1, 1, 10, False),
        ("sdr", 1, 1, 1, 8, False),
        ("sdr", 1, 1, 1, 8, True),
        ("sdr", 6, 6, 6, 8, False),
        ("sdr", 6, 6, 6, 8, True),
        ("sdr", 5, 5, 5, 8, False),
        ("sdr", 2, 2, 2, 8, False),
    ],
)
def test_white_is_white_and_red_is_red(
    tmp_path: Path, system: str, primaries: int, transfer: int, matrix: int, bits: int, full: bool
) -> None:
    path = tmp_path / "told.mkv"
    told(path, system, primaries, transfer, matrix, bits=bits, full=full)
    white, red = halves(path)
    assert white == pytest.approx([255, 255, 255], abs=2)
    assert red == pytest.approx([255, 0, 0], abs=9)
    made = written(tmp_path / "out.mp4", Clip(np.stack(list(frames(path))), Fraction(10)))
    white, red = halves(made.path)
    assert white == pytest.approx([255, 255, 255], abs=2)
    assert red == pytest.approx([255, 0, 0], abs=10)


def test_what_is_written_says_that_it_is_bt709(tmp_path: Path) -> None:
    made = written(tmp_path / "out.mp4", Clip(np.full((2, 48, 64, 3), 200, np.uint8), Fraction(10)))
    with av.open(made.path) as container:
        frame = next(container.decode(video=0))
    codes = (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range)
    assert tuple(map(int, codes)) == (1, 1, 1, 1)


def test_what_is_special_about_the_colours_is_said(tmp_path: Path) -> None:
    told(tmp_path / "hlg.mkv", "hlg", 9, 18, 9)
    told(tmp_path / "odd.mkv", "sdr", 1, 1, 14)
    told(tmp_path / "plain.mkv", "sdr", 1, 1, 1)
    assert probe(tmp_path / "hlg.mkv").notes == ("HDR (HLG): brighter than white paper becomes white",)
    assert "may come out wrong" in probe(tmp_path / "odd.mkv").notes[0]
    assert probe(tmp_path / "plain.mkv").notes == ()
