"""What a file is by its first bytes: their signatures, as the formats' specifications give them.

Names lie: cameras write ``.MTS``, messengers drop endings, a download is called ``.jpg`` whatever it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from autostyle.brief import Medium
from autostyle.errors import BadInput
from autostyle.safe_files import open_file

_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, Medium], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
    (b"8BPS", "image"),
    (b"\xff\x0a", "image"),  # JPEG XL, bare
    (b"\x00\x00\x00\x0cJXL ", "image"),
    (b"\x00\x00\x00\x0cjP  ", "image"),  # JPEG 2000
    (b"\xff\x4f\xff\x51", "image"),
    (b"v/1\x01", "image"),  # OpenEXR
    (b"#?RADIANCE", "image"),
    (b"qoif", "image"),
    (b"\x1a\x45\xdf\xa3", "video"),  # Matroska, WebM
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),  # ASF: WMV
    (b"FLV\x01", "video"),
    (b"\x00\x00\x01\xba", "video"),  # MPEG program stream
    (b"\x00\x00\x01\xb3", "video"),  # MPEG video
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01", "video"),  # MXF
    (b"\x1f\x07\x00", "video"),  # DV
    (b"fLaC", "audio"),
    (b"ID3", "audio"),
    (b"OTTO", "font"),
    (b"ttcf", "font"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\x00\x01\x00\x00\x00", "font"),
    (b"glTF", "scene"),
    (b"ply\n", "scene"),
    (b"ply\r\n", "scene"),
)
_RIFF: dict[bytes, Medium] = {b"AVI ": "video", b"WEBP": "image", b"WAVE": "audio"}
_IMAGE_BRANDS = frozenset(
    (*(b"avif", b"avis", b"mif1", b"msf1", b"miaf"), *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"crx "))
)
_AUDIO_BRANDS = frozenset((b"M4A ", b"M4B ", b"M4P "))
_QUICKTIME = frozenset((b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
_SYNC, _PACKETS, _SEEN = 0x47, (188, 192, 204), 5
"A transport stream has this byte every so many bytes; so many in a row are no chance."


def medium_of(path: Path) -> Medium | None:
    """The medium of the file at ``path`` by its bytes; None where they tell nothing, or there is no regular file."""
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as file:
            return told_by(file.read(_HEAD))
    except (OSError, ValueError, RuntimeError, BadInput):
        return None


def told_by(head: bytes) -> Medium | None:
    """The medium of a file that begins with ``head``; a container of film and sound alike is told to be film."""
    for signature, medium in _SIGNATURES:
        if head.startswith(signature):
            return medium
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:4] == b"OggS":
        return "video" if b"\x80theora" in head else "audio"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "image" if brand in _IMAGE_BRANDS else "audio" if brand in _AUDIO_BRANDS else "video"
    if head[4:8] in _QUICKTIME or _is_transport_stream(head):
        return "video"
    return None


def _is_transport_stream(head: bytes) -> bool:
    """Recordings may begin in the midst of a packet, and cameras put four bytes before each."""
    for length in _PACKETS:
        for first in range(length):
            marks = head[first::length]
            if len(marks) >= _SEEN and marks.count(_SYNC) == len(marks):
                return True
    return False
