"""Engines and jobs for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle.codecs import Pixels
from autostyle.diffusion.engine import Engine, pad_to_cells
from autostyle.diffusion.painting import PaintInputs
from autostyle.vision.weights import Weights


def fresh(folder: Path, family: str) -> Engine:
    """An engine of tiny models that shares nothing with another."""

    class OfFamily(Weights):
        def base(self, name: str = "auto", sets: object = ()) -> str:
            return family

    return Engine.shared(OfFamily(offline=True, yours=folder), "cpu")


def job(engine: Engine, content: Pixels, **changes: Any) -> PaintInputs:
    """A short run on ``content``."""
    given: dict[str, Any] = {
        "latents": engine.latents(pad_to_cells(content)),
        "words": engine.words("a painting", "a photo"),
        "strength": 0.7,
        "guidance": 4.0,
        "steps": 3,
        "scheduler": "dpm++",
        "seed": 0,
    }
    return PaintInputs(**given | changes)


def watch(step: int, latents: Any) -> bool:
    """Nobody watches."""
    return False
