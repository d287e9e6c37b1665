"""Clips that every browser plays: H.264 in MP4, with eight bits a sample."""

from __future__ import annotations

from pathlib import Path

import av
from av.error import FFmpegError

from autostyle.errors import BadInput
from autostyle.safe_files import read, reading

MIDDLE = {"yuv420p", "yuvj420p"}


def playable(path: Path, most: int) -> bytes | None:
    """The bytes of the clip at ``path``; None where a browser may not play it, or it has more than ``most``."""
    try:
        if path.stat().st_size > most:
            return None
        with reading(path) as file, av.open(file) as container:
            context = container.streams.video[0].codec_context
            if "mp4" not in container.format.name or context.name != "h264" or context.pix_fmt not in MIDDLE:
                return None
        return read(path, most)
    except (OSError, BadInput, FFmpegError, IndexError):
        return None
