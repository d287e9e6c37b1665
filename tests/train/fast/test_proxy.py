"""A short training as a method: what it is told reaches the training, and the same trains the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.codecs.image import save_image
from autostyle.methods.contract import ImageInputs, Iterate, Stop, Style
from autostyle.methods.fast_training.spec import PHOTOS, FastTrainingParams
from autostyle.testing.inputs import scene
from autostyle.train.fast import proxy
from autostyle.train.fast.proxy import FastTraining
from autostyle.vision.weights import Weights

Train = Callable[..., Pixels]


@pytest.fixture
def train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Train:
    """Trains for two steps, on three photographs, with parameters by name; what it paints of a fourth."""
    monkeypatch.setattr(proxy, "SHORT", {"size": 64, "style_size": 64, "batch": 1, "steady": 0.0})
    files = tuple(tmp_path / f"{number}.png" for number in range(3))
    for number, file in enumerate(files):
        save_image(file, scene(64, 70, number))
    method = FastTraining()
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(ImageInputs(scene(64, 64, 7), Style((scene(64, 80, 9),)), aids={PHOTOS: files}), 64)

    def trained(on_iterate: Callable[[Iterate], None] = lambda _: None, **params: float | str) -> Pixels:
        told = FastTrainingParams.parse({"steps": 2, **params})
        return method.run(prepared, told, seed=3, on_iterate=on_iterate).image

    return trained


def test_the_same_settings_train_the_same_and_others_another(train: Train) -> None:
    """Each by itself: tests/methods/test_contract.py."""
    usual = train(steps=1)
    assert usual.shape == (64, 64, 3)
    assert np.array_equal(train(steps=1), usual)
    split = train(steps=1, sheet="four")
    assert split.shape == usual.shape and np.abs(split - usual).mean() > 1e-4
    assert np.abs(train(steps=1, rate=0.004, style_weight=500.0) - usual).mean() > 1e-4
    assert np.abs(train(steps=1, content_layer="relu4_1", style_layers="coarse") - usual).mean() > 1e-5


def test_a_training_that_is_stopped_paints_what_it_has_learnt(train: Train) -> None:
    seen: list[Iterate] = []

    def stop(iterate: Iterate) -> None:
        seen.append(iterate)
        raise Stop

    assert np.isfinite(train(stop)).all()
    assert [(one.step, one.steps) for one in seen] == [(1, 2)]
