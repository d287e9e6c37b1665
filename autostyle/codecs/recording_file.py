"""Recordings out of files and into files, through FFmpeg; which format a file is, its bytes say."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer

from autostyle.atomic import atomic_write_bytes
from autostyle.codecs.recording import Recording, Waveform
from autostyle.errors import BadInput
from autostyle.safe_files import read_named
from autostyle.sentences import Sentence

READABLE = Sentence("WAV, FLAC, OGG, Opus, MP3, M4A, AAC, AIFF, WMA and MKA can be read")
LONGEST = 1800
"""Seconds."""
SHORTEST = 0.5
MOST_BYTES = 2**31
_OPTIONS = {
    "format_whitelist": "wav,w64,flac,ogg,mp3,mov,aac,aiff,matroska,asf",
    "protocol_whitelist": "file",
}
_DEEP = {"s32", "s32p", "flt", "fltp", "dbl", "dblp", "s64", "s64p"}
"""Sample formats of more than 16 bits; what is compressed with losses decodes to such, too."""
_LOSSLESS = ("pcm", "flac", "alac", "wavpack")


@dataclass(frozen=True)
class RecordingFile:
    """A sound file, read.

    Args:
        recording: all of it.
        sha256: of the file's bytes.
        bits: 24 where its samples have more than 16.
        notes: what a person should know.
    """

    recording: Recording
    sha256: str
    bits: int = 16
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Format:
    """How a format is written: FFmpeg's container, encoder and sample format; at most, or only at, which rates."""

    container: str
    codec: str
    layout: str
    deep: tuple[str, str] = ("", "")
    rates: tuple[int, ...] = ()
    bit_rate: int = 0
    name: str = ""


_FORMATS = {
    ".wav": _Format("wav", "pcm_s16le", "s16", ("pcm_s24le", "s32")),
    ".flac": _Format("flac", "flac", "s16", ("flac", "s32")),
    ".ogg": _Format("ogg", "libopus", "flt", rates=(48000,), bit_rate=96_000, name="Opus"),
    ".opus": _Format("ogg", "libopus", "flt", rates=(48000,), bit_rate=96_000, name="Opus"),
    ".mp3": _Format("mp3", "libmp3lame", "fltp", rates=(48000, 44100, 32000, 24000, 22050, 16000), bit_rate=112_000),
    ".m4a": _Format("ipod", "aac", "fltp", rates=(48000, 44100, 32000, 24000, 22050, 16000), bit_rate=96_000),
}
"""The rates that a format takes, the highest first; any where none is named. Bit rates are of a channel."""
WRITABLE = tuple(_FORMATS)
_PEAK = 10 ** (-0.3 / 20)
"""What a louder result is turned down to: compressed sound overshoots a little."""


def read_recording(path: Path) -> RecordingFile:
    """Read a sound file: its first track, in one or two channels.

    Raises:
        BadInput: missing, no sound file, no sound in it, damaged, or longer or shorter than what is read.
    """
    try:
        data = read_named(path, MOST_BYTES)
    except ValueError as error:
        raise _too_long(path) from error
    return decode(data, path)


def decode(data: bytes, path: Path) -> RecordingFile:
    """:func:`read_recording` of the bytes of a file; ``path`` is what it is called in errors."""
    samples, rate, deep, notes = _decoded(data, path)
    if samples.shape[1] < SHORTEST * rate:
        raise BadInput(
            "{path} is too short: {seconds:.2f} s",
            "a recording must last at least {least:g} s",
            path=path,
            seconds=samples.shape[1] / rate,
            least=SHORTEST,
        )
    if not np.isfinite(samples).all():
        samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        notes = (*notes, Sentence("it holds values that are no numbers: they are silent"))
    return RecordingFile(Recording(samples, rate), sha256(data).hexdigest(), 24 if deep else 16, notes)


