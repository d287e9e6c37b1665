"""Frames as they come and go: which device is meant, a clip at its own pace, raw frames and files."""

from __future__ import annotations

import errno
import io
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import av
import numpy as np
import pytest

from autostyle.codecs.capture import CaptureDevice, captured, device_of
from autostyle.codecs.clip_reader import frames, probe
from autostyle.codecs.frame_outputs import CameraWriter, PixelFormat, RawWriter, frame_output
from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.testing.inputs import panning
from tests.clips import recorded


@pytest.mark.parametrize(
    ("text", "system", "format", "name"),
    [
        ("camera:video3", "linux", "v4l2", "/dev/video3"),
        ("/dev/video7", "linux", "v4l2", "/dev/video7"),
        ("screen", "linux", "x11grab", ":5"),
        ("screen:0.0+8,9", "linux", "x11grab", ":0.0+8,9"),
        (":1.0", "linux", "x11grab", ":1.0"),
        ("camera", "darwin", "avfoundation", "0:none"),
        ("screen", "darwin", "avfoundation", "Capture screen 0:none"),
        ("camera:Integrated Camera", "win32", "dshow", "video=Integrated Camera"),
        ("screen", "win32", "gdigrab", "desktop"),
    ],
)
def test_a_device_is_meant_by_its_word(text: str, system: str, format: str, name: str) -> None:
    device = device_of(text, system, ":5")
    assert device is not None
    assert (device.format, device.name) == (format, name)


def test_a_file_is_no_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert device_of("clip.mp4") is None
    Path("camera").touch()
    assert device_of("camera") is None


@pytest.mark.parametrize(
    ("device", "said"),
    [
        (CaptureDevice("v4l2", "/dev/video973"), "there is no camera /dev/video973"),
        (CaptureDevice("x11grab", ":973"), ":973 cannot be read"),
        (CaptureDevice("no_such_format", "x"), "this build of PyAV cannot read no_such_format"),
    ],
)
def test_a_device_that_is_not_there_is_told_in_one_line(device: CaptureDevice, said: str) -> None:
    with pytest.raises(AutostyleError, match="^" + said) as told:
        next(captured(device, threading.Event()))
    assert told.value.hint


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EACCES, "may not be read"), (errno.EBUSY, "is in use"), (errno.EIO, "cannot be read: ")]
)
def test_what_keeps_a_camera_from_being_read_is_told(number: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        av.error.err_check(-number)

    monkeypatch.setattr(av, "open", refused)
    with pytest.raises(BadInput, match=f"^/dev/video0 {said}") as told:
        next(captured(CaptureDevice("v4l2", "/dev/video0"), threading.Event()))
    assert told.value.hint


def test_a_device_gives_frames_with_the_times_at_which_they_came() -> None:
    """A picture generator of FFmpeg's stands for a camera: it is opened, decoded and closed in the same way."""
    stop = threading.Event()
    found = []
    for frame in captured(CaptureDevice("lavfi", "testsrc2=size=64x48:rate=25"), stop):
        found.append(frame)
        if len(found) == 3:
            stop.set()
    assert len(found) == 3
    assert found[0].time == 0 and found[0].arrived <= found[2].arrived <= time.monotonic()
    assert found[2].read().shape == (48, 64, 3)


def test_a_device_that_has_nothing_yet_or_a_damaged_picture_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac's camera, which cannot be had here, and one whose first JPEG is cut short."""
    picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))
    said: list[object] = [
        av.error.BlockingIOError(errno.EAGAIN, ""),
        picture,
        av.error.InvalidDataError(1, ""),
        picture,
    ]

    def decode(video: int) -> Iterator[object]:
        while said:
            one = said.pop(0)
            if isinstance(one, Exception):
                raise one
            yield one

    monkeypatch.setattr(av, "open", lambda *_, **__: nullcontext(SimpleNamespace(decode=decode)))
    assert len(list(captured(CaptureDevice("avfoundation", "0:none"), threading.Event()))) == 2


def test_a_device_that_is_gone_or_gives_damage_alone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (av.error.InvalidDataError(1, "damaged"), av.error.ExternalError(1, "gone")):

        def decode(video: int, error: Exception = error) -> Iterator[object]:
            raise error
            yield

        opened = nullcontext(SimpleNamespace(decode=decode))
        monkeypatch.setattr(av, "open", lambda *_, opened=opened, **__: opened)
        with pytest.raises(Missing, match="gives no more pictures"):
            next(captured(CaptureDevice("v4l2", "/dev/video0"), threading.Event()))


def test_a_clip_comes_at_its_own_pace_or_as_fast_as_it_goes(tmp_path: Path) -> None:
    recorded(tmp_path / "clip.mp4", [0.5, 0.6, 0.8])
    begin = time.monotonic()
    found = list(captured(tmp_path / "clip.mp4", threading.Event()))
    paced = time.monotonic() - begin
    assert [frame.time for frame in found] == [0, Fraction(1, 10), Fraction(3, 10)]
    assert found[-1].arrived - found[0].arrived >= 0.29
    assert found[0].read().shape == (48, 64, 3)
    begin = time.monotonic()
    assert len(list(captured(tmp_path / "clip.mp4", threading.Event(), paced=False))) == 3
    assert time.monotonic() - begin < paced


@pytest.mark.parametrize("pixel_format", get_args(PixelFormat))
def test_raw_frames_are_read_again_by_ffmpeg(pixel_format: PixelFormat) -> None:
    clip = panning(3, 40, 64)
    pipe = io.BytesIO()
    for frame in clip.frames:
        RawWriter(pipe, pixel_format).add(frame)
    pipe.seek(0)
    told = {"pixel_format": pixel_format, "video_size": "64x40"}
    with av.open(pipe, format="rawvideo", options=told) as container:
        back = [frame.to_ndarray(format="rgb24", src_colorspace="ITU709") for frame in container.decode(video=0)]
    assert len(back) == 3
    off = np.stack(back).astype(float) - clip.frames
    if pixel_format == "rgb24":
        assert not off.any()
    assert abs(off.mean()) < 2


def test_a_raw_frame_is_whole_where_the_pipe_takes_a_part() -> None:
    class Narrow(io.BytesIO):
        def write(self, data: Any) -> int:
            return super().write(bytes(data[:1000]))

    pipe, frame = Narrow(), panning(1, 40, 64).frames[0]
    RawWriter(pipe, "rgb24").add(frame)
    assert pipe.getvalue() == frame.tobytes()


def test_a_virtual_camera_is_given_every_frame_at_once() -> None:
    """A file without a header stands for the device, which takes the same packets."""
    clip, pipe = panning(3, 40, 64), io.BytesIO()
    with av.open(pipe, "w", format="rawvideo") as container:
        camera = CameraWriter(container)
        for frame in clip.frames:
            camera.add(frame)
    raw = io.BytesIO()
    for frame in clip.frames:
        RawWriter(raw, "yuv420p").add(frame)
    assert pipe.getvalue() == raw.getvalue()


def test_a_file_keeps_when_each_frame_came(tmp_path: Path) -> None:
    with frame_output(tmp_path / "out.mp4", Fraction(30)) as writer:
        for number, moment in enumerate((0, Fraction(1, 4), Fraction(9, 10))):
            writer.add(np.full((32, 48, 3), 90 * number, np.uint8), Fraction(moment))
    assert [int(frame.mean() / 80) for frame in frames(tmp_path / "out.mp4")] == [0, 1, 2]
    assert probe(tmp_path / "out.mp4").fps < 4
    with pytest.raises(BadInput, match="exists"), frame_output(tmp_path / "out.mp4", Fraction(30)):
        pass
