"""`train lora`, `train fast`, `export-net`: what is asked of the job; bad requests, which change nothing on disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from filelock import FileLock
from safetensors.torch import load_file

from autostyle.codecs.image import save_image
from autostyle.jobs import child, parent
from autostyle.jobs.reporter import Reporter
from autostyle.report.recipe import Original, Recipe, RecipeStyle
from autostyle.train.fast.settings import FastSettings
from autostyle.use_cases.training import found
from autostyle.vision.net_files import nets_folder
from tests.cli.running import Done
from tests.jobs.line import Line

Autostyle = Callable[[str], Done]


@pytest.fixture
def brand() -> Path:
    """A folder of four pictures."""
    folder = Path("brand")
    folder.mkdir()
    for number in range(4):
        save_image(folder / f"{number}.png", np.random.default_rng(number).random((64, 64, 3), dtype=np.float32))
    return folder


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are carried out in this process."""

    def carried_out(request: Any, *_: Any) -> dict[str, Any]:
        return child.carry_out(request, Reporter(Line()))  # type: ignore[arg-type]

    monkeypatch.setattr(parent, "run", carried_out)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The requests that reached a job, which answers that nothing was learnt."""
    found: list[Any] = []

    def kept(request: Any, *_: Any) -> dict[str, Any]:
        found.append(request)
        return {"lora": None, "net": None}

    monkeypatch.setattr(parent, "run", kept)
    return found


def test_pictures_of_folders_and_settings_reach_the_job(autostyle: Autostyle, asked: list[Any], brand: Path) -> None:
    done = autostyle("train lora brand photo.png -o out --rank 8 --dora --blocks style --size 512 --base sd15")

    assert (done.code, done.out) == (0, "nothing was learnt yet\n")
    (request,) = asked
    assert [path.name for path in request.images] == ["0.png", "1.png", "2.png", "3.png", "photo.png"]
    assert (request.settings.rank, request.settings.dora, request.settings.blocks) == (8, True, "style")
    assert (request.base, request.size, request.settings.steps) == ("sd15", 512, 800)


def test_styles_and_photographs_of_a_fast_net_reach_the_job(
    autostyle: Autostyle, asked: list[Any], brand: Path
) -> None:
    done = autostyle("train fast photo.png --photos brand --steps 50 --encoder auto --begin nothing")

    assert (done.code, done.out) == (0, "nothing was learnt yet\n")
    (request,) = asked
    assert [path.name for path in request.styles] == ["photo.png"] and len(request.photos) == 4
    assert request.out == nets_folder() / "photo" and request.settings.steps == 50
    assert (request.settings.encoder, request.settings.begin, request.settings.patience) == ("auto", "nothing", 4)


def test_a_fast_net_is_trained_as_a_study_found_but_for_what_is_said(autostyle: Autostyle, asked: list[Any]) -> None:
    params = {"style_weight": 71.5, "rate": 0.002, "variation": 0.01, "steps": 60}
    folder = Path("studies", "found")
    folder.mkdir(parents=True)
    pictures = {"content": Original(name="photo.png"), "styles": (RecipeStyle(name="paint.png"),)}
    recipe = Recipe(method="fast_training", params=params, size=64, **pictures)
    (folder / "recipe.json").write_text(recipe.model_dump_json())
    assert autostyle("train fast paint.png --from-study found --rate 0.004").code == 0
    settings = asked[0].settings
    assert (settings.style_weight, settings.rate, settings.variation) == (71.5, 0.004, 0.01)
    assert settings.steps == FastSettings().steps
    (folder / "recipe.json").write_text(recipe.model_copy(update={"params": {"rate": 7.0}}).model_dump_json())
    assert autostyle("train fast paint.png --from-study found").code == 2, "a file of others is no reason to crash"
    (folder / "recipe.json").write_text(recipe.model_copy(update={"method": "adain", "params": {}}).model_dump_json())
    done = autostyle("train fast paint.png --from-study found")
    assert done.code == 2 and done.err.startswith("error: study found did not search a training")
    assert autostyle("train fast paint.png --from-study begun").err.startswith("error: study begun has found nothing")


@pytest.mark.slow
@pytest.mark.thorough
def test_a_search_of_a_training_goes_on_and_says_how_to_train(autostyle: Autostyle, brand: Path) -> None:
    line = "tune --train fast paint.png --photos brand -p steps=1 --size 64 --offline --json --trials"
    assert autostyle(f"{line} 1").data["trials"]["complete"] == 1
    done = autostyle(f"{line} 2")
    assert done.code == 0 and done.data["trials"]["complete"] == 2, done.err
    assert set(done.data["best"]["scores"]) == {"style", "content"} and done.data["method"] == "fast_training"
    assert found(done.data["study"], Path("studies")).keys() == {
        "style_weight",
        "rate",
        "content_layer",
        "style_layers",
        "variation",
    }


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("train lora brand -o out --size 500", 2, "no multiple of 64"),
        ("train lora brand -o out --rate 3", 2, "--rate"),
        ("train lora brand gone.png -o out", 2, "no file gone.png"),
        ("train lora brand clip.mp4 -o out", 3, "takes only pictures"),
        ("train lora brand -o out --base sd15", 3, "the weights 'sd15' are not on this machine"),
        ("train lora -o out", 2, "Missing argument"),
        ("train fast brand -o out --size 100", 2, "no multiple of 32"),
        ("train fast brand -o out --style-weight 0", 2, "style_weight is 0.01 to 10000"),
        ("train fast brand/0.png -o out --photos gone.png", 2, "no file gone.png"),
        ("export-net embedded -o out", 2, "out is no .onnx file"),
        ("export-net nowhere -o net.onnx", 2, "there is no net 'nowhere'"),
        ("export-net embedded --style mine -o net.onnx", 2, "the net has no style 'mine'"),
    ],
)
def test_a_bad_request_is_one_line_and_a_hint(
    autostyle: Autostyle, here: None, brand: Path, line: str, code: int, words: str
) -> None:
    Path("clip.mp4").touch()
    done = autostyle(line)

    assert done.code == code and words in done.err
    assert [text.partition(":")[0] for text in done.err.splitlines()] == ["error", "hint"]
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("train lora brand/0.png brand/1.png -o out --size 64", "2 pictures are too few"),
        ("train lora brand -o out --size 192", "too small to learn from"),
        ("train lora brand bad.png -o out --size 64", "bad.png"),
    ],
)
def test_bad_pictures_are_refused_before_anything_is_loaded(
    autostyle: Autostyle,
    here: None,
    brand: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    words: str,
) -> None:
    (tmp_path / "models" / "sd15").mkdir(parents=True)
    (tmp_path / "models" / "sd15" / "model_index.json").touch()
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path / "models"))
    Path("bad.png").write_bytes(b"no picture")
    done = autostyle(f"{line} --base sd15")

    assert done.code == 2 and words in done.err
    assert not Path("out").exists()


LINE = "train lora brand -o {} --caption noise --base sd15 --size 64 --steps {} --every 4 --patience 0 --offline --json"
FAST = (
    "train fast brand/0.png --photos brand -o {} --steps {} --every 4 --patience 0 --json"
    " --size 64 --style-size 64 --batch 1 --steady 0"
)
Training = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def training(tiny_models: Path) -> Training:
    """Start a training into the folder of this name, as from a terminal of its own."""

    def started(line: str, out: str, steps: int = 16) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "autostyle", *line.format(out, steps).split()],
            env={**os.environ, "AUTOSTYLE_WEIGHTS": str(tiny_models), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    return started


def reach(process: subprocess.Popen[str], step: int) -> None:
    """Wait until a training has told of ``step``."""
    assert process.stderr is not None
    assert any(text.startswith(f"step {step}: loss") for text in process.stderr), "it ended too early"


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(process.communicate(timeout=60)[0])
    return made


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.thorough
def test_ctrl_c_and_kill_keep_what_was_learnt_and_the_same_command_goes_on(brand: Path, training: Training) -> None:
    beside = training(FAST, "./never")
    first = training(FAST, "./twice")
    reach(first, 4)
    os.killpg(first.pid, signal.SIGINT)  # as a terminal does: the whole group gets it
    once = said(first)
    second = training(FAST, "./twice")
    reach(second, 8)
    second.terminate()
    twice = said(second)
    last = said(training(FAST, "./twice"))
    said(beside)

    assert (first.returncode, second.returncode) == (130, 143)
    assert 4 <= once["steps"]["done"] < twice["steps"]["done"] < last["steps"]["done"] == 16
    for name in ("net", "checkpoint"):
        gone_on, in_one_go = (load_file(f"{out}/{name}.safetensors") for out in ("twice", "never"))
        assert gone_on.keys() == in_one_go.keys()
        assert all(torch.equal(gone_on[key], in_one_go[key]) for key in gone_on)


@pytest.mark.slow
def test_a_folder_takes_one_training_at_a_time_and_a_killed_one_lets_go(
    brand: Path,
    training: Training,
    autostyle: Autostyle,
    here: None,
    tiny_models: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = training(LINE, "held", steps=100_000)
    reach(first, 8)  # past a checkpoint
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tiny_models))
    second = autostyle(LINE.format("held", 100_000))
    still_running = first.poll() is None
    first.kill()
    first.communicate()

    assert (second.code, still_running) == (2, True)
    assert "another process is training in" in second.err
    with FileLock("held/.lock", timeout=20):
        assert Path("held/checkpoint.safetensors").is_file()


def test_help_names_every_choice(autostyle: Autostyle) -> None:
    said = autostyle("train lora --help").out
    assert "--blocks" in said and "--patience" in said and "Learn a style from a few pictures" in said
