"""What the status line says of the machine, and that nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from autostyle.config import Config
from autostyle.tui import machine
from autostyle.tui.machine import device


@pytest.mark.parametrize(("told", "shown"), [("cpu", "cpu"), (None, "")])
def test_the_device_is_asked_of_a_job(told: str | None, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "run", lambda request: {"device": told})
    assert asyncio.run(device(Config())) == shown


def test_whoever_leaves_does_not_wait_for_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, left = threading.Event(), threading.Event()
    answered: list[bool] = []

    def run(request: object) -> dict[str, Any]:
        asked.set()
        answered.append(left.wait(5))
        return {"device": "cpu"}

    async def leave() -> None:
        asking = asyncio.create_task(device(Config()))
        await asyncio.to_thread(asked.wait, 30)
        asking.cancel()

    monkeypatch.setattr(machine, "run", run)
    asyncio.run(leave())
    assert asked.is_set() and not answered
    left.set()
