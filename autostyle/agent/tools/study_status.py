"""study_status: how far a study is, and what it has found so far."""

from __future__ import annotations

from collections.abc import Iterator

from autostyle.agent import lines
from autostyle.agent.outputs import StatusOutput, TrialOutput
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import image, pictured, pictures, record
from autostyle.agent.workspace import Workspace
from autostyle.report.payload import full
from autostyle.sentences import Sentence
from autostyle.tuning.study_lock import is_held
from autostyle.use_cases.bounds import find_touched_bounds

OF_REPORT = (
    *("study", "best", "final", "importances", "hypervolume", "held_out", "rule", "metrics"),
    *("done", "total", "unfinished"),
)
"""What is told as the report has it."""


class StudyStatus(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "Name of the study; leave it out for the one on the table."


async def status(workspace: Workspace, arguments: StudyStatus, say: Say) -> ToolResult[StatusOutput]:
    """The study as it stands, for a brain to steer by and a screen to show."""
    found = await record(workspace, arguments.study, say)
    workspace.viewed = None  # what is shown is the front
    told = full(found)
    front = [pictured(found, found.trial(number)) for number in found.front]
    picture = image(found, found.trial(found.best)) if found.best is not None else None
    search = workspace.search
    own = search is not None and search.running and search.study == found.plan.study
    running = own or is_held(found.folder)
    output = StatusOutput(
        **{name: told[name] for name in OF_REPORT},
        folder=str(found.folder),
        running=running,
        elsewhere=running and not own,
        rendering=search.rendering if search is not None and own else None,
        left=search.left if search is not None and own else None,
        front=tuple(front),
        bounds_touched=find_touched_bounds(found.plan, [found.trial(number) for number in found.front]),
        picture=str(picture) if picture else None,
        failures=[trial for trial in told["all_trials"] if trial["error"]],
        report=str(found.folder / "report.html"),
    )
    return ToolResult(" ".join(_said(output)), output, pictures(by_interest(front, found.best))[:6])


def by_interest(front: list[TrialOutput], best: int | None) -> list[TrialOutput]:
    """The recommended trial, which the answer speaks of, then the rest of the front from both ends inwards: whoever
    shows few of them shows it, and how far the front reaches."""
    rest = [trial for trial in front if trial.number != best]
    inwards = [rest[-1 - place // 2] if place % 2 else rest[place // 2] for place in range(len(rest))]
    return [trial for trial in front if trial.number == best] + inwards


def _said(found: StatusOutput) -> Iterator[str]:
    left = f", about {found.left:.0f} s left" if found.left else ""
    state = "at rest, unfinished: start_study goes on with it" if found.unfinished else "at rest"
    if found.running:
        state = "run by another program" if found.elsewhere else f"running{left}"
    if found.rendering is not None:
        state = "its trials are done and the final render is under way"
    yield f"{found.study}: {found.done} of {found.total} trials done, {state}."
    if best := found.best:
        yield f"{lines.recommended(best)}."
        yield from lines.pending(found.final)
        told = "; ".join(map(lines.trial, lines.some(found.front)))
        yield f"Front of {len(found.front)} by rising style: {told}."
        yield from lines.meaning(found.metrics)
    yield from lines.moving(found.importances)
    yield from lines.leaning(found.bounds_touched)
    if found.failures:
        yield f"Failures: {'; '.join(map(lines.trial, found.failures[:3]))}."


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
