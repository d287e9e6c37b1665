"""`train lora`: what is asked of the job, and bad requests, which change nothing on disk."""

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

from autostyle.jobs import child, run
from autostyle.jobs.reporter import Reporter
from autostyle.media.image import save_image
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

    monkeypatch.setattr(run, "run", carried_out)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The requests that reached a job, which answers that nothing was learnt."""
    found: list[Any] = []

    def kept(request: Any, *_: Any) -> dict[str, Any]:
        found.append(request)
        return {"lora": None}

    monkeypatch.setattr(run, "run", kept)
    return found


def test_pictures_of_folders_and_settings_reach_the_job(autostyle: Autostyle, asked: list[Any], brand: Path) -> None:
    done = autostyle("train lora brand photo.png -o out --rank 8 --dora --blocks style --size 512 --base sd15")

    assert (done.code, done.out) == (0, "nothing was learnt yet\n")
    (request,) = asked
    assert [path.name for path in request.images] == ["0.png", "1.png", "2.png", "3.png", "photo.png"]
    assert (request.settings.rank, request.settings.dora, request.settings.blocks) == (8, True, "style")
    assert (request.base, request.size, request.settings.steps) == ("sd15", 512, 800)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("train lora brand -o out --size 500", 2, "no multiple of 64"),
        ("train lora brand -o out --rate 3", 2, "--rate"),
        ("train lora brand gone.png -o out", 2, "no file gone.png"),
        ("train lora brand clip.mp4 -o out", 3, "takes only pictures"),
        ("train lora brand -o out --base sd15", 3, "the weights 'sd15' are not on this machine"),
        ("train lora -o out", 2, "Missing argument"),
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


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_learnt(brand: Path, tiny_models: Path) -> None:
    line = "train lora brand -o out --base sd15 --size 64 --steps 100000 --every 1 --patience 0 --offline --json"
    process = subprocess.Popen(
        [sys.executable, "-m", "autostyle", *line.split()],
        env={**os.environ, "AUTOSTYLE_WEIGHTS": str(tiny_models)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert any(text.startswith("step 2: loss") for text in process.stderr)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    made = json.loads(out)

    assert process.returncode == 130
    assert Path(made["lora"]).is_file() and 2 <= made["steps"]["done"] < 100000


def test_help_names_every_choice(autostyle: Autostyle) -> None:
    said = autostyle("train lora --help").out
    assert "--blocks" in said and "--patience" in said and "Learn a style from a few pictures" in said
