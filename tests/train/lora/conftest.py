"""Pictures of one hand, and trainings of tiny models on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from autostyle.train.lora import course, pictures
from autostyle.train.lora.settings import LoraSettings
from autostyle.vision.weights import Weights


@pytest.fixture(scope="session")
def hand(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Five pictures of stripes in blue and orange, one of them twice as wide as high."""
    folder = tmp_path_factory.mktemp("hand")
    for number in range(5):
        down, across = np.mgrid[0:64, 0 : 128 if number == 0 else 64].astype(np.float32)
        stripes = np.sin(across / 3 + number + down * (number - 2) / 5)[..., None] / 2 + 0.5
        blue, orange = np.array([0.1, 0.2, 0.7]), np.array([0.9, 0.5, 0.1])
        save_image(folder / f"{number}.png", (stripes * blue + (1 - stripes) * orange).astype(np.float32))
    return tuple(sorted(folder.glob("*.png")))


@dataclass
class Watcher:
    """Keeps what it is told; stops the training once it has done ``until`` steps."""

    until: int | None = None
    notes: list[str] = field(default_factory=list)
    done: int = 0

    @property
    def stopped(self) -> bool:
        return self.until is not None and self.done >= self.until

    def note(self, text: str) -> None:
        self.notes.append(text)

    def step(self, step: int, steps: int, said: str) -> None:
        self.done = step


@pytest.fixture(scope="session")
def train(tiny_models: Path, hand: tuple[Path, ...]) -> Iterator[Callable[..., dict[str, Any]]]:
    """Train a tiny model on the pictures of ``hand``, at 64 pixels, a preview painted in two steps."""

    def trained(out: Path, watcher: Watcher | None = None, **changes: Any) -> dict[str, Any]:
        base, force = changes.pop("base", "sd15"), changes.pop("force", False)
        paths, caption = changes.pop("paths", hand), changes.pop("caption", "in brand style")
        settings = LoraSettings(**{"steps": 4, "every": 2, "rank": 2, "rate": 1e-2, **changes})
        return course.train(
            pictures.read(paths, caption, out.name),
            settings,
            size=64,
            base=base,
            weights=Weights(offline=True, yours=tiny_models),
            device="cpu",
            out=out,
            force=force,
            watcher=watcher or Watcher(),
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autostyle.diffusion.learning.STEPS", 2)
        yield trained
