"""A mask of parts of a picture, and the picture with what will be painted tinted."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import numpy as np

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.image import at_most, quantize, save_image
from autostyle.errors import Missing
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import FindRegionRequest
from autostyle.mediums.files import medium
from autostyle.mediums.registry import create
from autostyle.mediums.spec import PREVIEW
from autostyle.vision.faces import frontal_faces, yunet
from autostyle.vision.find_regions import FoundRegion, Segment, find_region

SHOWN = 1024
"""Most pixels of the long side of the picture that shows a mask."""
TINT, SHARE = np.array([1.0, 0.0, 0.6], np.float32), 0.5
"""What is to be painted is tinted by this colour and so far: nothing in a photograph looks so."""
STEM = 80
"""Most letters of the picture's name in that of its mask: a system takes 255."""


def find(request: FindRegionRequest, reporter: Reporter) -> dict[str, Any]:
    """``mask`` and ``preview``, by path; what was ``found`` of each part and how; ``share`` of the picture that is to
    be painted.

    Raises:
        Missing: a part is not found, or all of the picture would be left as it is.
    """
    kind = medium(request.picture)
    works = create(kind, kind)
    picture = works.preview(works.load(request.picture))
    segment = _segmenter(request)
    faces = frontal_faces if request.faces is None else yunet(request.faces)
    told: list[dict[str, Any]] = []

    def places(names: tuple[str, ...]) -> Visibility:
        every = np.zeros(picture.shape[:2], np.float32)
        for what in names:
            found: FoundRegion = find_region(
                picture,
                what,
                which=request.which,
                box=request.box,
                grow=request.grow,
                segment=segment,
                faces=faces,
            )
            told.append({"what": what, "by": found.by, "share": found.share, "things": found.things})
            every = np.maximum(every, found.places)
        return every

    painted = places(request.only) if request.only else np.ones(picture.shape[:2], np.float32)
    painted = painted * (1 - places(request.keep))
    if painted.mean() < 1e-3:
        raise Missing("that leaves nothing to be stylized", "name less that is to stay as it is")
    parts = (request.picture.stem[:STEM], *request.only, "not", *request.keep)
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower())[: 2 * STEM]
    mark = sha256(quantize(painted).tobytes()).hexdigest()[:8]
    mask = request.folder / f"{name.removesuffix('-not').strip('-')}-{mark}.png"
    request.folder.mkdir(parents=True, exist_ok=True)
    save_image(mask, np.repeat(painted[..., None], 3, axis=2), overwrite=True)
    preview = mask.with_name(mask.stem + PREVIEW)
    save_image(preview, _tinted(picture, painted), overwrite=True)
    return {"mask": str(mask), "preview": str(preview), "found": told, "share": float(painted.mean())}


def _tinted(picture: Pixels, painted: Visibility) -> Pixels:
    both = at_most(np.dstack([picture, painted]), SHOWN)
    share = SHARE * both[..., 3:]
    result: Pixels = (both[..., :3] * (1 - share) + TINT * share).astype(np.float32)
    return result


def _segmenter(request: FindRegionRequest) -> Segment | None:
    if request.model is None:
        return None
    from autostyle.methods.devices import resolve
    from autostyle.vision import segmenter

    return segmenter.load(request.model, resolve(request.device)).segment
