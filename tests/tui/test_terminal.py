"""The real app, from its first key to the report it leaves: a real terminal, real pictures, a real search."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from tests.tui.terminal import Terminal

pytestmark = [pytest.mark.tmux, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    down, across = np.mgrid[0:96, 0:128].astype(np.float32)
    save_image(tmp_path / "photo.png", np.stack([across / 128, down / 96, 1 - across / 128], axis=-1))
    stripes = (np.sin(across / 2 + down / 4) > 0).astype(np.float32)
    save_image(tmp_path / "paint.png", np.stack([stripes, stripes * 0.3, 1 - stripes], axis=-1))
    return tmp_path


def test_from_the_first_key_to_the_exported_report(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.sees("Say how a picture should look")
        terminal.type("make photo.png look like paint.png, 2000 trials at 64 px")
        terminal.sees("May this run?")
        time.sleep(0.6)  # the grace in which keys approve nothing
        terminal.press("Up", "Up", "Up", "Enter")
        terminal.sees("1/2000", 120)
        terminal.press("F4")
        terminal.sees("Stop the search?")
        time.sleep(0.6)
        terminal.press("1")
        terminal.sees("The search is over", 120)
        terminal.type("/export out")
        terminal.sees("report: ")
        terminal.press("C-q")
        terminal.sees("left with 0")
    assert "<html" in (folder / "out" / "report.html").read_text("utf-8")
    assert (folder / "out" / "recipe.json").is_file()


def test_what_was_found_fills_the_terminal_and_is_walked_through(folder: Path) -> None:
    with Terminal(folder, 80, 24) as terminal:
        terminal.sees("Say how a picture should look")
        terminal.type("make photo.png look like paint.png with adain, 2 trials at 64 px")
        terminal.sees("The search is over", 200)
        terminal.press("F3")
        terminal.sees("◆ recommended")
        terminal.sees("esc Back")
        assert str(folder) in "".join(terminal.screen.split())
        terminal.press("w", "Right")
        terminal.sees("line ←→")
        terminal.press("w", "p", "p", "p", "p", "p", "p")
        terminal.sees("content ●")
        terminal.press("Escape")
        terminal.sees("f3 Larger")
        terminal.press("C-q")
        terminal.sees("left with 0")
