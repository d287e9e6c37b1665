"""A method of pictures at work on a clip: painted frame by frame, held together along the content's motion.

Each painted frame is blended with the result before it, carried along the optical flow, where both show the same
point and the content there looks the same. What is newly painted replaces what was carried at a rate, so the flow's
errors fade out instead of adding up; a cut begins anew by itself, for nothing is seen on both sides of it.

Source of the idea: Ruder, Dosovitskiy & Brox, "Artistic Style Transfer for Videos", GCPR 2016 (warped predecessor,
consistency checked forward and backward). Departure: they put it into the optimisation's start and loss; a blend of
results needs nothing from the method and so serves every one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.clip import Clip
from autostyle.codecs.image import quantize
from autostyle.errors import BadInput
from autostyle.methods.contract import (
    ClipInputs,
    ClipMethod,
    ClipResult,
    ImageInputs,
    ImageResult,
    Iterate,
    OnIterate,
    P,
    Pixels,
    ignore,
)
from autostyle.methods.devices import too_small
from autostyle.methods.masks import CONTENT_MASK
from autostyle.methods.painter import ByPainter, PicturePaths
from autostyle.methods.regions import Regions, regions_of
from autostyle.vision.flow import LEAST, Field, Flow, dis, motion, warp

HOLD = 0.8
"""Share of the carried result where a method has no parameter for it: measured in benchmarks/flicker.py."""
_EDGE = 0.025
"""Share of the long side over which what is painted beside what is left as it is shows that it is an edge."""
_CHANGE = 0.06
"""Difference of the content to its carried self, 0..1, at which trust in the flow has fallen to 1/e."""


@dataclass(frozen=True)
class FrameLink:
    """How a frame hangs on the one before: the flow back to it, and how far that is to be trusted, (H, W, 1), 0..1."""

    back: Field
    trust: NDArray[np.float32]


@dataclass(frozen=True)
class PreparedClip:
    """The content at the size of the run, each frame's link to the one before, and the result before the first."""

    content: Clip
    links: tuple[FrameLink | None, ...]
    before: NDArray[np.uint8] | None
    inputs: ClipInputs
    size: int
    knows_regions: bool

    def regions(self, t: int) -> Regions | None:
        """Those of a frame."""
        if not self.knows_regions:
            return None
        height, width = self.content.frames.shape[1:3]
        return regions_of(self.inputs.aids, self.inputs.style, height, width, self.inputs.first + t)

    def picture(self, t: int) -> ImageInputs:
        """A frame, as a method of pictures is given it."""
        visible, frame = self.content.seen(t), self.inputs.first + t
        return ImageInputs(self.content[t], self.inputs.style, aids=self.inputs.aids, visible=visible, frame=frame)

    def among_painted(self, joint: FrameLink, t: int) -> FrameLink:
        """The link of a frame, trusted as far as the one before was painted: what was left there is not to pale what is
        painted here."""
        regions = self.regions(t - 1)
        if regions is None or not regions.kept.any():
            return joint
        kept = regions.kept
        if regions is not self.regions(t):  # its edge moves on, and what is painted along an edge stays behind
            reach = max(1, round(_EDGE * max(kept.shape)))
            around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
            kept = np.asarray(cv2.dilate(kept, around), np.float32)
        painted = np.clip(1 - warp(kept, joint.back), 0, 1)
        return replace(joint, trust=joint.trust * painted[..., None])

    def is_left(self, t: int) -> bool:
        """Whether a frame is left as it is: its mask has nothing to be painted."""
        return (regions := self.regions(t)) is not None and not regions.painted


