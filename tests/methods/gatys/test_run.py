"""A run of Gatys' method along the style weight."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Iterate, Pixels, Stop, Style
from autostyle.methods.gatys import levels, run
from autostyle.methods.gatys.run import first_steps, further_steps, strength
from autostyle.methods.gatys.spec import GatysParams
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

SIZE = 32


@pytest.fixture(scope="module")
def method() -> AnyMethod:
    made = registry.create("gatys")
    made.load(Weights.open(offline=True), "cpu")
    return made


def content() -> Pixels:
    return scene(SIZE, SIZE, 0)


def style() -> Pixels:
    """Another scene, in reds."""
    return (scene(SIZE, SIZE, 1) * np.array([1.0, 0.2, 0.1])).astype(np.float32)


def painted(method: AnyMethod, *values: float) -> list[Pixels]:
    prepared = method.prepare(ImageInputs(content(), Style((style(),))), SIZE)
    return [made.image for made in method.run_path(prepared, GatysParams(steps=4), values, seed=0)]


def redness(picture: Pixels) -> float:
    return float((picture[..., 0] - picture[..., 1:].mean(-1)).mean())


def test_towards_weight_zero_the_picture_becomes_the_content_palette_and_all(method: AnyMethod) -> None:
    faint, half, whole = painted(method, 0.001, 0.1, 1.0)
    assert np.abs(faint - content()).mean() < 0.03
    assert redness(content()) < redness(faint) < redness(half) < redness(whole)


def test_what_was_painted_before_is_all_that_a_picture_owes_to_its_path(method: AnyMethod) -> None:
    alone, further = painted(method, 0.02), painted(method, 0.02, 0.2, 2.0)
    assert (alone[0] == further[0]).all()
    assert (painted(method, 0.02, 0.2)[1] == further[1]).all()


@pytest.fixture
def in_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes of more than 64 x 48 px are seen tile by tile."""
    monkeypatch.setattr(levels, "WHOLE", 64 * 48)
    monkeypatch.setattr(levels, "COARSEST", 64)
    for module in (levels, run):
        monkeypatch.setattr(module, "SIDE", 64)


@pytest.mark.slow
@pytest.mark.usefixtures("in_tiles")
def test_a_large_picture_is_painted_tile_by_tile_without_seams(
    method: AnyMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = scene(96, 128, 0)
    prepared = method.prepare(ImageInputs(content, Style((style(),))), 128)
    steps: list[tuple[int, int]] = []
    params, told = GatysParams(steps=4, relu5_1=0.0), lambda iterate: steps.append((iterate.step, iterate.steps))
    parts = method.run_to(prepared, params, [0.5], seed=0, on_iterate=told)
    assert steps == [(step, steps[0][1]) for step in range(1, len(steps) + 1)] and steps[-1][0] == steps[0][1]
    *_, last = method.run_path(prepared, params, [0.5, 1.0], seed=0)
    assert (parts.image == last.image).all()
    monkeypatch.setattr(levels, "SIDE", 1000)
    whole = method.run_to(prepared, params, [0.5], seed=0).image
    assert np.abs(parts.image - whole).mean() < 2e-3 < 0.02 < np.abs(whole - content).mean()


@pytest.mark.usefixtures("in_tiles")
def test_a_large_picture_is_let_go_within_a_tile(method: AnyMethod) -> None:
    def stop_late(iterate: Iterate) -> None:
        if iterate.step == iterate.steps - 3:
            raise Stop

    prepared = method.prepare(ImageInputs(scene(96, 128, 0), Style((style(),))), 128)
    made = method.run(prepared, GatysParams(steps=4, relu5_1=0.0), seed=0, on_iterate=stop_late)
    assert made.stopped and made.image.shape == (96, 128, 3)


class Memory:
    """Keeps the state of a run."""

    state: tuple[int, Pixels] | None = None

    def read(self) -> tuple[int, Pixels] | None:
        return self.state

    def keep(self, steps: int, picture: Pixels) -> None:
        self.state = steps, picture.copy()


@pytest.mark.slow
@pytest.mark.usefixtures("in_tiles")
def test_a_large_picture_goes_on_where_something_ended_it(method: AnyMethod, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "KEEP_EVERY", 0.0)
    memory, steps, taken = Memory(), list[int](), list[int]()
    inputs = ImageInputs(scene(96, 128, 0), Style((style(),)), unfinished=memory)
    prepared = method.prepare(inputs, 128)
    params = GatysParams(steps=6, relu5_1=0.0)

    def kill(iterate: Iterate) -> None:
        steps.append(iterate.steps - iterate.step)
        if steps[-1] == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        method.run_to(prepared, params, seed=0, on_iterate=kill)
    assert memory.state is not None and memory.state[0] == 1, "of two steps, the second of which was half done"
    before = memory.state[1]
    made = method.run_to(prepared, params, seed=0, on_iterate=lambda iterate: taken.append(iterate.step))
    assert len(taken) == 4 and taken[-1] == 8, "the four tiles of the second step alone"
    assert 0 < np.abs(made.image - np.clip(before, 0, 1)).mean() < 0.05
    memory.state = (1, before[:50])
    method.run_to(prepared, params, seed=0, on_iterate=lambda iterate: taken.append(iterate.step))
    assert len(taken) > 12, "what does not fit is begun anew"


def test_little_is_painted_in_few_iterations_and_bold_pictures_lie_further_apart() -> None:
    params = GatysParams(steps=30)
    assert (strength(0.0), strength(0.5), strength(2.0)) == (0, 1, 1)
    assert first_steps(params, 0.001) == further_steps(params, 0.001) < first_steps(params, 0.2) < 30
    assert first_steps(params, 0.5) == first_steps(params, 20.0) == 30
    assert further_steps(params, 0.01) == further_steps(params, 1.0) < further_steps(params, 10.0) < 30
    assert further_steps(GatysParams(steps=4), 0.1) == 1
