"""The app's tests start no job process to ask for the device, and wait little where keys do not count yet."""

from __future__ import annotations

import pytest

from autostyle.config import Config
from autostyle.tui import machine
from autostyle.tui.widgets import question


@pytest.fixture(autouse=True)
def known_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async def device(config: Config) -> str:
        return "cpu"

    monkeypatch.setattr(machine, "device", device)
    monkeypatch.setattr(machine, "weights", lambda config: "embedded weights")


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "GRACE", 0.1)
