"""How steady a stylized clip is: whether its marks move with the things they are painted on.

Each frame is compared with the one before, carried along the optical flow of the *content* clip, where both show the
same point. The difference alone would favour flat and blurred results, which have nothing to flicker with; it is
therefore measured in units of the result's own local contrast.

    unsteadiness = mean |frame - carried| / mean |frame - its blur|

    0   sqrt(2): the marks of two frames have nothing to do with each other, as if each were painted from noise of its
        own (two independent marks of mean contrast c differ by sqrt(2) c on average)
    1   the content clip's own value: what light, noise and the flow's errors leave even there

Source of the warp error: Lai et al., "Learning Blind Video Temporal Consistency", ECCV 2018. Departures: the contrast
as unit, and the absolute difference instead of its square, which a few wrong vectors would rule.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Visibility
from autostyle.codecs.clip import Clip
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scores import Metric
from autostyle.vision.flow import Motion, motion, warp

STEADINESS = Metric(
    "temporal",
    "Steadiness",
    "raw",
    "difference of each frame to its predecessor carried along the content's motion, in units of the result's contrast",
    zero="marks of two frames that have nothing to do with each other",
    one="as steady as the content clip",
)
WARP_ERROR = Metric(
    "warp_error",
    "Warp error",
    "raw",
    "mean absolute difference of each frame to its predecessor carried along the content's motion",
    zero="marks that move exactly as the content does",
    direction="minimize",
    bounds=(0.0, 1.0),
)
SOFTNESS = Metric(
    "softness",
    "Softness",
    "raw",
    "share of the steps from pixel to pixel in its first frame that later ones lose beyond what the content's do: what "
    "blending frames costs, and steadiness alone would reward",
    zero="later frames as crisp as the first",
    direction="minimize",
    bounds=(0.0, 1.0),
)
UNRELATED = math.sqrt(2)
_SIGMA = 0.02
"Of the blur that separates marks from what they are painted on, as a share of the long side."
_HALF = 128
"Visibility, of 255, from which on a place is rather to be seen than not."
_LEAST_STEP = 0.002
_LEAST_CONTRAST = 0.004
"A grey level: below it there is nothing to see, and nothing to divide by."


def motions(clip: Clip) -> tuple[Motion, ...]:
    """The motion from each frame but the first to the one before it; seen is what is to be seen in both."""
    found = [motion(before, now) for before, now in zip(clip.frames[:-1], clip.frames[1:], strict=True)]
    if clip.visible is None:
        return tuple(found)
    shown = [(frame >= _HALF)[..., None].astype(np.float32) for frame in clip.visible]
    both = (
        flow.seen & (now[..., 0] > 0) & (warp(before, flow.back).reshape(flow.seen.shape) > 0.5)
        for flow, before, now in zip(found, shown[:-1], shown[1:], strict=True)
    )
    return tuple(Motion(flow.back, seen) for flow, seen in zip(found, both, strict=True))


def warp_error(clip: Clip, flows: tuple[Motion, ...]) -> float:
    """Mean absolute difference of each frame to its carried predecessor, 0..1, over all points seen in both."""
    total = weight = 0.0
    for t, flow in enumerate(flows, 1):
        difference = np.abs(clip[t] - warp(clip[t - 1], flow.back)).mean(-1)
        total += float(difference[flow.seen].sum())
        weight += int(flow.seen.sum())
    return total / max(weight, 1)


def unsteadiness(clip: Clip, flows: tuple[Motion, ...]) -> float:
    """:func:`warp_error` in units of the clip's local contrast; 0 for a clip that moves as its content does."""
    contrast = float(np.mean([_contrast(clip.frames[t], clip.seen(t)) for t in range(len(clip))]))
    return warp_error(clip, flows) / max(contrast, _LEAST_CONTRAST)


def softness(clip: Clip, content: Clip) -> float:
    """How much less crisp the second half of a clip is than its first frame, 0..1, beside that of its ``content``.

    The first frame of a clip is blended with none before it, whatever paints.
    """
    made, own = _crispness(clip), _crispness(content) if len(content) > 1 else np.ones(len(clip))
    late = slice(len(made) // 2, None)
    kept = (made[late].mean() / made[0]) / (own[late].mean() / own[0])
    return float(np.clip(1 - kept, 0, 1))


def _crispness(clip: Clip) -> NDArray[np.float64]:
    """Mean step from a pixel to the next of each frame."""
    found = []
    for frame in clip.frames:
        luma = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float64) / 255
        found.append(np.abs(np.diff(luma, axis=0)).mean() + np.abs(np.diff(luma, axis=1)).mean())
    return np.asarray(np.maximum(found, _LEAST_STEP), np.float64)


def anchors(content: Clip, flows: tuple[Motion, ...]) -> Anchors:
    """See the module's docstring. A content clip that hardly holds still itself keeps some room below its own value."""
    return Anchors(UNRELATED, min(unsteadiness(content, flows), 0.7 * UNRELATED))


def _contrast(frame: NDArray[np.uint8], visible: Visibility | None) -> float:
    picture = frame.astype(np.float32) / 255
    sigma = _SIGMA * max(frame.shape[:2])
    away = np.abs(picture - cv2.GaussianBlur(picture, (0, 0), sigma))
    return float(away.mean() if visible is None else np.average(away.mean(axis=2), weights=visible))
