"""A small search, and homes in which it was done by the fake runtime."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from autostyle.plan import Choice, MethodPlan, Plan
from tests.cli.running import FAKE_FOLDER, FAKE_RUNTIME


def small_plan(folder: Path, **fields: Any) -> Plan:
    """A study called s of adain at 64 px, of photo.png and paint.png in ``folder``."""
    return Plan(
        study="s",
        content=folder / "photo.png",
        styles=(folder / "paint.png",),
        methods=(MethodPlan(name="adain"),),
        choice=Choice(method="adain"),
        size=64,
        **fields,
    )


def search(plan: Plan, home: Path) -> None:
    """Search it to its end; for fixtures of a whole session, which no test's own patches reach."""
    from autostyle.jobs.search import search_and_report  # it brings Optuna, which most tests do without

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(FAKE_FOLDER), os.environ.get("PYTHONPATH")])))
        search_and_report(plan, home, None, offline=True, device="cpu", runtime=FAKE_RUNTIME)
