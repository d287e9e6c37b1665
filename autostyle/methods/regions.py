"""Regions: parts of a picture that take on a style of their own, or are left as they are.

A person gives them as masks, which are aids: ``content_mask`` says which places of the content are which region, and
``style_mask`` which part of a style picture is for which of them, in the same colours.

Source: Gatys, Ecker, Bethge, Hertzmann & Shechtman, "Controlling Perceptual Factors in Neural Style Transfer", CVPR
2017 (spatial control). Departures: masks are soft, and places count as far as they belong to a region, as hidden ones
do elsewhere here; a region may be left out of painting altogether.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.color import recolor
from autostyle.codecs.mask_clips import MaskClip, is_clip
from autostyle.codecs.masks import COLORS, Color, Mask, color_name, read_mask
from autostyle.errors import BadInput
from autostyle.fingerprints import stamp
from autostyle.methods.aids import Aids
from autostyle.methods.contract import Style
from autostyle.methods.masks import CONTENT_MASK, STYLE_MASK
from autostyle.sentences import Sentence

FEATHER = 0.004
"""Share of the long side over which what is painted goes over into what is left as it is, outside of the latter."""
FEWEST = 64
"""Pixels, at the size of a run, that a region must have: of fewer there are no statistics."""
_ASPECT = 0.05


@dataclass(frozen=True)
class Region:
    """A part of a content that is painted.

    Args:
        name: of its colour in the mask.
        places: how far each place belongs to it, (H, W), 0..1.
        style: what it is to look like.
    """

    name: str
    places: Visibility
    style: Style


@dataclass(frozen=True)
class Regions:
    """All of a content, apart.

    Args:
        painted: together with ``kept`` they sum to 1 at every place; of a frame of a clip there may be none.
        kept: how far each place is left as it is, (H, W), 0..1.
        notes: what a person should know.
    """

    painted: tuple[Region, ...]
    kept: Visibility
    notes: tuple[str, ...] = ()

    def restore(self, made: Pixels, content: Pixels) -> Pixels:
        """``made`` with the content's own pixels where it is left as it is; all of one size."""
        kept = self.kept[..., None]
        result: Pixels = (content * kept + made * (1 - kept)).astype(np.float32, copy=False)
        return result

    def seen(self, visible: Visibility | None) -> Visibility | None:
        """What is painted of what is ``visible``."""
        if not self.kept.any():
            return visible
        painted = (1 - self.kept) if visible is None else visible * (1 - self.kept)
        result: Visibility = (painted / max(float(painted.max()), 1e-6)).astype(np.float32)
        return result


