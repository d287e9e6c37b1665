"""A LoRA's course: encode once, then steps."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autostyle.atomic import atomic_write_text
from autostyle.diffusion.engine import EncodedPrompt, Engine
from autostyle.diffusion.learning import Learner
from autostyle.methods.devices import out_of_memory
from autostyle.scoring.style import boxes
from autostyle.sentences import Sentence
from autostyle.train import trainer
from autostyle.train.checkpoint import TrainingRecord
from autostyle.train.contract import TrainingCourse, Watcher
from autostyle.train.exam import Exam
from autostyle.train.folder import TrainingFolder
from autostyle.train.lora import card
from autostyle.train.lora.pictures import Example, split
from autostyle.train.lora.settings import LoraSettings
from autostyle.vision.tensors import covering, to_tensor
from autostyle.vision.weights import Weights

MODEL = "pytorch_lora_weights.safetensors"
"""The usual name of the file: diffusers finds the LoRA by its folder's name alone."""


@out_of_memory()
def train(
    examples: Sequence[Example],
    settings: LoraSettings,
    *,
    size: int,
    base: str,
    weights: Weights,
    device: str,
    out: Path,
    force: bool,
    watcher: Watcher,
) -> dict[str, Any]:
    """Train a LoRA for the base model ``base`` into the folder ``out``; go on where an earlier training stopped.

    Returns:
        What ``autostyle train lora --json`` prints.

    Raises:
        BadInput: another training, or something else, is in the folder.
        Missing: the weights of ``base`` are not on this machine.
        OutOfMemory: also from the device itself.
    """
    folder = TrainingFolder(out, MODEL)
    identity = _identity(examples, settings, size, f"{base} {weights.fingerprint(base)}")

    def finish(record: TrainingRecord) -> dict[str, Any]:
        made = card.summary(folder, record, examples, settings, size, weights, base)
        if folder.model.exists():
            atomic_write_text(folder.card, card.text(made, folder.model))
            atomic_write_text(folder.record, json.dumps({**made, "lora": folder.model.name}, indent=2) + "\n")
        return made

    def opened() -> LoraCourse:
        return LoraCourse(Engine.open(weights, base, device), examples, settings, size, watcher)

    return trainer.train(opened, settings, identity, folder, watcher, force, finish)


class LoraCourse(TrainingCourse):
    """A learner with its lessons and its judges.

    Args:
        engine: its own; it is changed.
        examples: some of them are kept out.
    """

    def __init__(
        self, engine: Engine, examples: Sequence[Example], settings: LoraSettings, size: int, watcher: Watcher
    ) -> None:
        self.settings, self.size, self.watcher = settings, size, watcher
        self.family = engine.family.name
        prefixes = engine.family.style if settings.blocks == "style" else ("",)
        self.learner = Learner(engine, rank=settings.rank, dora=settings.dora, prefixes=prefixes, seed=settings.seed)
        self.weights = self.learner.weights
        self.optimizer = torch.optim.AdamW(self.weights.values(), lr=settings.rate)
        learnt, kept = split(examples, settings.seed)
        self.lessons = self.learner.lessons(
            [(square, example.caption) for example in learnt for square in squares(example, size)]
        )
        self.asked: list[EncodedPrompt] = [self.learner.words(example.caption) for example in kept or learnt[:1]]
        self.learner.forget_words()
        self.exam = self._exam(learnt, kept, engine) if kept else None

    def loss(self, step: int) -> Tensor:
        generator = torch.Generator().manual_seed((self.settings.seed << 32) + step)
        batch = drawn(len(self.lessons), self.settings.batch, step, self.settings.seed)
        return self.learner.loss([self.lessons[place] for place in batch], generator)

    def stepped(self, step: int) -> None:
        """There is nothing else that changes."""

    def state(self) -> dict[str, Tensor]:
        return {}

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """There is none."""

    def model(self) -> dict[str, Tensor]:
        return self.learner.file()

    def paint(self) -> list[Tensor]:
        return [self.learner.paint(words, self.size, seed) for seed, words in enumerate(self.asked)]

    def score(self, painted: Sequence[Tensor]) -> float | None:
        return self.exam.score(painted) if self.exam else None

    def write(self, file: Path, tensors: Mapping[str, Tensor], identity: Mapping[str, Any]) -> None:
        card.write_lora(file, tensors, self.family, identity)

    def _exam(self, learnt: Sequence[Example], kept: Sequence[Example], engine: Engine) -> Exam | None:
        model = engine.weights.style_model("auto", engine.device)
        judges, models = ([to_tensor(one.pixels, engine.device) for one in some] for some in (kept, learnt))
        exam = Exam.set(model, judges, models, self.paint())
        if exam is None:
            self.watcher.note(
                Sentence("the base model paints like these pictures already: nothing ends the training early")
            )
        return exam


def squares(example: Example, size: int) -> list[Tensor]:
    """The squares, (1, 3, size, size), that cover a picture evenly, each as high as the picture is or as wide."""
    image = to_tensor(example.pixels)
    height, width = image.shape[-2:]
    places = boxes(height, width, min(height, width))
    return [covering(image[..., top:bottom, left:right], (size, size)) for top, left, bottom, right in places]


def drawn(count: int, batch: int, step: int, seed: int) -> list[int]:
    """The lessons of ``step``, from 1, of ``count``: none comes again before all have come."""

    def at(place: int) -> int:
        turn, rest = divmod(place, count)
        return random.Random(f"{seed} {turn}").sample(range(count), count)[rest]

    return [at(place) for place in range((step - 1) * batch, step * batch)]


def _identity(examples: Sequence[Example], settings: LoraSettings, size: int, base: str) -> dict[str, Any]:
    """What tells this training from others: one entry for each thing that a person chose."""
    known = sorted(examples, key=lambda example: example.sha256)
    return {
        **settings.lasting(),
        "size": size,
        "base model": base,
        "pictures": [example.sha256 for example in known],
        "captions": [example.caption for example in known],
    }
