"""The memory ladder: chosen from what is free and what will be needed, and lowered by what went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.codecs import Pixels
from autostyle.diffusion.engine import Engine
from autostyle.diffusion.memory import Memory, Rung, need
from autostyle.diffusion.painting import paint
from tests.diffusion.models import fresh, job, watch

MEGAPIXEL = 2**20


@pytest.fixture
def engine(tiny_models: Path) -> Engine:
    return fresh(tiny_models, "sdxl")


def test_every_rung_needs_less_and_larger_pictures_more(engine: Engine) -> None:
    needs = [need(engine.pipeline, 4 * MEGAPIXEL, rung) for rung in Rung]
    assert needs == sorted(needs, reverse=True)
    assert need(engine.pipeline, 4 * MEGAPIXEL, Rung.FULL) > need(engine.pipeline, MEGAPIXEL, Rung.FULL)


@pytest.mark.parametrize("rung", list(Rung))
@pytest.mark.slow
def test_the_fastest_rung_that_fits_is_taken(engine: Engine, rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory("cuda:0")
    exactly = need(engine.pipeline, 4 * MEGAPIXEL, rung) / 0.9 + 1
    monkeypatch.setattr(memory, "free", lambda: exactly)
    assert memory.choose(engine.pipeline, 4 * MEGAPIXEL) == rung


def test_where_nothing_fits_the_smallest_is_tried(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for device, last in (("cuda:0", Rung.SEQUENTIAL), ("cpu", Rung.TILED)):
        memory = Memory(device)
        monkeypatch.setattr(memory, "free", lambda: 0)
        assert memory.choose(engine.pipeline, MEGAPIXEL) == last


def test_running_out_lowers_the_next_run(engine: Engine, content: Pixels, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.memory.choose(engine.pipeline, 64 * 64) == Rung.FULL

    def full(*args: object, **named: object) -> None:
        raise RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(engine.pipeline.unet, "forward", full)
        paint(engine, job(engine, content), watch)

    assert engine.memory.choose(engine.pipeline, 64 * 64) == Rung.TILED
    paint(engine, job(engine, content), watch)
    assert engine.pipeline.vae.use_tiling


def test_another_error_teaches_nothing(engine: Engine, content: Pixels, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **named: object) -> None:
        raise RuntimeError("shapes do not match")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="shapes"):
        patched.setattr(engine.pipeline.unet, "forward", broken)
        paint(engine, job(engine, content), watch)
    assert engine.memory.choose(engine.pipeline, 64 * 64) == Rung.FULL
