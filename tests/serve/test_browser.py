"""The pages as a browser sees them, with real searches under them (on the tuner's fake runtime)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.chromium import Browser
from tests.cli.conftest import draw
from tests.cli.running import PROGRAM
from tests.serve.conftest import Served, serving

pytestmark = [pytest.mark.chromium, pytest.mark.slow, pytest.mark.timeout(400)]
RUN = [sys.executable, "-c", PROGRAM, "--device", "cpu"]
LONG = 100.0
"""Seconds that a search of a few trials may take on a busy machine."""


@pytest.fixture
def home(tmp_path: Path, fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Path:
    fake_runtime(seconds=1.0, steps=4)
    monkeypatch.chdir(tmp_path)
    draw(tmp_path)
    return tmp_path / "studies"


@pytest.fixture
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(chromium, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


def come_in(browser: Browser, served: Served) -> None:
    browser.open(served.links[-1])
    assert browser.run("location.href") == served.base, "the token does not stay in the address"


def stays_here(browser: Browser, served: Served) -> list[str]:
    """Addresses elsewhere that were asked for, and what the page complained of."""
    told = [text for text in browser.complaints() if "WebGL" not in text]  # Chromium has no graphics card here
    return [url for url in browser.requests() if not url.startswith(served.base)] + told


def test_the_report_follows_its_search(home: Path, browser: Browser) -> None:
    words = "tune photo.png paint.png --study s -m adain --trials 6 --size 64 --final-size 64 --offline -q"
    with serving(home) as served, subprocess.Popen([*RUN, *words.split()]) as search:
        come_in(browser, served)
        browser.wait("fetch('latest').then(a => a.json()).then(found => found.study === 's')", LONG)
        browser.wait("fetch('studies/s/').then(answer => answer.ok)", LONG)
        browser.open(f"{served.base}studies/s/")
        picture = "document.querySelector('#live figure img')"
        browser.wait(f"{picture}?.complete && {picture}.naturalWidth > 0", LONG)
        browser.wait("/^[0-6].6 · s · /.test(document.title)")
        assert "runs done" in browser.run("document.querySelector('#live p').textContent")
        browser.wait("document.querySelectorAll('.point').length >= 2", LONG)
        assert browser.run("document.querySelector('h1').textContent").endswith("is the best so far.")
        other = "[...document.querySelectorAll('.point')].find(point => !point.matches('.best'))"
        chosen = browser.run(f"{other}.dispatchEvent(new Event('focus')), {other}.dataset.trial")
        browser.run("document.querySelector('#provenance details').open = true")
        marks = browser.run("document.querySelectorAll('.point').length")
        browser.wait(f"document.querySelectorAll('.point').length > {marks}", LONG)
        assert browser.run("document.querySelector('#viewer .who b').textContent") == chosen, "still looked at"
        assert browser.run("document.querySelector('#provenance details').open")
        browser.wait("document.querySelector('#live').hidden", LONG)
        browser.wait("document.querySelectorAll('.point').length === 6", LONG)
        assert search.wait(LONG) == 0
        browser.wait("document.querySelector('h1').textContent.endsWith('is the one to keep.')")
        assert browser.run("document.title") == "s · autostyle"
        browser.wait("document.querySelector('.result img').naturalWidth === 64")
        browser.run("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
        assert min(browser.run("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")) > 0
        assert stays_here(browser, served) == []


def test_the_app_in_a_page_with_real_pictures_beside_it(home: Path, browser: Browser) -> None:
    with serving(home, [*RUN, "--home", str(home), "chat"]) as served:
        come_in(browser, served)
        frame = "document.querySelector('#app').contentDocument"
        browser.wait(f"{frame}.body.classList.contains('-first-byte')", LONG)
        type_into_the_app(browser, "make photo.png look like paint.png with adain, 4 trials at 64 px")
        pictures = "document.querySelector('#pictures').contentDocument"
        browser.wait(f"document.body.matches('.shown') && {pictures}.querySelectorAll('.point').length === 4", LONG)
        assert browser.run(f"{pictures}.querySelector('.plate img').naturalWidth") > 0
        assert stays_here(browser, served) == []
        apps = [one for one in psutil.Process().children(recursive=True) if "chat" in one.cmdline()]
        assert len(apps) == 1
        browser.open("about:blank")
        assert psutil.wait_procs(apps, timeout=LONG)[1] == [], "the app ends with its page"


def test_the_server_ends_with_its_apps(home: Path, browser: Browser) -> None:
    with serving(home, [*RUN, "--home", str(home), "chat"]) as served:
        come_in(browser, served)
        browser.wait("document.querySelector('#app').contentDocument.body.classList.contains('-first-byte')", LONG)
        apps = [one for one in psutil.Process().children(recursive=True) if "chat" in one.cmdline()]
        assert apps
    assert psutil.wait_procs(apps, timeout=1)[1] == []


def type_into_the_app(browser: Browser, text: str) -> None:
    """The app has the focus when its page opens."""
    browser.wait("document.activeElement.id === 'app'")
    browser.send("Input.insertText", text=text)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    browser.send("Input.dispatchKeyEvent", type="keyDown", text="\r", **enter)
    browser.send("Input.dispatchKeyEvent", type="keyUp", **enter)
