"""Where in a picture something is: the sky, a face, whoever stands in it; and how that was found.

Best first: a segmenter of the person's own (autostyle/vision/segmenter.py), faces by a detector
(autostyle/vision/faces.py), and else a guess by colour, place and contrast, which is called one. A guess is grown from
what is likely by graph cuts (Rother, Kolmogorov & Blake, "GrabCut", SIGGRAPH 2004), and its edge laid along the
picture's by a guided filter (He, Sun & Tang, "Guided Image Filtering", ECCV 2010).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.guided_filter import guided_filter
from autostyle.codecs.image import at_most, quantize
from autostyle.errors import Missing
from autostyle.vision.faces import FindFaces, Square, frontal_faces
from autostyle.vision.region_names import HALVES, PixelBox, RegionWay, Which

Segment = Callable[[Pixels, str], Visibility | None]
"""How far each place of a picture shows what is called so, (H, W), 0..1; None where that is not known."""

_SIDE, _GUESSED = 1024, 320
"""Long sides in pixels at which edges are laid, and at which is guessed."""
_LEAST = 0.01
"""Share of the picture that a guess must have to be one."""
_FACE = (1.12, 1.5)
"""Width and height of a face, ear to ear and brow to chin, by the side of the square that a detector gives."""
_HALVES: dict[str, tuple[slice, slice]] = {
    "left half": (slice(None), slice(0, 50)),
    "right half": (slice(None), slice(50, 100)),
    "top half": (slice(0, 50), slice(None)),
    "bottom half": (slice(50, 100), slice(None)),
}


@dataclass(frozen=True)
class FoundRegion:
    """A region that was found.

    Args:
        places: how far each place belongs to it, (H, W) of the picture, 0..1.
        by: how it was found.
        things: how many were found, of which it may be one.
    """

    places: Visibility
    by: RegionWay
    things: int = 1

    @property
    def share(self) -> float:
        """Of the picture, 0..1."""
        return float(self.places.mean())


def find_region(
    picture: Pixels,
    what: str,
    *,
    which: Which = "all",
    box: PixelBox | None = None,
    grow: float = 0.0,
    segment: Segment | None = None,
    faces: FindFaces = frontal_faces,
) -> FoundRegion:
    """Where ``what`` is in ``picture``.

    Args:
        what: one of :data:`autostyle.vision.region_names.KNOWN`, or whatever ``segment`` knows.
        which: of several.
        box: it is this and nothing else.
        grow: how much larger than found, by its edge, as a share of the long side; negative is smaller.
        segment: of a person's own network.
        faces: what finds them.

    Raises:
        Missing: it is not seen here, or nothing here knows what it looks like.
    """
    found = (
        FoundRegion(_boxed(picture, box), "box") if box is not None else _found(picture, what, which, segment, faces)
    )
    return replace(found, places=_grown(found.places, grow)) if grow else found


def _found(picture: Pixels, what: str, which: Which, segment: Segment | None, faces: FindFaces) -> FoundRegion:
    if what in HALVES:
        return FoundRegion(_half(picture, what), "place")
    if segment is not None and (seen := segment(picture, what)) is not None and seen.max() >= 0.5:
        return _chosen(seen, "segmenter", which)
    small = at_most(picture, _SIDE)
    match what:
        case "face":
            if boxes := faces(small):
                oval = np.max([_oval(small.shape, box) for box in _of(boxes, which)], axis=0)
                return FoundRegion(_to(oval, picture), "faces", len(boxes))
            guess = None
        case "person" | "subject" | "foreground" | "background":
            guess = _subject(small, faces(small), which, must_be_person=what == "person")
            guess = None if guess is None else 1 - guess if what == "background" else guess
        case "sky":
            guess = _sky(small)
        case "ground":
            sky = _sky(small)
            guess = None if sky is None else 1 - sky
        case _:
            raise Missing(
                "nothing here knows what a {what} looks like",
                "name a box, left, top to right, bottom in pixels, or give a mask: white where the style goes",
                what=what,
            )
    if guess is None or not _LEAST <= guess.mean() <= 1 - _LEAST:
        raise Missing(
            "no {what} is found in this picture",
            "name a box, left, top to right, bottom in pixels, or give a mask: white where the style goes",
            what=what,
        )
    return FoundRegion(_to(guess, picture), "guess")


def _to(places: NDArray[np.float32], picture: Pixels) -> Visibility:
    height, width = picture.shape[:2]
    if places.shape == (height, width):
        return places
    return np.asarray(cv2.resize(places, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _half(picture: Pixels, what: str) -> Visibility:
    percent = np.zeros((100, 100), np.float32)
    percent[_HALVES[what]] = 1
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(percent, (width, height), interpolation=cv2.INTER_NEAREST), np.float32)


def _boxed(picture: Pixels, box: PixelBox) -> Visibility:
    height, width = picture.shape[:2]
    left, right = sorted((box[0], box[2]))
    top, bottom = sorted((box[1], box[3]))
    found = np.zeros((height, width), np.float32)
    rows = slice(max(0, round(top)), min(height, round(bottom)))
    found[rows, max(0, round(left)) : min(width, round(right))] = 1
    if not found.any():
        raise Missing(
            "this box holds nothing of the picture, which is {width} x {height}",
            "name a box, left, top to right, bottom in pixels, or give a mask: white where the style goes",
            width=width,
            height=height,
        )
    return found


def _grown(places: Visibility, grow: float) -> Visibility:
    reach = max(1, round(abs(grow) * max(places.shape)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    change = cv2.dilate if grow > 0 else cv2.erode
    return np.asarray(change(places, kernel), np.float32)


def _chosen(places: Visibility, by: RegionWay, which: Which) -> FoundRegion:
    """That of the separate things in ``places`` that is meant."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((places >= 0.5).astype(np.uint8))
    least = _LEAST / 4 * places.size
    things = [n for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] >= least]
    if which == "all" or len(things) < 2:
        return FoundRegion(places, by, max(1, len(things)))
    boxes = [(*(int(v) for v in stats[n, :4]),) for n in things]
    (taken,) = _of(boxes, which)
    near = cv2.dilate((labels == things[boxes.index(taken)]).astype(np.uint8), np.ones((5, 5), np.uint8))
    return FoundRegion((places * near).astype(np.float32), by, len(things))


