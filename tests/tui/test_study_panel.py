"""The panel shows what stands for a study's inputs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static

from autostyle.codecs.image import save_image
from autostyle.mediums import links
from autostyle.testing.inputs import scene
from autostyle.tui.widgets.canvas import Canvas
from autostyle.tui.widgets.picture import CaptionedPicture
from autostyle.tui.widgets.study_panel import StudyPanel
from tests.tui.driving import until


class Alone(App[None]):
    canvas = Canvas("halfcell")

    def compose(self) -> ComposeResult:
        yield StudyPanel()


def test_without_pictures_what_is_seen_in_them_is_said_in_words(tmp_path: Path) -> None:
    save_image(tmp_path / "sea.png", scene(32, 48, 0))

    class InWords(App[None]):
        canvas = Canvas("off")

        def compose(self) -> ComposeResult:
            yield CaptionedPicture("sea.png", tmp_path / "sea.png")

    async def run() -> None:
        InWords.canvas.language = "ko"
        async with InWords().run_test() as pilot:
            await until(pilot, lambda: "보이는 것:" in str(pilot.app.query(Static).first().render()))

    asyncio.run(run())


def test_an_input_that_is_linked_is_shown_by_its_preview_under_its_own_name(tmp_path: Path) -> None:
    save_image(tmp_path / "big.png", scene(32, 48, 0))
    links.to(tmp_path / "big.png", "image").write(tmp_path / "content.link")
    save_image(tmp_path / "content.preview.png", scene(32, 48, 1))

    async def run() -> None:
        async with Alone().run_test() as pilot:
            pilot.app.query_one(StudyPanel).show_inputs(tmp_path / "content.link", ())
            picture = pilot.app.query_one("#content", CaptionedPicture)
            assert picture._path == tmp_path / "content.preview.png"
            assert "big.png" in str(picture.query_one(".caption", Static).render())

    asyncio.run(run())
