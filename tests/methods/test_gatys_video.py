"""Frames optimised one after the other: steady and crisp, held to what was hidden in between, and stopped whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.clip import Clip
from autostyle.methods import registry
from autostyle.methods.contract import ClipInputs, Iterate, Stop, Style
from autostyle.methods.gatys_video.run import GatysVideo, _ClipRun
from autostyle.methods.gatys_video.spec import GatysVideoParams
from autostyle.methods.masks import CONTENT_MASK
from autostyle.methods.steady import PreparedClip
from autostyle.scoring.temporal import motions, unsteadiness
from autostyle.testing.inputs import FPS, panning, scene
from autostyle.vision.flow import dis
from autostyle.vision.weights import Weights

CONTENT = panning(frames=3, height=48, width=64)
STYLE = scene(64, 64, 1)
QUICK = GatysVideoParams(steps=5, frame_steps=4, temporal_weight=600.0)


@pytest.fixture(scope="module")
def method() -> GatysVideo:
    made = registry.create("gatys_video")
    made.load(Weights.open(offline=True), "cpu")
    assert isinstance(made, GatysVideo)
    return made


def prepared(method: GatysVideo, content: Clip = CONTENT, **more: object) -> PreparedClip:
    return method.prepare(ClipInputs(content, Style((STYLE,)), **more), 64)  # type: ignore[arg-type]


def test_frames_are_steadier_than_without_the_loss_and_no_softer(method: GatysVideo) -> None:
    flows = motions(CONTENT)
    held = method.run(prepared(method), QUICK, seed=0).clip
    alone = Clip(
        np.concatenate(
            [
                method.run(prepared(method, Clip(CONTENT.frames[t : t + 1], FPS)), QUICK, seed=0).clip.frames
                for t in range(len(CONTENT))
            ]
        ),
        FPS,
    )
    assert unsteadiness(held, flows) < 0.5 * unsteadiness(alone, flows)
    steps = [np.abs(np.diff(made.frames[-1].astype(float), axis=1)).mean() for made in (held, alone)]
    assert steps[0] > 0.8 * steps[1]


def test_what_was_hidden_for_a_frame_is_held_to_what_it_was_before(method: GatysVideo) -> None:
    still = np.repeat(panning(frames=1, height=48, width=64).frames, 3, axis=0)
    hidden = still.copy()
    hidden[1, 12:36, 20:44] = 255 - hidden[1, 12:36, 20:44]
    ready = prepared(method, Clip(hidden, FPS))
    run = _ClipRun(method.painter, dis, ready, QUICK, 0, lambda iterate: None)
    run._made = [hidden[0], hidden[1]]
    nearest = ready.links[2]
    assert nearest is not None
    (further,) = run._long_term(2, nearest.trust)
    places = further.trust[..., 0]
    assert places[18:30, 26:38].mean() > 0.9 and places[:, :12].mean() < 0.1
    assert np.abs(further.picture - still[0] / 255)[18:30, 26:38].mean() < 0.05
    short = _ClipRun(method.painter, dis, ready, QUICK.model_copy(update={"long_term": False}), 0, lambda iterate: None)
    short._made = run._made
    assert not list(short._long_term(2, nearest.trust))


def test_a_later_part_goes_on_from_the_result_before_it(method: GatysVideo) -> None:
    first = method.run(prepared(method, Clip(CONTENT.frames[:2], FPS)), QUICK, seed=0).clip.frames
    before = np.stack([CONTENT.frames[1], first[-1]])
    rest = method.run(prepared(method, Clip(CONTENT.frames[2:3], FPS), before=before), QUICK, seed=0).clip
    both = Clip(np.stack([first[-1], rest.frames[0]]), FPS)
    assert unsteadiness(both, motions(Clip(CONTENT.frames[1:3], FPS))) < 0.4


def test_a_mask_is_kept_in_every_frame_and_pass(method: GatysVideo, tmp_path: Path) -> None:
    mask = np.zeros((48, 64), np.uint8)
    mask[:, :32] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    ready = prepared(method, Clip(CONTENT.frames[:3], FPS), aids={CONTENT_MASK: (tmp_path / "mask.png",)})
    made = method.run(ready, QUICK.model_copy(update={"passes": 2, "frame_steps": 2}), seed=0).clip.frames
    assert np.array_equal(made[:, :, 32:], CONTENT.frames[:3, :, 32:])
    assert not np.array_equal(made[:, :, :20], CONTENT.frames[:3, :, :20])


def test_a_stop_leaves_whole_frames(method: GatysVideo) -> None:
    ready, seen = prepared(method), list[Iterate]()

    def stop(iterate: Iterate) -> None:
        seen.append(iterate)
        if iterate.step > 5 + 5:
            raise Stop

    result = method.run(ready, QUICK, seed=0, on_iterate=stop)
    assert result.stopped and len(result.clip) == 2
    assert seen[-1].steps == 5 + 2 * 4
