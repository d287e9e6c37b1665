"""The app with its real agent, its embedded brain and its job processes; only what computes pictures is fake."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from textual.pilot import Pilot

from autostyle.agent.loop import Agent
from autostyle.agent.messages import UserMessage
from autostyle.agent.saved_conversations import read
from autostyle.cli.chat import connect
from autostyle.codecs.image import save_image
from autostyle.config import Config
from autostyle.jobs import requests
from autostyle.tui.app import AutostyleApp
from tests.tui.driving import grace, seen, sees, until, write

pytestmark = pytest.mark.slow
P = Pilot[None]
Fake = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Here are photo.png and paint.png; conversations are kept below, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    noise = np.random.default_rng(0).random((48, 64, 3), np.float32)
    save_image(tmp_path / "photo.png", noise)
    save_image(tmp_path / "paint.png", 1 - noise)
    return tmp_path


@pytest.fixture
def fake(fake_runtime: Fake, monkeypatch: pytest.MonkeyPatch) -> Fake:
    for name in ("SearchRequest", "RenderRequest"):
        monkeypatch.setattr(requests, name, functools.partial(getattr(requests, name), runtime="fake_runtime:make"))
    return fake_runtime


def drive(script: Callable[[P], object]) -> None:
    async def run() -> None:
        app = AutostyleApp(Config(offline=True, device="cpu"), connect)
        async with app.run_test(size=(200, 60), notifications=True) as pilot:
            await sees(pilot, "requests are understood by rules")
            await script(pilot)  # type: ignore[misc]
            await app.screen.leave()  # type: ignore[attr-defined]

    asyncio.run(run())


def agent(pilot: P) -> Agent:
    return pilot.app.screen.conversation.agent  # type: ignore[attr-defined, no-any-return]


def test_a_request_becomes_a_study_and_its_commands_work(folder: Path, fake: Fake) -> None:
    async def script(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 4 trials at 64 px")
        await until(pilot, lambda: "4/4 " in seen(pilot) and "best:" in seen(pilot))
        await sees(pilot, "The search is over")
        await write(pilot, "/compare 0 1")
        await sees(pilot, "✓ compare trials 0, 1", "Trial 0 (")
        await write(pilot, "/export out")
        await until(pilot, lambda: (folder / "out" / "recipe.json").is_file())
        await write(pilot, "/studies")
        await sees(pilot, "Look at which study?", "4/4 ")
        await grace(pilot)
        await pilot.press("escape")
        await write(pilot, "/prefer")
        await sees(pilot, "Which of these two do you like better?")
        await grace(pilot)
        await pilot.press("1")
        await sees(pilot, "Recommended now: trial")

    drive(script)


@pytest.mark.usefixtures("unforked")
def test_a_search_whose_process_is_killed_is_a_message_and_the_app_lives(folder: Path, fake: Fake) -> None:
    fake(seconds=0.5, steps=10)

    async def script(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 6 trials at 64 px")
        await sees(pilot, "1/6 ")
        for child in psutil.Process().children():
            if "autostyle.jobs.child" in " ".join(child.cmdline()):
                child.kill()
        await until(pilot, lambda: not agent(pilot).workspace.search.running)  # type: ignore[union-attr]
        await sees(pilot, "failed")
        await write(pilot, "/cost")
        await sees(pilot, "0 tokens in")

    drive(script)


@contextlib.contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file of this process or of those it starts grows beyond ``size`` bytes: to them the disk is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.thorough
@pytest.mark.usefixtures("unforked")
def test_a_study_that_finds_no_room_is_a_line_and_begins_when_there_is(folder: Path, fake: Fake) -> None:
    async def script(pilot: P) -> None:
        with full_disk(100_000):
            await write(pilot, "make photo.png look like paint.png, 2 trials at 64 px")
            await sees(pilot, "That did not work: no space left to write the study database.")
        await write(pilot, "start")
        await until(pilot, lambda: "2/2 " in seen(pilot) and "The search is over" in seen(pilot))

    drive(script)


@pytest.mark.thorough
def test_a_disk_that_fills_up_ends_the_search_with_a_line_and_it_goes_on_later(folder: Path, fake: Fake) -> None:
    once = {"do": "disk", "when": {"style_weight": 1.0}, "once": str(folder / "filled")}
    fake(accidents=[once])

    async def script(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 3 trials at 64 px")
        await sees(pilot, "The search stopped with an error: no space left to write")
        await write(pilot, "start")
        await until(pilot, lambda: "3/3 " in seen(pilot) and "The search is over" in seen(pilot))

    drive(script)


def test_a_conversation_that_finds_no_room_says_so_once_and_is_whole_afterwards(folder: Path) -> None:
    said = ["hello", "thanks", "help"]

    async def script(pilot: P) -> None:
        with full_disk(400):
            for words in said[:2]:
                await write(pilot, words)
            await sees(pilot, "this conversation is not being saved: File too large", "Gladly")
            assert seen(pilot).count("is not being saved") == 1
        await write(pilot, said[2])
        await sees(pilot, "I tune style transfer")
        file = agent(pilot).file
        assert file is not None
        kept = [message.text for message in read(file.path).messages if isinstance(message, UserMessage)]
        assert kept == said

    drive(script)


def test_leaving_while_a_search_runs_asks_first_and_keeps_what_was_found(folder: Path, fake: Fake) -> None:
    fake(seconds=0.3, steps=10)

    async def script(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 30 trials at 64 px")
        await sees(pilot, "2/30 ")
        await pilot.press("ctrl+q")
        await sees(pilot, "A search is running.", "1  Stop it, keep what was found, and leave")
        await grace(pilot)
        search = agent(pilot).workspace.search
        await pilot.press("1")
        await until(pilot, lambda: search is not None and not search.running)
        assert list(folder.glob("studies/*/report.html"))

    drive(script)


@pytest.mark.thorough
def test_an_earlier_conversation_comes_back_with_its_study(folder: Path, fake: Fake) -> None:
    async def first(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 2 trials at 64 px")
        await until(pilot, lambda: "The search is over" in seen(pilot))

    async def second(pilot: P) -> None:
        await write(pilot, "/resume")
        await sees(pilot, "Go on with which conversation?", "make photo.png look like paint.png")
        await grace(pilot)
        await pilot.press("1")
        await sees(pilot, "2/2 ", "best:", "The search is over")

    drive(first)
    drive(second)


def test_another_model_takes_over_in_the_middle(folder: Path) -> None:
    async def script(pilot: P) -> None:
        await write(pilot, "/model openai/gpt-5")
        await sees(pilot, "offline, so openai/gpt-5 is not asked")

    drive(script)


@pytest.mark.thorough
def test_what_a_closed_app_left_is_offered_by_the_next_and_goes_on(folder: Path, fake: Fake) -> None:
    fake(seconds=0.5, steps=10)

    async def first(pilot: P) -> None:
        await write(pilot, "make photo.png look like paint.png, 5 trials at 64 px")
        await sees(pilot, "1/5 ")

    async def second(pilot: P) -> None:
        fake()
        await sees(pilot, "of 5 trials. go on finishes it")
        await write(pilot, "go on")
        await sees(pilot, "5/5 ", "The search is over")
        assert "5 of 5 runs complete" in seen(pilot)

    drive(first)
    drive(second)
