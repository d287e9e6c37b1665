"""study_status: how far a study is, and what it has found so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autostyle.agent.tools import lines
from autostyle.agent.tools.bounds import touched
from autostyle.agent.tools.contract import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.work import image, pictured, pictures, record
from autostyle.agent.workspace import Workspace
from autostyle.plan import Plan


class StudyStatus(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "Name of the study; leave it out for the one on the table."


async def status(workspace: Workspace, arguments: StudyStatus, say: Say) -> ToolResult:
    """The study as it stands, for a brain to steer by and a screen to show."""
    found = await record(workspace, arguments.study, say)
    trials = {trial["number"]: trial for trial in found["all_trials"]}
    front = [pictured(found, trials[entry["number"]]) for entry in found["front"]]
    picture = image(found, found["best"]) if found["best"] else None
    search = workspace.search
    running = search is not None and search.running and search.study == found["study"]
    data = {
        **{key: found[key] for key in ("study", "folder", "best", "importances", "hypervolume", "held_out", "rule")},
        "running": running,
        "left": search.left if running and search else None,
        "done": sum(trial["state"] != "running" for trial in trials.values()),
        "total": found["plan"]["budget"]["trials"],
        "front": front,
        "bounds_touched": touched(Plan.model_validate(found["plan"]), front),
        "picture": str(picture) if picture else None,
        "failures": [trial for trial in trials.values() if trial["error"]],
        "report": str(search.folder / "report.html") if running and search else f"{found['folder']}/report.html",
    }
    return ToolResult(" ".join(_said(data)), data, pictures(front)[:6])


def _said(data: dict[str, Any]) -> Iterator[str]:
    left = f", about {data['left']:.0f} s left" if data["left"] else ""
    state = f"running{left}" if data["running"] else "at rest"
    yield f"{data['study']}: {data['done']} of {data['total']} trials done, {state}."
    if best := data["best"]:
        yield f"{lines.recommended(best)}."
        told = "; ".join(map(lines.trial, lines.some(data["front"])))
        yield f"Front of {len(data['front'])} by rising style: {told}."
    yield from lines.moving(data["importances"])
    yield from lines.leaning(data["bounds_touched"])
    if data["failures"]:
        yield f"Failures: {'; '.join(map(lines.trial, data['failures'][:3]))}."


TOOL = Tool(
    name="study_status",
    description=(
        "How far a study is and what it found: the front, the recommended trial, which parameters matter, what failed. "
        "Use it before you steer, explain or answer how it goes."
    ),
    arguments=StudyStatus,
    cost="free",
    run=status,
    title=lambda arguments: f"look at {arguments.study or 'the study'}",
)
