"""The training: encode once, then steps; every so often a checkpoint, a preview picture and a score."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from autostyle.atomic import atomic_write_text
from autostyle.codecs.image import save_image
from autostyle.diffusion.engine import EncodedPrompt, Engine
from autostyle.diffusion.learning import Learner
from autostyle.errors import BadInput
from autostyle.lora import card, checkpoint
from autostyle.lora.checkpoint import Evaluation, TrainingRecord
from autostyle.lora.exam import Exam
from autostyle.lora.folder import LoraFolder
from autostyle.lora.pictures import Example, split
from autostyle.lora.settings import LoraSettings
from autostyle.methods.devices import out_of_memory
from autostyle.scoring.style import boxes
from autostyle.sentences import Sentence
from autostyle.vision.tensors import covering, to_pixels, to_tensor
from autostyle.vision.weights import Weights


class Watcher(Protocol):
    """Who is told of the training, and may stop it."""

    @property
    def stopped(self) -> bool: ...

    def note(self, text: str) -> None: ...

    def step(self, step: int, steps: int, said: str) -> None: ...


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
    began, folder = time.perf_counter(), LoraFolder(out)
    identity = _identity(examples, settings, size, f"{base} {weights.fingerprint(base)}")
    record = folder.begun(identity, force)
    with folder.held(anew=not record.step):
        if record.step:
            watcher.note(Sentence("going on after step {step}", step=record.step))
        if record.step < settings.steps and not record.overdue(settings.patience):
            training = Training(Engine.open(weights, base, device), examples, settings, size, folder, watcher)
            record = training.run(record, identity)
        made = card.summary(folder, record, examples, settings, size, weights, base)
        if folder.lora.exists():
            atomic_write_text(folder.card, card.text(made, folder.lora))
            atomic_write_text(folder.record, json.dumps({**made, "lora": folder.lora.name}, indent=2) + "\n")
        return {**made, "seconds": time.perf_counter() - began}


class Training:
    """A learner with its lessons and its judges.

    Args:
        engine: its own; it is changed.
        examples: some of them are kept out.
    """

    def __init__(
        self,
        engine: Engine,
        examples: Sequence[Example],
        settings: LoraSettings,
        size: int,
        folder: LoraFolder,
        watcher: Watcher,
    ) -> None:
        self.settings, self.size, self.folder, self.watcher = settings, size, folder, watcher
        self.family = engine.family.name
        prefixes = engine.family.style if settings.blocks == "style" else ("",)
        self.learner = Learner(engine, rank=settings.rank, dora=settings.dora, prefixes=prefixes, seed=settings.seed)
        self.optimizer = torch.optim.AdamW(self.learner.weights.values(), lr=settings.rate)
        learnt, kept = split(examples, settings.seed)
        self.lessons = self.learner.lessons(
            [(square, example.caption) for example in learnt for square in squares(example, size)]
        )
        self.asked: list[EncodedPrompt] = [self.learner.words(example.caption) for example in kept or learnt[:1]]
        self.learner.forget_words()
        self.exam = self._exam(learnt, kept, engine) if kept else None

    def run(self, record: TrainingRecord, identity: Mapping[str, Any]) -> TrainingRecord:
        """Go on from ``record`` until the steps are done, nothing gets better, or the watcher stops it."""
        settings, best = self.settings, dict[str, Tensor]()
        if record.step:
            best = checkpoint.restore(self.folder.checkpoint, record.step, self.learner.weights, self.optimizer)
        while record.step < settings.steps and not record.overdue(settings.patience) and not self.watcher.stopped:
            record.losses.append(self._step(record.step + 1))
            record.step += 1
            self.watcher.step(record.step, settings.steps, f"loss {record.losses[-1]:.4f}")
            if record.step % settings.every == 0 or record.step == settings.steps:
                record.evaluations.append(self._evaluate(record))
                record.losses.clear()
                if record.best is None or record.best.step == record.step:
                    best = self.learner.file()
                self._save(record, identity, best)
        if record.losses:
            self._save(record, identity, best)
        return record

    def _save(self, record: TrainingRecord, identity: Mapping[str, Any], best: dict[str, Tensor]) -> None:
        """The checkpoint, and the file as it would be if this were the end."""
        checkpoint.save(self.folder.checkpoint, record, identity, self.learner.weights, self.optimizer, best)
        card.write_lora(self.folder.lora, best if record.best else self.learner.file(), self.family, identity)

    def _step(self, number: int) -> float:
        generator = torch.Generator().manual_seed((self.settings.seed << 32) + number)
        batch = drawn(len(self.lessons), self.settings.batch, number, self.settings.seed)
        loss = self.learner.loss([self.lessons[place] for place in batch], generator)
        if not bool(loss.isfinite()):
            raise BadInput(
                "at step {number} the loss is no number any more", "begin anew with a smaller --rate", number=number
            )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learner.weights.values(), 1.0)
        self.optimizer.step()
        return float(loss.detach())

    def _evaluate(self, record: TrainingRecord) -> Evaluation:
        painted = self._painted()
        self.folder.previews.mkdir(exist_ok=True)
        preview = self.folder.previews / f"step-{record.step:05d}.png"
        save_image(preview, to_pixels(torch.cat(painted, dim=-1)), overwrite=True)
        score = self.exam.score(painted) if self.exam else None
        loss = sum(record.losses) / len(record.losses)
        told = {"step": record.step, "loss": loss, "preview": preview}
        if score is None:
            self.watcher.note(Sentence("step {step}: loss {loss:.4f}, {preview}", **told))
        else:
            self.watcher.note(
                Sentence("step {step}: loss {loss:.4f}, held-out style {score:.3f}, {preview}", score=score, **told)
            )
        return Evaluation(step=record.step, loss=loss, score=score, preview=preview.name)

    def _painted(self) -> list[Tensor]:
        return [self.learner.paint(words, self.size, seed) for seed, words in enumerate(self.asked)]

    def _exam(self, learnt: Sequence[Example], kept: Sequence[Example], engine: Engine) -> Exam | None:
        model = engine.weights.style_model("auto", engine.device)
        judges, models = ([to_tensor(one.pixels, engine.device) for one in some] for some in (kept, learnt))
        exam = Exam.set(model, judges, models, self._painted())
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
