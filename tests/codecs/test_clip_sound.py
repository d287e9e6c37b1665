"""Sound beside new pictures: all tracks, in their languages, as they are or as AAC."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from autostyle.codecs.clip_reader import probe
from autostyle.codecs.clip_sound import sound_notes
from autostyle.testing.inputs import panning
from tests.clips import SILENT, Heard, recorded, sounded, written

TIMES = [number / 10 for number in range(8)]


def under(source: Path) -> Path:
    """A clip of other pictures with the sound of ``source``."""
    place = source.parent / "out.mp4"
    written(place, panning(), sound_of=probe(source))
    return place


def test_every_track_is_taken_over_with_its_language_and_nothing_else(tmp_path: Path) -> None:
    recorded(tmp_path / "two.mkv", TIMES, sounds=[Heard("aac", 0, "kor"), Heard("ac3", 0.2, "eng")])
    with av.open(under(tmp_path / "two.mkv")) as made:
        assert [stream.type for stream in made.streams] == ["video", "audio", "audio"]
        tracks = [(stream.codec_context.name, stream.language) for stream in made.streams.audio]
        assert tracks == [("aac", "kor"), ("ac3", "eng")]
    assert sounded(tmp_path / "out.mp4", 1) - sounded(tmp_path / "out.mp4", 0) == pytest.approx(0.2, abs=0.002)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("camera.mov", "pcm_s16le"), ("dvd.vob", "mp2"), ("old.wmv", "wmav2")],
)
def test_sound_that_an_mp4_does_not_carry_becomes_aac_in_its_place(tmp_path: Path, name: str, codec: str) -> None:
    times = [0.04 * number for number in range(8)]
    recorded(tmp_path / name, times, codec="mpeg2video" if codec == "mp2" else "mpeg4", sounds=[Heard(codec)])
    source = probe(tmp_path / name)
    assert source.sounds and sound_notes(tmp_path / "out.mp4", source)[0].startswith("MP4 does not carry")
    made = under(tmp_path / name)
    assert probe(made).sounds == ("aac",)
    assert sounded(made) == pytest.approx(sounded(tmp_path / name) - float(source.start), abs=0.003)


def test_a_hole_in_sound_stays_where_it_was(tmp_path: Path) -> None:
    """Re-encoded, too: what is not there is silence, and nothing moves up."""
    source = tmp_path / "hole.mkv"
    recorded(tmp_path / "whole.mkv", TIMES, sounds=[Heard("pcm_s16le", 0)])
    with av.open(tmp_path / "whole.mkv") as whole, av.open(source, "w") as out:
        streams = [out.add_stream_from_template(stream) for stream in whole.streams]
        for packet in whole.demux():
            if packet.size:
                if packet.stream.type == "audio" and packet.pts * packet.time_base >= SILENT / 2:
                    packet.pts, packet.dts = packet.pts + 300, packet.dts + 300
                packet.stream = streams[packet.stream_index]
                out.mux(packet)
    assert sounded(under(source)) == pytest.approx(SILENT + 0.3, abs=0.005)


def test_damage_in_sound_costs_no_picture_and_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hit.ts"
    recorded(path, TIMES, codec="mpeg2video", sounds=[Heard("mp2", 0)])
    data = bytearray(path.read_bytes())
    for place in range(188 * 8, 188 * 12):
        if place % 188 > 20:
            data[place] = 0xFF
    path.write_bytes(data)
    made = under(path)
    assert probe(made).frames == 8
