"""A model that sees, on this machine: read from a folder, asked about a picture, refused where it is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.errors import Missing
from autostyle.vision import vlm
from tests.vision import tiny_vlm


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_vlm.save(tmp_path_factory.mktemp("models") / "tiny-vlm")


def picture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((40, 60, 3), np.float32)


def test_it_answers_about_the_picture_the_same_each_time(folder: Path) -> None:
    model = vlm.load(str(folder))

    answer = model.ask(picture(0), "impasto ink")

    assert model.name == "tiny-vlm"
    assert set(answer.split()) <= set(tiny_vlm.WORDS)
    assert answer == model.ask(picture(0), "impasto ink")


def test_the_picture_reaches_the_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = vlm.load(str(folder))
    given: list[dict[str, object]] = []
    generate = model.model.generate
    monkeypatch.setattr(model.model, "generate", lambda **inputs: given.append(inputs) or generate(**inputs))

    model.ask(picture(0), "impasto")
    model.ask(picture(1), "impasto")

    first, second = (inputs["pixel_values"] for inputs in given)
    assert (first != second).any()  # type: ignore[attr-defined]


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Missing) as caught:
        vlm.load(str(tiny_vlm.save(tmp_path / "pickled", safetensors=False)))
    assert "safetensors" in caught.value.hint


def test_a_model_without_a_chat_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="chat template"):
        vlm.load(str(tiny_vlm.save(tmp_path / "mute", template=False)))


def test_what_is_not_on_this_machine_is_missing_and_not_fetched() -> None:
    with pytest.raises(Missing, match="somebody/some-model"):
        vlm.load("somebody/some-model")
