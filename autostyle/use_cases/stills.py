"""The first frame of a clip as a picture of its own, for those who want a still."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from autostyle.codecs.clip_reader import read_frames
from autostyle.codecs.image import save_image
from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.fingerprints import digest

STILLS = "stills"
"""Folder of the home of studies."""


def first_frame(config: Config, clip: Path) -> Path:
    """The first frame of a clip or an animated picture, as a PNG in the home of studies; the same clip gives the same
    file.

    Raises:
        BadInput: it is no clip, or damaged.
    """
    name = re.sub(r"[^\w-]+", "-", clip.stem)[:80].strip("-")
    place = config.home / STILLS / f"{name}-first-frame-{digest(clip)[:8]}.png"
    if not place.exists():
        first = next(read_frames(clip), None)
        if first is None:
            raise BadInput("{path} is damaged or cut short", "open it in a video editor and save it again", path=clip)
        place.parent.mkdir(parents=True, exist_ok=True)
        save_image(place, first.pixels.astype(np.float32) / np.float32(255), alpha=first.alpha, overwrite=True)
    return place.absolute()
