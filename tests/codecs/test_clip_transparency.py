"""Transparent places of clips: what a file hides there changes no frame, and what is written is laid on white."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from autostyle.codecs.clip_reader import clip, lively, probe, read_frames

RED, GREEN = (200, 60, 20), (0, 255, 0)
SIZE = (64, 48)


def clear_clip(path: Path, codec: str, pixels: str, hidden: tuple[int, int, int], *, aspect: int = 1) -> Path:
    """A red square that slides to the right over what nobody sees; its first frame shows nothing."""
    with av.open(path, "w") as out:
        stream: Any = out.add_stream(codec, rate=10, options={"auto-alt-ref": "0"} if "vpx" in codec else {})
        (stream.width, stream.height), stream.pix_fmt = SIZE, pixels
        if aspect != 1:
            stream.codec_context.sample_aspect_ratio = aspect
        for number in range(4):
            rgba = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
            rgba[..., :3] = hidden
            if number:
                rgba[8:40, 8 + number : 40 + number] = (*RED, 255)
            frame = av.VideoFrame.from_ndarray(rgba, format="rgba").reformat(format=pixels)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("aspect", [1, 2])
@pytest.mark.parametrize(("name", "codec", "pixels"), [("a.mov", "qtrle", "argb"), ("a.mov", "png", "rgba64be")])
def test_what_is_hidden_changes_no_frame(tmp_path: Path, name: str, codec: str, pixels: str, aspect: int) -> None:
    files = []
    for number, hidden in enumerate(((0, 0, 0), GREEN)):
        (tmp_path / str(number)).mkdir()
        files.append(probe(clear_clip(tmp_path / str(number) / name, codec, pixels, hidden, aspect=aspect)))
    black, green = (list(read_frames(file.path)) for file in files)
    assert [file.transparent for file in files] == [True, True]
    assert black[0].pixels.shape == (48, 64 * aspect, 3)
    for one, other in zip(black, green, strict=True):
        assert np.array_equal(one.pixels, other.pixels)
        assert one.alpha is not None and other.alpha is not None and np.array_equal(one.alpha, other.alpha)
    assert (black[0].pixels == 255).all()
    assert np.abs(black[1].pixels.reshape(-1, 3) - np.array(RED, float)).max() <= 1
    assert lively(files[0], 2) == lively(files[1], 2)
    together = clip(files[0], range(4)).resized(32)
    assert together.visible is not None and together.visible.shape == together.frames.shape[:3]
    assert together.seen(0) is None and (together.visible[0] == 0).all(), "a frame that shows nothing"
    last = together.seen(3)
    assert last is not None and last.mean() == pytest.approx(32 * 32 / (48 * 64), abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [("a.mov", "prores_ks", "yuva444p10le"), ("a.webm", "libvpx-vp9", "yuva420p"), ("a.webm", "libvpx", "yuva420p")],
)
def test_the_opacity_of_lossy_clips_is_read(tmp_path: Path, name: str, codec: str, pixels: str) -> None:
    if codec not in av.codecs_available:
        pytest.skip(f"this build of FFmpeg has no {codec}")
    clip = clear_clip(tmp_path / name, codec, pixels, GREEN)
    frames = list(read_frames(clip))
    assert [float(frame.time) for frame in frames] == pytest.approx([0, 0.1, 0.2, 0.3], abs=0.001)
    alpha = frames[2].alpha
    assert alpha is not None
    assert alpha[4, 4] < 0.02 and alpha[24, 24] == 1
    assert frames[2].pixels[4, 60].astype(float) == pytest.approx(RED, abs=12)


def test_a_clip_that_could_be_transparent_and_is_not_keeps_its_frames(tmp_path: Path) -> None:
    with av.open(tmp_path / "a.mov", "w") as out:
        stream: Any = out.add_stream("prores_ks", rate=10)
        (stream.width, stream.height), stream.pix_fmt = SIZE, "yuva444p10le"
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((48, 64, 4), 255, np.uint8), format="rgba")))
        out.mux(stream.encode(None))
    (frame,) = read_frames(tmp_path / "a.mov")
    assert frame.alpha is None and frame.pixels.min() >= 254
