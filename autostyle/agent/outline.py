"""What came of a request before anything runs, as ``ask --plan-only`` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autostyle import decision
from autostyle.agent.understanding.cached import understand_cached as understood
from autostyle.agent.understanding.merge import brief as words
from autostyle.agent.understanding.merge import take_only_picture
from autostyle.agent.understanding.model import Understood
from autostyle.agent.workspace import Workspace
from autostyle.brief import Brief
from autostyle.plan import Choice, Plan
from autostyle.report.payload import SCHEMA


def outline(workspace: Workspace, questions: Sequence[str]) -> dict[str, Any]:
    """The object of CONTRACT's ``ask --plan-only``: what is in the workspace, and for what no tool was asked yet, what
    the rules understand of the words themselves."""
    heard = understood(workspace.said[-1], Path.cwd()) if workspace.said else Understood()
    heard = take_only_picture(heard) or heard
    brief = _completed(workspace, heard)
    choice, plan = workspace.choice or _wanted(brief, heard.method), workspace.plan
    return {
        "schema": SCHEMA,
        "language": workspace.language,
        "content": [str(path.absolute()) for path in brief.content],
        "style": [str(path.absolute()) for path in brief.styles],
        "medium": brief.medium,
        "method": choice.method if workspace.choice else None,
        "preferred": list(choice.preferred),
        "row": choice.row,
        "reason": choice.reason,
        "alternatives": list(choice.alternatives),
        "wishes": brief.wishes.model_dump(),
        "keywords": list(workspace.keywords),
        "trials": plan.budget.trials if plan else brief.budget.trials,
        "minutes": plan.budget.minutes if plan else brief.budget.minutes,
        "style_weights": _shares(plan) if plan else list(heard.shares),
        "final_size": plan.final_size if plan else heard.final_size,
        "finish": plan.finish if plan else choice.finish,
        "prefer": plan.prefer if plan else None,
        "fixed": {method.name: dict(method.fixed) for method in plan.methods if method.fixed} if plan else {},
        "bounds": {method.name: dict(method.bounds) for method in plan.methods if method.bounds} if plan else {},
        "save": _saved(heard),
        "size": plan.size if plan else heard.size or Plan.model_fields["size"].default,
        "study": plan.study if plan else None,
        "questions": list(questions),
    }


def _shares(plan: Plan) -> list[float]:
    """The share of each style picture, sum 1."""
    weights = plan.style_weights or (1.0,) * len(plan.styles)
    return [round(weight / sum(weights), 4) for weight in weights]


def _saved(heard: Understood) -> dict[str, Any] | None:
    """Where the result is to be saved, as what, and which folder that was named is not there."""
    if heard.save is None:
        return None
    path, absent = heard.save.path, heard.save.absent
    return {
        "path": None if path is None else str(path.absolute()),
        "format": heard.save.format,
        "missing_folder": None if absent is None else str(absent),
    }


def _wanted(brief: Brief, named: str | None) -> Choice:
    """The choice that a brief asks for, whether or not it can run here."""
    if named is not None:
        return Choice(method=named, preferred=(named,))
    row = decision.load().row(decision.Situation.of(brief))
    return Choice(method=row.prefer[0], preferred=row.prefer, row=row.id, reason=row.reason)


def _completed(workspace: Workspace, heard: Understood) -> Brief:
    """The brief in the workspace, completed by what was heard where no tool has put anything there."""
    brief, said = workspace.brief, words(heard)
    if workspace.plan is not None:
        return brief
    given: dict[str, Any] = {
        "content": brief.content or said.content,
        "styles": brief.styles or said.styles,
        "budget": said.budget,
    }
    if workspace.choice is None:
        given |= {"medium": said.medium, "wishes": said.wishes}
    return brief.model_copy(update=given)