class _Known:
    """The regions made last: all frames of a clip ask for the same, and their styles are told by identity."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[Style, Regions]] = {}

    def of(self, aids: Aids, style: Style, height: int, width: int, frame: int | None) -> Regions:
        files = (*aids[CONTENT_MASK], *aids.get(STYLE_MASK, ()))
        moving = is_clip(files[0])
        key = (*files, *map(_stamp, files), id(style), height, width, frame if moving else None)
        if key not in self._found:
            made = _regions(aids, style, height, width, _frame(files[0], frame) if moving else _mask(files[0]))
            while len(self._found) >= _REMEMBERED:
                self._found.pop(next(iter(self._found)))
            self._found[key] = (style, made)  # the style is held, so that no other can take its id
        return self._found[key][1]


_REMEMBERED = 4
_KNOWN = _Known()


def regions_of(aids: Aids, style: Style, height: int, width: int, frame: int | None = None) -> Regions | None:
    """The regions that ``aids`` name of a content of ``height`` x ``width``; None where they name none.

    Args:
        frame: the number of the content among the frames of a clip; None: it is a picture, or all of a clip. A frame's
            own mask may leave nothing to be painted.

    Raises:
        BadInput: a mask is none, or of another shape than its picture, or leaves nothing to be painted, or is a clip
            and no frame is meant.
    """
    if CONTENT_MASK not in aids:
        if STYLE_MASK in aids:
            raise BadInput("style_mask without content_mask", "content_mask says where its colours are in the content")
        return None
    return _KNOWN.of(aids, style, height, width, frame)


def count_regions(aids: Aids) -> int:
    """How many regions of a content ``aids`` name, but for what is left as it is; 0 without a mask."""
    files = aids.get(CONTENT_MASK, ())
    return sum(any(color) for path in files for color in (_clip(path) if is_clip(path) else _mask(path)).colors)


def refuse_other_length(aids: Aids, frames: int) -> None:
    """Raises BadInput where a mask of a clip with so many ``frames`` is a clip of another length."""
    for path in aids.get(CONTENT_MASK, ()):
        if is_clip(path) and abs((own := _clip(path).frames) - frames) > 1:
            raise BadInput(
                "{path} has {own} frames, and its clip {frames}",
                "a mask that is a clip has a frame for each of its clip's",
                path=path.name,
                own=own,
                frames=frames,
            )


def _frame(path: Path, frame: int | None) -> Mask:
    if frame is None:
        raise BadInput(
            "{path} is a clip, and one mask is needed for all that is painted",
            "a mask that is a picture",
            path=path.name,
        )
    return _clip(path).at(frame)


def _regions(aids: Aids, style: Style, height: int, width: int, mask: Mask) -> Regions:
    path = aids[CONTENT_MASK][0]
    _refuse_other_shape(path, mask, height, width)
    places = _resized(mask, height, width)
    styles = _styles(mask, style, aids.get(STYLE_MASK, ()))
    kept = np.zeros((height, width), np.float32)
    painted: list[Region] = []
    notes: list[str] = []
    for color, where, own in zip(mask.colors, places, styles, strict=True):
        if own is None:
            kept += where
        elif where.sum() < FEWEST:
            if where.any():
                notes.append(Sentence("the {color} region is too small, and is not painted", color=color_name(color)))
            kept += where
        else:
            painted.append(Region(color_name(color), where, own))
    if not painted and not is_clip(path):
        raise BadInput(
            "{path} leaves nothing to be stylized",
            "white is where the style goes, black where the picture is left as it is",
            path=path.name,
        )
    soft = _feathered(kept)
    left = (1 - soft) / np.maximum(1 - kept, 1e-6)
    return Regions(
        tuple(replace(one, places=(one.places * left).astype(np.float32)) for one in painted), soft, tuple(notes)
    )


def kept_of(regions: Regions | None) -> Visibility | None:
    """What is left as it is; None where nothing is."""
    return None if regions is None or not regions.kept.any() else regions.kept


def recolor_regions(
    content: Pixels, style: Style, amount: float, visible: Visibility | None, regions: Regions | None
) -> Pixels:
    """``content`` with its palette moved to the ``style``'s by ``amount``, as :func:`autostyle.codecs.color.recolor`
    does; each region's to its own style's, what is left as it is excepted."""
    if regions is None or amount == 0:
        return recolor(content, style.colors, style.shares, amount, visible)
    found = content * regions.kept[..., None]
    for one in regions.painted:
        where = one.places if visible is None else one.places * visible
        moved = (
            recolor(content, one.style.colors, one.style.shares, amount, where, is_part=True)
            if where.any()
            else content
        )
        found = found + moved * one.places[..., None]
    result: Pixels = found.astype(np.float32)
    return result


def _feathered(kept: Visibility) -> Visibility:
    """``kept`` with a soft edge outside of it."""
    inside = kept >= 0.5
    if not inside.any() or inside.all():
        return kept
    reach = max(1.0, FEATHER * max(kept.shape))
    away = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    ramp = np.clip(1 - away / (reach + 1), 0, 1)
    found: Visibility = np.maximum(kept, ramp * ramp * (3 - 2 * ramp)).astype(np.float32)
    return found


def _styles(mask: Mask, style: Style, files: tuple[Path, ...]) -> list[Style | None]:
    """The style of each region of ``mask``; None where it is left as it is."""
    if files:
        return _masked_styles(mask, style, files)
    painted = [color for color in mask.colors if color != COLORS["black"]]
    if not 1 < len(painted) == len(style.exemplars):
        return [style if color in painted else None for color in mask.colors]
    visible = style.visible or (None,) * len(style.exemplars)
    alone = (Style((one,), (), style.prompt, (seen,)) for one, seen in zip(style.exemplars, visible, strict=True))
    return [next(alone) if color in painted else None for color in mask.colors]


def _masked_styles(mask: Mask, style: Style, files: tuple[Path, ...]) -> list[Style | None]:
    if len(files) != len(style.exemplars):
        raise BadInput(
            "{n} style masks for {styles} styles",
            "one for each style picture, in their order",
            n=len(files),
            styles=len(style.exemplars),
        )
    masks = [_mask(file) for file in files]
    for file, one, exemplar in zip(files, masks, style.exemplars, strict=True):
        _refuse_other_shape(file, one, *exemplar.shape[:2])
    return [_for_color(color, style, masks) for color in mask.colors]


def _for_color(color: Color, style: Style, masks: list[Mask]) -> Style | None:
    parts: list[tuple[Pixels, float, Visibility]] = []
    for (exemplar, seen), share, mask in zip(style.seen, style.shares, masks, strict=True):
        if (number := mask.nearest(color)) is None:
            continue
        places = _resized(mask, *exemplar.shape[:2])[number]
        places = places if seen is None else places * seen
        if places.sum() >= FEWEST:
            parts.append((exemplar, share, places / places.max()))
    if not parts:
        return None
    exemplars, weights, visible = zip(*parts, strict=True)
    return Style(exemplars, weights, style.prompt, visible)


def _resized(mask: Mask, height: int, width: int) -> Visibility:
    if mask.places.shape[1:] == (height, width):
        return mask.places
    kernel = cv2.INTER_AREA if height * width < mask.places[0].size else cv2.INTER_LINEAR
    scaled = np.stack([cv2.resize(one, (width, height), interpolation=kernel) for one in mask.places])
    result: Visibility = (scaled / np.maximum(scaled.sum(axis=0), 1e-6)).astype(np.float32)
    return result


def _refuse_other_shape(path: Path, mask: Mask, height: int, width: int) -> None:
    own = mask.places.shape[2] / mask.places.shape[1]
    if abs(np.log(own * height / width)) > _ASPECT + 1 / min(height, width):
        raise BadInput(
            "{path} has another shape than its picture: {own:.2f} wide for 1 high, not {wanted:.2f}",
            "make the mask on the picture itself",
            path=path.name,
            own=own,
            wanted=width / height,
        )


def _mask(path: Path) -> Mask:
    return _read(path, _stamp(path))


def _clip(path: Path) -> MaskClip:
    return _read_clip(path, _stamp(path))


def _stamp(path: Path) -> str:
    try:
        return stamp(path)
    except OSError:  # whoever reads it says so
        return ""


@lru_cache(maxsize=8)
def _read(path: Path, now: str) -> Mask:
    return read_mask(path)


@lru_cache(maxsize=2)
def _read_clip(path: Path, now: str) -> MaskClip:
    return MaskClip(path)
