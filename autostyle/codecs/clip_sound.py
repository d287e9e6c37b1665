"""The tracks of sound of one clip on their way into an MP4: copied as they are where it can hold them, else as AAC.

Of their metadata only the language travels.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av import AudioFrame, Packet
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer

from autostyle.codecs.clip import ClipFile
from autostyle.codecs.clip_container import Source, open_container
from autostyle.sentences import Sentence

SOUNDS = ("aac", "mp3", "ac3", "eac3", "opus", "flac", "alac")
"Codecs of sound that an MP4 carries, and players play, as they are."
_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)
"Samples a second that AAC can have."
_FRAME = 1024
"Samples of an AAC frame."
_AHEAD = Fraction(1, 2)
"Seconds of sound that lie in the file before the picture they belong to."


def sound_notes(path: Path, clip: ClipFile) -> tuple[Sentence, ...]:
    """What a person should know of the sound of ``clip`` in a file of the ending that ``path`` has."""
    if path.suffix.lower() != ".mp4":
        return (
            (
                Sentence(
                    "{kind} has no sound: {sounds} left out",
                    kind=path.suffix[1:].upper(),
                    sounds=", ".join(clip.sounds),
                ),
            )
            if clip.sounds
            else ()
        )
    return tuple(
        Sentence("MP4 does not carry {name}: its sound became AAC", name=name)
        for name in clip.sounds
        if name not in SOUNDS
    )


class Sound:
    """The sound of ``clip``, put into ``container`` as its pictures come.

    Args:
        stack: closes the clip.
    """

    def __init__(self, stack: contextlib.ExitStack, clip: ClipFile, container: OutputContainer) -> None:
        source = stack.enter_context(open_container(clip.path))
        self._tracks: dict[int, _Copied | _Encoded] = {}
        for stream in source.sounds:
            kind = _Copied if _copies(stream) else _Encoded
            self._tracks[stream.index] = kind(stream, container, clip.start)
        self._packets = self._of(source) if self._tracks else iter(())
        self._waiting: Packet[Any] | None = None

    def until(self, time: Fraction) -> None:
        """Write what is heard up to ``time``, in seconds from the start, and a little more."""
        while (packet := self._waiting or next(self._packets, None)) is not None:
            self._waiting = packet
            track = self._tracks[packet.stream_index]
            if track.begins(packet) > time + _AHEAD:
                return
            track.add(packet)
            self._waiting = None

    def finish(self) -> None:
        """Write the rest."""
        if self._waiting is not None:
            self._tracks[self._waiting.stream_index].add(self._waiting)
        for packet in self._packets:
            self._tracks[packet.stream_index].add(packet)
        for track in self._tracks.values():
            track.finish()

    def _of(self, source: Source) -> Iterator[Packet[Any]]:
        return (packet for packet in source.packets() if packet.stream_index in self._tracks)


def _copies(stream: AudioStream) -> bool:
    """Whether an MP4 can hold a track as it is; tried, because some are told only by their headers."""
    if stream.codec_context.codec.canonical_name not in SOUNDS:
        return False
    try:
        with av.open(io.BytesIO(), "w", format="mp4") as trial:
            trial.add_stream_from_template(stream)
            trial.start_encoding()
    except (av.error.FFmpegError, ValueError):
        return False
    return True


class _Track:
    def __init__(self, stream: AudioStream, container: OutputContainer, start: Fraction) -> None:
        self._stream, self._container, self._start = stream, container, start
        self._unit = stream.time_base or Fraction(1, stream.codec_context.sample_rate)
        self._out: Any = None

    def begins(self, packet: Packet[Any]) -> Fraction:
        """When, in seconds from the start of the clip."""
        stamp = packet.dts if packet.pts is None else packet.pts
        return Fraction(0) if stamp is None else stamp * self._unit - self._start

    def _named(self, out: Any) -> None:
        out.metadata.clear()
        if language := self._stream.metadata.get("language"):
            out.metadata["language"] = language


class _Copied(_Track):
    """Packets as they are, moved to the clip's new zero."""

    def __init__(self, stream: AudioStream, container: OutputContainer, start: Fraction) -> None:
        super().__init__(stream, container, start)
        self._out = container.add_stream_from_template(stream)
        self._named(self._out)
        self._last: int | None = None

    def add(self, packet: Packet[Any]) -> None:
        found = packet.pts if packet.dts is None else packet.dts
        if found is None:
            return
        shift = round(self._start / self._unit)
        stamp = found - shift
        if self._last is not None and stamp <= self._last:
            return  # heard already
        self._last = stamp
        packet.dts = stamp
        packet.pts = stamp if packet.pts is None else packet.pts - shift
        packet.stream = self._out
        with contextlib.suppress(av.error.InvalidDataError, av.error.ArgumentError):  # damage in the midst
            self._container.mux(packet)

    def finish(self) -> None:
        pass


class _Encoded(_Track):
    """Sound decoded, gaps filled with silence, and encoded as AAC."""

    def __init__(self, stream: AudioStream, container: OutputContainer, start: Fraction) -> None:
        super().__init__(stream, container, start)
        context = stream.codec_context
        self._rate = min(_RATES, key=lambda rate: abs(rate - context.sample_rate))
        channels = context.layout.nb_channels
        self._layout = "mono" if channels == 1 else "5.1" if channels >= 6 else "stereo"
        self._out = container.add_stream("aac", rate=self._rate, layout=self._layout)
        self._named(self._out)
        self._kind: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    def add(self, packet: Packet[Any]) -> None:
        for frame in self._decoded(packet):
            self._hear(frame)

    def finish(self) -> None:
        for frame in self._decoded(None):
            self._hear(frame)
        self._hear(None)
        self._container.mux(self._out.encode(None))

    def _decoded(self, packet: Packet[Any] | None) -> list[AudioFrame]:
        """The frames in a packet; none where it is damaged: silence, then."""
        try:
            return self._stream.decode(packet)
        except av.error.FFmpegError:
            return []

    def _hear(self, frame: AudioFrame | None) -> None:
        """Encode a frame; None: what is still held back."""
        if frame is not None:
            if frame.pts is not None:
                frame.pts -= round(self._start / self._unit)
            frame.time_base = self._unit
        kind = None if frame is None else (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:  # broadcasts change between programmes
            self._encode(None)
            self._resampler, self._kind = self._resampling(), kind
        self._encode(frame)

    def _encode(self, frame: AudioFrame | None) -> None:
        if self._resampler is not None:
            for even in self._resampler.resample(frame):
                self._container.mux(self._out.encode(even))

    def _resampling(self) -> AudioResampler:
        return AudioResampler("fltp", self._layout, self._rate, _FRAME, options={"async": "1"})
