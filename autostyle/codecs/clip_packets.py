"""What the packets of a clip tell without a frame being decoded: how many there are, when, how fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av import Packet

from autostyle.codecs.clip_container import Source, open_container
from autostyle.codecs.clip_decoding import named_rate
from autostyle.errors import BadInput
from autostyle.sentences import Sentence, join_sentences

AGREES = 0.02
"Share by which the rate a file names may differ from the measured one and still be taken for it."


def refuse_encrypted(path: Path) -> None:
    """Raises BadInput for an encrypted clip, before anything is decoded: a decoder makes a frame of it now and then."""
    first = first_packet(path)
    if first is not None and first.has_sidedata("encryption_info"):
        raise BadInput("{path} is encrypted", "give a copy without protection", path=path)


def first_packet(path: Path) -> Packet[Any] | None:
    """The first packet of a clip's picture; None where it has none."""
    with open_container(path) as source:
        return next((packet for packet in source.packets() if packet.stream_index == source.picture.index), None)


@dataclass
class PacketCount:
    """What the packets of a clip tell.

    Args:
        frames: how many there are.
        first, last: when the first and the last of those with a time are shown, in seconds.
        timed: how many have a time.
        end: when the last picture or sound ends.
        heard: when each track of sound begins.
    """

    frames: int = 0
    timed: int = 0
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    heard: list[Fraction] = field(default_factory=list)


def count_packets(source: Source) -> PacketCount:
    """All the packets, counted."""
    found, heard = PacketCount(), dict[int, Fraction]()
    for packet in source.packets():
        stamp = packet.dts if packet.pts is None else packet.pts
        unit = packet.time_base or source.unit
        time = None if stamp is None else stamp * unit
        if time is not None:
            found.end = max(found.end, time + (packet.duration or 0) * unit)
        if packet.stream_index != source.picture.index:
            if packet.stream_index not in heard and (begun := _heard(packet)) is not None:
                heard[packet.stream_index] = begun
        elif not packet.is_discard:
            found.frames += 1
            if time is not None:
                found.first = min(found.first, time) if found.timed else time
                found.last = max(found.last, time) if found.timed else time
                found.timed += 1
    found.heard = list(heard.values())
    return found


def _heard(packet: Packet[Any]) -> Fraction | None:
    """When the sound in a packet begins, what encoders put before it left aside; None if nothing is to be heard."""
    stream = packet.stream
    try:
        frame = next(iter(stream.decode(packet)), None)
    except av.error.FFmpegError:
        return None
    return None if frame is None or frame.pts is None else frame.pts * packet.time_base


def packet_notes(source: Source, count: PacketCount) -> tuple[Sentence, ...]:
    """What is not taken over of a clip, and what of it is missing."""
    notes = [Sentence("not taken over: {what}", what=join_sentences(source.left))] if source.left else []
    begun, promised = source.container.start_time, source.container.duration
    if promised and not source.broadcast:
        seconds, there = promised / 1e6, float(count.end) - (begun or 0) / 1e6
        if seconds - there > max(0.25, 0.05 * seconds):
            notes.append(Sentence("cut short: {there:.1f} of {seconds:.1f} s are there", there=there, seconds=seconds))
    return tuple(notes)


def measured_rate(source: Source, count: PacketCount) -> Fraction:
    """Frames a second on average: measured, or the named rate where they agree."""
    named = named_rate(source)
    if count.last == count.first:
        return named
    measured = (count.timed - 1) / (count.last - count.first)
    return named if abs(named / measured - 1) < AGREES else measured.limit_denominator(1001)
