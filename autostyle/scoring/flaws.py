"""What gives away a photograph that was worked on: edges moved, things drawn that were not there, steps in what was
even, places burnt out or drowned, skin of another hue.

Sources: Luan et al., "Deep Photo Style Transfer", CVPR 2017 (what a photorealistic result must not have); Xia et al.,
"Real-time Localized Photorealistic Video Style Transfer", WACV 2021 (edges as a measure).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.color import luma
from autostyle.codecs.transparency import mostly_visible
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric

Array = NDArray[np.float32]
_NOISE = 1.0 / 255
_STEEPEST = 2.5
"""Slope of a tone curve that is still taken for one: what is steeper draws what was not there."""
_EVEN = 1.5 / 255
"""Steps from pixel to pixel, of the smoothed content, up to which a place is even."""
_EDGE = 1.0 / 255
_LEAST_SKIN = 0.005
_CLEAR_CHROMA = 8.0
SKIN_LOW, SKIN_HIGH = (133, 77), (173, 127)
"""Cr and Cb of skin of every colour, 0..255, in 8-bit YCrCb (Chai & Ngan, "Face Segmentation Using Skin-Color Map",
1999)."""


@dataclass(frozen=True)
class Edges:
    """Steps of a photograph from pixel to pixel, smoothed a little: down and across, each (H, W), of luma."""

    down: Array
    across: Array
    size: Array

    @classmethod
    def of(cls, plane: Array) -> Edges:
        smooth = cv2.GaussianBlur(plane, (0, 0), 0.8)
        down = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8), np.float32)
        across = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), np.float32)
        return cls(down, across, np.asarray(cv2.magnitude(down, across), np.float32))


def edges_of(sample: Sample) -> Edges:
    """:class:`Edges` of a sample, taken once."""
    return sample.once("edges", lambda: Edges.of(luma(sample.pixels)))


def agreement(found: Edges, content: Edges, visible: Visibility | None = None) -> float:
    """How far edges are where the content's are, of the same direction and sign, -1..1: the cosine, weighted by how
    clear the content's edge is; one that is left with a quarter of its contrast or less counts by that."""
    cosine = (found.down * content.down + found.across * content.across) / (found.size * content.size + 1e-8)
    kept = np.minimum(1, found.size / (0.25 * content.size + 1e-8))
    counts = np.sqrt(content.size) * (content.size > _EDGE)
    if visible is not None:
        counts = counts * visible
    if not counts.any():  # a picture without an edge has none to lose
        return 1.0
    return float((cosine * kept * counts).sum() / counts.sum())


