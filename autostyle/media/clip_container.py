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

from autostyle.errors import BadInput
from autostyle.formats import medium_of
from autostyle.media.clip_clock import Clock
from autostyle.safe_files import open_file

MAX_PIXELS = 36_000_000
"Of a frame: 8K, and a little more."
READABLE = "MP4, MOV, 3GP, MKV, WebM, AVI, MPEG (TS, PS), WMV, FLV, OGV and MXF can be read"
_OPTIONS = {
    "format_whitelist": "mov,matroska,avi,mpeg,mpegts,mpegvideo,asf,flv,ogg,mxf,dv,gif,h264,hevc,m4v",
    "protocol_whitelist": "file",
}
_BARE = {"h264", "hevc"}
_BROADCAST = {"mpeg", "mpegts", "flv"}
_AGAIN = "copy or download it again; a video editor can sometimes save what is left"
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
    def bare(self) -> bool:
        """Whether it is a stream of pictures in no container: without times."""
        return self.container.format.name in _BARE

    def packets(self) -> Iterator[Packet[Any]]:
        """Those of ``picture`` and ``sounds``, in the file's order, with mended times. Damage is stepped over."""
        clock = Clock() if self.broadcast else None
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
def opened(path: Path) -> Iterator[Source]:
    """A clip with a stream of pictures that can be decoded and is of a size that is read.

    Raises:
        BadInput: missing, no clip, no picture in it, damaged, or larger than what is read.
    """
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise BadInput(f"{path} is empty", "a copy or download may have been cut off")
            with av.open(file, "r", metadata_errors="ignore", options=_OPTIONS) as container:
                yield _chosen(container, path)
    except av.error.FFmpegError as error:
        raise _unreadable(path) from error
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {path}", "check the path") from error
    except PermissionError as error:
        raise BadInput(f"{path} may not be read", "check the file's permissions") from error
    except OSError as error:  # a seek beyond the end
        raise _unreadable(path) from error


def _unreadable(path: Path) -> BadInput:
    if medium_of(path) == "video":
        return BadInput(f"{path} is damaged or cut short: nothing can be read of it", _AGAIN)
    return BadInput(f"{path} is no clip that can be read", READABLE)


def _chosen(container: InputContainer, path: Path) -> Source:
    pictures = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    picture = best if best in pictures else next(iter(pictures), None)
    if not isinstance(picture, VideoStream):
        raise BadInput(f"{path} has no picture, only sound", "give a clip")
    if picture.codec_context is None:
        raise BadInput(
            f"the picture of {path} is in a format that cannot be decoded here", "save it as MP4 (H.264) and give that"
        )
    if picture.width * picture.height > MAX_PIXELS:
        raise BadInput(
            f"{path} is too large: {picture.width} x {picture.height} pixels",
            f"scale it down first; at most {MAX_PIXELS / 1e6:g} million pixels are read",
        )
    sounds, left = container.streams.audio, []
    if len(pictures) > 1:
        # Several programmes in one broadcast, or several cameras: which sound is whose, only FFmpeg's choice tells.
        sound = container.streams.best("audio", related=picture)
        sounds = tuple(stream for stream in sounds if stream is sound)
        left.append("further pictures and their sound")
    known = tuple(stream for stream in sounds if stream.codec_context is not None)
    if len(known) < len(sounds):
        left.append("sound that cannot be decoded here")
    if container.streams.subtitles:
        left.append("subtitles")
    if container.chapters():
        left.append("chapters")
    return Source(container, picture, known, tuple(left))
