"""What every built method promises, held against each of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest

from autostyle.errors import BadInput, OutOfMemory
from autostyle.methods import registry
from autostyle.methods.contract import Frame, ImageInputs, Method, Pixels, Stop
from autostyle.methods.params import ParamInfo, Params, Value
from autostyle.vision.weights import Weights

torch = pytest.importorskip("torch")
BUILT = [spec.name for spec in registry.METHODS.values() if spec.built and spec.medium == "image"]
SIZE = 96
LORA = "style_lora"
"""Its style is in a file of its own and not in the style picture."""
TWO_SIZES = 192
"""Long side at which the pyramid of gatys has a second size."""
DIFFUSION = [name for name in BUILT if registry.find(name).weights]
FAST: dict[str, dict[str, Value]] = {"gatys": {"steps": 4}} | {name: {"steps": 2} for name in DIFFUSION}
"""Settings that keep a run short; every other parameter keeps its default."""


def marks(name: str, device: str) -> list[pytest.MarkDecorator]:
    """Of the methods that share one engine, the first stands for all in the quick suite."""
    cuda = [pytest.mark.cuda] if device == "cuda" else []
    return [*cuda, pytest.mark.slow] if name in DIFFUSION[1:] else cuda


class Small(Weights):
    """The weights of this machine, and tiny diffusion models beside them, of which the smaller family is taken."""

    def base(self, name: str = "auto", sets: object = ()) -> str:
        return super().base("sd15")


class Load(Protocol):
    def __call__(self, name: str, device: str = "cpu") -> Method[Any, Any]: ...


@pytest.fixture(scope="module")
def load(tiny_models: Path) -> Load:
    """Methods by name, each loaded once."""
    weights = Small(offline=True, yours=tiny_models)

    @cache
    def loaded(name: str, device: str = "cpu") -> Method[Any, Any]:
        method = registry.create(name)
        method.load(weights, device)
        return method

    return loaded


def lora_of(method: Method[Any, Any]) -> Path:
    """The tiny LoRA file."""
    folder: Path = method.engine.weights.yours  # type: ignore[attr-defined]
    return folder / "lora_sd15_kohya.safetensors"


def heart(method: Method[Any, Any]) -> Any:
    """The network that does the work of a run."""
    return method.engine.pipeline.unet if method.spec.weights else method.encoder  # type: ignore[attr-defined]


@pytest.fixture(
    scope="module",
    params=[pytest.param((name, device), marks=marks(name, device), id=f"{name}-{device}")
            for name in BUILT for device in ("cpu", "cuda")],
)  # fmt: skip
def method(request: pytest.FixtureRequest, load: Load) -> Iterator[Method[Any, Any]]:
    name, device = request.param
    if device == "cuda" and not torch.cuda.is_available():
        pytest.skip("this machine has no CUDA device")
    yield load(name, device)


def scene(height: int, width: int, seed: int) -> Pixels:
    """Smooth shapes and a little texture: enough for every loss to have something to hold."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(rng.uniform(4, 25) * (x * np.cos(a) + y * np.sin(a)) + a) for a in rng.uniform(0, 6, 3)]
    noise = rng.normal(0, 0.05, (height, width, 3))
    return np.clip(np.stack(waves, axis=-1) * 0.3 + 0.5 + noise, 0, 1).astype(np.float32)


CONTENT, STYLE, OTHER = scene(90, 120, 0), scene(110, 100, 1), scene(80, 80, 2)
INPUTS = ImageInputs(CONTENT, (STYLE,))


def params(method: Method[Any, Any], **changes: Value) -> Params:
    given = FAST.get(method.spec.name, {}) | changes
    if method.spec.name == LORA:
        given = {"lora": str(lora_of(method))} | given
    return registry.params(method.spec.name).parse(given)


def run(
    method: Method[Any, Any], inputs: ImageInputs = INPUTS, seed: int = 0, size: int = SIZE, **changes: Value
) -> Pixels:
    return method.run(method.prepare(inputs, size), params(method, **changes), seed=seed).image


def test_result_has_the_asked_long_side_and_the_contents_aspect(method: Method[Any, Any]) -> None:
    image = run(method)
    assert image.shape == (72, 96, 3)
    assert image.dtype == np.float32
    assert 0 <= image.min() <= image.max() <= 1


def test_odd_sizes_and_tall_pictures_come_out_at_their_size(method: Method[Any, Any]) -> None:
    image = method.run(method.prepare(ImageInputs(scene(131, 67, 3), (STYLE,)), 101), params(method), seed=0).image
    assert image.shape == (101, round(67 * 101 / 131), 3)


def test_the_result_is_neither_the_content_nor_the_style(method: Method[Any, Any]) -> None:
    if method.spec.name == LORA:
        pytest.skip("takes no style picture")
    prepared_content = run(method, ImageInputs(CONTENT, (CONTENT,)))
    assert np.abs(run(method) - prepared_content).mean() > 0.02


def test_the_same_seed_gives_the_same_picture(method: Method[Any, Any]) -> None:
    assert np.array_equal(run(method, seed=7), run(method, seed=7))


def test_inputs_are_never_changed(method: Method[Any, Any]) -> None:
    content, style = CONTENT.copy(), STYLE.copy()
    run(method)
    assert np.array_equal(CONTENT, content)
    assert np.array_equal(STYLE, style)


def test_prepared_inputs_of_several_sizes_live_side_by_side(method: Method[Any, Any]) -> None:
    small, large = method.prepare(INPUTS, 64), method.prepare(INPUTS, SIZE)
    before = method.run(large, params(method), seed=0).image
    method.run(small, params(method), seed=0)
    assert np.array_equal(method.run(large, params(method), seed=0).image, before)


