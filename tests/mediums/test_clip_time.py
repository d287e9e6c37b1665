"""Time from file to file: what a player shows and sounds together stays together, and everything begins at 0."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from autostyle.codecs.clip_reader import probe, read_frames
from autostyle.mediums.video.clips import VideoMedium
from autostyle.methods.contract import Style
from autostyle.testing.inputs import panning
from tests.clips import SILENT, Heard, recorded, seen, sounded
from tests.mediums.test_clips import ORDER, Short
from tests.methods.test_steady import Nervous

TENTHS = [number / 10 for number in range(8)]
UNEVEN = [0, 0.1, 0.2, 0.6, 0.63, 1.9, 2.0]


def styled(source: Path) -> Path:
    """What becomes of a clip: painted in parts, and saved."""
    place = source.parent / "out.mp4"
    VideoMedium().draw(Short(Nervous()), probe(source), ORDER, place).save(place)
    return place


def joined(path: Path, *starts: float) -> None:
    """Recordings of 0.8 s, each with a clock of its own, in one file."""
    data = b""
    for start in starts:
        recorded(path, [start + time for time in TENTHS], codec="mpeg2video", sounds=[Heard("mp2", start)])
        data += path.read_bytes()
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "times", "heard"),
    [
        ("phone.mp4", TENTHS, 0),
        ("broadcast.ts", [3600 + time for time in TENTHS], 3599.98),
        ("dvd.vob", [0.54 + 0.04 * number for number in range(8)], 0.5),
        ("late_picture.mkv", [1 + time for time in TENTHS], 0),
        ("late_sound.mp4", TENTHS, 0.7),
        ("screen.mp4", UNEVEN, 0),
        ("screen.mkv", UNEVEN, 0),
        ("one.mp4", [0], 0),
        ("cut.mkv", [0, 0.1, 0.2, 7.3, 7.4], 0),
    ],
)
def test_picture_and_sound_keep_their_times_from_a_common_zero(
    tmp_path: Path, name: str, times: list[float], heard: float
) -> None:
    codec, sound = ("mpeg4", "aac") if name.endswith(("mp4", "mkv")) else ("mpeg2video", "mp2")
    source = tmp_path / name
    recorded(source, times, codec=codec, sounds=[Heard(sound, heard)])
    made = styled(source)
    found = seen(made)
    assert np.diff(found) == pytest.approx(np.diff(times), abs=0.002)
    assert sounded(made) - found[0] == pytest.approx(heard + SILENT - times[0], abs=0.002)
    assert min(found[0], sounded(made) - SILENT) == pytest.approx(0, abs=0.04)  # some sounds begin with a delay


def test_the_last_frame_stays_as_long_as_it_did(tmp_path: Path) -> None:
    recorded(tmp_path / "screen.mp4", UNEVEN, lasts=8.0)
    *_, last = read_frames(styled(tmp_path / "screen.mp4"))
    assert float(last.time + last.lasts) == pytest.approx(10, abs=0.001)
    assert probe(tmp_path / "screen.mp4").fps == Fraction(3)  # 7 frames, of which 6 are followed by one, in 2 s


@pytest.mark.parametrize("starts", [(1, 5000), (5000, 1), (1, 1), (1, 1.3)])
def test_a_recording_joined_of_several_goes_on_where_the_clock_leaps(tmp_path: Path, starts: tuple[float, ...]) -> None:
    joined(tmp_path / "joined.ts", *starts)
    times = seen(styled(tmp_path / "joined.ts"))
    assert len(times) == 16
    assert np.diff(times) == pytest.approx(0.1, abs=0.05)


def test_a_matroska_recording_that_begins_anew_goes_on(tmp_path: Path) -> None:
    source, length = tmp_path / "anew.mkv", 1.6
    times = [number / 10 for number in range(16)]
    recorded(source, times, codec="mpeg4", sounds=[Heard("aac", 0)])
    source.write_bytes(2 * source.read_bytes())
    made = styled(source)
    found = seen(made)
    assert len(found) == 32 and probe(source).fps == pytest.approx(10, rel=0.05)
    assert np.diff(found)[:15] == pytest.approx([0.1] * 15, abs=0.002) == np.diff(found)[16:]
    assert length - 0.01 <= found[16] - found[0] < length + 0.3, "after all that was there before, a step later"


def looking_ahead(path: Path, times: list[float]) -> None:
    """Frames that are decoded before those they follow when shown."""
    with av.open(path, "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"bf": "3", "b_strategy": "0"})
        stream.width, stream.height = 64, 48
        tick = Fraction(1, 25 if path.suffix == ".avi" else 1000)
        stream.codec_context.time_base = tick
        for frame, time in zip(panning(len(times)).frames, times, strict=True):
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
            picture.pts, picture.time_base = round(time / tick), tick
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))


def test_frames_that_look_ahead_over_long_pauses_stay_where_they_are(tmp_path: Path) -> None:
    """A screen recording: what is decoded long before it is shown is no leap of a clock."""
    times = [0, 0.04, 0.08, 0.36, 0.64, 4.2, 4.48, 16.0, 16.04, 31.0, 46.0, 46.28]
    looking_ahead(tmp_path / "screen.mkv", times)
    assert seen(styled(tmp_path / "screen.mkv")) == pytest.approx(times, abs=0.002)


def test_an_avi_which_knows_only_an_order_is_even(tmp_path: Path) -> None:
    looking_ahead(tmp_path / "old.avi", [n / 25 for n in range(20)])
    assert np.diff(seen(styled(tmp_path / "old.avi"))) == pytest.approx(0.04, abs=0.001)


def test_a_clock_that_begins_again_at_zero_goes_on(tmp_path: Path) -> None:
    wrap = 2**33 / 90_000
    recorded(tmp_path / "wrap.ts", [wrap - 0.35 + time for time in TENTHS], codec="mpeg2video")
    assert seen(styled(tmp_path / "wrap.ts")) == pytest.approx(TENTHS, abs=0.002)


def test_times_that_fall_or_stand_still_become_rising_ones(tmp_path: Path) -> None:
    recorded(tmp_path / "odd.mkv", [0, 0.1, 0.2, 0.2, 0.15, 0.3, 0.4], codec="mjpeg")
    times = seen(styled(tmp_path / "odd.mkv"))
    assert len(times) == 7 and np.diff(times).min() > 0
    assert times[-1] == pytest.approx(0.4, abs=0.005)


def test_a_gif_lasts_as_long_as_the_clip(tmp_path: Path) -> None:
    from PIL import Image

    source, place = tmp_path / "in.mp4", tmp_path / "out.gif"
    recorded(source, [0, 0.1, 0.104, 0.5, 0.51], lasts=0.49)
    VideoMedium().draw(Short(Nervous()), probe(source), ORDER, place).save(place)
    with Image.open(place) as made:
        lengths = []
        for number in range(made.n_frames):  # type: ignore[attr-defined]
            made.seek(number)
            lengths.append(made.info["duration"])
    assert lengths == [100, 400, 500]  # a hundredth later is too soon for a GIF


def test_an_excerpt_is_as_fast_as_it_is_in_the_clip(tmp_path: Path) -> None:
    recorded(tmp_path / "screen.mkv", [*(0.05 * n for n in range(14)), 5, 10, 15, 20])
    content = probe(tmp_path / "screen.mkv")
    assert content.fps < 1
    assert VideoMedium().inputs(content, Style(())).content.fps == pytest.approx(20, rel=0.05)


def test_sound_that_cannot_be_written_costs_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "web.mkv"
    recorded(path, TENTHS, sounds=[Heard("libopus", rate=48_000)])
    data = bytearray(path.read_bytes())
    data[data.index(b"OpusHead") - 2] ^= 0x01  # the name of the header, which an MP4 writes last of all
    path.write_bytes(data)
    drawn = VideoMedium().draw(Short(Nervous()), probe(path), ORDER, tmp_path / "out.mp4")
    assert drawn.save(tmp_path / "out.mp4") == ("its sound is too damaged to be taken over",)
    made = probe(tmp_path / "out.mp4")
    assert (made.frames, made.sounds) == (8, ())
    assert sorted(found.name for found in tmp_path.iterdir()) == ["out.mp4", "web.mkv"]
