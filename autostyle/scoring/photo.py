"""Scores of photographs that are to stay photographs: the profile ``photo``.

Style is the look that a photograph was given: its tones, its palette, its local contrast, none of the things in it.
Content is what keeps a photograph one: edges where they were and of the sign they had, nothing drawn that was not
there, no steps in what was even, nothing burnt out or drowned.

Sources: Bonneel et al., 2015 (see color.py); Luan et al., "Deep Photo Style Transfer", CVPR 2017 (what a photorealistic
result must not have); Xia et al., "Real-time Localized Photorealistic Video Style Transfer", WACV 2021 (edges as a
measure).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.color import luma
from autostyle.codecs.transparency import mostly_visible, opposite_halves, resize_visible
from autostyle.scoring.color import ColorDistance, color_distance, palette_quantiles
from autostyle.scoring.content import Ssim, ssim
from autostyle.scoring.measure import Anchors, Measure, Objective, References, Sample, apart
from autostyle.scoring.scores import PHOTO_CONTENT, PHOTO_STYLE, Metric
from autostyle.scoring.style import StyleScore, embed

Array = NDArray[np.float32]
TONE_UNIT, COLOR_UNIT, CONTRAST_UNIT = 20.0, 15.0, 0.6
"""Typical distances between two photographs, so that the three parts weigh alike."""
LEAST_GAP = 0.25
"""Of the untouched photograph from the style, in these units: below it there is no look to take on."""
_LEAST_GAIN = 0.6
TEXTURE_COST, STEPS_COST, CLIPPING_COST = 3.0, 1.0, 2.0
"""What they take: e to the minus this times the figure is left."""
_QUANTILES = np.linspace(0, 1, 33)
_SCALES = 3
_FLOOR = 0.4
"""Of lightness, 0..100: contrast below it is noise."""
_NOISE = 1.0 / 255
_STEEPEST = 2.5
"""Slope of a tone curve that is still taken for one: what is steeper draws what was not there."""
_EVEN = 1.5 / 255
"""Steps from pixel to pixel, of the smoothed content, up to which a place is even."""
_EDGE = 1.0 / 255
_LEAST_SKIN = 0.005
_CLEAR_CHROMA = 8.0
TURNED, TURN_UNIT = 20.0, 40.0
"""Degrees that a warm or a cold light turns skin by, and beyond them those that leave 1 / e."""
SKIN_LOW, SKIN_HIGH = (133, 77), (173, 127)
"""Cr and Cb of skin of every colour, 0..255, in 8-bit YCrCb (Chai & Ngan, "Face Segmentation Using Skin-Color Map",
1999)."""


@dataclass(frozen=True)
class Grade:
    """What of a photograph's look is measured.

    Args:
        tones: quantiles of lightness, 0..100, (33,).
        palette: as :func:`palette_quantiles` has it.
        contrast: quantiles of the logarithm of local deviations of lightness, (scales, 33).
    """

    tones: Array
    palette: Array
    contrast: Array

    @classmethod
    def of(cls, pixels: Pixels, visible: Visibility | None = None) -> Grade:
        """Of the places of (H, W, 3) that are mostly ``visible``, (H, W)."""
        light = lightness(pixels)
        tones = np.quantile(_seen(light, visible), _QUANTILES)
        rows, plane, seen = [], light, visible
        for _ in range(_SCALES):
            mean = cv2.GaussianBlur(plane, (0, 0), 2.0)
            deviation = np.sqrt(np.maximum(cv2.GaussianBlur(plane * plane, (0, 0), 2.0) - mean * mean, 0))
            rows.append(np.quantile(np.log(_seen(deviation, seen) + _FLOOR), _QUANTILES))
            plane = np.asarray(cv2.pyrDown(plane), np.float32)
            seen = resize_visible(visible, *plane.shape)
        return cls(tones.astype(np.float32), palette_quantiles(pixels, visible), np.stack(rows).astype(np.float32))

    @classmethod
    def mean(cls, grades: list[Grade]) -> Grade:
        """The average: for quantiles that is their Wasserstein barycentre."""
        parts = zip(*((one.tones, one.palette, one.contrast) for one in grades), strict=True)
        return cls(*(np.mean(part, axis=0) for part in parts))

    def apart(self, other: Grade) -> tuple[float, float, float]:
        """Distances of tones (lightness), palette (Lab) and local contrast (logarithms)."""
        tones, contrast = np.abs(self.tones - other.tones).mean(), np.abs(self.contrast - other.contrast).mean()
        return float(tones), color_distance(self.palette, other.palette), float(contrast)

    def distance(self, other: Grade) -> float:
        """0 for one look, about 3 between two photographs."""
        tones, colors, contrast = self.apart(other)
        return tones / TONE_UNIT + colors / COLOR_UNIT + contrast / CONTRAST_UNIT


def lightness(pixels: Pixels) -> Array:
    """CIE lightness of (H, W, 3), 0..100, shape (H, W)."""
    return np.ascontiguousarray(cv2.cvtColor(np.clip(pixels, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB)[..., 0])


def _seen(plane: Array, visible: Visibility | None) -> Array:
    seen = None if visible is None else mostly_visible(visible)
    return plane[seen] if seen is not None and seen.any() else plane.reshape(-1)


def _halves(sample: Sample) -> float:
    """What two parts of one photograph differ by."""
    shown = np.ones(sample.pixels.shape[:2], np.float32) if sample.shown is None else sample.shown
    one, other = (Grade.of(sample.pixels, half) for half in opposite_halves(shown))
    return one.distance(other)


def _grade(sample: Sample) -> Grade:
    return sample.once("grade", lambda: Grade.of(sample.pixels, sample.shown))


class LookLikeness(Objective):
    """See the module's docstring."""

    metric = PHOTO_STYLE

    def __init__(self, references: References) -> None:
        self._references = references
        untouched = self._distance(references.content)
        within = references.blended(map(_halves, references.styles))
        apart(0.0, untouched, LEAST_GAP, "style")
        self._ends = Anchors(untouched, min(within, (1 - _LEAST_GAIN) * untouched))
        self.anchors = {"look": self._ends}

    def __call__(self, result: Sample) -> float:
        return self._ends.place(self._distance(result))

    def _distance(self, sample: Sample) -> float:
        return self._references.blended(_grade(sample).distance(_grade(style)) for style in self._references.styles)


