"""A fast net's course: squares of photographs, painted in one of the styles at one strength, and judged."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor

from autostyle.atomic import atomic_write_bytes, atomic_write_text
from autostyle.methods.devices import out_of_memory
from autostyle.sentences import Sentence
from autostyle.train import trainer
from autostyle.train.checkpoint import TrainingRecord
from autostyle.train.contract import TrainingCourse, Watcher
from autostyle.train.exam import Exam
from autostyle.train.fast import card
from autostyle.train.fast.lessons import Bytes, square, to_tensor
from autostyle.train.fast.loss import SPIKES, TOGETHER, Target, losses, painted_with_spikes
from autostyle.train.fast.pictures import Photos, TaughtStyle
from autostyle.train.fast.settings import FastSettings
from autostyle.train.fast.steady import moved, unsteadiness
from autostyle.train.folder import TrainingFolder
from autostyle.vision.encoder import Encoder
from autostyle.vision.fast_net import FastNet, load_net
from autostyle.vision.net_files import EMBEDDED_NET, NET_FILE, described, write_metadata
from autostyle.vision.precision import fast, pays
from autostyle.vision.tensors import resize_long
from autostyle.vision.tensors import to_tensor as as_image
from autostyle.vision.weights import Weights

PROBES = 12
"""Pairs of squares that say how far photographs are from a style."""
FULL, NONE = 0.6, 0.06
"""Shares of the styles of a step that are painted at full strength, and not at all."""
AVERAGE = 0.996
"""Of the weights, what is kept: the mean of about so many steps as this is from 1."""
ROWS = 8.0
"""Times the learning rate of a style's rows: each is met in few steps."""
WARM = 100
"""Steps in which the rate rises; of a short training, a tenth."""
SHOWN_SIDE = 256
"""Of the squares of photographs that judge, in pixels."""


@out_of_memory()
def train(
    styles: Sequence[TaughtStyle],
    photos: Photos,
    settings: FastSettings,
    *,
    weights: Weights,
    device: str,
    out: Path,
    force: bool,
    watcher: Watcher,
) -> dict[str, Any]:
    """Teach a net ``styles`` in the folder ``out``; go on where an earlier training stopped.

    Returns:
        What ``autostyle train fast --json`` prints.

    Raises:
        BadInput: another training, or something else, is in the folder.
        Missing: the encoder is not on this machine.
        OutOfMemory: also from the device itself.
    """
    folder = TrainingFolder(out, NET_FILE)
    identity = {
        **settings.lasting(),
        "styles": [style.sha256 for style in styles],
        "names": [style.name for style in styles],
        "photos": photos.sha256,
    }

    def finish(record: TrainingRecord) -> dict[str, Any]:
        made = card.summary(folder, record, [style.name for style in styles], len(photos.learnt), photos.own, settings)
        if folder.model.exists():
            atomic_write_text(folder.card, card.text(made, folder.path))
            atomic_write_text(folder.record, json.dumps({**made, "net": folder.model.name}, indent=2) + "\n")
        return made

    def opened() -> FastCourse:
        return FastCourse(styles, photos, settings, weights, device, watcher)

    return trainer.train(opened, settings, identity, folder, watcher, force, finish)


@dataclass(frozen=True)
class Taught:
    """The eye that judges, and the styles as it knows them."""

    eye: Encoder
    targets: tuple[Target, ...]

    @classmethod
    def of(
        cls, styles: Sequence[TaughtStyle], photos: Photos, settings: FastSettings, weights: Weights, device: str
    ) -> Taught:
        eye = fast(weights.encoder(settings.encoder, device, pooling="avg"), device)
        rng = np.random.default_rng(settings.seed)
        probes = [squares_of(rng, photos, settings.size, TOGETHER).to(device) for _ in range(PROBES)]
        pictures = (as_image(style.pixels, device) for style in styles)
        seen = (resize_long(x, min(settings.style_size, max(x.shape[-2:]))) for x in pictures)
        layers = settings.style_layers
        return cls(eye, tuple(Target.of(eye, x, probes, number, layers) for number, x in enumerate(seen)))