def _of(boxes: Sequence[tuple[int, ...]], which: Which) -> list[tuple[int, ...]]:
    """Those of (left, top, width, height) that are meant."""
    keys: dict[str, Callable[[tuple[int, ...]], float]] = {
        "left": lambda box: -box[0] - box[2] / 2,
        "right": lambda box: box[0] + box[2] / 2,
        "upper": lambda box: -box[1] - box[3] / 2,
        "lower": lambda box: box[1] + box[3] / 2,
        "largest": lambda box: box[2] * box[3],
        "smallest": lambda box: -box[2] * box[3],
    }
    return [max(boxes, key=keys[which])] if which in keys else list(boxes)


def _oval(shape: tuple[int, ...], box: tuple[int, ...]) -> NDArray[np.float32]:
    left, top, width, height = box
    middle = (left + width / 2, top + 0.53 * height)
    axes = (_FACE[0] * width / 2, _FACE[1] * height / 2)
    y, x = np.mgrid[: shape[0], : shape[1]]
    away = np.hypot((x - middle[0]) / axes[0], (y - middle[1]) / axes[1])
    found: NDArray[np.float32] = np.clip((1.04 - away) / 0.08, 0, 1).astype(np.float32)
    return found


def _subject(picture: Pixels, faces: list[Square], which: Which, *, must_be_person: bool) -> NDArray[np.float32] | None:
    """Who or what a picture is of: whoever belongs to a face, else what stands out in its middle."""
    small = at_most(picture, _GUESSED)
    height, width = small.shape[:2]
    labels = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    if faces:
        scale = max(small.shape[:2]) / max(picture.shape[:2])
        for box in _of(faces, which):
            left, top, side, tall = (scale * part for part in box)
            middle = left + side / 2
            shoulders = slice(max(0, round(middle - 1.5 * side)), round(middle + 1.5 * side))
            labels[round(top + 1.2 * tall) :, shoulders] = cv2.GC_PR_FGD
            chest = slice(max(0, round(middle - side / 2)), round(middle + side / 2))
            labels[round(top + 1.5 * tall) : round(top + 3 * tall), chest] = cv2.GC_FGD
            labels[_oval(small.shape, (round(left), round(top), round(side), round(tall))) > 0.5] = cv2.GC_FGD
            hair = slice(max(0, round(top - 0.5 * tall)), round(top + 1.2 * tall))
            head = labels[hair, max(0, round(left - 0.3 * side)) : round(left + 1.3 * side)]
            head[head == cv2.GC_PR_BGD] = cv2.GC_PR_FGD
    elif must_be_person:
        return None
    else:
        lab = cv2.cvtColor(quantize(small), cv2.COLOR_RGB2LAB).astype(np.float32)
        rim = np.concatenate([lab[: height // 12].reshape(-1, 3), lab[:, : width // 12].reshape(-1, 3)])
        rim = np.concatenate([rim, lab[:, -(width // 12) :].reshape(-1, 3)])
        away = np.linalg.norm((lab - rim.mean(axis=0)) / (rim.std(axis=0) + 6), axis=2)
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        likely = cv2.GaussianBlur(away, (0, 0), 3) * np.exp(-1.5 * (x**2 + (0.8 * y - 0.1) ** 2))
        labels[likely > np.percentile(likely, 65)] = cv2.GC_PR_FGD
        labels[likely > np.percentile(likely, 92)] = cv2.GC_FGD
    labels[: max(1, height // 50)] = cv2.GC_BGD
    return _laid(_cut(small, labels), picture)


def _sky(picture: Pixels) -> NDArray[np.float32] | None:
    """What is smooth, bright or blue, and reaches the upper edge."""
    small = at_most(picture, _GUESSED)
    height, width = small.shape[:2]
    smooth = cv2.GaussianBlur(small, (0, 0), 2)
    grey = smooth.mean(axis=2)
    steep = cv2.GaussianBlur(np.hypot(cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1)), (0, 0), 2)
    # Leaves are green, and earth is warm and dark; skies at dusk are warm and bright.
    green = smooth[..., 1] - np.maximum(smooth[..., 0], smooth[..., 2])
    warm = smooth[..., 0] - smooth[..., 2]
    likely = (steep < 0.12) & (green < 0.02) & ((warm < 0.05) | (grey > 0.55)) & (grey > 0.12)
    labels = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    above = np.arange(height)[:, None] < 0.7 * height
    labels[likely & above] = cv2.GC_PR_FGD
    top = likely & (np.arange(height)[:, None] < max(2, height // 12))
    if top[: max(2, height // 12)].mean() < 0.25:
        return None
    labels[top] = cv2.GC_FGD
    labels[-height // 6 :] = cv2.GC_BGD
    found = _cut(small, labels)
    _, parts = cv2.connectedComponents((found > 0.5).astype(np.uint8))
    reaching = np.unique(parts[0][parts[0] > 0])
    return _laid(np.isin(parts, reaching).astype(np.float32), picture)


def _cut(small: Pixels, labels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The labels of likely places settled by colour and edges, the same every time."""
    own = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if not own.any() or own.all():
        return own.astype(np.float32)
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    colors = cv2.cvtColor(quantize(small), cv2.COLOR_RGB2BGR)
    found, *_ = cv2.grabCut(colors, labels, (0, 0, 1, 1), *models, 4, cv2.GC_INIT_WITH_MASK)
    plain = np.isin(found, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    smooth = cv2.morphologyEx(cv2.morphologyEx(plain, cv2.MORPH_OPEN, ball), cv2.MORPH_CLOSE, ball)
    return np.asarray(smooth, np.float32)


def _laid(places: NDArray[np.float32], picture: Pixels) -> NDArray[np.float32]:
    """A guess at the size of ``picture``, its edge along the picture's."""
    reach = max(2, round(0.008 * max(picture.shape[:2])))
    laid = guided_filter(_to(places, picture)[..., None], picture, reach, 1e-4)[..., 0]
    result: NDArray[np.float32] = np.clip((laid - 0.1) / 0.8, 0, 1).astype(np.float32)
    return result
