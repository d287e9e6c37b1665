"""study_status: how far a study is, and what it has found so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autostyle.agent import lines
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import image, pictured, pictures, record
from autostyle.agent.workspace import Workspace
from autostyle.planning.bounds import touched
from autostyle.report.payload import full
from autostyle.sentences import Sentence
from autostyle.tuning.holding import is_held


class StudyStatus(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "Name of the study; leave it out for the one on the table."


async def status(workspace: Workspace, arguments: StudyStatus, say: Say) -> ToolResult:
    """The study as it stands, for a brain to steer by and a screen to show."""
    found = await record(workspace, arguments.study, say)
    told = full(found)
    front = [pictured(found, found.trial(number)) for number in found.front]
    picture = image(found, found.trial(found.best)) if found.best is not None else None
    search = workspace.search
    own = search is not None and search.running and search.study == found.plan.study
    running = own or is_held(found.folder)
    data = {
        **{
            key: told[key]
            for key in ("study", "best", "final", "importances", "hypervolume", "held_out", "rule", "metrics")
        },
        **{key: told[key] for key in ("done", "total", "unfinished")},
        "folder": str(found.folder),
        "running": running,
        "elsewhere": running and not own,
        "rendering": search.rendering if search is not None and own else None,
        "left": search.left if search is not None and own else None,
        "front": front,
        "bounds_touched": touched(found.plan, [found.trial(number) for number in found.front]),
        "picture": str(picture) if picture else None,
        "failures": [trial for trial in told["all_trials"] if trial["error"]],
        "report": str(found.folder / "report.html"),
    }
    return ToolResult(" ".join(_said(data)), data, pictures(by_interest(front, found.best))[:6])


def by_interest(front: list[dict[str, Any]], best: int | None) -> list[dict[str, Any]]:
    """The recommended trial, which the answer speaks of, then the rest of the front from both ends inwards: whoever
    shows few of them shows it, and how far the front reaches."""
    rest = [trial for trial in front if trial["number"] != best]
    inwards = [rest[-1 - place // 2] if place % 2 else rest[place // 2] for place in range(len(rest))]
    return [trial for trial in front if trial["number"] == best] + inwards


def _said(data: dict[str, Any]) -> Iterator[str]:
    left = f", about {data['left']:.0f} s left" if data["left"] else ""
    state = "at rest, unfinished: start_study goes on with it" if data["unfinished"] else "at rest"
    if data["running"]:
        state = "run by another program" if data["elsewhere"] else f"running{left}"
    if data["rendering"] is not None:
        state = "its trials are done and the final render is under way"
    yield f"{data['study']}: {data['done']} of {data['total']} trials done, {state}."
    if best := data["best"]:
        yield f"{lines.recommended(best)}."
        yield from lines.pending(data["final"])
        told = "; ".join(map(lines.trial, lines.some(data["front"])))
        yield f"Front of {len(data['front'])} by rising style: {told}."
        yield from lines.meaning(data["metrics"])
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
    title=lambda arguments: Sentence("look at {names}", names=arguments.study or Sentence("the study")),
)