def _decoded(data: bytes, path: Path) -> tuple[Waveform, int, bool, tuple[Sentence, ...]]:
    """The samples, their rate, whether they have more than 16 bits, and notes."""
    parts: list[Waveform] = []
    notes: list[Sentence] = []
    damaged = False
    try:
        with av.open(BytesIO(data), "r", metadata_errors="ignore", options=_OPTIONS) as container:
            track = _track(container, path)
            rate, count = track.rate, track.channels
            deep = track.codec_context.name.startswith(_LOSSLESS) and track.format.name in _DEEP
            layout = "mono" if count == 1 else "stereo"
            if count > 2:
                notes.append(Sentence("{count} channels: mixed down to two", count=count))
            resampler = av.AudioResampler("fltp", layout, rate)
            # The last block of an encoder is filled up; where the format says where the sound ends, it ends there.
            lasts = track.duration if "mov" in container.format.name else None
            end = None if lasts is None or track.time_base is None else round(lasts * track.time_base * rate)
            heard = 0
            try:
                for frame in container.decode(track):
                    parts += [np.asarray(even.to_ndarray(), np.float32) for even in resampler.resample(frame)]
                    heard += frame.samples
                    if heard > LONGEST * rate:
                        raise _too_long(path)
            except (av.error.FFmpegError, IndexError):
                damaged = True
            parts += [np.asarray(even.to_ndarray(), np.float32) for even in resampler.resample(None)]
    except av.error.FFmpegError as error:
        raise BadInput("{path} is no sound file that can be read", READABLE, path=path) from error
    if not sum(part.shape[1] for part in parts):
        raise BadInput(
            "{path} is damaged or cut short: nothing can be read of it", "copy or download it again", path=path
        )
    samples = np.ascontiguousarray(np.concatenate(parts, axis=1)[:, :end], np.float32)
    if damaged:
        seconds = samples.shape[1] / rate
        notes.append(Sentence("damaged or cut short: its first {seconds:.1f} s are used", seconds=seconds))
    return samples, rate, deep, tuple(notes)


def _track(container: InputContainer, path: Path) -> AudioStream:
    track = container.streams.best("audio")
    if not isinstance(track, AudioStream) or track.codec_context is None:
        raise BadInput("{path} has no sound that can be read", READABLE, path=path)
    return track


def _too_long(path: Path) -> BadInput:
    return BadInput(
        "{path} is too long", "at most {most} minutes are read: cut it first", path=path, most=LONGEST // 60
    )


def write_recording(
    path: Path, recording: Recording, *, bits: int = 16, overwrite: bool = False
) -> tuple[Sentence, ...]:
    """Write a recording whole or not at all, as its suffix says; one that is too loud for a file is turned down.

    Args:
        bits: 16 or 24; 24 reach the file in WAV and FLAC.

    Returns:
        What a person should know: what the format could not carry.

    Raises:
        BadInput: unknown suffix, an existing file, a place that cannot be written.
        Missing: no space left.
    """
    if path.suffix.lower() not in _FORMATS:
        raise BadInput(
            "{name}: no sound format has the suffix {suffix!r}",
            "endings: {names}",
            name=path.name,
            suffix=path.suffix,
            names=" ".join(WRITABLE),
        )
    if path.exists() and not overwrite:
        raise BadInput("{path} exists", "--force overwrites it", path=path)
    notes = []
    peak = float(np.abs(recording.samples).max(initial=0.0))
    if peak > 1:
        recording = Recording(recording.samples * np.float32(_PEAK / peak), recording.rate)
        gain = 20 * np.log10(peak / _PEAK)
        notes.append(Sentence("turned down by {gain:.1f} dB: louder than a file can hold", gain=gain))
    rate = _rate(recording, path.suffix.lower())
    if rate != recording.rate:
        kind = _FORMATS[path.suffix.lower()].name or path.suffix[1:].upper()
        notes.append(Sentence("{kind} is written at {rate} Hz", kind=kind, rate=rate))
    atomic_write_bytes(path, encode(recording, path.suffix.lower(), bits=bits))
    return tuple(notes)


def _rate(recording: Recording, ending: str) -> int:
    """The rate at which a format holds a recording: its own, or the next one above that it takes."""
    rates = _FORMATS[ending].rates
    if not rates or recording.rate in rates:
        return recording.rate
    return next((rate for rate in rates[::-1] if rate >= recording.rate), rates[0])


def encode(recording: Recording, ending: str, *, bits: int = 16) -> bytes:
    """The bytes of a file of a writable ``ending``; what is beyond full scale is cut off."""
    form, recording = _FORMATS[ending], recording.at(_rate(recording, ending))
    codec, kind = form.deep if bits > 16 and form.deep[0] else (form.codec, form.layout)
    layout = "mono" if recording.channels == 1 else "stereo"
    buffer = BytesIO()
    with av.open(buffer, "w", format=form.container) as container:
        out = container.add_stream(codec, rate=recording.rate, layout=layout, format=kind)
        assert isinstance(out, AudioStream)
        if form.bit_rate:
            out.bit_rate = form.bit_rate * recording.channels
        resampler = av.AudioResampler(kind, layout, recording.rate, out.codec_context.frame_size or 4096)
        whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(np.clip(recording.samples, -1, 1)), "fltp", layout)
        whole.sample_rate, whole.pts, whole.time_base = recording.rate, 0, Fraction(1, recording.rate)
        for frame in (*resampler.resample(whole), *resampler.resample(None)):
            container.mux(out.encode(frame))
        container.mux(out.encode(None))
    return buffer.getvalue()