class ToneDistance(Measure):
    metric = Metric(
        "tone_distance",
        "Tone distance",
        "raw",
        "mean difference of the quantiles of lightness to the style's, of 100",
        zero="the style photograph's tones",
        direction="minimize",
        bounds=(0.0, 100.0),
    )
    part = 0

    def __init__(self, references: References) -> None:
        self._references = references

    def __call__(self, result: Sample) -> float:
        found = _grade(result)
        return self._references.blended(found.apart(_grade(style))[self.part] for style in self._references.styles)


class ContrastDistance(ToneDistance):
    metric = Metric(
        "contrast_distance",
        "Local contrast distance",
        "raw",
        "mean difference of the logarithms of local contrast to the style's, at three scales",
        zero="the style photograph's local contrast",
        direction="minimize",
        bounds=(0.0, None),
    )
    part = 2


@dataclass(frozen=True)
class Edges:
    """Steps of a photograph from pixel to pixel, smoothed a little: down and across, each (H, W), of luma."""

    down: Array
    across: Array
    size: Array

    @classmethod
    def of(cls, plane: Array, sigma: float = 0.8) -> Edges:
        smooth = cv2.GaussianBlur(plane, (0, 0), sigma)
        down = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8), np.float32)
        across = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), np.float32)
        return cls(down, across, np.asarray(cv2.magnitude(down, across), np.float32))


def _edges(sample: Sample) -> Edges:
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
        return result.once("edges kept", lambda: agreement(_edges(result), _edges(self._content), self._content.shown))


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
        even = _edges(content).size < _EVEN
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


class Photorealism(Objective):
    """:class:`EdgeAgreement` between the style photograph's, 0, and 1, times less the more :class:`NewTexture`,
    :class:`Banding` and :class:`Clipping` find, and the further skin has turned from its hue."""

    metric = PHOTO_CONTENT

    def __init__(self, references: References) -> None:
        self._edges, self._texture = EdgeAgreement(references), NewTexture(references)
        self._banding, self._clipping = Banding(references), Clipping(references)
        self._turned = SkinTurn(references)
        content = references.content
        alien = references.blended(
            agreement(Edges.of(luma(style.pixels)), _edges(content), style.shown) for style in references.fitted
        )
        self._ends = Anchors(min(alien, 0.5), 1.0)
        self.anchors = {"photorealism": self._ends}

    def __call__(self, result: Sample) -> float:
        cost = (
            TEXTURE_COST * self._texture(result)
            + STEPS_COST * self._banding(result)
            + CLIPPING_COST * self._clipping(result)
            + max(0.0, self._turned(result) - TURNED) / TURN_UNIT
        )
        return self._ends.place(self._edges(result)) * math.exp(-cost)


RAW: tuple[type[Measure], ...] = (
    ToneDistance,
    ColorDistance,
    ContrastDistance,
    EdgeAgreement,
    NewTexture,
    Banding,
    Clipping,
    SkinClipping,
    SkinTurn,
)


METRICS = (
    Metric(
        "style",
        "Style, held out",
        "held_out",
        "cosine of the crops with the style's in a style model, the content's direction taken out",
        zero="the untouched photograph",
        one="crops of the style photograph against the rest of it",
        of_content=0.0,
        of_style=1.0,
    ),
    Metric(
        "content",
        "Content, held out",
        "held_out",
        "structural similarity (SSIM) of the luminance with the content",
        zero="the style photograph",
        one="the untouched photograph",
        of_content=1.0,
        of_style=0.0,
    ),
)
_LEAST_HELD_OUT = 0.05
"""Between the anchors: a style model that can hardly tell two photographs apart judges little, and refuses nothing."""


class HeldOutPhoto:
    """What shares nothing with the objectives: a style model (CLIP where it is), and SSIM."""

    def __init__(self, references: References) -> None:
        self._references, self._ssim = references, Ssim(references)
        model, content = references.model, references.content
        self._styles = [StyleScore.between(model, content, style, _LEAST_HELD_OUT) for style in references.styles]
        alien = references.blended(ssim(style.image, content.image, style.visible) for style in references.fitted)
        self._content = Anchors(min(alien, 0.9), 1.0)

    @property
    def anchors(self) -> dict[str, Anchors]:
        numbered = {f"style.{number}": style.anchors for number, style in enumerate(self._styles, 1)}
        return {**numbered, "content": self._content}

    def score(self, result: Sample) -> dict[str, float]:
        crops = embed(self._references.model, result.image, result.visible)
        styles = (style.anchors.place(style.raw(crops)) for style in self._styles)
        return {"style": self._references.blended(styles), "content": self._content.place(self._ssim(result))}
