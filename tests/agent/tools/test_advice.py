"""Advice in a search that runs: a round's notice, its change put into force, its reason in the report."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autostyle.agent.advice.rounds import EVERY, attend
from autostyle.agent.messages import Notice
from autostyle.agent.workspace import Workspace
from tests.agent.tools.conftest import use

pytestmark = pytest.mark.slow
LEANING = {"bounds": {"detail": [0.0, 0.2]}, "warm_starts": [{"alpha": n / 10, "detail": 0.2} for n in range(1, 7)]}
"""More detail is better for both scores: with these starts the front of a first round leans on the end of the range."""
TWO = {"content": ["photo.png"], "styles": ["paint.png"]}


def test_a_rounds_advice_changes_the_running_search_and_stands_in_its_report(
    workspace: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.4)

    async def conversation() -> Notice:
        heard: asyncio.Queue[Notice] = asyncio.Queue()
        workspace.on_notice.append(heard.put_nowait)
        attend(workspace)
        await use(workspace, "choose_method", method="adain")
        await use(workspace, "plan_study", **TWO, trials=40, size=64, study="s", **LEANING)
        await use(workspace, "start_study")
        told = await heard.get()
        await use(workspace, "steer_study", **told.data["advice"])
        assert workspace.search is not None
        await workspace.search.stop()
        return told

    told = asyncio.run(conversation())

    assert told.kind == "round" and EVERY <= told.data["done"] < 40
    report = json.loads(Path("studies/s/report.json").read_text())
    assert report["revisions"][-1]["why"] == told.data["advice"]["why"]
    (plan,) = report["plan"]["methods"]
    assert plan["bounds"]["detail"] == [0.0, 0.3], "the wider range is in the plan that is in force"