def test_several_styles_are_blended_by_their_shares(method: Method[Any, Any]) -> None:
    if method.spec.styles == 1:
        pytest.skip("takes one style")
    first, second = run(method), run(method, ImageInputs(CONTENT, (OTHER,)))
    mostly_first = run(method, ImageInputs(CONTENT, (STYLE, OTHER), (0.9, 0.1)))
    assert np.abs(mostly_first - first).mean() < np.abs(mostly_first - second).mean()
    assert np.abs(mostly_first - first).mean() > 0


def test_frames_report_rising_steps_and_a_picture(method: Method[Any, Any]) -> None:
    frames: list[Frame] = []
    method.run(method.prepare(INPUTS, SIZE), params(method), seed=0, on_frame=frames.append)
    steps = [frame.step for frame in frames]
    assert steps == sorted(set(steps))
    assert frames[-1].step <= frames[-1].steps
    assert frames[-1].image().shape == (72, 96, 3)


def test_stop_is_honoured_within_one_step(method: Method[Any, Any]) -> None:
    seen: list[int] = []

    def stop(frame: Frame) -> None:
        seen.append(frame.step)
        raise Stop

    result = method.run(method.prepare(INPUTS, SIZE), params(method), seed=0, on_frame=stop)
    assert len(seen) == 1
    assert result.stopped
    assert np.isfinite(result.image).all()


@pytest.mark.slow
def test_memory_is_freed_between_runs(method: Method[Any, Any]) -> None:
    def living() -> int:
        gc.collect()
        return sum(issubclass(type(thing), torch.Tensor) for thing in gc.get_objects())

    run(method)
    before = living()
    for _ in range(2):
        run(method)
    assert living() <= before


def test_out_of_memory_on_the_device_is_told_as_such(method: Method[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = method.prepare(INPUTS, SIZE)

    def full(*args: object, **kwargs: object) -> None:
        # What the allocator does on a CPU; on CUDA the same request overflows the card's real memory.
        torch.empty(1 << 46, device=next(heart(method).parameters()).device)

    monkeypatch.setattr(heart(method), "forward", full)
    with pytest.raises(OutOfMemory) as caught:
        method.run(prepared, params(method), seed=0)
    assert "size" in caught.value.hint


def other_value(info: ParamInfo) -> Value:
    """A valid value well away from the default."""
    if info.choices is not None:
        return next(choice for choice in info.choices if choice != info.default)
    assert info.low is not None and info.high is not None
    if info.type == "int":
        return int(info.default) + 3
    low, high, default = info.low, info.high, float(info.default)
    return high if high - default >= default - low else low


def context(name: str) -> dict[str, Value]:
    """Settings under which ``name`` can act at all."""
    return {"tv_weight": {"style_weight": 0.05}}.get(name, {})


@pytest.fixture(scope="module")
def usual(load: Load) -> Callable[[str, int, tuple[tuple[str, Value], ...]], Pixels]:
    """What a method paints at a size with some settings, each painted once."""
    return cache(lambda name, size, settings: run(load(name), size=size, **dict(settings)))


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        pytest.param(name, parameter, marks=marks(name, "cpu"))
        for name in BUILT
        for parameter in registry.params(name).info()
    ],
)
def test_every_declared_parameter_has_an_effect(
    name: str, parameter: str, load: Load, usual: Callable[[str, int, tuple[tuple[str, Value], ...]], Pixels]
) -> None:
    loaded = load(name)
    info = registry.params(name).info()[parameter]
    settings = context(parameter)
    size = TWO_SIZES if parameter == "coarse" else SIZE
    base = usual(name, size, tuple(settings.items()))
    fast = FAST.get(name, {})
    if parameter == "lora":
        value: Value = f"{lora_of(loaded)}@0.3"
    else:
        value = int(fast[parameter]) + 3 if parameter in fast else other_value(info)
    assert np.abs(run(loaded, size=size, **(settings | {parameter: value})) - base).mean() > 1e-4


@pytest.mark.parametrize("name", BUILT)
def test_presets_are_valid_and_start_from_known_good_settings(name: str) -> None:
    spec = registry.built(name)
    assert len(spec.presets) >= 3
    for preset in spec.presets:
        registry.params(name).parse(dict(preset))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"style_weight": 1e9}, "out of range"),
        ({"no_such": 1}, "unknown parameter"),
        ({"content_layers": "relu9_1"}, "no layer 'relu9_1'"),
        ({"content_layers": "relu5_4"}, "no layer 'relu5_4'"),
        ({"content_layers": "+"}, "content_layers is empty"),
    ],
)
def test_gatys_says_what_is_wrong_with_its_parameters(changes: dict[str, Value], words: str, load: Load) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        run(load("gatys"), **changes)
    assert caught.value.hint


@pytest.mark.parametrize("name", BUILT)
def test_a_size_that_leaves_too_short_a_side_is_refused(name: str, load: Load) -> None:
    with pytest.raises(BadInput, match="only 96 x 19 pixels") as caught:
        load(name).prepare(ImageInputs(scene(40, 200, 5), (STYLE,)), SIZE)
    assert "--size" in caught.value.hint


@pytest.mark.parametrize("name", BUILT)
def test_very_long_style_pictures_and_panoramas_are_taken(name: str, load: Load) -> None:
    marks = {"style_scale": 0.4} if "style_scale" in registry.params(name).info() else {}
    image = run(load(name), ImageInputs(scene(70, 200, 5), (scene(40, 400, 6),)), **marks)
    assert image.shape == (34, 96, 3)