class Steady(ByPainter[P], ClipMethod[P, PreparedClip]):
    """See the module's docstring.

    Attributes:
        flow: what tells the motion.
    """

    flow: Flow = staticmethod(dis)

    def hold(self, params: P) -> float:
        """Share of the carried result in the blend where the flow is trusted, 0..1; 0 paints each frame for itself."""
        return HOLD

    def prepare(self, inputs: ClipInputs, size: int) -> PreparedClip:
        content = inputs.content.resized(size)
        shape = content.frames.shape[1:]
        if min(shape[:2]) < LEAST:
            raise too_small(*shape[:2])
        if inputs.before is not None and inputs.before.shape[1:] != shape:
            raise BadInput("the part before has another size", "begin the clip anew")
        known: list[NDArray[np.uint8]] = [] if inputs.before is None else [inputs.before[0]]
        chain = [*known, *content.frames]
        links = [link(before, now, self.flow) for before, now in itertools.pairwise(chain)]
        first = [] if known else [None]
        result = None if inputs.before is None else inputs.before[1]
        knows = any(aid.name == CONTENT_MASK for aid in self.spec.aids)
        prepared = PreparedClip(content, (*first, *links), result, inputs, size, knows)
        painted = next((t for t in range(len(content)) if not prepared.is_left(t)), None)
        if painted is not None:
            self.painter.prepare(prepared.picture(painted), size)  # refuses what it cannot paint
        return prepared

    def run(self, prepared: PreparedClip, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> ClipResult:
        return self.run_to(prepared, params, seed=seed, on_iterate=on_iterate)

    def run_to(
        self,
        prepared: PreparedClip,
        params: P,
        path: Sequence[float] = (),
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> ClipResult:
        def paint(t: int, onward: OnIterate) -> ImageResult:
            ready = self.painter.prepare(prepared.picture(t), prepared.size)
            return self.painter.run_to(ready, params, path, seed=seed, on_iterate=onward)

        return self._held(prepared, self.hold(params), paint, on_iterate)

    def run_path(
        self,
        prepared: PreparedClip,
        params: P,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ClipResult]:
        """Every frame goes on from itself at the value before, and takes what it is to carry from the frame before."""

        def ready(t: int) -> Any:
            return self.painter.prepare(prepared.picture(t), prepared.size)

        paths = PicturePaths(self.painter, params, seed, ready)
        for value in values:
            paths.value = value
            made = self._held(prepared, self.hold(params), paths.paint, on_iterate)
            yield made
            if made.stopped:
                return

    def _held(
        self,
        prepared: PreparedClip,
        hold: float,
        paint: Callable[[int, OnIterate], ImageResult],
        on_iterate: OnIterate,
    ) -> ClipResult:
        """The frames that ``paint`` paints, told by their place in the clip, held together along the motion."""
        count = len(prepared.content)
        made: list[NDArray[np.uint8]] = []
        before, stopped, notes = prepared.before, False, dict[str, None]()
        for t, joint in enumerate(prepared.links):

            def onward(iterate: Iterate, painted: int = t) -> None:
                step, steps = painted * iterate.steps + iterate.step, count * iterate.steps
                on_iterate(Iterate(step, steps, iterate.image, iterate.loss))

            if prepared.is_left(t):
                made.append(prepared.content.frames[t])
                before = made[-1]
                continue
            result = paint(t, onward)
            stopped = result.stopped
            if stopped and made:
                break  # a frame half painted would stand out
            image = result.image
            if joint is not None and before is not None:
                image = blend_carried(image, before, prepared.among_painted(joint, t), hold)
            if (regions := prepared.regions(t)) is not None:
                image = regions.restore(image, prepared.content[t])
            before = quantize(image)
            made.append(before)
            notes |= dict.fromkeys(result.notes)
            if stopped:
                break
        return ClipResult(Clip(np.stack(made), prepared.content.fps), len(made), stopped, tuple(notes))


def link(before: NDArray[np.uint8], now: NDArray[np.uint8], flow: Flow = dis) -> FrameLink:
    """The link between two consecutive frames of the content."""
    moved = motion(before, now, flow)
    carried = warp(before.astype(np.float32), moved.back)
    change = np.abs(carried - now).mean(-1) / 255
    trust = np.where(moved.seen, np.exp(-((change / _CHANGE) ** 2)), 0).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(trust, (0, 0), 1.0), np.float32)
    return FrameLink(moved.back, soft[..., None])


def blend_carried(painted: Pixels, before: NDArray[np.uint8], joint: FrameLink, hold: float) -> Pixels:
    """A painted frame with ``hold`` of the result before it, carried along, as far as that is trusted."""
    carried = np.clip(warp(before.astype(np.float32), joint.back) / np.float32(255), 0, 1)
    result: Pixels = painted + np.float32(hold) * joint.trust * (carried - painted)
    return result
