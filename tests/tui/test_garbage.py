"""When the app looks for garbage."""

from __future__ import annotations

import gc
from time import monotonic

import pytest

from autostyle.tui import garbage


def test_nobody_who_types_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: looked.append(1))
    garbage.tidy(monotonic())
    assert not looked
    garbage.tidy(monotonic() - garbage.CALM)
    assert looked
