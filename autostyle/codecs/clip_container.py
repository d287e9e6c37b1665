"""A clip's file, opened: which of its streams count, and their packets with the clock mended.

What a file is, its bytes say. The demuxers are a short list and read the one file they are given: playlists and
other containers that name further files or addresses are refused before they could.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av import Packet
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from autostyle.codecs.clip_clock import Clock
from autostyle.codecs.samples import check_pixels
from autostyle.errors import BadInput
from autostyle.formats import medium_of
from autostyle.safe_files import open_file
from autostyle.sentences import Sentence

MAX_PIXELS = 36_000_000
"Of a frame: 8K, and a little more."
READABLE = Sentence("MP4, MOV, 3GP, MKV, WebM, AVI, MPEG (TS, PS), WMV, FLV, OGV and MXF can be read")
_OPTIONS = {
    "format_whitelist": "mov,matroska,avi,mpeg,mpegts,mpegvideo,asf,flv,ogg,mxf,dv,gif,h264,hevc,m4v",
    "protocol_whitelist": "file",
}
_BARE = {"h264", "hevc"}
_BROADCAST = {"mpeg", "mpegts", "flv"}
_AGAIN = Sentence("copy or download it again; a video editor can sometimes save what is left")
_MOST_ERRORS = 100
"In a row, without a packet between them: then the rest is given up."


@dataclass(frozen=True)
class Source:
    """An open clip.

    Args:
        picture: the stream of pictures that is painted.
        sounds: the tracks of sound that belong to it.
        left: what else is in it, in words, for a note.
    """

    container: InputContainer
    picture: VideoStream
    sounds: tuple[AudioStream, ...]
    left: tuple[str, ...]

    @property
    def unit(self) -> Fraction:
        """Of the pictures' times, in seconds."""
        return self.picture.time_base or Fraction(1, 90_000)

    @property
    def broadcast(self) -> bool:
        """Whether its packets carry a clock, which may wrap and leap, and its length is guessed."""
        return bool(_BROADCAST & set(self.container.format.name.split(",")))

    @property
    def _matroska(self) -> bool:
        return "matroska" in self.container.format.name

    @property
    def bare(self) -> bool:
        """Whether it is a stream of pictures in no container: without times."""
        return self.container.format.name in _BARE

    def packets(self) -> Iterator[Packet[Any]]:
        """Those of ``picture`` and ``sounds``, in the file's order, with mended times. Damage is stepped over."""
        clock = Clock(broadcast=self.broadcast) if self.broadcast or self._matroska else None
        errors = 0
        while errors < _MOST_ERRORS:
            try:
                for packet in self.container.demux(self.picture, *self.sounds):
                    errors = 0
                    if packet.size:
                        if clock is not None:
                            clock.mend(packet)
                        yield packet
                return
            except av.error.FFmpegError:
                errors += 1
            except IndexError:  # PyAV, at the end of a damaged file in which further streams seemed to begin
                return


@contextlib.contextmanager
def open_container(path: Path) -> Iterator[Source]:
    """A clip with a stream of pictures that can be decoded and is of a size that is read.

    Raises:
        BadInput: missing, no clip, no picture in it, damaged, or larger than what is read.
    """
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise BadInput("{path} is empty", "a copy or download may have been cut off", path=path)
            with av.open(file, "r", metadata_errors="ignore", options=_OPTIONS) as container:
                yield _chosen(container, path)
    except av.error.FFmpegError as error:
        raise _unreadable(path) from error
    except FileNotFoundError as error:
        raise BadInput("there is no file {path}", "check the path", path=path) from error
    except PermissionError as error:
        raise BadInput("{path} may not be read", "check the file's permissions", path=path) from error
    except OSError as error:  # a seek beyond the end
        raise _unreadable(path) from error


def _unreadable(path: Path) -> BadInput:
    if medium_of(path) == "video":
        return BadInput("{path} is damaged or cut short: nothing can be read of it", _AGAIN, path=path)
    return BadInput("{path} is no clip that can be read", READABLE, path=path)


def _chosen(container: InputContainer, path: Path) -> Source:
    pictures = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    picture = best if best in pictures else next(iter(pictures), None)
    if not isinstance(picture, VideoStream):
        raise BadInput("{path} has no picture, only sound", "give a clip", path=path)
    if picture.codec_context is None:
        raise BadInput(
            "the picture of {path} is in a format that cannot be decoded here",
            "save it as MP4 (H.264) and give that",
            path=path,
        )
    check_pixels(picture.width, picture.height, path, MAX_PIXELS)
    sounds, left = container.streams.audio, []
    if len(pictures) > 1:
        # Several programmes in one broadcast, or several cameras: which sound is whose, only FFmpeg's choice tells.
        sound = container.streams.best("audio", related=picture)
        sounds = tuple(stream for stream in sounds if stream is sound)
        left.append(Sentence("further pictures and their sound"))
    known = tuple(stream for stream in sounds if stream.codec_context is not None)
    if len(known) < len(sounds):
        left.append(Sentence("sound that cannot be decoded here"))
    if container.streams.subtitles:
        left.append(Sentence("subtitles"))
    if container.chapters():
        left.append(Sentence("chapters"))
    return Source(container, picture, known, tuple(left))
