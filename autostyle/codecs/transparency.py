"""Colours under transparent places: nobody sees them, so nothing may depend on them.

Programs leave anything there: black, white, the picture a mask was cut from. What is seen is mirrored into those
places across its edge, again and again where they are wide. A picture so filled has no edge that was not in it, which
is what networks need whose sight reaches beyond the edge. The fill itself is nobody's work: statistics, losses and
scores count each place as far as it is to be seen, by :func:`visibility`.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility

BoxSlices = tuple[slice, slice]
SEEN = 1 / 8
"""Opacity from which on a colour can be told. Below it, it gives way to those around it in proportion."""
_HALF_FULL = 0.2
"""The least share of what is to be seen that a half may have."""
_NOTHING = 2 / 255
"Opacity below which nobody sees anything."


def shows_nothing(alpha: NDArray[np.float32]) -> bool:
    """Whether a picture of this opacity, (H, W) 0..1, is wholly transparent."""
    return float(alpha.max()) < _NOTHING


def visibility(alpha: NDArray[np.float32]) -> Visibility | None:
    """How much each place counts of a picture of opacity ``alpha``, (H, W) 0..1: 1 where it is as opaque as anywhere, 0
    where its colour cannot be told; None where all of it counts alike.

    Raises:
        ValueError: nothing is visible.
    """
    found: Visibility = np.where(alpha >= _least(alpha), alpha / alpha.max(), 0).astype(np.float32)
    return None if found.min() == 1 else found


def resize_visible(visible: Visibility | None, height: int, width: int) -> Visibility | None:
    """``visible`` of the picture at another size, its largest 1 again; where that is smaller, by the visible share of
    each area."""
    if visible is None or visible.shape == (height, width):
        return visible
    kernel = cv2.INTER_AREA if height * width < visible.size else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(visible, (width, height), interpolation=kernel), np.float32)
    return scaled / max(float(scaled.max()), 1e-6)


def mostly_visible(visible: Visibility) -> NDArray[np.bool_]:
    """The places that are rather to be seen than not, for what counts places or leaves them out."""
    found: NDArray[np.bool_] = visible >= visible.max() / 2
    return found


def fill_hidden(pixels: Pixels, alpha: NDArray[np.float32]) -> Pixels:
    """``pixels`` (H, W, 3) with colours of its own edges where ``alpha`` (H, W), 0..1, hides what the file says.

    Raises:
        ValueError: nothing is visible.
    """
    least = _least(alpha)
    known = alpha >= least
    if known.all():
        return pixels
    rows, columns = visible_box(alpha, 1)
    inner = _mirrored(pixels[rows, columns], known[rows, columns])
    height, width = known.shape
    around = (rows.start, height - rows.stop, columns.start, width - columns.stop)
    fill = cv2.copyMakeBorder(inner, *around, cv2.BORDER_REFLECT) if any(around) else inner
    trust = np.minimum(alpha / least, 1)[..., None]
    result: Pixels = (trust * pixels + (1 - trust) * fill).astype(np.float32, copy=False)
    return result


def visible_box(alpha: NDArray[np.float32], least_side: int) -> BoxSlices:
    """Rows and columns of the smallest part that holds all that is visible, its sides at least ``least_side``."""
    known = alpha >= _least(alpha)
    rows, columns = (_span(np.any(known, axis=axis, keepdims=True).ravel(), least_side) for axis in (1, 0))
    return rows, columns


def _least(alpha: NDArray[np.float32]) -> float:
    """:data:`SEEN`, or less for a picture that is faint all over."""
    if shows_nothing(alpha):
        raise ValueError("nothing is visible")
    return min(SEEN, float(alpha.max()) / 2)


def _span(seen: NDArray[np.bool_], least: int) -> slice:
    places = np.flatnonzero(seen)
    start, stop = int(places[0]), int(places[-1]) + 1
    missing = max(0, min(least, len(seen)) - (stop - start))
    start = min(max(0, start - missing // 2), len(seen) - max(stop - start, min(least, len(seen))))
    return slice(start, max(stop, start + min(least, len(seen))))


def _mirrored(pixels: Pixels, known: NDArray[np.bool_]) -> Pixels:
    """``pixels`` where ``known``; elsewhere what lies as far behind the nearest known place.

    Every round makes the known part up to three times as wide, so that few are needed.
    """
    pixels, known = pixels.copy(), known.copy()
    while not known.all():
        _mirror_once(pixels, known)
    return pixels


def _mirror_once(pixels: Pixels, known: NDArray[np.bool_]) -> None:
    """Fill, in place, the places for which there is something as far behind the edge, and those right beside it."""
    height, width = known.shape
    labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )[1]
    nearest = np.zeros(int(labels.max()) + 1, np.int32)
    nearest[labels[known]] = np.flatnonzero(known)
    y, x = (places.astype(np.int32) for places in np.nonzero(~known))
    edge_y, edge_x = np.divmod(nearest[labels[~known]], np.int32(width))
    # About the outer side of the edge pixel: about its middle it would not be shown again.
    behind_y = 2 * edge_y - y + np.sign(y - edge_y)
    behind_x = 2 * edge_x - x + np.sign(x - edge_x)
    found = (behind_y >= 0) & (behind_y < height) & (behind_x >= 0) & (behind_x < width)
    found[found] = known[behind_y[found], behind_x[found]]
    beside = (np.abs(edge_y - y) <= 1) & (np.abs(edge_x - x) <= 1) & ~found
    behind_y[beside], behind_x[beside] = edge_y[beside], edge_x[beside]
    found |= beside
    pixels[y[found], x[found]] = pixels[behind_y[found], behind_x[found]]
    known[y[found], x[found]] = True


def opposite_halves(visible: Visibility) -> tuple[Visibility, Visibility]:
    """What is to be seen, by the quarters of opposite corners as far as it fills them, else left and right of its
    middle."""
    y, x = (np.searchsorted(np.cumsum(visible.sum(axis=axis)) / visible.sum(), 0.5) for axis in (1, 0))
    below, right = np.arange(visible.shape[0])[:, None] > y, np.arange(visible.shape[1])[None] > x
    for part in (below == right, np.broadcast_to(right, visible.shape)):
        if _HALF_FULL <= float(visible[part].sum() / visible.sum()) <= 1 - _HALF_FULL:
            return visible * part, visible * ~part
    return visible, visible
