"""What every built method of clips promises, held against each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.errors import BadInput
from autostyle.media.clip import Clip
from autostyle.methods import registry
from autostyle.methods.contract import ClipInputs, ClipMethod, Frame, Pixels, Stop
from autostyle.methods.params import ParamInfo, Params, Value
from autostyle.vision.weights import Weights
from tests.clips import FPS, panning

pytest.importorskip("torch")
BUILT = [spec.name for spec in registry.METHODS.values() if spec.built and spec.medium == "video"]
FAST: dict[str, dict[str, Value]] = {name: {"steps": 2} for name in BUILT if registry.find(name).weights}
"""Settings that keep a run short; every other parameter keeps its default."""
SIZE = 64
CONTENT = panning(frames=3, height=60, width=80)
LONG = panning(frames=18, height=32, width=32)
"""More frames than a motion adapter looks at in one go."""
STYLE, OTHER = (panning(frames=1, height=70, width=60, seed=seed)[0] for seed in (1, 2))
Load = Callable[[str], ClipMethod[Any, Any]]


@pytest.fixture(scope="module")
def load(tiny_models: Path) -> Load:
    """Methods by name, each loaded once."""
    weights = Weights(offline=True, yours=tiny_models)

    @cache
    def loaded(name: str) -> ClipMethod[Any, Any]:
        method: ClipMethod[Any, Any] = registry.create(name)
        method.load(weights, "cpu")
        return method

    return loaded


@pytest.fixture(params=BUILT)
def method(load: Load, request: pytest.FixtureRequest) -> ClipMethod[Any, Any]:
    return load(request.param)


def params(method: ClipMethod[Any, Any], **changes: Value) -> Params:
    return registry.params(method.spec.name).parse(FAST.get(method.spec.name, {}) | changes)


def run(
    method: ClipMethod[Any, Any],
    content: Clip = CONTENT,
    styles: tuple[Pixels, ...] = (STYLE,),
    shares: tuple[float, ...] = (),
    **changes: Value,
) -> Clip:
    prepared = method.prepare(ClipInputs(content, styles, shares), SIZE if content is not LONG else 32)
    return method.run(prepared, params(method, **changes), seed=0).clip


def test_the_result_has_all_frames_the_rate_the_long_side_and_the_aspect(method: ClipMethod[Any, Any]) -> None:
    clip = run(method)
    assert clip.frames.shape == (3, 48, 64, 3)
    assert (clip.frames.dtype, clip.fps) == (np.uint8, FPS)


def test_tall_and_odd_clips_come_out_at_their_size(method: ClipMethod[Any, Any]) -> None:
    assert run(method, panning(frames=2, height=83, width=51)).frames.shape == (2, 64, 39, 3)


def test_a_clip_of_one_frame_is_a_clip(method: ClipMethod[Any, Any]) -> None:
    assert len(run(method, panning(frames=1))) == 1


def test_the_same_seed_gives_the_same_clip(method: ClipMethod[Any, Any]) -> None:
    assert np.array_equal(run(method).frames, run(method).frames)


def test_inputs_are_never_changed(method: ClipMethod[Any, Any]) -> None:
    content, style = CONTENT.frames.copy(), STYLE.copy()
    run(method)
    assert np.array_equal(CONTENT.frames, content) and np.array_equal(STYLE, style)


def test_several_styles_are_blended_by_their_shares(method: ClipMethod[Any, Any]) -> None:
    first, second = run(method).frames.astype(float), run(method, styles=(OTHER,)).frames
    mostly_first = run(method, styles=(STYLE, OTHER), shares=(0.9, 0.1)).frames
    assert 0 < np.abs(mostly_first - first).mean() < np.abs(mostly_first.astype(float) - second).mean()


def test_steps_rise_and_show_a_picture(method: ClipMethod[Any, Any]) -> None:
    seen: list[Frame] = []
    prepared = method.prepare(ClipInputs(CONTENT, (STYLE,)), SIZE)
    method.run(prepared, params(method), seed=0, on_frame=seen.append)
    steps = [frame.step for frame in seen]
    assert steps == sorted(set(steps)) and steps[-1] == seen[-1].steps
    assert seen[-1].image().shape == (48, 64, 3)


def test_stop_is_honoured_within_one_step(method: ClipMethod[Any, Any]) -> None:
    seen: list[int] = []

    def stop(frame: Frame) -> None:
        seen.append(frame.step)
        raise Stop

    prepared = method.prepare(ClipInputs(CONTENT, (STYLE,)), SIZE)
    result = method.run(prepared, params(method), seed=0, on_frame=stop)
    assert result.stopped and len(seen) == 1 and len(result.clip) >= 1


def test_too_short_a_side_is_refused(method: ClipMethod[Any, Any]) -> None:
    with pytest.raises(BadInput) as caught:
        run(method, panning(frames=2, height=40, width=200))
    assert "--size" in caught.value.hint


def other_value(info: ParamInfo) -> Value:
    """A valid value well away from the default."""
    if info.choices is not None:
        return next(choice for choice in info.choices if choice != info.default)
    assert info.low is not None and info.high is not None
    return info.high if info.high - float(info.default) >= float(info.default) - info.low else info.low


OF_STILLS = {"frames", "fps"}
"""Parameters of a clip that is made of one picture; a clip has its own."""


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        pytest.param(name, key, marks=[pytest.mark.slow] if name == "animatediff" else [])
        for name in BUILT
        for key in registry.params(name).info()
        if key not in OF_STILLS
    ],
)
def test_every_declared_parameter_has_an_effect(load: Load, name: str, parameter: str) -> None:
    content = LONG if parameter == "stride" else CONTENT
    fast = FAST.get(name, {})
    value = int(fast[parameter]) + 1 if parameter in fast else other_value(registry.params(name).info()[parameter])
    base, changed = run(load(name), content), run(load(name), content, **{parameter: value})
    assert np.abs(base.frames.astype(float) - changed.frames).mean() > 0.05


@pytest.mark.parametrize("name", BUILT)
def test_presets_are_valid(name: str) -> None:
    assert len(registry.built(name).presets) >= 3
    for preset in registry.built(name).presets:
        registry.params(name).parse(dict(preset))