class EdgeAgreement(Measure):
    metric = Metric(
        "edges",
        "Edges kept",
        "raw",
        "edges of the content that are there, of the same direction and sign; one that lost three quarters of its "
        "contrast, or more, counts less",
        zero="nothing in common",
        one="the untouched photograph",
        bounds=(-1.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        self._content = references.content

    def __call__(self, result: Sample) -> float:
        return result.once(
            "edges kept", lambda: agreement(edges_of(result), edges_of(self._content), self._content.shown)
        )


class NewTexture(Measure):
    metric = Metric(
        "texture",
        "New texture",
        "raw",
        "detail of a few pixels beyond what a tone curve makes of the content's, in shares of the content's own",
        zero="nothing that the photograph has not",
        direction="minimize",
        bounds=(0.0, None),
    )

    def __init__(self, references: References) -> None:
        own = fineness(references.content.pixels)
        self._allowed = _STEEPEST * own + _NOISE
        self._shown = references.content.shown
        self._unit = max(_mean(own, self._shown), _NOISE)

    def __call__(self, result: Sample) -> float:
        return result.once("texture", lambda: self._excess(result))

    def _excess(self, result: Sample) -> float:
        return _mean(np.maximum(fineness(result.pixels) - self._allowed, 0), self._shown) / self._unit


def fineness(pixels: Pixels) -> Array:
    """How much there is in (H, W, 3) within a few pixels: the root mean square of luma less its blur, (H, W)."""
    plane = luma(pixels)
    fine = plane - cv2.GaussianBlur(plane, (0, 0), 1.5)
    return np.sqrt(np.asarray(cv2.GaussianBlur(fine * fine, (0, 0), 2.0), np.float32))


class Banding(Measure):
    metric = Metric(
        "banding",
        "Steps in even places",
        "raw",
        "change of slope from pixel to pixel where the content is even (a sky), beyond that of the content, in grey "
        "levels of 255",
        zero="as even as the photograph",
        direction="minimize",
        bounds=(0.0, 255.0),
    )

    def __init__(self, references: References) -> None:
        content = references.content
        even = edges_of(content).size < _EVEN
        if content.shown is not None:
            even &= mostly_visible(content.shown)
        self._even = even.astype(np.float32) if even.mean() > 0.005 else None
        self._own = _bends(luma(content.pixels))

    def __call__(self, result: Sample) -> float:
        if (even := self._even) is None:
            return 0.0
        return result.once("banding", lambda: self._excess(result, even))

    def _excess(self, result: Sample, even: Array) -> float:
        excess = np.maximum(_bends(luma(result.pixels)) - _STEEPEST * self._own - 0.25 / 255, 0)
        return 255 * float((excess * even).sum() / even.sum())


def _bends(plane: Array) -> Array:
    """Size of the second differences of a plane, smoothed a little."""
    smooth = cv2.GaussianBlur(plane, (0, 0), 0.8)
    return np.abs(cv2.Sobel(smooth, cv2.CV_32F, 0, 2, scale=1 / 4)) + np.abs(
        cv2.Sobel(smooth, cv2.CV_32F, 2, 0, scale=1 / 4)
    )


class Clipping(Measure):
    metric = Metric(
        "clipping",
        "Clipped",
        "raw",
        "share of the picture that is burnt out or drowned in at least one colour and was not",
        zero="nothing more than in the photograph",
        direction="minimize",
        bounds=(0.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        content = references.content
        self._free = ~_clipped(content.pixels, 3 / 255)
        self._shown = content.shown

    def __call__(self, result: Sample) -> float:
        return result.once(type(self), lambda: self._share(_clipped(result.pixels, 0.75 / 255)))

    def _share(self, clipped: NDArray[np.bool_]) -> float:
        return _mean((clipped & self._free).astype(np.float32), self._shown)


class SkinClipping(Clipping):
    metric = Metric(
        "skin_clipping",
        "Skin clipped",
        "raw",
        "the same of the places that have the colour of skin in the content; 0 where hardly any have",
        zero="nothing more than in the photograph",
        direction="minimize",
        bounds=(0.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        super().__init__(references)
        self._skin = _seen_skin(references.content)

    def _share(self, clipped: NDArray[np.bool_]) -> float:
        if self._skin.mean() < _LEAST_SKIN:
            return 0.0
        return float((clipped & self._free)[self._skin].mean())


class SkinTurn(Measure):
    metric = Metric(
        "skin_turn",
        "Skin turned",
        "raw",
        "degrees by which the hue of places of the colour of skin has turned, grey ones less; 0 where hardly any are",
        zero="skin has its hue",
        direction="minimize",
        bounds=(0.0, 180.0),
    )

    def __init__(self, references: References) -> None:
        self._skin = _seen_skin(references.content)
        self._hue, _ = _hues(references.content.pixels[self._skin])

    def __call__(self, result: Sample) -> float:
        if self._skin.mean() < _LEAST_SKIN:
            return 0.0
        return result.once("skin turned", lambda: self._turn(result))

    def _turn(self, result: Sample) -> float:
        hue, chroma = _hues(result.pixels[self._skin])
        turn = np.abs((hue - self._hue + 180) % 360 - 180)
        return float((turn * np.minimum(1, chroma / _CLEAR_CHROMA)).mean())


def _hues(colors: Array) -> tuple[Array, Array]:
    """Hue in degrees and chroma of (N, 3) in CIE Lab."""
    lab = cv2.cvtColor(np.clip(colors, 0, 1).astype(np.float32)[None], cv2.COLOR_RGB2LAB)[0] if len(colors) else colors
    return np.degrees(np.arctan2(lab[:, 2], lab[:, 1])), np.hypot(lab[:, 1], lab[:, 2])


def skin(pixels: Pixels) -> NDArray[np.bool_]:
    """Where (H, W, 3) has the colour of skin, and is neither dark nor burnt out."""
    planes = cv2.cvtColor((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8), cv2.COLOR_RGB2YCrCb)
    light, chroma = planes[..., 0], planes[..., 1:]
    inside = ((chroma >= SKIN_LOW) & (chroma <= SKIN_HIGH)).all(-1)
    return np.asarray(inside & (light > 60) & (light < 245))


def _seen_skin(content: Sample) -> NDArray[np.bool_]:
    """Skin that is to be seen, and is painted."""
    found = skin(content.pixels)
    return found if content.shown is None else found & mostly_visible(content.shown)


def _clipped(pixels: Pixels, within: float) -> NDArray[np.bool_]:
    return np.asarray(((pixels <= within) | (pixels >= 1 - within)).any(-1))


def _mean(plane: Array, visible: Visibility | None) -> float:
    return float(plane.mean() if visible is None else np.average(plane, weights=visible))
