"""A search that ends early says why."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autostyle.errors import Refused
from autostyle.jobs import search


def test_what_is_stopped_before_there_is_a_study_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: Any, **options: Any) -> None:
        raise Refused("stopped while the photographs were read: {done} of {n}", "", done=3, n=9)

    monkeypatch.setattr(search.runner, "tune", stopped)
    plan: Any = SimpleNamespace(study="none-yet")
    with pytest.raises(Refused, match="read: 3 of 9"):
        search.search_and_report(plan, tmp_path, None)
