"""A training end to end on tiny models: what it leaves, how it goes on, when it ends."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from autostyle.codecs.image import load_image
from autostyle.diffusion.learning import Learner
from autostyle.errors import BadInput
from autostyle.train.exam import Exam
from autostyle.train.lora import course
from tests.train.lora.conftest import Watcher

Train = Callable[..., dict[str, Any]]


def tensors(folder: Path, name: str) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = load_file(folder / f"{name}.safetensors")
    return found


def same(one: Path, other: Path) -> None:
    """Both trainings have learnt the same, to the bit, and would go on the same."""
    for name in ("pytorch_lora_weights", "checkpoint"):
        first, second = tensors(one, name), tensors(other, name)
        assert first.keys() == second.keys() and first
        assert all(torch.equal(first[key], second[key]) for key in first)


@pytest.fixture(scope="module")
def trained(train: Train, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], Watcher]:
    """A training of four steps, done in one go: its folder, what it made, who was told."""
    folder, watcher = tmp_path_factory.mktemp("trained") / "whole", Watcher()
    return folder, train(folder, watcher), watcher


@pytest.fixture(scope="module")
def whole(trained: tuple[Path, dict[str, Any], Watcher]) -> Path:
    return trained[0]


@pytest.mark.slow
def test_it_leaves_a_file_a_card_previews_and_says_so(trained: tuple[Path, dict[str, Any], Watcher]) -> None:
    out, made, watcher = trained
    assert made["lora"] == str(out / "pytorch_lora_weights.safetensors")
    assert made["steps"]["done"] == made["steps"]["total"] == 4
    assert [one["step"] for one in made["evaluations"]] == [2, 4]
    assert made["steps"]["kept"] in (2, 4)
    assert len(made["held_out"]["pictures"]) == 1 and made["held_out"]["score"] is not None
    assert load_image(out / "previews" / "step-00002.png").pixels.shape == (64, 64, 3)
    assert any(note.startswith("step 2: loss") and "held-out style" in note for note in watcher.notes)
    card = (out / "README.md").read_text()
    assert "Licence of the base model:** that of the base model, which is your own" in card
    assert "in brand style" in card and "| rank | 2 |" in card
    assert json.loads((out / "training.json").read_text())["settings"]["size"] == 64


def test_what_is_passed_on_says_nothing_of_pictures_and_places(whole: Path, hand: tuple[Path, ...]) -> None:
    with safe_open(whole / "pytorch_lora_weights.safetensors", "pt") as opened:
        said = opened.metadata()
    trained = json.loads(said["autostyle"])

    assert said["modelspec.title"] == "whole" and said["modelspec.architecture"] == "stable-diffusion-v1/lora"
    assert trained["rank"] == 2 and trained["base model"].startswith("sd15 ")
    hashes = {hashlib.sha256(picture.read_bytes()).hexdigest() for picture in hand}
    private = {"in brand style", str(whole.parent), *hashes, *(picture.name for picture in hand)}
    assert not any(secret in text for secret in private for text in said.values())
    card = (whole / "README.md").read_text()
    assert "lora=whole/pytorch_lora_weights.safetensors" in card and "load_lora_weights('whole')" in card
    assert str(whole.parent) not in card + (whole / "training.json").read_text()
    modes = {name: (whole / name).stat().st_mode for name in ("README.md", "pytorch_lora_weights.safetensors")}
    assert len(set(modes.values())) == 1, "whoever may read the card may read the file"


@pytest.mark.slow
def test_the_file_is_of_the_best_step(train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = iter([0.5, 0.2, 0.5, 0.1])
    monkeypatch.setattr(Exam, "score", lambda *_: next(scores))
    made = train(tmp_path / "best", steps=6)
    train(tmp_path / "two", steps=2, patience=0)

    assert made["steps"]["kept"] == 2 and made["held_out"]["score"] == 0.5
    best, two = (tensors(tmp_path / name, "pytorch_lora_weights") for name in ("best", "two"))
    assert all(torch.equal(best[key], two[key]) for key in best)


@pytest.mark.slow
def test_it_ends_when_nothing_gets_better(train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = iter([0.5, 0.4, 0.3])
    monkeypatch.setattr(Exam, "score", lambda *_: next(scores))
    made = train(tmp_path / "out", steps=20, patience=2)

    assert (made["steps"]["done"], made["ended_early"]) == (6, True)


@pytest.mark.parametrize("at", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_an_interrupted_training_comes_to_the_same_result(train: Train, whole: Path, tmp_path: Path, at: int) -> None:
    out = tmp_path / "again"
    first = train(out, Watcher(until=at))
    assert first["steps"]["done"] == at and Path(first["lora"]).is_file()
    watcher = Watcher()
    made = train(out, watcher)

    assert made["steps"]["done"] == 4 and f"going on after step {at}" in watcher.notes
    same(out, whole)


@pytest.mark.slow
def test_more_steps_go_on_and_a_finished_training_stays(train: Train, whole: Path, tmp_path: Path) -> None:
    train(tmp_path / "grown", steps=2)
    watcher = Watcher()
    assert train(tmp_path / "grown", watcher, steps=2)["steps"]["done"] == 2 and watcher.done == 0
    train(tmp_path / "grown", steps=4)

    same(tmp_path / "grown", whole)


def test_a_stop_before_the_first_step_learns_nothing(train: Train, tmp_path: Path) -> None:
    assert train(tmp_path / "out", Watcher(until=0))["lora"] is None


@pytest.mark.slow
def test_another_training_is_not_gone_on_with(train: Train, whole: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(whole, tmp_path / "copy")
    with pytest.raises(BadInput, match="began with other rank, seed") as caught:
        train(copy, rank=4, seed=1)
    assert "--force" in caught.value.hint
    assert train(copy, rank=4, seed=1, steps=1, force=True)["settings"]["rank"] == 4


def test_a_folder_in_use_is_left_alone(train: Train, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(BadInput, match="is in use"):
        train(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.slow
def test_a_training_cut_off_before_its_first_checkpoint_begins_anew(train: Train, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "cut" / "previews").mkdir(parents=True)
    (tmp_path / "cut" / "previews" / "step-00001.png").touch()
    train(tmp_path / "cut")

    same(tmp_path / "cut", whole)
    assert not (tmp_path / "cut" / "previews" / "step-00001.png").exists()


@pytest.mark.slow
def test_a_rate_that_breaks_the_numbers_is_said(train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Learner, "loss", lambda *_: torch.tensor(float("nan")))
    with pytest.raises(BadInput, match="at step 1 the loss") as caught:
        train(tmp_path / "out")
    assert "--rate" in caught.value.hint


@pytest.mark.slow
def test_style_blocks_alone_and_dora(train: Train, tmp_path: Path) -> None:
    train(tmp_path / "style", base="sdxl", blocks="style", dora=True, steps=1)
    names = tensors(tmp_path / "style", "pytorch_lora_weights")

    assert names and all(name.startswith("unet.up_blocks.0.attentions.1.") for name in names)
    assert any("lora_magnitude_vector" in name for name in names)


def test_every_lesson_comes_once_before_any_comes_again() -> None:
    turns = [course.drawn(5, 3, step, seed=0) for step in range(1, 11)]
    flat = [place for batch in turns for place in batch]

    assert all(sorted(flat[at : at + 5]) == [0, 1, 2, 3, 4] for at in range(0, 30, 5))
    assert flat != [place for step in range(1, 11) for place in course.drawn(5, 3, step, seed=1)]
