"""Frames of a clip held together along the motion, whatever paints them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_writer import clip_writer
from autostyle.errors import BadInput
from autostyle.methods.contract import (
    ClipInputs,
    ClipResult,
    ImageInputs,
    ImageResult,
    Iterate,
    Method,
    OnIterate,
    Stop,
    Style,
    ignore,
)
from autostyle.methods.flow_microast.run import FlowMicroAST
from autostyle.methods.flow_microast.spec import FlowMicroASTParams
from autostyle.methods.gatys.spec import SPEC
from autostyle.methods.params import Params
from autostyle.methods.regions import refuse_other_length, regions_of
from autostyle.methods.steady import HOLD, Steady
from autostyle.scoring.temporal import motions, unsteadiness
from autostyle.testing.inputs import FPS, panning
from autostyle.vision.weights import Weights

CONTENT = panning(frames=8)
STYLE = np.zeros((40, 40, 3), np.float32)


class Nervous(Method[Params, np.ndarray]):
    """Paints the negative, and in every frame other marks of its own."""

    def __init__(self, marks: float = 0.15) -> None:
        self.spec, self.marks, self.painted = SPEC, marks, 0

    def load(self, weights: Any, device: str) -> None: ...

    def weights_used(self) -> dict[str, str]:
        return {}

    def prepare(self, inputs: ImageInputs, size: int) -> np.ndarray:
        return inputs.content

    def run(self, prepared: np.ndarray, params: Params, *, seed: int, on_iterate: OnIterate = ignore) -> ImageResult:
        self.painted += 1
        rng = np.random.default_rng(int(prepared.sum() * 1000) + seed)
        image = np.clip(1 - prepared + rng.normal(0, self.marks, prepared.shape), 0, 1).astype(np.float32)
        stopped = False
        for step in (1, 2):
            try:
                on_iterate(Iterate(step, 2, lambda: image))
            except Stop:
                stopped = True
                break
        return ImageResult(image, 2, stopped)


class Loose(Steady[Params]):
    def hold(self, params: Params) -> float:
        return 0.0


def run(method: Steady[Params], content: Clip = CONTENT, on_iterate: OnIterate = ignore, **more: Any) -> ClipResult:
    size = max(content.frames.shape[1:3])
    prepared = method.prepare(ClipInputs(content, Style((STYLE,)), **more), size)
    return method.run(prepared, Params(), seed=0, on_iterate=on_iterate)


def test_what_a_mask_leaves_as_it_is_stays_so_in_every_frame(tmp_path: Path) -> None:
    shape = CONTENT.frames.shape[1:]
    mask = np.zeros(shape, np.uint8)
    mask[:, : shape[1] // 2] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    made = run(Steady(Nervous()), aids={"content_mask": (tmp_path / "mask.png",)}).clip.frames
    half = shape[1] // 2
    assert np.array_equal(made[:, :, half:], CONTENT.frames[:, :, half:])
    assert not np.array_equal(made[:, :, :half], CONTENT.frames[:, :, :half])


def test_each_frame_of_a_mask_that_is_a_clip_is_that_of_its_own(tmp_path: Path) -> None:
    count, height, width = CONTENT.frames.shape[:3]
    masks, step = np.zeros((count, height, width, 3), np.uint8), width // 8
    for t in range(2, count):  # red comes in from the left; nothing is painted before
        masks[t, :, : step * (t - 1)] = (255, 0, 0)
    with clip_writer(tmp_path / "mask.mp4", FPS) as writer:
        for frame in masks:
            writer.add(frame)
    aids = {"content_mask": (tmp_path / "mask.mp4",)}
    made = run(Steady(Nervous()), replace(CONTENT, frames=CONTENT.frames[1:]), aids=aids, first=1).clip.frames
    for t in range(1, count):
        own, edge = CONTENT.frames[t], step * (t - 1)
        assert np.array_equal(made[t - 1][:, edge + 6 :], own[:, edge + 6 :])
        if t > 1:
            new = slice(edge - step, edge - 2)
            away = np.abs(made[t - 1][:, new].astype(float) - (255 - own[:, new])).mean()
            assert away < 45, "painted anew, not faded in"
    refuse_other_length(aids, count)
    with pytest.raises(BadInput, match=f"has {count} frames, and its clip 90"):
        refuse_other_length(aids, 90)
    with pytest.raises(BadInput, match="is a clip, and one mask is needed"):
        regions_of(aids, Style((STYLE,)), height, width)


def test_each_frame_is_painted_with_what_is_to_be_seen_of_it() -> None:
    seen: list[Any] = []

    class Looking(Nervous):
        def prepare(self, inputs: ImageInputs, size: int) -> np.ndarray:
            seen.append(inputs.visible)
            return super().prepare(inputs, size)

    visible = np.full(CONTENT.frames.shape[:3], 255, np.uint8)
    visible[1, :, :9] = 0
    visible[2] = 0
    run(Steady(Looking()), replace(CONTENT, visible=visible))
    first, *painted = seen
    assert first is None and [where is None for where in painted] == [True, False, *[True] * 6]
    assert np.array_equal(painted[1], visible[1] / 255), "and of a frame that shows nothing all counts"


def test_flicker_is_less_than_half_of_that_frame_by_frame() -> None:
    flows = motions(CONTENT)
    alone, held = run(Loose(Nervous())).clip, run(Steady(Nervous())).clip
    assert unsteadiness(held, flows) < 0.5 * unsteadiness(alone, flows)


def test_what_it_paints_is_still_what_its_painter_paints() -> None:
    held = run(Steady(Nervous(marks=0.0))).clip
    wanted = 255 - CONTENT.frames.astype(float)
    # The carried part lags behind by the flow's errors, a few levels; another place would be off by some 60.
    assert np.abs(held.frames - wanted).mean() < 8


def test_with_nothing_held_each_frame_is_the_painters_own() -> None:
    painter = Nervous()
    clip = run(Loose(painter)).clip
    alone = painter.run(CONTENT[5], Params(), seed=0).image
    assert np.abs(clip[5] - alone).max() <= 0.5 / 255 + 1e-6


def test_a_clip_painted_in_parts_is_the_clip_painted_at_once() -> None:
    whole = run(Steady(Nervous())).clip.frames
    first = run(Steady(Nervous()), Clip(CONTENT.frames[:5], FPS)).clip.frames
    before = np.stack([CONTENT.frames[4], first[-1]])
    rest = run(Steady(Nervous()), Clip(CONTENT.frames[5:], FPS), before=before).clip.frames
    assert np.array_equal(np.concatenate([first, rest]), whole)


def test_a_cut_begins_anew() -> None:
    """Nothing of the last shot shines through the first frame of the next."""
    other = panning(frames=3, seed=9)
    both = Clip(np.concatenate([CONTENT.frames[:3], other.frames]), FPS)
    painter = Nervous(marks=0.0)
    after = run(Steady(painter), both).clip[3]
    leaked = np.abs(after - (1 - other[0])).mean()
    blend = HOLD * np.abs((1 - CONTENT[2]) - (1 - other[0])).mean()
    assert leaked < 0.15 * blend


def test_the_same_frame_again_and_again_settles() -> None:
    still = run(Steady(Nervous()), panning(frames=8, step=0)).clip.frames.astype(float)
    changes = np.abs(np.diff(still, axis=0)).mean(axis=(1, 2, 3))
    assert changes.max() < 1  # the same picture, hence the same marks: nothing moves but rounding


def test_steps_rise_over_all_frames() -> None:
    seen: list[Iterate] = []
    run(Steady(Nervous()), on_iterate=seen.append)
    assert [frame.step for frame in seen] == list(range(1, 17))
    assert {frame.steps for frame in seen} == {16}


@pytest.mark.parametrize(("at", "left"), [(1, 1), (5, 2)])
def test_a_stop_leaves_whole_frames_and_at_least_one(at: int, left: int) -> None:
    def stop(iterate: Iterate) -> None:
        if iterate.step == at:
            raise Stop

    painter = Nervous()
    result = run(Steady(painter), on_iterate=stop)
    assert result.stopped and len(result.clip) == left
    assert painter.painted <= left + 1


def test_inputs_stay_as_they_are() -> None:
    before = CONTENT.frames.copy()
    run(Steady(Nervous()))
    assert np.array_equal(CONTENT.frames, before)


def test_a_clip_goes_along_the_ratio_as_its_frames_do() -> None:
    clip = FlowMicroAST()
    clip.load(Weights.open(offline=True), "cpu")
    # Towards a black style picture all of it may be black at either value.
    prepared = clip.prepare(ClipInputs(panning(frames=3), Style((panning(frames=1, seed=1)[0],))), 64)
    params = FlowMicroASTParams(alpha=0.8)
    first, second = clip.run_path(prepared, params, [0.3, 0.8], seed=0)
    assert np.array_equal(first.clip.frames, clip.run(prepared, FlowMicroASTParams(alpha=0.3), seed=0).clip.frames)
    assert np.array_equal(second.clip.frames, clip.run_to(prepared, params, (0.3,), seed=0).clip.frames)
    assert not np.array_equal(first.clip.frames, second.clip.frames)
