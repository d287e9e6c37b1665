"""Interlaced clips: no comb is painted, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.codecs.clip_reader import frames, read_frames
from autostyle.testing.inputs import panning


def film(path: Path, marked: bool) -> NDArray[np.uint8]:
    """Two pictures a frame, one in the even lines and one in the odd, as cameras of television take them."""
    fields = panning(16, height=64, step=3).frames
    combed = fields[::2].copy()
    combed[:, 1::2] = fields[1::2, 1::2]
    options = {"bf": "0", "crf": "5", **({"x264-params": "tff=1:interlaced=1"} if marked else {})}
    with av.open(path, "w") as out:
        stream = out.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv444p"
        for frame in combed:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        out.mux(stream.encode(None))
    return combed


def comb(pictures: NDArray[np.uint8]) -> float:
    """How far lines differ from those above and below, in levels."""
    lines = pictures.astype(float)
    return float(np.abs(2 * lines[:, 1:-1] - lines[:, :-2] - lines[:, 2:]).mean())


def test_interlaced_frames_lose_their_comb_and_keep_number_and_times(tmp_path: Path) -> None:
    combed = film(tmp_path / "camera.mp4", marked=True)
    found = list(read_frames(tmp_path / "camera.mp4"))
    assert [float(frame.time) for frame in found] == pytest.approx([n / 25 for n in range(8)], abs=0.001)
    assert comb(np.stack([frame.pixels for frame in found])) < 0.6 * comb(combed)
    part = [frame.pixels for frame in read_frames(tmp_path / "camera.mp4", 3, 6)]
    assert np.array_equal(part, [frame.pixels for frame in found[3:6]])


def test_what_is_not_marked_is_left_alone(tmp_path: Path) -> None:
    combed = film(tmp_path / "screen.mp4", marked=False)
    assert np.abs(np.stack(list(frames(tmp_path / "screen.mp4"))).astype(int) - combed).mean() < 4
