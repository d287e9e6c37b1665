"""Gatys for clips: a frame begins as the result before it, carried along the content's motion, and is held to it where
both show the same point; long-term references hold it where that was hidden in between.

Source: Ruder, Dosovitskiy & Brox, "Artistic Style Transfer for Videos", GCPR 2016 (start, temporal loss, consistency
checked forward and backward, long-term weights, passes forth and back). Departures: places are trusted less, too, as
far as the content there changes its looks; where nothing is trusted a frame begins as its content; the first frame is
painted coarse to fine as pictures are, and later ones at their largest size, with twice the style weight.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from autostyle.codecs.clip import Clip
from autostyle.codecs.image import quantize
from autostyle.errors import BadInput
from autostyle.methods.contract import ClipInputs, ClipResult, ImageResult, Iterate, Method, OnIterate, Pixels, ignore
from autostyle.methods.gatys.levels import PreparedGatys
from autostyle.methods.gatys.objective import Term
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys_video.spec import SPEC, GatysVideoParams
from autostyle.methods.steady import FrameLink, PreparedClip, Steady, link
from autostyle.vision.flow import Flow, dis, warp
from autostyle.vision.tensors import as_tensor, resize

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

LONG_TERM = (2, 4)
"""Frames back, beside the one before."""
MIXED = 0.5
"""Share of the neighbour that a frame begins from in a further pass, where it is trusted."""


MORE = 2.0
"""Times style_weight that the style counts in frames that are held to others: the loss that holds them costs style.
Measured (``benchmarks/flicker.py``): with 1 they have 0.8 to 0.9 of the style of frames painted by themselves."""


@dataclass(frozen=True)
class Reference:
    """Another frame's result, carried to where its things are now, (H, W, 3), and how far each place of it counts,
    (H, W, 1), 0..1."""

    picture: Pixels
    trust: NDArray[np.float32]


@dataclass(frozen=True)
class PreparedFrame(PreparedGatys):
    """And what the frame is held to."""

    references: tuple[Reference, ...]


class FramePainter(Gatys):
    """Gatys with the temporal loss as a further term."""

    def term(self, prepared: PreparedGatys, params: GatysParams, size: int) -> Term | None:
        if not isinstance(prepared, PreparedFrame) or not isinstance(params, GatysVideoParams):
            return None
        weight, shape = params.temporal_weight, prepared.shape(size)
        held = [
            tuple(resize(as_tensor(part, self.device), shape).clamp(0, 1) for part in (one.picture, one.trust))
            for one in prepared.references
        ]

        def temporal(image: Tensor) -> Tensor:
            apart = [(trust * (image - picture).square()).mean() for picture, trust in held]
            return weight * torch.stack(apart).sum()

        return temporal if held else None


class GatysVideo(Steady[GatysVideoParams]):
    """See the module's docstring."""

    painter: FramePainter

    def __init__(self) -> None:
        super().__init__(FramePainter())
        self.spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        super().load(weights, device)
        network = weights.flow(device)
        self.flow, self._flow_origin = (dis, "DIS (OpenCV)") if network is None else (network, network.origin)

    def weights_used(self) -> dict[str, str]:
        return super().weights_used() | {"flow": self._flow_origin}

    def prepare(self, inputs: ClipInputs, size: int) -> PreparedClip:
        prepared = super().prepare(inputs, size)
        first = self.painter.prepare(prepared.picture(0), size) if not prepared.is_left(0) else None
        if first is not None and first.tiled:
            raise BadInput(
                "{name} paints frames of a megapixel at most", "give it a smaller size: --size 1024", name=SPEC.name
            )
        return prepared

    def run_to(
        self,
        prepared: PreparedClip,
        params: GatysVideoParams,
        path: Sequence[float] = (),
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> ClipResult:
        return _ClipRun(self.painter, self.flow, prepared, params, seed, on_iterate).result()

    def run_path(
        self,
        prepared: PreparedClip,
        params: GatysVideoParams,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ClipResult]:
        return Method.run_path(self, prepared, params, values, seed=seed, on_iterate=on_iterate)


class _ClipRun:
    """One run over the frames of a part."""

    def __init__(
        self,
        painter: FramePainter,
        flow: Flow,
        prepared: PreparedClip,
        params: GatysVideoParams,
        seed: int,
        on_iterate: OnIterate,
    ) -> None:
        self._flow = flow
        self._painter, self._prepared, self._params, self._seed = painter, prepared, params, seed
        self._on_iterate = on_iterate
        self._made: list[NDArray[np.uint8]] = []
        self._notes: dict[str, None] = {}
        self._done = self._total = 0

    def result(self) -> ClipResult:
        """All frames, or those that were painted before it was stopped."""
        stopped = self._forth()
        for number in range(1, self._params.passes):
            if stopped:
                break
            stopped = self._again(backwards=number % 2 == 1)
        clip = Clip(np.stack(self._made), self._prepared.content.fps)
        return ClipResult(clip, len(self._made), stopped, tuple(self._notes))

    def _forth(self) -> bool:
        """The first pass; whether it was stopped."""
        for t, joint in enumerate(self._prepared.links):
            if self._prepared.is_left(t):
                self._keep(t, self._prepared.content[t])
                continue
            before = self._made[-1] if self._made else self._prepared.before
            if joint is None or before is None:
                found = self._paint(t, None, ())
            else:
                nearest = _carried(before, self._prepared.among_painted(joint, t))
                found = self._paint(t, nearest, (nearest, *self._long_term(t, nearest.trust)))
            if found.stopped and self._made:
                return True  # a frame half painted would stand out
            self._keep(t, found.image)
            if found.stopped:
                return True
        return False

    def _again(self, *, backwards: bool) -> bool:
        """A further pass: each frame goes on from itself and its neighbour on the way; whether it was stopped."""
        order = list(range(len(self._made)))[:: -1 if backwards else 1]
        for near, t in itertools.pairwise(order):
            if self._prepared.is_left(t) or self._prepared.is_left(near):
                continue
            frames = self._prepared.content.frames
            joint = link(frames[near], frames[t], self._flow) if backwards else self._prepared.links[t]
            assert joint is not None
            neighbour = _carried(self._made[near], joint)
            own = self._made[t].astype(np.float32) / np.float32(255)
            start = Reference(
                own + np.float32(MIXED) * neighbour.trust * (neighbour.picture - own), np.ones_like(neighbour.trust)
            )
            found = self._paint(t, start, (neighbour,))
            if found.stopped:
                return True
            self._made[t] = quantize(self._restored(t, found.image))
        return False

    def _long_term(self, t: int, nearer: NDArray[np.float32]) -> Iterator[Reference]:
        """Frames further back, where the nearer ones do not show what this one does."""
        frames = self._prepared.content.frames
        known = nearer.copy()
        for back in LONG_TERM if self._params.long_term else ():
            if t < back:
                continue
            joint = link(frames[t - back], frames[t], self._flow)
            left = np.clip(joint.trust - known, 0, 1)
            known += left
            if left.any():
                yield _carried(self._made[t - back], FrameLink(joint.back, left))

    def _paint(self, t: int, start: Reference | None, references: tuple[Reference, ...]) -> ImageResult:
        prepared = self._painter.prepare(self._prepared.picture(t), self._prepared.size)
        if start is None:
            return self._painter.run(prepared, self._params, seed=self._seed, on_iterate=self._told(None))
        parts = {one.name: getattr(prepared, one.name) for one in fields(prepared)}
        held = PreparedFrame(**parts, references=references)
        steps = self._params.frame_steps
        return self._painter.paint_on(
            held,
            self._params,
            start.picture,
            steps,
            where=start.trust,
            more=MORE,
            seed=self._seed,
            on_iterate=self._told(steps),
        )

    def _told(self, steps: int | None) -> OnIterate:
        """Iterations are counted over all frames."""
        begun, later = self._done, self._params.frame_steps
        frames = len(self._prepared.content) * self._params.passes

        def onward(iterate: Iterate) -> None:
            if steps is None:
                self._total = iterate.steps + (frames - 1) * later
            self._done = begun + iterate.step
            self._on_iterate(Iterate(self._done, self._total or frames * later, iterate.image, iterate.loss))

        return onward

    def _keep(self, t: int, image: Pixels) -> None:
        self._made.append(quantize(self._restored(t, image)))

    def _restored(self, t: int, image: Pixels) -> Pixels:
        regions = self._prepared.regions(t)
        return image if regions is None else regions.restore(image, self._prepared.content[t])


def _carried(result: NDArray[np.uint8], joint: FrameLink) -> Reference:
    picture = np.clip(warp(result.astype(np.float32), joint.back) / np.float32(255), 0, 1)
    return Reference(picture, joint.trust)
