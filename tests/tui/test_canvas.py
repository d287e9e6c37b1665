"""With what pictures are drawn, terminal by terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot

from autostyle.agent.events import ToolFinished
from autostyle.config import AppConfig, Config
from autostyle.tui.widgets.canvas import BlockCanvas, Canvas, blocks, graphics
from tests.tui.driving import drive, sees, until, write
from tests.tui.fakes import Stage


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "sixel"),
        ({"TERM": "foot-extra"}, "sixel"),
        ({"TERM": "xterm-256color"}, "halfcell"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x", "TERM_PROGRAM": "WezTerm"}, "halfcell"),
        ({"TERM": "screen.xterm-kitty"}, "halfcell"),
        ({}, "halfcell"),
    ],
)
def test_a_terminal_is_known_by_its_name(environ: dict[str, str], kind: str) -> None:
    assert graphics(environ) == kind


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({"TERM": "xterm-kitty"}, "sextant"),
        ({"TERM": "foot"}, "sextant"),
        ({"TERM": "xterm-256color"}, "quadrant"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x", "TERM_PROGRAM": "WezTerm"}, "quadrant"),
        ({"TERM": "linux"}, "halfcell"),
        ({}, "halfcell"),
    ],
)
def test_the_finest_blocks_that_a_font_is_sure_to_have(environ: dict[str, str], kind: str) -> None:
    assert blocks(environ) == kind


def test_without_the_package_everything_is_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.tui.widgets.canvas.util.find_spec", lambda name: None)
    monkeypatch.setenv("TERM", "xterm-kitty")
    for kind in ("auto", "kitty"):
        made = Canvas(kind)
        assert made.kind == "sextant" and not made.draws_itself and isinstance(made(), BlockCanvas)


@pytest.mark.parametrize("kind", ["kitty", "sixel", "halfcell", "quadrant", "sextant", "off"])
def test_whatever_draws_them_pictures_are_shown_with_their_names(kind: Any, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "photo.png")
    steps = [ToolFinished("1", "look_at_images", True, "", None, (str(tmp_path / "photo.png"),))]

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "photo.png")
        shown: Any = pilot.app.screen.query_one("Gallery CaptionedPicture").children[0]
        await until(pilot, lambda: str(shown.render()) if kind == "off" else shown.image is not None)

    drive(Stage([steps], Config(app=AppConfig(images=kind))), script)


def test_a_picture_that_is_gone_or_damaged_leaves_its_place_empty(tmp_path: Path) -> None:
    (tmp_path / "damaged.png").write_bytes(b"\x89PNG\r\n")
    pictures = (str(tmp_path / "gone.png"), str(tmp_path / "damaged.png"))
    steps = [ToolFinished("1", "look_at_images", True, "", None, pictures)]

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "gone.png", "damaged.png")

    drive(Stage([steps]), script)
