"""The study on the table: which one, and whether it runs, asked of the study and never of what was said."""

from __future__ import annotations

import asyncio
from pathlib import Path

from autostyle.agent import last_report, records, sessions
from autostyle.agent.brain import StudyNow
from autostyle.agent.tools.work import record
from autostyle.agent.workspace import Workspace
from autostyle.endings import medium
from autostyle.errors import AutostyleError
from autostyle.tuning.folder import PLAN_FILE
from autostyle.tuning.holding import is_held
from autostyle.tuning.record import StudyRecord


def study_now(workspace: Workspace) -> StudyNow | None:
    """The study on the table; None where there is none."""
    if workspace.study is None:
        return None
    search = workspace.search
    if search is not None and search.running and search.study == workspace.study:
        return StudyNow(workspace.study, running=True)
    held = is_held(workspace.config.home / workspace.study)
    return StudyNow(workspace.study, running=held, elsewhere=held)


async def opened(workspace: Workspace, study: str) -> StudyRecord:
    """Put a study that is there on the table, by the plan in force in it; raises BadInput if there is none."""
    found = await record(workspace, study, lambda text: None)
    _put(workspace, found)
    return found


async def left_over(workspace: Workspace) -> StudyRecord | None:
    """Put the study of the last conversation on the table, where its search was cut short; None where it was not, or
    this conversation has a study. The workspace speaks the language of that conversation until somebody speaks."""
    desk = await asyncio.to_thread(sessions.last_desk) or {}
    name = desk.get("study")
    if not isinstance(name, str) or not await asyncio.to_thread(_may_be_unfinished, workspace.config.home / name):
        return None
    try:
        found = await record(workspace, name, lambda text: None)
    except AutostyleError:  # gone meanwhile, or it cannot be read: nothing to go on with
        return None
    if not found.unfinished or workspace.study is not None or workspace.plan is not None:
        return None
    records.restore(workspace, {"language": desk.get("language")})
    _put(workspace, found)
    return found


def _may_be_unfinished(folder: Path) -> bool:
    """Whether there is a study whose last report, if it has one, leaves something to do."""
    if not (folder / PLAN_FILE).is_file():
        return False
    try:
        return bool(last_report.read(folder).get("unfinished", True))
    except last_report.UNREADABLE:
        return True


def _put(workspace: Workspace, found: StudyRecord) -> None:
    plan = found.plan.placed(found.folder)
    workspace.study = plan.study
    if workspace.plan is None or workspace.plan.study == plan.study:
        workspace.plan = plan
    if not workspace.brief.content:
        given = {"content": (plan.content,), "styles": plan.styles, "budget": plan.budget}
        workspace.brief = workspace.brief.model_copy(update={**given, "medium": medium(plan.content)})
        workspace.choice, workspace.keywords, workspace.keywords_by = plan.choice, plan.keywords, plan.keywords_by
