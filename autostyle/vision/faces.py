"""Faces in a picture, as squares about them: by what is at hand everywhere, or by a network of the person's own.

At hand is a cascade of local binary patterns (Liao et al., "Learning Multi-scale Block Local Binary Patterns for Face
Recognition", ICB 2007) that scikit-image brings; it knows faces that look this way. YuNet (Wu, Peng & Yu, "YuNet: A
Tiny Millisecond-level Face Detector", 2023) knows those that look aside, too, and is read by OpenCV from the ONNX file
of its model zoo.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from autostyle.codecs import Pixels
from autostyle.codecs.image import quantize, resize
from autostyle.errors import Missing

Square = tuple[int, ...]
"""Left, top, width and height, from brow to lip, in pixels."""
FindFaces = Callable[[Pixels], list[Square]]
"""All that are in a picture (H, W, 3), 0..1."""

_SEEN = 640
"""Long side of the picture in which is looked: a small one has more that looks like a face by chance."""
_SURE = 0.7
"""Score of YuNet's that makes a face; its own demonstration takes 0.9, which misses those that look aside."""


def frontal_faces(picture: Pixels) -> list[Square]:
    """By the cascade."""
    from skimage import data
    from skimage.feature import Cascade

    grey = quantize(resize(picture, _SEEN)).mean(axis=2).astype(np.uint8)
    scale = max(picture.shape[:2]) / max(grey.shape)
    least = max(24, min(grey.shape) // 16)
    cascade = Cascade(data.lbp_frontal_face_cascade_filename())
    seen = cascade.detect_multi_scale(
        img=grey, scale_factor=1.2, step_ratio=1, min_size=(least, least), max_size=(min(grey.shape),) * 2
    )
    return _apart([tuple(round(scale * one[side]) for side in ("c", "r", "width", "height")) for one in seen])


def yunet(path: Path) -> FindFaces:
    """By YuNet in an ONNX file; raises Missing where that is none."""
    try:
        detector = cv2.FaceDetectorYN.create(str(path), "", (_SEEN, _SEEN), _SURE)
        detector.detect(np.zeros((_SEEN, _SEEN, 3), np.uint8))
    except cv2.error as error:
        raise Missing(
            "no detector of faces can be read from {path}",
            "[regions] faces = the file face_detection_yunet_2023mar.onnx of OpenCV's model zoo",
            path=path,
        ) from error

    def find(picture: Pixels) -> list[Square]:
        shown = quantize(resize(picture, _SEEN))
        scale = max(picture.shape[:2]) / max(shown.shape[:2])
        detector.setInputSize((shown.shape[1], shown.shape[0]))
        _, seen = detector.detect(np.ascontiguousarray(shown[..., ::-1]))
        # Its boxes reach from the forehead to the chin.
        return _apart([_square(scale * one[:4]) for one in (() if seen is None else seen)])

    return find


def _square(box: np.ndarray) -> Square:
    left, top, width, height = map(float, box)
    side = 0.9 * height
    return round(left + width / 2 - side / 2), round(top + 0.02 * height), round(side), round(side)


def _apart(found: list[Square]) -> list[Square]:
    """Each face once: a detector may see one at two sizes."""
    apart: list[Square] = []
    for box in sorted(found, key=lambda box: -box[2]):
        middle = (box[0] + box[2] / 2, box[1] + box[3] / 2)
        inside = (a[0] <= middle[0] <= a[0] + a[2] and a[1] <= middle[1] <= a[1] + a[3] for a in apart)
        if not any(inside):
            apart.append(box)
    return apart
