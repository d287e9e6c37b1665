"""The app's tests start no job process to ask for the device, and no clock runs in them but the one they drive."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import Compositor

from autostyle.config import Config
from autostyle.tui import machine, study_watch
from autostyle.tui.widgets import activity, fold, question, status_line
from tests.tui.driving import Clock


@pytest.fixture(autouse=True)
def known_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async def device(config: Config) -> str:
        return "cpu"

    monkeypatch.setattr(machine, "device", device)
    monkeypatch.setattr(machine, "weights", lambda config: "embedded weights")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn alike, whatever terminal the tests are started in."""
    for name in ("TMUX", "TERM_PROGRAM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")


@pytest.fixture(autouse=True)
def undisplayed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are drawn when a test looks at them, and not for a terminal that there is not: a sixth of the time.
    Those whose every cell counts are drawn as for a person."""
    if request.path.stem == "test_snapshots":
        return
    draw = Compositor.render_update

    def render_update(self: Compositor, full: bool = False, **options: Any) -> Any:
        return draw(self, full, **options) if full else self._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", render_update)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the app counts seconds by; it stands still until a test moves it."""
    clock = Clock()
    for counting in (activity, fold, question, status_line, study_watch):
        monkeypatch.setattr(counting, "monotonic", clock)
        monkeypatch.setattr(counting, "EVERY", 0.05, raising=False)
    monkeypatch.setattr(study_watch, "DRAW_EVERY", 0.02)
    return clock
