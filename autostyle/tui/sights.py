"""What one would look at more closely in a picture: faces, then whatever stands out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle.tui.looking import Viewpoint

SIDE = 320
"""Longer side at which faces are looked for: one of a twelfth of it is found."""
SMALLEST = 26
FACE = 0.55
"""Share of what is seen that a face takes."""
SPOT = 3.0
"""Zoom to what is no face."""
MOST = 4
APART = 0.28
"""Two sights are no nearer to each other than this share of the picture."""
Faces = list[tuple[float, float, float]]
"""Middle and height of each, as shares of the picture."""


def sights(image: Image.Image) -> tuple[Viewpoint, ...]:
    """At most :data:`MOST` views of ``image`` (RGB), what matters most first."""
    found = [Viewpoint(x, y, min(max(FACE / height, 1.5), 8.0)) for x, y, height in faces(image)]
    for x, y in _standing_out(image):
        if all(max(abs(view.x - x), abs(view.y - y)) >= APART for view in found):
            found.append(Viewpoint(x, y, SPOT))
    return tuple(found[:MOST])


def faces(image: Image.Image) -> Faces:
    """The faces that look out of the picture, the largest first.

    By the cascade of local binary patterns that comes with scikit-image, OpenCV's (Liao, Zhu, Lei, Zhang & Li,
    "Learning multi-scale block local binary patterns for face recognition", 2007).
    """
    # Imported here: it takes most of a second.
    from skimage import data
    from skimage.feature import Cascade

    small = image.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
    largest = min(small.size)
    if largest < SMALLEST:
        return []
    found = Cascade(data.lbp_frontal_face_cascade_filename()).detect_multi_scale(
        img=np.asarray(small), scale_factor=1.2, step_ratio=1, min_size=(SMALLEST,) * 2, max_size=(largest,) * 2
    )
    boxes = sorted(found, key=lambda box: -box["height"])
    return [
        (
            (box["c"] + box["width"] / 2) / small.width,
            (box["r"] + box["height"] / 2) / small.height,
            box["height"] / small.height,
        )
        for box in boxes
    ]


def _standing_out(image: Image.Image) -> list[tuple[float, float]]:
    """The places that stand out most, by the spectral residual (Hou & Zhang, "Saliency detection: a spectral residual
    approach", CVPR 2007), at least :data:`APART` from each other."""
    from scipy.ndimage import gaussian_filter, uniform_filter

    side = 64
    grey = np.asarray(image.convert("L").resize((side, side), Image.Resampling.BOX), np.float64)
    spectrum = np.fft.fft2(grey)
    height = np.log(np.abs(spectrum) + 1e-9)
    residual = height - uniform_filter(height, 3, mode="wrap")
    seen = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    map_: NDArray[np.float64] = gaussian_filter(seen, 2.5)
    map_[:4], map_[-4:], map_[:, :4], map_[:, -4:] = 0, 0, 0, 0  # the edge of a picture stands out by itself
    across, down = np.meshgrid(np.arange(side), np.arange(side))
    found = []
    for _ in range(MOST):
        row, column = np.unravel_index(int(map_.argmax()), map_.shape)
        if map_[row, column] <= 0:
            break
        found.append((float(column + 0.5) / side, float(row + 0.5) / side))
        map_[np.maximum(abs(across - column), abs(down - row)) < APART * side] = 0
    return found


def _main() -> None:
    """Tell the sights of the file that is named, as JSON."""
    import json
    import sys
    from pathlib import Path

    from autostyle.mediums.showing import picture

    found = sights(picture(Path(sys.argv[1]), 2 * SIDE))
    sys.stdout.write(json.dumps([(view.x, view.y, view.zoom) for view in found]))


if __name__ == "__main__":
    _main()
