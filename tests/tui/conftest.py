"""The app's tests start no job process to ask for the device."""

from __future__ import annotations

import pytest

from autostyle.config import Config
from autostyle.tui import machine


@pytest.fixture(autouse=True)
def known_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async def device(config: Config) -> str:
        return "cpu"

    monkeypatch.setattr(machine, "device", device)
    monkeypatch.setattr(machine, "weights", lambda config: "embedded weights")
