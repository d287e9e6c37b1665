"""What acts on a run: where, when, and how strongly, proved in the networks themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from autostyle.codecs import Pixels
from autostyle.diffusion.blocks import Scales, adapted, everywhere, in_blocks
from autostyle.diffusion.engine import Engine, pad_to_cells
from autostyle.diffusion.painting import Adapter, Control, paint
from autostyle.diffusion.schedule import Schedule
from autostyle.errors import BadInput
from autostyle.methods.diffusion.run import breakdown
from tests.diffusion.models import fresh, job, watch

Engines = Callable[[str], Engine]
FAMILIES = pytest.mark.parametrize("family", ["sd15", pytest.param("sdxl", marks=pytest.mark.slow)])


@contextmanager
def counted(engine: Engine) -> Iterator[dict[str, int]]:
    """How often each attention layer really asked the adapter for keys: it does not where its scale is 0."""
    calls: dict[str, int] = {}
    hooks = []
    for name, processor in adapted(engine.pipeline.unet):
        calls[name] = 0

        def count(*_: object, name: str = name) -> None:
            calls[name] += 1

        hooks.append(processor.to_k_ip[0].register_forward_hook(count))
    yield calls
    for hook in hooks:
        hook.remove()


def acting(engine: Engine, content: Pixels, style: Pixels, scales: Scales, **changes: object) -> dict[str, int]:
    adapter = Adapter(engine.seen((style,), (1.0,)), scales, Schedule(**changes))  # type: ignore[arg-type]
    with counted(engine) as calls:
        paint(engine, job(engine, content, adapter=adapter, steps=4), watch)
    return calls


@FAMILIES
def test_the_style_blocks_and_no_others_see_the_style(
    engine: Engines, family: str, content: Pixels, style: Pixels
) -> None:
    opened = engine(family)
    calls = acting(opened, content, style, in_blocks(opened.family, style=1.0, layout=0.0, rest=0.0))

    on = {name for name, count in calls.items() if count}
    assert on == {name for name in calls if name.startswith(opened.family.style)}
    assert on and len(on) < len(calls)


@FAMILIES
def test_layout_and_the_rest_have_scales_of_their_own(
    engine: Engines, family: str, content: Pixels, style: Pixels
) -> None:
    opened = engine(family)
    layout = acting(opened, content, style, in_blocks(opened.family, style=0.0, layout=0.5, rest=0.0))
    rest = acting(opened, content, style, in_blocks(opened.family, style=0.0, layout=0.0, rest=0.5))

    named = opened.family.style + opened.family.layout
    assert {n for n, count in layout.items() if count} == {n for n in layout if n.startswith(opened.family.layout)}
    assert {n for n, count in rest.items() if count} == {n for n in rest if not n.startswith(named)}


def test_the_published_style_block_of_sdxl_is_the_one_that_diffusers_documents(engine: Engines) -> None:
    opened = engine("sdxl")
    unet = opened.pipeline.unet
    opened.pipeline.set_ip_adapter_scale({"up": {"block_0": [0.0, 1.0, 0.0]}})
    documented = {name for name, processor in adapted(unet) if processor.scale == [1.0]}

    assert documented == {name for name, _ in adapted(unet) if name.startswith(opened.family.style)}


def test_outside_its_time_the_style_does_not_act(engine: Engines, content: Pixels, style: Pixels) -> None:
    always = acting(engine("sd15"), content, style, everywhere(1.0))
    late = acting(engine("sd15"), content, style, everywhere(1.0), start=0.5)

    assert set(always.values()) == {4}
    assert set(late.values()) == {2}


@FAMILIES
def test_scale_0_equals_no_adapter(tiny_models: Path, family: str, content: Pixels, style: Pixels) -> None:
    engine = fresh(tiny_models, family)
    without = paint(engine, job(engine, content), watch).latents
    engine.add("adapter")
    silent = Adapter(engine.seen((style,), (1.0,)), everywhere(0.0))

    assert torch.equal(paint(engine, job(engine, content, adapter=silent), watch).latents, without)
    assert torch.equal(paint(engine, job(engine, content), watch).latents, without)


@FAMILIES
def test_control_at_0_equals_no_control_and_its_schedule_is_heard(
    engine: Engines, family: str, content: Pixels
) -> None:
    opened = engine(family)
    edges = opened.edges(pad_to_cells(content), 0.5)
    plain = paint(opened, job(opened, content), watch).latents

    def held(scale: float, schedule: Schedule) -> torch.Tensor:
        return paint(opened, job(opened, content, control=Control(edges, scale, schedule)), watch).latents

    torch.testing.assert_close(held(0.0, Schedule()), plain)
    torch.testing.assert_close(held(1.0, Schedule(start=0.95)), plain)  # no step of three begins so late
    assert (held(1.0, Schedule()) - plain).abs().mean() > 1e-3
    assert (held(1.0, Schedule()) - held(1.0, Schedule(shape="falling"))).abs().mean() > 1e-4


@pytest.mark.slow
def test_the_asked_steps_are_taken_whatever_the_strength(engine: Engines, content: Pixels) -> None:
    for strength in (0.2, 0.35, 0.99, 1.0):
        for steps in (1, 3, 7):
            assert (
                paint(engine("sd15"), job(engine("sd15"), content, strength=strength, steps=steps), watch).steps
                == steps
            )


def test_a_run_that_is_stopped_returns_what_it_has(engine: Engines, content: Pixels) -> None:
    painted = paint(engine("sd15"), job(engine("sd15"), content), lambda step, latents: step == 2)

    assert painted.steps == 2
    assert painted.latents.isfinite().all()


def test_broken_numbers_are_left_behind(engine: Engines, content: Pixels, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, calls = engine("sd15"), 0
    forward = opened.pipeline.unet.forward

    def breaking(*args: object, **named: object) -> tuple[torch.Tensor]:
        nonlocal calls
        calls += 1
        said: tuple[torch.Tensor] = forward(*args, **named)
        return (said[0] * float("nan"),) if calls == 3 else said

    monkeypatch.setattr(opened.pipeline.unet, "forward", breaking)
    painted = paint(opened, job(opened, content, steps=5), watch)

    assert (painted.steps, calls) == (2, 3)
    assert painted.latents.isfinite().all()


def test_a_picture_that_no_step_was_painted_of_is_no_result() -> None:
    assert breakdown(5, 5) == () and "after step 2" in breakdown(2, 5)[0]
    with pytest.raises(BadInput, match="nothing was painted"):
        breakdown(0, 5)


def test_the_safety_checker_of_sd15_has_the_last_word(
    engine: Engines, content: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = engine("sd15")
    latents = opened.latents(pad_to_cells(content))
    assert opened.decode(latents).std() > 0

    monkeypatch.setattr(opened.pipeline.safety_checker.concept_embeds_weights, "data", torch.full((17,), -2.0))
    assert opened.decode(latents).abs().max() == 0


@pytest.mark.parametrize("scheduler", ["dpm++", "euler", "ddim"])
def test_what_is_left_as_it_is_stays_the_contents_own_at_the_noise_of_every_step(
    engine: Engines, content: Pixels, scheduler: str
) -> None:
    opened, seen = engine("sd15"), list[torch.Tensor]()
    kept = torch.zeros(1, 1, *opened.latents(pad_to_cells(content)).shape[-2:])
    kept[..., : kept.shape[-1] // 2] = 1
    inputs = job(opened, content, kept=kept, scheduler=scheduler)

    def look(step: int, latents: torch.Tensor) -> bool:
        seen.append((latents - inputs.latents.to(latents))[..., : kept.shape[-1] // 2].abs().mean())
        return False

    last = paint(opened, inputs, look).latents
    assert seen[0] > seen[1] > seen[2] == 0, "ever less noise, and at the end none"
    right = slice(kept.shape[-1] // 2, None)
    assert float((last - inputs.latents.to(last))[..., right].abs().mean()) > 1e-3
