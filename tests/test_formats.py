"""What files are by their bytes, whatever they are called."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from autostyle import formats
from autostyle.codecs.clip_reader import probe
from autostyle.formats import medium_of
from autostyle.mediums.files import medium, recognize
from autostyle.mediums.video.spec import READABLE
from tests.clips import recorded

CONTAINERS = {  # ending: codec
    **dict.fromkeys((".mp4", ".mov", ".mkv", ".avi", ".3gp"), "mpeg4"),
    **dict.fromkeys((".ts", ".mts", ".mpg", ".vob", ".mxf", ".m2v"), "mpeg2video"),
    ".webm": "libvpx",
    ".flv": "flv1",
    ".wmv": "wmv2",
}


@pytest.mark.parametrize("ending", CONTAINERS)
def test_a_clip_is_one_whatever_it_is_called(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"made{ending}"
    recorded(path, [n / 25 for n in range(5)], codec=CONTAINERS[ending])
    for called in (path.name, "bare", "photo.jpg", "notes.xyz"):
        path = path.rename(tmp_path / called)
        assert medium(path) == "video"
    assert probe(path).frames == 5


def test_cameras_put_four_bytes_before_each_packet_and_recordings_begin_anywhere(tmp_path: Path) -> None:
    recorded(tmp_path / "a.ts", [n / 25 for n in range(5)], codec="mpeg2video")
    data = (tmp_path / "a.ts").read_bytes()
    packets = [data[place : place + 188] for place in range(0, len(data), 188)]
    (tmp_path / "camera").write_bytes(b"".join(b"\0\0\0\0" + packet for packet in packets))
    (tmp_path / "cut").write_bytes(data[77:])
    for name in ("camera", "cut"):
        assert medium(tmp_path / name) == "video" and probe(tmp_path / name).frames == 5


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_a_picture_is_one_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo"
    Image.new("RGB", (40, 40), "red").save(path, kind)
    for called in ("bare", "film.mp4", "notes.ts"):
        path = path.rename(tmp_path / called)
        assert medium(path) == "image"


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.m4a", b"\0\0\0\x18ftypisom", "audio"),  # film or sound alone: the ending is believed
        ("a.mp4", b"\0\0\0\x18ftypM4A ", "audio"),
        ("a.qt", b"\0\0\0\x08wide\0\0\0\0mdat", "video"),
        ("a.ogg", b"OggS" + bytes(24) + b"\x01vorbis", "audio"),
        ("a.ogv", b"OggS" + bytes(24) + b"\x80theora", "video"),
        ("a.wav", b"RIFF\0\0\0\0WAVE", "audio"),
        ("a.bin", b"OTTO\0\x0a", "font"),
        ("a.heic", b"\0\0\0\x18ftypheic", "image"),
        ("component.ts", b"import { x } from 'y';\n" * 100, "video"),  # words tell nothing: the ending is all there is
        ("notes.txt", b"for free\n" * 500, "image"),
        ("empty.mp4", b"", "video"),
    ],
)
def test_bytes_tell_first_and_endings_where_they_do_not(tmp_path: Path, name: str, head: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(head)
    assert medium(tmp_path / name) == expected


def test_what_neither_bytes_nor_ending_tell_is_told_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"words")
    assert recognize(tmp_path / "notes.txt") is None


def test_what_is_not_there_or_no_file_is_told_by_its_name_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "folder.mp4").mkdir()
    for name in ("pipe.mp4", "folder.mp4", "gone.mp4"):
        assert medium_of(tmp_path / name) is None and medium(tmp_path / name) == "video"
    assert medium(Path("a\0b.png")) == "image"


def test_every_ending_of_a_clip_is_one_that_is_read() -> None:
    assert {".m2ts", ".vob", *CONTAINERS} <= set(READABLE)


def test_nothing_takes_long_to_tell() -> None:
    """A pattern with choices inside of choices would try them all."""
    beginning = time.perf_counter()
    for head in (
        b"<!--",
        b"<!-- -->",
        b" ",
        b"<?xml <!-- -->",
        b"<!DOCTYPE svg",
        b"<!DOCTYPE svg <!-- -->",
        b"\0G",
        b"P1 ",
    ):
        formats.of(head * (4096 // len(head)))
    assert time.perf_counter() - beginning < 20  # all of them would take longer than anybody waits
