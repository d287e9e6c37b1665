"""The clock of a clip's packets, mended: no step back, and no leap where a recording was joined.

Broadcasts count 33 bits of 1/90000 s and begin anywhere; recordings that were joined begin anew in the midst. Players
go on at such a place; what is written elsewhere must, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av import Packet

_WRAP = Fraction(1 << 33, 90_000)
"Seconds after which the clock of MPEG streams begins at 0 again (ISO/IEC 13818-1)."
_LEAP = 10
"""Seconds ahead beyond which a broadcast's clock is said to have been set anew; a shorter gap is a pause and stays.
The figure FFmpeg's own tool uses."""
_BACK = Fraction(1, 10)
_FAR_BACK = Fraction(1)
"Seconds that no order of frames explains."
_LONGEST_STEP = Fraction(1)
"Seconds between two packets that tell how far a third is."
_SAME_JOINT = 1
"Seconds within which what other streams went on by at a joint fits this one, too: it keeps them together."


@dataclass
class _Stream:
    """Seconds: what is added to its times, when its last packet is decoded, how far it is to the next, when all that
    was seen of it ends."""

    offset: Fraction = Fraction(0)
    last: Fraction | None = None
    step: Fraction = Fraction(0)
    end: Fraction = Fraction(0)


class Clock:
    """Mends the times of packets, in the order of their file.

    Where a file has one timeline, as MP4 and Matroska do, its times are what they are, however far apart. Recorders
    that begin anew into one Matroska file set it back, though: there only steps far back are mended.

    Args:
        broadcast: the packets carry a clock, which may leap ahead, too.
    """

    def __init__(self, *, broadcast: bool = True) -> None:
        self._broadcast = broadcast
        self._streams: dict[int, _Stream] = {}

    def mend(self, packet: Packet[Any]) -> None:
        """Move a packet's times to where they belong."""
        unit = packet.time_base
        if packet.pts is not None and packet.dts is not None:
            ahead = (packet.pts - packet.dts) * unit
            if ahead < 0 or (self._broadcast and ahead > _LEAP):
                packet.dts = packet.pts  # guessed by the demuxer, across a joint
        stream = self._streams.setdefault(packet.stream_index, _Stream())
        if packet.dts is not None:
            raw = packet.dts * unit
            if stream.last is not None and self._is_joint(raw + stream.offset, stream.last):
                stream.offset = self._onward(raw, stream)
            now = raw + stream.offset
            between = Fraction(0) if stream.last is None else now - stream.last
            stream.step = max((packet.duration or 0) * unit, min(between, _LONGEST_STEP))
            stream.last = now
            latest = now if packet.pts is None else max(now, packet.pts * unit + stream.offset)
            stream.end = max(stream.end, latest + stream.step)
        ticks = round(stream.offset / unit)
        if ticks:
            packet.pts = None if packet.pts is None else packet.pts + ticks
            packet.dts = None if packet.dts is None else packet.dts + ticks

    def _is_joint(self, now: Fraction, last: Fraction) -> bool:
        if now < last - (_BACK if self._broadcast else _FAR_BACK):
            return True
        if not self._broadcast:
            return False
        latest = max(stream.last for stream in self._streams.values() if stream.last is not None)
        return now > max(last, latest) + _LEAP

    def _onward(self, raw: Fraction, own: _Stream) -> Fraction:
        """The offset that goes on from a joint: the clock's own wrap, what another stream went on by, or a new one.

        A new one begins after all that is known to have ended, and a step later: of each stream, the last before the
        joint may still be to come.
        """
        end = max(stream.end for stream in self._streams.values())
        known = [own.offset + _WRAP]
        known += [stream.offset for stream in self._streams.values() if stream.offset != own.offset]
        fitting = [offset for offset in known if abs(raw + offset - end) < _SAME_JOINT]
        return fitting[0] if fitting else end + max(stream.step for stream in self._streams.values()) - raw
