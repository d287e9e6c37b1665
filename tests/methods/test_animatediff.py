"""AnimateDiff on a tiny Stable Diffusion 1.5, IP-Adapter and motion adapter in the layouts of the real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_reader import frames, probe
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput, Missing
from autostyle.mediums.contract import Order
from autostyle.mediums.serving import open_medium
from autostyle.mediums.video.clips import VideoMedium
from autostyle.methods.contract import ClipInputs, Style
from autostyle.methods.params import Value
from autostyle.testing.inputs import panning
from autostyle.vision.weights import Weights
from tests.clips import written

torch = pytest.importorskip("torch")

from autostyle.diffusion.animating import WINDOW, noise  # noqa: E402
from autostyle.methods.animatediff.run import SEAM, AnimateDiff  # noqa: E402
from autostyle.methods.animatediff.spec import AnimateDiffParams  # noqa: E402

CONTENT = panning(frames=4, height=32, width=32)
STYLE, OTHER = (panning(frames=1, height=40, width=40, seed=seed)[0] for seed in (1, 2))


@pytest.fixture(scope="module")
def method(tiny_models: Path) -> AnimateDiff:
    loaded = AnimateDiff()
    loaded.load(Weights(offline=True, yours=tiny_models), "cpu")
    return loaded


def run(method: AnimateDiff, content: Clip = CONTENT, style: np.ndarray = STYLE, **changes: Value) -> np.ndarray:
    prepared = method.prepare(ClipInputs(content, Style((style,), prompt="a fox")), 32)
    return method.run(prepared, AnimateDiffParams.parse({"steps": 2, **changes}), seed=0).clip.frames.astype(float)


def test_every_tensor_of_the_base_and_of_the_motion_adapter_is_shared_and_none_copied(method: AnimateDiff) -> None:
    animated = dict(method.engine.animated.unet.named_parameters())
    parts = {
        **dict(method.engine.pipeline.unet.named_parameters()),
        **dict(method.engine.animated.motion_adapter.named_parameters()),
    }
    assert all(animated[name] is parameter for name, parameter in parts.items())


def test_it_names_all_the_weights_it_paints_with(method: AnimateDiff) -> None:
    assert method.weights_used().keys() == {"base", "adapter", "image_encoder", "motion"}


def test_the_motion_adapter_mixes_the_frames(method: AnimateDiff) -> None:
    """What the last frame shows reaches the first one."""
    other = Clip(np.concatenate([CONTENT.frames[:3], 255 - CONTENT.frames[3:]]), CONTENT.fps)
    assert np.abs(run(method)[0] - run(method, other)[0]).mean() > 0.5


def test_the_style_picture_acts_by_the_adapters_scale_and_at_none_not_at_all(method: AnimateDiff) -> None:
    assert np.abs(run(method) - run(method, style=OTHER)).mean() > 0.5
    silent, too = run(method, adapter_scale=0.0), run(method, style=OTHER, adapter_scale=0.0)
    assert np.array_equal(silent, too)


def test_a_trial_encodes_and_loads_nothing(method: AnimateDiff) -> None:
    prepared = method.prepare(ClipInputs(CONTENT, Style((STYLE,), prompt="a fox")), 32)
    method.run(prepared, AnimateDiffParams(steps=1), seed=0)
    made = dict(method.engine.memo.made)
    for scale in (0.2, 0.9):
        method.run(prepared, AnimateDiffParams(steps=1, adapter_scale=scale, strength=0.8), seed=1)
    assert dict(method.engine.memo.made) == made


def test_noise_beyond_the_window_repeats_in_another_order() -> None:
    found = noise((1, 4, 40, 2, 2), 4, torch.Generator().manual_seed(0))
    assert found.shape == (1, 4, 40, 2, 2)
    first = [found[0, :, t].flatten().tolist() for t in range(WINDOW)]
    later = [first.index(found[0, :, t].flatten().tolist()) for t in range(WINDOW, 40)]
    assert sorted(later[:WINDOW]) == list(range(WINDOW))
    assert later[:WINDOW] != list(range(WINDOW))


@pytest.mark.slow
def test_a_clip_longer_than_the_window_comes_out_whole_and_a_short_one_after_it_too(method: AnimateDiff) -> None:
    short = run(method)
    assert run(method, panning(frames=WINDOW + 3, height=32, width=32)).shape == (WINDOW + 3, 32, 32, 3)
    assert np.array_equal(run(method), short)


@pytest.mark.slow
def test_a_run_begins_where_the_one_before_it_ended_and_lets_go(method: AnimateDiff) -> None:
    """A still scene: what was there before shows at first, and less and less."""
    content = Clip(np.repeat(CONTENT.frames[:1], SEAM + 2, axis=0), CONTENT.fps)
    before = np.stack([CONTENT.frames[0], np.zeros_like(CONTENT.frames[0])])

    def painted(before: np.ndarray | None) -> np.ndarray:
        prepared = method.prepare(ClipInputs(content, Style((STYLE,)), before=before), 32)
        return method.run(prepared, AnimateDiffParams(steps=1), seed=0).clip.frames.astype(float)

    darker = (painted(None) - painted(before)).mean(axis=(1, 2, 3))
    assert darker[0] > 0.5 * painted(None)[0].mean()
    assert (np.diff(darker[:SEAM]) < 0).all()
    assert darker[SEAM:] == pytest.approx([0, 0])


def test_it_writes_a_playable_mp4_with_all_the_frames(method: AnimateDiff, tmp_path: Path) -> None:
    content = written(tmp_path / "in.mp4", panning(frames=6, height=32, width=48))
    order = Order(Style((STYLE,), prompt="a fox"), AnimateDiffParams(steps=1), 0, 48)
    VideoMedium().draw(method, content, order, tmp_path / "out.mp4").save(tmp_path / "out.mp4")
    made = probe(tmp_path / "out.mp4")
    assert (made.frames, made.width, made.height, made.fps) == (6, 48, 32, content.fps)
    assert len(list(frames(made.path))) == 6


@pytest.mark.slow
def test_one_picture_becomes_a_clip_as_long_and_as_fast_as_asked(method: AnimateDiff) -> None:
    still = ClipInputs(Clip(CONTENT.frames[:1], CONTENT.fps), Style((STYLE,), prompt="a fox"), still=True)
    prepared = method.prepare(still, 32)
    made = method.run(prepared, AnimateDiffParams(steps=2, frames=5, fps=6), seed=0).clip

    assert (made.frames.shape, made.fps) == ((5, 32, 32, 3), 6)
    assert all(np.abs(made.frames[t].astype(float) - made.frames[0]).mean() > 0.1 for t in range(1, 5))
    longer = method.run(prepared, AnimateDiffParams(steps=1, frames=WINDOW + 3), seed=0).clip
    assert (len(longer), longer.fps) == (WINDOW + 3, 8)


def test_a_picture_is_written_as_mp4_and_gif_with_the_asked_frame_count(method: AnimateDiff, tmp_path: Path) -> None:
    save_image(tmp_path / "in.png", CONTENT[0])
    medium = open_medium(tmp_path / "in.png", "animatediff")
    order = Order(Style((STYLE,), prompt="a fox"), AnimateDiffParams(steps=1, frames=7, fps=10), 0, 32)
    drawn = medium.draw(method, medium.load(tmp_path / "in.png"), order, tmp_path / "out.mp4")
    for name in ("out.mp4", "out.gif"):
        drawn.save(tmp_path / name)
        assert len(list(frames(tmp_path / name))) == 7
    made = probe(tmp_path / "out.mp4")
    assert (made.frames, made.fps, made.width, made.height) == (7, 10, 32, 32)


def test_without_its_weights_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        AnimateDiff().load(Weights(offline=True, yours=tmp_path), "cpu")


def test_a_motion_adapter_that_is_a_pickle_is_refused(tiny_models: Path, tmp_path: Path) -> None:
    for file in tiny_models.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "motion_adapter_sd15").unlink()
    (tmp_path / "motion_adapter_sd15").mkdir()
    (tmp_path / "motion_adapter_sd15" / "config.json").write_text("{}")
    (tmp_path / "motion_adapter_sd15" / "diffusion_pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(BadInput, match="is a pickle"):
        AnimateDiff().load(Weights(offline=True, yours=tmp_path), "cpu")
