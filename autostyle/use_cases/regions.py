"""Finding parts of a picture: from what was asked to the job that does it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import get_args

from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.filenames import as_spelled_on_disk
from autostyle.jobs.requests import FindRegionRequest
from autostyle.vision.region_names import Which

MASKS = "masks"
"""Folder of the home of studies."""


def find(
    config: Config,
    picture: Path,
    only: Sequence[str],
    keep: Sequence[str],
    which: str = "all",
    box: str | Sequence[float] | None = None,
    grow: float = 0.0,
    out: Path | None = None,
) -> FindRegionRequest:
    """The request for a mask of ``only`` these parts of ``picture`` but what is to ``keep``.

    Raises:
        BadInput: no part is named, or a number or a word cannot be meant.
    """
    if not (only or keep):
        raise BadInput("no part of the picture is named", "say what is to be painted, or left as it is")
    if which not in get_args(Which):
        raise BadInput("{which!r} is none of several", "{names}", which=which, names=", ".join(get_args(Which)))
    if not -0.5 <= grow <= 0.5:
        raise BadInput(
            "{name}={value} is out of range", "range: {low:g} to {high:g}", name="grow", value=grow, low=-0.5, high=0.5
        )
    return FindRegionRequest(
        device=config.device,
        offline=config.offline,
        picture=as_spelled_on_disk(picture).absolute(),
        only=tuple(only),
        keep=tuple(keep),
        which=which,
        box=None if box is None else _box(box),
        grow=grow,
        model=config.regions.model,
        faces=None if config.regions.faces is None else config.regions.faces.absolute(),
        folder=(config.home / MASKS if out is None else out).absolute(),
    )


def _box(said: str | Sequence[float]) -> tuple[float, float, float, float]:
    parts = said.split(",") if isinstance(said, str) else said
    try:
        left, top, right, bottom = (float(part) for part in parts)
        if not all(map(isfinite, (left, top, right, bottom))):
            raise ValueError("not a number")
    except ValueError as error:
        raise BadInput("a box has four numbers", "left, top, right, bottom, in pixels") from error
    return left, top, right, bottom
