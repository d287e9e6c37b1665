"""The study on the table: which one, and whether it runs, asked of the study and never of what was said."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autostyle.agent import last_report, records, saved_conversations
from autostyle.agent.brain import StudyNow
from autostyle.agent.calls import SAID_NO
from autostyle.agent.messages import Message, ToolMessage, UserMessage
from autostyle.agent.outputs import ToolFailure
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.model import Intent
from autostyle.agent.work import record
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError
from autostyle.plan import Plan
from autostyle.tuning.folder import PLAN_FILE
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.study_lock import is_held

ABOUT_A_STUDY: tuple[Intent, ...] = (
    *("explain", "show", "look", "open", "compare", "export", "steer", "more", "prefer", "apply", "status", "undo"),
    "where",
)
"""Of the last conversation's study, where a request names no pictures."""
MOST_LOOKED_AT = 12
"""Conversations that are looked through for one that had a study here."""


def study_now(workspace: Workspace) -> StudyNow | None:
    """The study on the table; None where there is none."""
    if workspace.study is None:
        return None
    search = workspace.search
    if search is not None and search.running and search.study == workspace.study:
        return StudyNow(workspace.study, running=True, viewed=workspace.viewed)
    held = is_held(workspace.config.home / workspace.study)
    return StudyNow(workspace.study, running=held, elsewhere=held, viewed=workspace.viewed)


def plan_left(workspace: Workspace) -> str | None:
    """The plan on the table that an earlier conversation left, by name; None where there is none, or it was begun."""
    plan = workspace.plan
    return workspace.left if plan is not None and plan.study == workspace.left != workspace.study else None


async def open_study(workspace: Workspace, study: str) -> StudyRecord:
    """Put a study that is there on the table, by the plan in force in it; raises BadInput if there is none."""
    found = await record(workspace, study, lambda text: None)
    _put(workspace, found)
    return found


async def resume_left_search(workspace: Workspace) -> StudyRecord | None:
    """Put the study of the last conversation that had one here on the table, where its search was cut short; None where
    it was not, or this conversation has a study. The workspace speaks the language of that conversation until somebody
    speaks."""
    saved = await asyncio.to_thread(_last_here, workspace.config.home)
    name = saved.get("study")
    if not isinstance(name, str) or not await asyncio.to_thread(_may_be_unfinished, workspace.config.home / name):
        return None
    try:
        found = await record(workspace, name, lambda text: None)
    except AutostyleError:  # gone meanwhile, or it cannot be read: nothing to go on with
        return None
    if not found.unfinished or workspace.study is not None or workspace.plan is not None:
        return None
    records.restore_workspace(workspace, {"language": saved.get("language")})
    _put(workspace, found)
    return found


async def resume_last_study(workspace: Workspace) -> StudyRecord | None:
    """Put the study of the last conversation that had one here on the table, searched to its end or not; None where
    there is none, or this conversation has a study or a plan."""
    saved = await asyncio.to_thread(_last_here, workspace.config.home)
    name = saved.get("study")
    if not isinstance(name, str) or workspace.study is not None or workspace.plan is not None:
        return None
    try:
        found = await record(workspace, name, lambda text: None)
    except AutostyleError:
        return None
    _put(workspace, found)
    return found


def _last_here(home: Path) -> dict[str, Any]:
    """What of its workspace the last conversation left whose study is in ``home``: people work in several folders."""
    for _, kept in itertools.islice(saved_conversations.recent(), MOST_LOOKED_AT):
        saved = kept.workspace or {}
        name = saved.get("study")
        if isinstance(name, str) and (home / name / PLAN_FILE).is_file():
            return saved
    return {}


def speaks_of_a_study(request: str) -> bool:
    """Whether a request is one that only a study can answer."""
    anew = understand_cached(request, Path.cwd(), study=False)
    if anew.content or anew.styles or anew.loose:
        return False
    return any(act.intent in ABOUT_A_STUDY for act in understand_cached(request, Path.cwd(), study=True).acts)


async def resume_left_plan(workspace: Workspace) -> Plan | None:
    """Put the plan of the last conversation on the table, where nobody said yes or no to it or the program was gone
    before its study was there; None where it was begun or refused, its pictures are gone, it is open in another
    program, or this conversation has a study or a plan."""
    before = await asyncio.to_thread(saved_conversations.last)
    if before is None or workspace.study is not None or workspace.plan is not None:
        return None
    path, kept = before
    past = Workspace(workspace.config)
    records.restore_workspace(past, kept.workspace or {})
    plan = past.plan
    if plan is None or past.study == plan.study or _refused(kept.messages) or saved_conversations.is_open(path):
        return None
    folder = workspace.config.home / plan.study
    pictures = plan.files
    if (folder / PLAN_FILE).exists() or is_held(folder) or not all(picture.exists() for picture in pictures):
        return None
    records.restore_workspace(
        workspace, {name: value for name, value in (kept.workspace or {}).items() if name != "study"}
    )
    given = {"trials": workspace.trials, "minutes": workspace.minutes}
    budget = plan.budget.model_copy(update={name: value for name, value in given.items() if value is not None})
    workspace.plan, workspace.left = plan.model_copy(update={"budget": budget}), plan.study
    workspace.said += [message.text for message in kept.messages if isinstance(message, UserMessage)]
    workspace.named_files.update(picture.resolve() for picture in (*pictures, *workspace.brief.content))
    return workspace.plan


PLANNING = ("plan_study", "plan_training", "start_study")
"""Tools that put a plan on the table, or take it off."""


def _refused(messages: Sequence[Message]) -> bool:
    """Whether the person said no to the last plan."""
    told = (m for m in reversed(messages) if isinstance(m, ToolMessage) and m.name in PLANNING)
    last = next(told, None)
    return last is not None and isinstance(last.output, ToolFailure) and last.output.error == SAID_NO


def _may_be_unfinished(folder: Path) -> bool:
    """Whether there is a study whose last report, if it has one, leaves something to do."""
    if not (folder / PLAN_FILE).is_file():
        return False
    found = last_report.read(folder)
    return found is None or found.unfinished


def _put(workspace: Workspace, found: StudyRecord) -> None:
    plan = found.plan.placed(found.folder)
    workspace.study, workspace.viewed = plan.study, None
    if workspace.plan is None or workspace.plan.study == plan.study:
        workspace.plan = plan
    if not workspace.brief.content:
        workspace.speak_of(plan)
        workspace.choice, workspace.keywords, workspace.keywords_by = plan.choice, plan.keywords, plan.keywords_by
