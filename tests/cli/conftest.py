"""The command line in a folder of its own, on pictures of a thumbnail's size and on the fake runtime of the tuner."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autostyle.cli import app
from autostyle.codecs.image import save_image
from autostyle.tuning import runner
from tests.cli.running import FAKE_FOLDER, FAKE_RUNTIME, PROGRAM, Done


def draw(folder: Path) -> None:
    """photo.png, a soft slope, and paint.png, bold stripes: as unlike as a scorer wants them."""
    down, across = np.mgrid[0:48, 0:64].astype(np.float32)
    save_image(folder / "photo.png", np.stack([across / 64, down / 48, 1 - across / 64], axis=-1))
    stripes = (np.sin(across + down / 2) > 0).astype(np.float32)
    save_image(folder / "paint.png", np.stack([stripes, stripes * 0.3, 1 - stripes], axis=-1))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the test's own, with two pictures in it."""
    monkeypatch.chdir(tmp_path)
    draw(tmp_path)
    return tmp_path


@pytest.fixture
def autostyle(capsys: pytest.CaptureFixture[str]) -> Callable[[str], Done]:
    """Run a command line in this process."""

    def run(line: str) -> Done:
        capsys.readouterr()
        code = app.run(line.split())
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A folder with a finished study called s of four trials, and what the search said."""
    folder = tmp_path_factory.mktemp("searched")
    draw(folder)
    line = "--device cpu tune photo.png paint.png --study s --trials 4 --size 64 --final-size 64 --offline --json"
    path = os.pathsep.join(filter(None, [str(FAKE_FOLDER), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *line.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "AUTOSTYLE_CONFIG": str(folder / "config")},
        capture_output=True,
        text=True,
    )
    return folder, Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def fake_runtime(fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Searches in this process compute with the fake runtime, too."""
    monkeypatch.setattr(runner, "tune", functools.partial(runner.tune, runtime=FAKE_RUNTIME))
    return fake_runtime