class FastCourse(TrainingCourse):
    """A net, its eye, and what it paints.

    Args:
        watcher: of what :meth:`score` can tell; None: nobody asks.
        taught: where it is known already.
    """

    def __init__(
        self,
        styles: Sequence[TaughtStyle],
        photos: Photos,
        settings: FastSettings,
        weights: Weights,
        device: str,
        watcher: Watcher | None = None,
        taught: Taught | None = None,
    ) -> None:
        self.styles, self.photos, self.settings, self.device = styles, photos, settings, device
        taught = taught or Taught.of(styles, photos, settings, weights, device)
        self.eye, self.targets = taught.eye, taught.targets
        self.net = begun(styles, settings).to(device)
        self.average = copy.deepcopy(self.net).requires_grad_(False)
        self.weights = dict(self.net.named_parameters())
        convs, rows = (
            [parameter for name, parameter in self.weights.items() if (".conv2d." in name) == inside]
            for inside in (True, False)
        )
        self.optimizer = torch.optim.Adam([{"params": convs}, {"params": rows}], settings.rate, betas=(0.9, 0.99))
        # The optimizer numbers its parameters by group, a checkpoint by these names.
        self.weights = dict(sorted(self.weights.items(), key=lambda item: ".conv2d." not in item[0]))
        self.shown = to_tensor([square_of(photo) for photo in photos.kept]).to(device)
        # By style alone the best of a net that learns to be steady would be the one that has learnt least of it.
        self.exams = {} if watcher is None or settings.steady else self._exams(weights, watcher)

    def loss(self, step: int) -> Tensor:
        settings, rng = self.settings, np.random.default_rng((self.settings.seed, step))
        warm = min(WARM, max(1, settings.steps // 10))
        for group, faster in zip(self.optimizer.param_groups, (1.0, ROWS), strict=True):
            done = (step - 1) / settings.steps
            falling = 0.5 + 0.5 * math.cos(math.pi * min(1.0, done))
            group["lr"] = faster * settings.rate * (min(1.0, step / warm) * falling + 1e-3)
        wanted = drawn(rng, len(self.styles), settings.batch)
        kinds = rng.random(settings.batch)
        strengths = [1.0 if kind < FULL else 0.0 if kind > 1 - NONE else float(rng.uniform()) for kind in kinds]
        contents = self._squares(rng, TOGETHER * len(wanted))
        mixes = [self.net.mix({style: 1.0}, strength) for style, strength in zip(wanted, strengths, strict=True)]
        mix = torch.cat(mixes).repeat_interleave(TOGETHER, dim=0).to(self.device)
        with self._rounded():
            painted, spikes = painted_with_spikes(self.net, contents, mix)
        targets = [self.targets[style] for style in wanted]
        weights = settings.style_weight, settings.variation, settings.content_layer
        parts = losses(self.eye, contents, painted, targets, strengths, *weights)
        if settings.steady:
            parts["steady"] = settings.steady * self._unsteadiness(rng, contents, mix, painted)
        return torch.stack([*parts.values(), SPIKES * spikes]).sum()

    def _rounded(self) -> torch.autocast:
        """The net's own pass is in bfloat16, where that is quicker."""
        return torch.autocast(torch.device(self.device).type, torch.bfloat16, enabled=pays(self.device))

    def _unsteadiness(self, rng: np.random.Generator, contents: Tensor, mix: Tensor, painted: Tensor) -> Tensor:
        motion = moved(rng, contents)
        with self._rounded():
            again = self.net(motion.contents.contiguous(memory_format=torch.channels_last), mix)
        return unsteadiness(painted, again, motion)

    def stepped(self, step: int) -> None:
        decay = min(AVERAGE, step / (step + 20))
        with torch.no_grad():
            for mean, now in zip(self.average.parameters(), self.net.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)

    def model(self) -> dict[str, Tensor]:
        kept = self.average.state_dict()
        return {name: tensor.to("cpu", torch.float16).contiguous().clone() for name, tensor in kept.items()}

    def state(self) -> dict[str, Tensor]:
        return dict(self.average.state_dict())

    def restore(self, state: Mapping[str, Tensor]) -> None:
        self.average.load_state_dict(dict(state))

    @torch.inference_mode()
    def paint(self) -> list[Tensor]:
        """The photographs that were kept out, one after the other in each style."""
        return [
            self.average(photo[None], self.average.mix({style: 1.0}, 1.0).to(self.device)).clamp(0, 1)
            for style in range(len(self.styles))
            for photo in self.shown
        ]

    def preview(self, painted: Sequence[Tensor]) -> Tensor:
        """A column a style, a row a photograph; the photographs first."""
        rows = [
            torch.cat([photo[None], *painted[number :: len(self.shown)]], dim=-1)
            for number, photo in enumerate(self.shown)
        ]
        return torch.cat(rows, dim=-2)

    def score(self, painted: Sequence[Tensor]) -> float | None:
        if not self.exams:
            return None
        each = len(self.shown)
        found = [exam.score(painted[style * each : (style + 1) * each]) for style, exam in self.exams.items()]
        return sum(found) / len(found)

    def write(self, file: Path, tensors: Mapping[str, Tensor], identity: Mapping[str, Any]) -> None:
        said = {name: value for name, value in identity.items() if name not in card.PRIVATE}
        told = [described(style.name, style.pixels) for style in self.styles]
        # Not by safetensors' own writer, whose files nobody else may read.
        atomic_write_bytes(file, save(dict(tensors), write_metadata(told, said)))

    def _squares(self, rng: np.random.Generator, count: int) -> Tensor:
        return squares_of(rng, self.photos, self.settings.size, count).to(self.device)

    def _exams(self, weights: Weights, watcher: Watcher) -> dict[int, Exam]:
        pictures = [as_image(style.pixels, self.device) for style in self.styles]
        model, photos = weights.style_model("auto", self.device), [photo[None] for photo in self.shown]
        found = {style: Exam.set(model, [x], [x], photos) for style, x in enumerate(pictures)}
        if None in found.values():
            watcher.note(Sentence("the photographs look like a style already: it is not judged by that one"))
        return {style: exam for style, exam in found.items() if exam is not None}


def squares_of(rng: np.random.Generator, photos: Photos, size: int, count: int) -> Tensor:
    """Squares that are painted, (count, 3, size, size)."""
    squares = [square(rng, photos.learnt, size) for _ in range(count)]
    return to_tensor(squares).contiguous(memory_format=torch.channels_last)


def drawn(rng: np.random.Generator, styles: int, batch: int) -> list[int]:
    """The styles of a step: none twice before all have come."""
    turns = [rng.permutation(styles) for _ in range(-(-batch // styles))]
    return [int(style) for style in np.concatenate(turns)[:batch]]


def begun(styles: Sequence[TaughtStyle], settings: FastSettings) -> FastNet:
    """A net that has not learnt anything yet, or the embedded one: its convolutions, and for each style its row, or the
    mean of its rows where it has not learnt that style."""
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(settings.seed)
        net = FastNet(len(styles))
    if settings.begin == "embedded":
        embedded, known = load_net(EMBEDDED_NET)
        rows = [known.find(style.pixels) for style in styles]
        state = embedded.state_dict()
        for name, tensor in state.items():
            if ".conv2d." not in name:
                each = [tensor[:-1].mean(0) if row is None else tensor[row] for row in rows]
                state[name] = torch.stack([*each, tensor[-1]])
        net.load_state_dict(state)
    else:
        assert net.deconv3.conv2d.bias is not None
        torch.nn.init.constant_(net.deconv3.conv2d.bias, 0.5)
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def square_of(photo: Bytes) -> Bytes:
    """The middle of a photograph, SHOWN_SIDE pixels a side."""
    side = min(photo.shape[:2])
    top, left = (photo.shape[0] - side) // 2, (photo.shape[1] - side) // 2
    middle = np.ascontiguousarray(photo[top : top + side, left : left + side])
    return np.asarray(cv2.resize(middle, (SHOWN_SIDE, SHOWN_SIDE), interpolation=cv2.INTER_AREA), np.uint8)
