"""Clips in and out of files."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_reader import clip as cut
from autostyle.codecs.clip_reader import frames, lively, probe, read_frames
from autostyle.codecs.clip_sound import sound_notes
from autostyle.codecs.clip_writer import clip_writer
from autostyle.errors import BadInput
from autostyle.mediums.files import promised_medium
from autostyle.testing.inputs import FPS, panning
from tests.clips import recorded, written


def with_sound(path: Path, clip: Clip) -> None:
    """An MP4 with a second of silence and with the metadata that phones write."""
    with av.open(path, "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update({"location": "+48.1000+011.5000/", "title": "secret"})
        picture = out.add_stream("mpeg4", rate=clip.fps)
        picture.width, picture.height = clip.frames.shape[2], clip.frames.shape[1]
        sound = out.add_stream("aac", rate=8000, layout="mono")
        for frame in clip.frames:
            out.mux(picture.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        out.mux(picture.encode())
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
        silence.rate = 8000
        out.mux(sound.encode(silence))
        out.mux(sound.encode())


@pytest.mark.parametrize(("ending", "levels"), [(".mp4", 8), (".gif", 12)])
def test_what_is_written_is_read_back(tmp_path: Path, ending: str, levels: int) -> None:
    """Halved chroma, or 256 colours, cost a few levels of each sample on average."""
    clip = panning(frames=8)
    file = written(tmp_path / f"clip{ending}", clip)
    assert (file.frames, file.width, file.height) == (8, 64, 48)
    assert float(file.fps) == pytest.approx(12, rel=0.05)  # a GIF counts in hundredths of a second
    back = np.stack(list(frames(file.path)))
    assert np.abs(back.astype(float) - clip.frames).mean() < levels


@pytest.mark.parametrize("height", [48, 720])
def test_colours_survive_whatever_the_size(tmp_path: Path, height: int) -> None:
    bars = np.repeat(np.array([[200, 30, 40], [20, 200, 60], [30, 40, 220]], np.uint8), 32, axis=0)
    file = written(tmp_path / "bars.mp4", Clip(np.tile(bars, (2, height, 1, 1)), FPS))
    back = next(frames(file.path))[height // 2, 16::32].astype(int)
    assert np.abs(back - bars[16::32]).max() <= 4


def test_an_odd_last_row_and_column_are_left_off(tmp_path: Path) -> None:
    file = written(tmp_path / "odd.mp4", panning(height=49, width=65))
    assert (file.width, file.height) == (64, 48)


def test_a_range_of_frames_is_the_same_as_those_of_the_whole(tmp_path: Path) -> None:
    file = written(tmp_path / "clip.mp4", panning(frames=20))
    whole = list(frames(file.path))
    assert np.array_equal(np.stack(list(frames(file.path, 7, 11))), np.stack(whole[7:11]))
    assert list(frames(file.path, 20)) == []


def test_the_excerpt_is_where_most_moves_and_crosses_no_cut(tmp_path: Path) -> None:
    still, moving, dark = panning(10, step=0), panning(10, step=3), panning(10, step=0).frames // 8
    together = Clip(np.concatenate([still.frames, moving.frames, dark]), FPS)
    file = written(tmp_path / "shots.mp4", together)
    found = cut(file, lively(file, 6))
    assert len(found) == 6
    nearest = [np.abs(together.frames.astype(float) - frame).mean(axis=(1, 2, 3)).argmin() for frame in found.frames]
    assert all(10 <= place < 20 for place in nearest)


def test_an_excerpt_is_of_the_clip_that_is_there_now(tmp_path: Path) -> None:
    still, moving = panning(10, step=0), panning(10, step=3)
    later = written(tmp_path / "shots.mp4", Clip(np.concatenate([still.frames, moving.frames]), FPS))
    assert lively(later, 6).start >= 9
    later.path.unlink()
    sooner = written(tmp_path / "shots.mp4", Clip(np.concatenate([moving.frames, still.frames]), FPS))
    assert sooner == later and lively(sooner, 6).start < 9


def test_an_excerpt_of_a_short_clip_is_all_of_it(tmp_path: Path) -> None:
    assert lively(written(tmp_path / "short.mp4", panning(3)), 12) == range(3)
    assert lively(written(tmp_path / "one.mp4", panning(1)), 12) == range(1)


def test_a_clip_held_sideways_is_turned_upright(tmp_path: Path) -> None:
    file = written(tmp_path / "side.mp4", panning())
    data = bytearray(file.path.read_bytes())
    matrix = data.index(b"tkhd") + 4 + 40  # after version, times, id, duration, layer, group and volume
    quarter = [0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30]
    data[matrix : matrix + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in quarter)
    upright = next(frames(file.path))
    file.path.write_bytes(data)
    turned = probe(file.path)
    assert (turned.width, turned.height) == (48, 64)
    assert np.array_equal(next(frames(file.path)), np.rot90(upright, -1))  # the matrix says: clockwise


def test_sound_is_copied_and_no_other_word_of_the_source(tmp_path: Path) -> None:
    with_sound(tmp_path / "phone.mp4", panning())
    source = probe(tmp_path / "phone.mp4")
    assert source.sounds == ("aac",)
    copy = written(tmp_path / "out.mp4", panning(seed=1), sound_of=source)
    assert copy.sounds == ("aac",)
    packets = [
        [bytes(packet) for packet in av.open(path).demux(audio=0) if packet.size] for path in (source.path, copy.path)
    ]
    assert packets[0] == packets[1]
    data = copy.path.read_bytes()
    assert b"secret" not in data and b"+48.1000" not in data
    assert b"+48.1000" in source.path.read_bytes()


def test_a_gif_has_no_sound_and_says_so(tmp_path: Path) -> None:
    with_sound(tmp_path / "phone.mp4", panning())
    assert "no sound" in sound_notes(tmp_path / "out.gif", probe(tmp_path / "phone.mp4"))[0]
    assert written(tmp_path / "out.gif", panning(), sound_of=probe(tmp_path / "phone.mp4")).sounds == ()


def test_an_error_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), clip_writer(tmp_path / "out.mp4", FPS) as writer:
        writer.add(panning().frames[0])
        raise RuntimeError("stopped")
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_not_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "out.mp4").write_bytes(b"mine")
    with pytest.raises(BadInput, match="exists"), clip_writer(tmp_path / "out.mp4", FPS):
        pass
    assert (tmp_path / "out.mp4").read_bytes() == b"mine"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"), clip_writer(tmp_path / "none" / "out.mp4", FPS) as writer:
        writer.add(panning().frames[0])
    with pytest.raises(BadInput, match=r"suffix '\.avi'"), clip_writer(tmp_path / "out.avi", FPS):
        pass


def only_sound(path: Path) -> None:
    with av.open(path, "w") as out:
        sound = out.add_stream("aac", rate=8000, layout="mono")
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
        silence.rate = 8000
        out.mux([*sound.encode(silence), *sound.encode()])


def half(path: Path) -> None:
    written(path, panning())
    path.write_bytes(path.read_bytes()[:2000])


def huge(path: Path) -> None:
    """A GIF whose header promises 8,000 x 8,000 pixels a frame."""
    data = bytearray(written(path.with_suffix(".gif"), panning()).path.read_bytes())
    data[6:10] = (8000).to_bytes(2, "little") * 2
    path.write_bytes(data)


def playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "there is no file"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"words, not frames" * 100), "no clip"),
        (lambda path: path.mkdir(), "is a folder"),
        (only_sound, "only sound"),
        (half, "cut short"),
        (huge, "too large: 8000 x 8000"),
        (playlist, "no clip"),
        (lambda path: written(path, panning(height=16, width=64)), "too small"),
    ],
)
def test_what_is_no_clip_is_refused_in_one_line(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "bad.mp4"
    with pytest.raises(BadInput) as caught:
        make(path)  # type: ignore[operator]
        probe(path)
    assert words in caught.value.message
    assert caught.value.hint and "\n" not in caught.value.message


def unknown_codec(path: Path) -> None:
    recorded(path, [0, 0.1], codec="libx264")
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))


def encrypted(path: Path) -> None:
    """Common encryption, as FFmpeg writes it."""
    keys = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": "0" * 32, "encryption_kid": "1" * 32}
    recorded(path, [0, 0.1], codec="libx264", options=keys)


@pytest.mark.parametrize(
    ("make", "words"), [(unknown_codec, "cannot be decoded here"), (encrypted, "bad.mp4 is encrypted")]
)
def test_what_cannot_be_decoded_is_refused_and_says_why(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "bad.mp4"
    make(path)  # type: ignore[operator]
    with pytest.raises(BadInput, match=words):
        probe(path)


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(BadInput, match="is a pipe"):
        probe(tmp_path / "pipe.mp4")


def test_the_rest_of_a_clip_that_was_cut_off_is_read_and_said_to_be_cut(tmp_path: Path) -> None:
    recorded(tmp_path / "cut.mkv", [number / 10 for number in range(20)])
    data = (tmp_path / "cut.mkv").read_bytes()
    (tmp_path / "cut.mkv").write_bytes(data[: len(data) * 4 // 5])
    file = probe(tmp_path / "cut.mkv")
    assert re.fullmatch(r"cut short: \d\.\d of 2\.0 s are there", file.notes[0])
    assert 0 < len(list(frames(file.path))) < 18


@pytest.mark.parametrize("fast", [True, False])
def test_damage_costs_the_frames_it_hit_and_says_when(tmp_path: Path, fast: bool) -> None:
    """Frames that decode side by side (``fast``: enough of them for every thread) and one by one fare alike."""
    count = 120 if fast else 12
    path = tmp_path / "hit.mkv"
    recorded(path, [number / 10 for number in range(count)], codec="libx264", options={})
    with av.open(path) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    place = path.read_bytes().index(bytes(packets[7]))
    data = bytearray(path.read_bytes())
    data[place + 4 : place + packets[7].size] = b"\xff" * (packets[7].size - 4)
    path.write_bytes(data)
    lost: list[Fraction] = []
    found = list(read_frames(path, lost=lost))
    assert len(found) == count - 1
    assert [float(time) for time in lost] == pytest.approx([0.7])
    assert 0.7 not in [float(frame.time) for frame in found]
    assert [frame.time for frame in read_frames(path, 5, 10)] == [frame.time for frame in found[5:10]]


def test_a_picture_that_changes_its_size_keeps_that_of_its_beginning(tmp_path: Path) -> None:
    data = b""
    for height in (48, 64):
        with av.open(tmp_path / "part.ts", "w", format="mpegts") as out:
            stream = out.add_stream("mpeg2video", rate=25)
            stream.width, stream.height, stream.pix_fmt = 64, height, "yuv420p"
            for frame in panning(4, height=height).frames:
                out.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
            out.mux(stream.encode(None))
        data += (tmp_path / "part.ts").read_bytes()
    (tmp_path / "both.ts").write_bytes(data)
    assert {frame.shape for frame in frames(tmp_path / "both.ts")} == {(48, 64, 3)}


def test_subtitles_and_chapters_are_said_not_to_be_taken_over(tmp_path: Path) -> None:
    recorded(tmp_path / "film.mkv", [0, 0.1])
    with av.open(tmp_path / "film.mkv") as source, av.open(tmp_path / "more.mkv", "w") as out:
        stream = out.add_stream_from_template(source.streams.video[0])
        out.set_chapters([{"id": 1, "start": 0, "end": 50, "time_base": Fraction(1, 1000), "metadata": {}}])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                out.mux(packet)
    assert probe(tmp_path / "more.mkv").notes == ("not taken over: chapters",)


@pytest.mark.parametrize("codec", ["mpeg4", "libx264"])
@pytest.mark.parametrize("between", [0, 2, 4])
def test_an_avi_with_frames_out_of_order_begins_with_its_first(tmp_path: Path, codec: str, between: int) -> None:
    if codec not in av.codecs_available:
        pytest.skip(f"this build of FFmpeg has no {codec}")
    with av.open(tmp_path / "a.avi", "w") as out:
        stream: Any = out.add_stream(codec, rate=10, options={"bf": str(between)})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(12):
            grey = np.full((48, 64, 3), 10 + 20 * number, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        out.mux(stream.encode(None))
    found = list(read_frames(tmp_path / "a.avi"))
    assert [round(float(frame.time), 3) for frame in found] == [round(number / 10, 3) for number in range(12)]
    levels = [int(frame.pixels[24, 32, 0]) for frame in found]
    assert levels == pytest.approx([10 + 20 * number for number in range(12)], abs=8)
    assert probe(tmp_path / "a.avi").start == 0


@pytest.mark.parametrize(("name", "codec", "kind"), [("a.h264", "libx264", "h264"), ("a.hevc", "libx265", "hevc")])
def test_a_bare_stream_goes_by_the_rate_it_names(tmp_path: Path, name: str, codec: str, kind: str) -> None:
    if codec not in av.codecs_available:
        pytest.skip(f"this build of FFmpeg has no {codec}")
    with av.open(tmp_path / name, "w", format=kind) as out:
        stream: Any = out.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        if codec == "libx265":
            stream.options = {"x265-params": "log-level=none:info=0"}
        for number in range(8):
            grey = np.full((48, 64, 3), 10 + 20 * number, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        out.mux(stream.encode(None))
    file = probe(tmp_path / name)
    assert (file.fps, file.frames, promised_medium(Path(name))) == (10, 8, "video")
    found = list(read_frames(tmp_path / name))
    assert [round(float(frame.time - found[0].time), 3) for frame in found] == [number / 10 for number in range(8)]
    assert [int(frame.pixels[24, 32, 0]) for frame in found] == pytest.approx(range(10, 170, 20), abs=8)
