"""Clips as files."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av import Packet
from av.container import OutputContainer

from autostyle.codecs.clip import Clip, ClipFile
from autostyle.codecs.clip_reader import probe
from autostyle.codecs.clip_writer import clip_writer
from autostyle.testing.inputs import panning


def written(path: Path, clip: Clip, sound_of: ClipFile | None = None) -> ClipFile:
    """``clip`` as the file ``path``, probed."""
    with clip_writer(path, clip.fps, sound_of=sound_of, overwrite=True) as writer:
        for frame in clip.frames:
            writer.add(frame)
    return probe(path)


SILENT = 0.1


class Heard(NamedTuple):
    """A track of sound: :data:`SILENT` seconds of silence, then a tone of half a second, from ``start`` on."""

    codec: str = "aac"
    start: float = 0.0
    language: str = ""
    rate: int = 32_000


def recorded(
    path: Path,
    times: Sequence[float],
    *,
    codec: str = "mpeg4",
    sounds: Sequence[Heard] = (),
    lasts: float = 0.1,
    options: dict[str, str] | None = None,
) -> None:
    """A small clip as a camera would write it: a frame at each of ``times`` (seconds), ``lasts`` after the last.

    MPEG-2 and MXF know no other distance than 1/25 s.
    """
    container = {".ts": "mpegts", ".mts": "mpegts", ".vob": "vob", ".mpg": "mpeg", ".3gp": "3gp"}.get(path.suffix)
    with av.open(path, "w", format=container, options=options or {}) as out:
        stream: Any = out.add_stream(codec, rate=25, options={"bf": "0"} if codec == "libx264" else {})
        stream.width, stream.height = 64, 48
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        tick = Fraction(1, 25) if codec == "mpeg2video" else Fraction(1, 1000)
        stream.codec_context.time_base = tick
        tracks = [_tone(out, heard) for heard in sounds]
        packets = []
        for number, frame in enumerate(panning(len(times)).frames):
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
            picture.pts, picture.time_base = number, tick
            packets += stream.encode(picture)
        packets += stream.encode(None)
        for packet, time in zip(packets, times, strict=True):
            packet.time_base = Fraction(1, 90_000)
            packet.pts = packet.dts = round(time * 90_000)
            packet.duration = round(lasts * 90_000)
        heard_packets = [packet for track in tracks for packet in track]
        for packet in sorted([*packets, *heard_packets], key=lambda p: p.dts * p.time_base):
            out.mux(packet)


def _tone(out: OutputContainer, heard: Heard) -> list[Packet[Any]]:
    rate = heard.rate
    stream: Any = out.add_stream(heard.codec, rate=rate, layout="mono", bit_rate=64_000)
    if heard.language:
        stream.metadata["language"] = heard.language
    wave = np.sin(np.arange(rate // 2) * 2 * np.pi * 880 / rate) * 20_000
    samples = np.concatenate([np.zeros(int(rate * SILENT)), wave]).astype(np.int16)
    packets = []
    for begin in range(0, len(samples), 1024):
        frame = av.AudioFrame.from_ndarray(samples[None, begin : begin + 1024], format="s16", layout="mono")
        frame.rate, frame.pts, frame.time_base = rate, begin, Fraction(1, rate)
        packets += stream.encode(frame)
    packets += stream.encode(None)
    for packet in packets:
        shift = round(heard.start / packet.time_base)
        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
    return packets


def seen(path: Path) -> list[float]:
    """When a player shows the frames of a clip, in seconds."""
    with av.open(path) as container:
        return [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]


def sounded(path: Path, track: int = 0) -> float:
    """When a player sounds a tone for the first time, in seconds."""
    with av.open(path) as container:
        for frame in container.decode(audio=track):
            loud = np.abs(frame.to_ndarray().reshape(-1)) > (0.1 if "flt" in frame.format.name else 3000)
            if loud.any():
                return float(frame.pts * frame.time_base) + int(loud.argmax()) / frame.sample_rate
    raise AssertionError("silence")
